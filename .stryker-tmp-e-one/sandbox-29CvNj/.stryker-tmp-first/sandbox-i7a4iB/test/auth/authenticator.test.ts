// @ts-nocheck
// 
import { createHash, createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { ApiKeys } from '../../src/auth/api-key.ts';
import { Authenticator } from '../../src/auth/authenticator.ts';
import type { Principal } from '../../src/auth/principal.ts';
import { Sessions } from '../../src/auth/session.ts';
import { TrustedOrigins } from '../../src/http/origins.ts';
import { Admission } from '../../src/keys/admission/admission.ts';
import { SECRET, SignIn } from '../support/sign-in.ts';
import { Tables } from '../support/tables.ts';

const HOME = 'https://keys.example.com';
const RAW = 'osk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const TOKEN = 'A'.repeat(32);
const signature = createHmac('sha256', SECRET).update(TOKEN).digest('base64');
const COOKIE = `keys.session=${encodeURIComponent(`${TOKEN}.${signature}`)}`;
const UNAUTHENTICATED = {
  code: 'UNAUTHENTICATED',
  status: 401,
  headers: { 'WWW-Authenticate': 'Bearer realm="ObjectStack"' },
};

let tables: Tables;
let signIn: SignIn;
let authenticator: Authenticator;
beforeEach(() => {
  tables = new Tables();
  tables.rows['sys_session'] = [{ token: TOKEN, user_id: 'usr_1', expires_at: new Date(Date.now() + 3_600_000) }];
  const hash = createHash('sha256').update(RAW).digest('hex');
  tables.rows['sys_api_key'] = [{ id: 'key_1', key: hash, revoked: false, user_id: 'usr_2' }];
  tables.rows['sys_user'] = [{ id: 'usr_1' }, { id: 'usr_2' }];
  signIn = new SignIn();
  authenticator = new Authenticator(
    new Sessions(signIn, tables.platform),
    new ApiKeys(tables.platform, new Admission(tables.platform, '/api/v1', { note: () => undefined })),
    new TrustedOrigins([HOME]),
  );
});

const authenticate = (headers: Record<string, string>, method = 'POST'): Promise<Principal> =>
  authenticator.authenticate({ method, headers: new Headers(headers) });

describe('a request is', () => {
  it.each<[string, Record<string, string>, object]>([
    ['the person with a bearer token', { authorization: `Bearer ${TOKEN}` }, { kind: 'session', userId: 'usr_1' }],
    ['the person with a cookie', { cookie: COOKIE, origin: HOME }, { kind: 'session', userId: 'usr_1' }],
    ['the program with a key', { 'x-api-key': RAW }, { kind: 'apiKey', userId: 'usr_2', keyId: 'key_1' }],
    ['the program with a key, also beside a session', { 'x-api-key': RAW, cookie: COOKIE }, { kind: 'apiKey' }],
  ])('%s', async (_whose, headers, expected) => {
    expect(await authenticate(headers)).toMatchObject(expected);
  });

  it.each<[string, Record<string, string>]>([
    ['a bearer token', { authorization: `Bearer ${TOKEN}` }],
    ['a key', { 'x-api-key': RAW }],
  ])('of whoever holds %s, whatever page it comes from', async (_what, headers) => {
    expect(await authenticate({ ...headers, origin: 'https://evil.example' })).toMatchObject({});
    expect(await authenticate(headers, 'GET')).toMatchObject({});
  });
});

describe('a request is refused', () => {
  it.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['what has no one meaning', { authorization: 'Basic YTpi' }],
    ['what has no one meaning beside a live session', { authorization: 'Basic YTpi', cookie: COOKIE }],
  ])('with %s, and nothing is looked up', async (_what, headers) => {
    await expect(authenticate(headers)).rejects.toMatchObject(UNAUTHENTICATED);
    expect(tables.read).toEqual([]);
  });

  it.each<[string, Record<string, string>, string[]]>([
    ['a dead key beside a live session', { 'x-api-key': `${RAW}A`, cookie: COOKIE }, ['sys_api_key']],
    [
      'a dead bearer token beside a live cookie',
      { authorization: `Bearer ${'B'.repeat(32)}`, cookie: COOKIE },
      ['sys_session'],
    ],
  ])('with %s, which is not looked up', async (_what, headers, read) => {
    await expect(authenticate(headers)).rejects.toMatchObject(UNAUTHENTICATED);
    expect(tables.read).toEqual(read);
  });

  it.each([
    ['a live session', COOKIE],
    ['no session', 'a=b'],
  ])(
    'with a cookie from a page that is not trusted, the same for %s, before it is looked up',
    async (_what, cookie) => {
      signIn.broken.add('getAuthContext');
      await expect(authenticate({ cookie, origin: 'https://evil.example' })).rejects.toMatchObject({
        code: 'FORBIDDEN',
        message: expect.stringContaining('A session cookie is accepted only from a trusted origin'),
        headers: {},
      });
      expect(tables.read).toEqual([]);
    },
  );

  it('with a cookie in a GET that no page is named for', async () => {
    await expect(authenticate({ cookie: COOKIE }, 'GET')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await authenticate({ cookie: COOKIE }, 'POST')).toMatchObject({ userId: 'usr_1' });
  });
});
