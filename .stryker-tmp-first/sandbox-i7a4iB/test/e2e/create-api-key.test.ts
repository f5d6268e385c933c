// @ts-nocheck
import { generateApiKey, hashApiKey, resolveAuthzContext } from '@objectstack/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, bearer, type EndpointClient, graphqlEndpoint, restEndpoint } from '../support/endpoints.ts';
import { bootKernel, DEV_ADMIN, type Person, sessionOf, type TestKernel } from '../support/kernel.ts';

let target: TestKernel;
let admin: Person;

beforeAll(async () => {
  target = await bootKernel();
  admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
});
afterAll(async () => {
  await target[Symbol.asyncDispose]();
});

const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString();

/** Asks, and asserts that the answer is this refusal and that nothing was written. */
async function expectRefused(ask: () => Promise<Answer>, expected: { status: number; code: string }): Promise<Answer> {
  const before = await target.storedKeys();
  const answer = await ask();
  expect({ status: answer.status, code: answer.code }).toEqual(expected);
  expect(answer.key).toBeUndefined();
  expect(answer.text).not.toContain('osk_');
  expect(await target.storedKeys()).toEqual(before);
  return answer;
}

describe.each([
  ['GraphQL', graphqlEndpoint],
  ['REST', restEndpoint],
] as const)('createApiKey through %s', (_name, connect) => {
  let endpoint: EndpointClient;
  beforeAll(() => {
    endpoint = connect(target);
  });

  describe('a signed-in person', () => {
    it('gets the id, the name, the prefix and the raw key, once', async () => {
      const answer = await endpoint.mint(bearer(admin.token), { name: '  CI  ' });

      expect(answer.status).toBe(endpoint.name === 'REST' ? 201 : 200);
      expect(answer.apiKey).toMatchObject({ name: 'CI', scopes: [], organizationId: admin.organizationId });
      expect(answer.key).toMatch(/^osk_[A-Za-z0-9_-]{43}$/);
      expect(answer.apiKey?.prefix).toBe(answer.key?.slice(0, 12));
      // No hyphen at its beginning: a command would take it for an option.
      expect(answer.apiKey?.id).toMatch(/^[0-9a-f]{12}-[0-9a-f]{24}$/);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    });

    it('may sign in with the session cookie', async () => {
      const answer = await endpoint.mint({ cookie: admin.cookie }, { name: 'from a browser' });
      expect(answer.key).toMatch(/^osk_/);
    });

    it('never sees the key again, in the data API or in GraphQL', async () => {
      const { key = '', apiKey } = await endpoint.mint(bearer(admin.token), { name: 'once' });
      const list = await target.request('/api/v1/data/sys_api_key', { headers: bearer(admin.token) });
      const get = await target.request(`/api/v1/data/sys_api_key/${apiKey?.id}`, { headers: bearer(admin.token) });
      const [listed, got] = [await list.text(), await get.text()];

      expect(listed).toContain(apiKey?.id);
      expect(got).toContain(apiKey?.id);
      for (const text of [listed, got, target.output()]) {
        expect(text).not.toContain(key);
        expect(text).not.toContain(hashApiKey(key));
      }
    });

    it('has a key of which the database holds the hash and not the secret', async () => {
      const { key = '', apiKey } = await endpoint.mint(bearer(admin.token), { name: 'hashed' });
      const row = (await target.storedKeys()).find(({ id }) => id === apiKey?.id);

      expect(row?.['key']).toBe(hashApiKey(key));
      expect(JSON.stringify(row)).not.toContain(key);
      expect(row).toMatchObject({ user_id: admin.id, active_organization_id: admin.organizationId, name: 'hashed' });
    });
  });

  describe('the key', () => {
    it.each([
      ['x-api-key', (key: string) => ({ 'x-api-key': key })],
      ['Authorization: ApiKey', (key: string) => ({ authorization: `ApiKey ${key}` })],
      ['Authorization: Bearer', (key: string) => ({ authorization: `Bearer ${key}` })],
    ])('authenticates as its owner, in the same organization, in %s', async (_form, headers) => {
      const person = await target.newPerson();
      const { key = '' } = await endpoint.mint(bearer(person.token), { name: 'round trip' });

      const context = await resolveAuthzContext({ ql: target.engine, headers: new Headers(headers(key)) });
      expect(context).toMatchObject({ userId: person.id, tenantId: person.organizationId });

      const data = await target.request('/api/v1/data/sys_api_key', { headers: headers(key) });
      expect(data.status).toBe(200);
      expect(await data.text()).toContain(person.id);

      const viewer = await target.request('/api/v1/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers(key) },
        body: JSON.stringify({ query: '{ viewer { id email organizationId } }' }),
      });
      expect(await viewer.json()).toEqual({
        data: { viewer: { id: person.id, email: person.email, organizationId: person.organizationId } },
      });
    });

    it.each([
      ['x-api-key', (key: string) => ({ 'x-api-key': key })],
      ['Authorization: ApiKey', (key: string) => ({ authorization: `ApiKey ${key}` })],
      ['Authorization: Bearer', (key: string) => ({ authorization: `Bearer ${key}` })],
    ])('cannot create a key, in %s, even beside a live session', async (_form, headers) => {
      const { key = '' } = await endpoint.mint(bearer(admin.token), { name: 'parent' });
      expect(key).toMatch(/^osk_/);
      await expectRefused(() => endpoint.mint(headers(key), { name: 'child' }), { status: 403, code: 'FORBIDDEN' });
      await expectRefused(() => endpoint.mint({ ...headers(key), cookie: admin.cookie }, { name: 'child' }), {
        status: 403,
        code: 'FORBIDDEN',
      });
    });

    it('stops working when it is revoked', async () => {
      const { key = '', apiKey } = await endpoint.mint(bearer(admin.token), { name: 'to revoke' });
      const use = () => target.request('/api/v1/data/sys_api_key', { headers: { 'x-api-key': key } });
      expect((await use()).status).toBe(200);

      const revoked = await target.request(`/api/v1/data/sys_api_key/${apiKey?.id}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json', ...bearer(admin.token) },
        body: JSON.stringify({ revoked: true }),
      });
      expect(revoked.status).toBe(200);

      expect((await use()).status).toBe(401);
      await expectRefused(() => endpoint.mint({ 'x-api-key': key }, { name: 'x' }), {
        status: 401,
        code: 'UNAUTHENTICATED',
      });
    });

    it('stops working when it has expired', async () => {
      const { key = '', apiKey } = await endpoint.mint(bearer(admin.token), {
        name: 'to expire',
        expiresAt: inAnHour(),
      });
      const use = () => target.request('/api/v1/data/sys_api_key', { headers: { 'x-api-key': key } });
      expect((await use()).status).toBe(200);

      const past = new Date(Date.now() - 1000).toISOString();
      await target.engine.update('sys_api_key', { id: apiKey?.id, expires_at: past }, { context: { isSystem: true } });

      expect((await use()).status).toBe(401);
      await expectRefused(() => endpoint.mint({ 'x-api-key': key }, { name: 'x' }), {
        status: 401,
        code: 'UNAUTHENTICATED',
      });
    });
  });

  describe('without a live session', () => {
    it('an anonymous caller is refused, whatever the body', async () => {
      const refusal = { status: 401, code: 'UNAUTHENTICATED' };
      await expectRefused(() => endpoint.mint({}, { name: 'x' }), refusal);
      await expectRefused(() => endpoint.mint({}, { name: '', userId: admin.id }), refusal);
      await expectRefused(() => endpoint.send({}, '{ not json'), refusal);
      await expectRefused(() => endpoint.send({}, ''), refusal);
      await expectRefused(() => endpoint.send({ 'content-type': 'text/plain' }, 'x'), refusal);
    });

    it('a 401 names the scheme that would do', async () => {
      const answer = await endpoint.mint({}, { name: 'x' });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="ObjectStack"');
      expect(answer.headers.get('cache-control')).toBe('no-store');
    });

    it.each([
      ['a bearer token that is no session', () => bearer('A'.repeat(32))],
      ['a bearer token with a wrong signature', () => bearer(`${admin.token}.${'A'.repeat(43)}=`)],
      ['an unsigned session cookie', () => ({ cookie: `better-auth.session_token=${admin.token}` })],
      [
        'a cookie with a wrong signature',
        () => ({ cookie: `better-auth.session_token=${admin.token}.${'A'.repeat(43)}%3D` }),
      ],
      ['two different session cookies', () => ({ cookie: `${admin.cookie}; ${admin.cookie.slice(0, -4)}` })],
      ['an API key that does not exist', () => ({ 'x-api-key': generateApiKey().raw })],
      [
        'a dead API key beside a live session cookie',
        () => ({ 'x-api-key': generateApiKey().raw, cookie: admin.cookie }),
      ],
      ['an empty API key beside a live session cookie', () => ({ 'x-api-key': '', cookie: admin.cookie })],
      ['an unknown scheme beside a live session cookie', () => ({ authorization: 'Basic YTpi', cookie: admin.cookie })],
      ['a bearer token that was sent twice', () => bearer(`${admin.token}, Bearer ${admin.token}`)],
    ])('%s is refused', async (_case, headers) => {
      // The session itself is live: it is the way in which it is presented that is refused.
      expect((await endpoint.mint(bearer(admin.token), { name: 'precondition' })).key).toMatch(/^osk_/);
      await expectRefused(
        async () => {
          const answer = await endpoint.mint(headers() as Record<string, string>, { name: 'x' });
          return answer;
        },
        { status: 401, code: 'UNAUTHENTICATED' },
      );
    });

    it('an expired session cannot mint', async () => {
      const person = await target.newPerson();
      expect((await endpoint.mint(bearer(person.token), { name: 'while it lives' })).key).toMatch(/^osk_/);
      const session = await sessionOf(target.engine, person);
      const past = new Date(Date.now() - 1000);
      await target.engine.update(
        'sys_session',
        { id: session['id'], expires_at: past },
        { context: { isSystem: true } },
      );

      await expectRefused(() => endpoint.mint(bearer(person.token), { name: 'x' }), {
        status: 401,
        code: 'UNAUTHENTICATED',
      });
      await expectRefused(() => endpoint.mint({ cookie: person.cookie }, { name: 'x' }), {
        status: 401,
        code: 'UNAUTHENTICATED',
      });
    });

    it('a signed-out session cannot mint', async () => {
      const person = await target.newPerson();
      expect((await endpoint.mint(bearer(person.token), { name: 'while it lives' })).key).toMatch(/^osk_/);
      const signedOut = await target.request('/api/v1/auth/sign-out', {
        method: 'POST',
        headers: { ...bearer(person.token), 'content-type': 'application/json' },
        body: '{}',
      });
      expect(signedOut.status).toBe(200);

      await expectRefused(() => endpoint.mint(bearer(person.token), { name: 'x' }), {
        status: 401,
        code: 'UNAUTHENTICATED',
      });
      await expectRefused(() => endpoint.mint({ cookie: person.cookie }, { name: 'x' }), {
        status: 401,
        code: 'UNAUTHENTICATED',
      });
    });

    it('a banned person cannot mint, and neither can their key be used here', async () => {
      const person = await target.newPerson();
      const { key = '' } = await endpoint.mint(bearer(person.token), { name: 'before the ban' });
      expect(key).toMatch(/^osk_/);
      await target.engine.update('sys_user', { id: person.id, banned: true }, { context: { isSystem: true } });

      await expectRefused(() => endpoint.mint(bearer(person.token), { name: 'x' }), {
        status: 401,
        code: 'UNAUTHENTICATED',
      });
      await expectRefused(() => endpoint.mint({ 'x-api-key': key }, { name: 'x' }), {
        status: 401,
        code: 'UNAUTHENTICATED',
      });
    });

    it('an impersonated session cannot mint', async () => {
      const person = await target.newPerson();
      const session = await sessionOf(target.engine, person);
      await target.engine.update(
        'sys_session',
        { id: session['id'], impersonated_by: admin.id },
        { context: { isSystem: true } },
      );

      await expectRefused(() => endpoint.mint(bearer(person.token), { name: 'x' }), { status: 403, code: 'FORBIDDEN' });
    });
  });

  describe('the closed input', () => {
    const KNOWN_SECRET = 'osk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
    it.each([
      'userId',
      'user_id',
      'id',
      'key',
      'prefix',
      'revoked',
      'created_at',
      'active_organization_id',
      'isSystem',
      '__proto__',
      'constructor',
    ])('refuses "%s", writes nothing, and repeats its value nowhere', async (field) => {
      const input = JSON.parse(`{"name":"x",${JSON.stringify(field)}:${JSON.stringify(KNOWN_SECRET)}}`) as object;
      const before = target.output().length;
      const answer = await expectRefused(() => endpoint.mint(bearer(admin.token), input), {
        status: 400,
        code: 'VALIDATION_FAILED',
      });

      expect(answer.text).toContain(field);
      expect(target.output().slice(before)).not.toContain(KNOWN_SECRET);
      const stored = await target.storedKeys();
      expect(stored.some((row) => row['key'] === hashApiKey(KNOWN_SECRET))).toBe(false);
      const planted = await target.request('/api/v1/data/sys_api_key', { headers: { 'x-api-key': KNOWN_SECRET } });
      expect(planted.status).toBe(401);
    });

    it('cannot name another owner', async () => {
      const person = await target.newPerson();
      await expectRefused(() => endpoint.mint(bearer(person.token), { name: 'x', user_id: admin.id }), {
        status: 400,
        code: 'VALIDATION_FAILED',
      });
      const { apiKey } = await endpoint.mint(bearer(person.token), { name: 'mine' });
      const row = (await target.storedKeys()).find(({ id }) => id === apiKey?.id);
      expect(row?.['user_id']).toBe(person.id);
    });
  });

  describe('values', () => {
    it.each([
      ['an empty name', { name: '' }, 'name'],
      ['a name of spaces', { name: '   ' }, 'name'],
      ['a name of zero-width spaces', { name: '\u200b\u200b' }, 'name'],
      ['an over-long name', { name: 'x'.repeat(256) }, 'name'],
      ['a name with a line feed', { name: 'a\nb' }, 'name'],
      ['a name with NUL', { name: 'a\u0000b' }, 'name'],
      ['a name with a control character at its end', { name: 'a\u0007' }, 'name'],
      ['a name with half a surrogate pair', { name: 'a\ud800' }, 'name'],
      ['a name with a bidirectional override', { name: 'a\u202eb' }, 'name'],
      ['a past expiry', { name: 'x', expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
      ['a date without a time', { name: 'x', expiresAt: '2031-01-01' }, 'expiresAt'],
      ['a date-time without an offset', { name: 'x', expiresAt: '2031-01-01T00:00:00' }, 'expiresAt'],
      ['a date that does not exist', { name: 'x', expiresAt: '2031-02-30T00:00:00Z' }, 'expiresAt'],
      ['a blank expiry', { name: 'x', expiresAt: ' ' }, 'expiresAt'],
      ['a scope that is no name', { name: 'x', scopes: ['Admin Everything'] }, 'scopes'],
      ['a scope that is a secret', { name: 'x', scopes: ['osk_abcdefgh'] }, 'scopes'],
      ['more scopes than a key can have', { name: 'x', scopes: Array(101).fill('member_default') }, 'scopes'],
    ])('refuses %s', async (_case, input, field) => {
      const answer = await expectRefused(() => endpoint.mint(bearer(admin.token), input), {
        status: 400,
        code: 'VALIDATION_FAILED',
      });
      expect(answer.fields).toContain(endpoint.name === 'REST' && field === 'expiresAt' ? 'expires_at' : field);
    });

    it('takes a name of 255 characters, and emoji in it', async () => {
      const long = await endpoint.mint(bearer(admin.token), { name: 'x'.repeat(255) });
      expect(long.apiKey?.name).toHaveLength(255);
      const emoji = await endpoint.mint(bearer(admin.token), { name: 'Deploy 🚀 für Zoë' });
      expect(emoji.apiKey?.name).toBe('Deploy 🚀 für Zoë');
    });

    it('stores scopes and expiry, and verification sees both', async () => {
      const expiresAt = '2031-01-01T02:00:00+02:00';
      const answer = await endpoint.mint(bearer(admin.token), {
        name: 'scoped',
        scopes: ['member_default', 'admin_full_access', 'member_default'],
        expiresAt,
      });
      expect(answer.apiKey).toMatchObject({
        scopes: ['member_default', 'admin_full_access'],
        expiresAt: '2031-01-01T00:00:00.000Z',
      });

      const headers = new Headers({ 'x-api-key': answer.key ?? '' });
      const before = Date.parse('2030-12-31T23:59:59Z');
      const live = await resolveAuthzContext({ ql: target.engine, headers, nowMs: before });
      expect(live).toMatchObject({ userId: admin.id });
      expect(live.permissions).toEqual(expect.arrayContaining(['member_default', 'admin_full_access']));
      const expired = await resolveAuthzContext({ ql: target.engine, headers, nowMs: Date.parse(expiresAt) });
      expect(expired.userId).toBeUndefined();
    });

    it('refuses a scope that the caller does not hold, and names it', async () => {
      const person = await target.newPerson();
      const answer = await expectRefused(
        () => endpoint.mint(bearer(person.token), { name: 'x', scopes: ['member_default', 'admin_full_access'] }),
        { status: 403, code: 'FORBIDDEN' },
      );
      expect(answer.text).toContain('admin_full_access');
      expect(answer.fields).toEqual(['scopes']);
      // The same caller may put on a key what they do hold.
      const held = await endpoint.mint(bearer(person.token), { name: 'x', scopes: ['member_default'] });
      expect(held.apiKey?.scopes).toEqual(['member_default']);
    });
  });

  describe('organizations', () => {
    it('a person whose membership has ended cannot mint', async () => {
      const person = await target.newPerson();
      expect((await endpoint.mint(bearer(person.token), { name: 'as a member' })).key).toMatch(/^osk_/);
      // Past the platform's hook, which would end the session with the membership.
      await target.sql('DELETE FROM sys_member WHERE user_id = ?', [person.id]);

      await expectRefused(() => endpoint.mint(bearer(person.token), { name: 'x' }), { status: 403, code: 'FORBIDDEN' });
    });

    it('a person whose active organization is not theirs cannot create keys', async () => {
      const person = await target.newPerson();
      const session = await sessionOf(target.engine, person);
      await target.engine.update(
        'sys_session',
        { id: session['id'], active_organization_id: admin.organizationId },
        { context: { isSystem: true } },
      );
      await expectRefused(() => endpoint.mint(bearer(person.token), { name: 'x' }), { status: 403, code: 'FORBIDDEN' });
    });

    it('a person without an organization gets a key without one', async () => {
      const person = await target.newPerson({ organizationId: null });
      const answer = await endpoint.mint(bearer(person.token), { name: 'x' });
      expect(answer.apiKey?.organizationId).toBeUndefined();
      const row = (await target.storedKeys()).find(({ id }) => id === answer.apiKey?.id);
      expect(row?.['active_organization_id']).toBeNull();
    });

    it("two people of two organizations cannot reach each other's keys", async () => {
      const [alice, bob] = [await target.newPerson(), await target.newPerson()];
      const hers = await endpoint.mint(bearer(alice.token), { name: 'of alice' });
      const his = await endpoint.mint(bearer(bob.token), { name: 'of bob' });

      for (const headers of [bearer(bob.token), { 'x-api-key': his.key ?? '' }]) {
        const list = await target.request('/api/v1/data/sys_api_key', { headers });
        const listed = await list.text();
        expect(listed).toContain(his.apiKey?.id);
        expect(listed).not.toContain(hers.apiKey?.id);
        const get = await target.request(`/api/v1/data/sys_api_key/${hers.apiKey?.id}`, { headers });
        expect(get.status).toBe(404);
        const revoke = await target.request(`/api/v1/data/sys_api_key/${hers.apiKey?.id}`, {
          method: 'PATCH',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify({ revoked: true }),
        });
        expect(revoke.ok).toBe(false);
      }
      const row = (await target.storedKeys()).find(({ id }) => id === hers.apiKey?.id);
      expect(row?.['revoked']).toBe(false);
    });
  });
});
