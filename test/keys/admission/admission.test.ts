import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiKeys } from '../../../src/auth/api-key.ts';
import { ApiKeyPrincipal } from '../../../src/auth/principal.ts';
import { withinRequest } from '../../../src/http/request-scope.ts';
import { Admission } from '../../../src/keys/admission/admission.ts';
import { currentKey } from '../../../src/keys/admission/current-key.ts';
import type { KeyUse } from '../../../src/keys/admission/last-used.ts';
import { readScopes } from '../../../src/keys/record/stored.ts';
import type { Row } from '../../../src/platform/engine.ts';
import { Tables } from '../../support/tables.ts';

const NOW = Date.parse('2030-01-01T00:00:00Z');
const RAW = 'osk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const UNAVAILABLE = { code: 'SERVICE_UNAVAILABLE', headers: { 'Retry-After': '2' } };

let tables: Tables;
let noted: [id: string, use: KeyUse][];
let keys: ApiKeys;
let detail: Row;
let key: Row;
let owner: Row;
let membership: Row;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
  tables = new Tables();
  key = {
    id: 'key_1',
    key: createHash('sha256').update(RAW).digest('hex'),
    revoked: false,
    user_id: 'usr_1',
    active_organization_id: 'org_1',
    created_at: new Date(NOW - 1000).toISOString(),
  };
  owner = { id: 'usr_1', email: 'a@example.test' };
  membership = { user_id: 'usr_1', organization_id: 'org_1', created_at: new Date(NOW - 2000) };
  tables.rows['sys_api_key'] = [key];
  tables.rows['sys_user'] = [owner];
  tables.rows['sys_member'] = [membership];
  detail = { id: 'key_1' };
  tables.rows['sys_api_key_detail'] = [detail];
  noted = [];
  const admission = new Admission(tables.platform, '/api/v1', { note: (id, use) => noted.push([id, use]) });
  keys = new ApiKeys(tables.platform, admission);
});
afterEach(() => {
  vi.useRealTimers();
});

async function expectNone(): Promise<void> {
  expect(await keys.resolve(RAW)).toBeUndefined();
  expect(noted).toEqual([]);
}

describe('a live key', () => {
  it('is a program of its owner, in the organization of the key, and its use is noted', async () => {
    const principal = await keys.resolve(RAW);
    expect(principal).toBeInstanceOf(ApiKeyPrincipal);
    expect(principal).toEqual(
      expect.objectContaining({
        kind: 'apiKey',
        userId: 'usr_1',
        email: 'a@example.test',
        organizationId: 'org_1',
        keyId: 'key_1',
      }),
    );
    expect(noted).toEqual([['key_1', { via: 'OTHER', network: undefined }]]);
  });

  it('may have no organization', async () => {
    key['active_organization_id'] = null;
    expect((await keys.resolve(RAW))?.organizationId).toBeUndefined();
  });

  it.each([undefined, null, 7])('of an owner without an address (%j) has an empty one', async (email) => {
    owner['email'] = email;
    expect((await keys.resolve(RAW))?.email).toBe('');
  });

  it('is looked up each time, because it may have been revoked', async () => {
    expect(await keys.resolve(RAW)).toBeDefined();
    key['revoked'] = true;
    expect(await keys.resolve(RAW)).toBeUndefined();
    expect(noted).toEqual([['key_1', { via: 'OTHER', network: undefined }]]);
  });
});

describe('a key is rejected', () => {
  it.each<[string, Row]>([
    ['is not stored', { key: 'another' }],
    ['was revoked', { revoked: true }],
    ['ends now', { expires_at: new Date(NOW) }],
    ['has ended', { expires_at: new Date(NOW - 1).toISOString() }],
    ['has ended, in seconds', { expires_at: NOW / 1000 }],
    ['has ended, in milliseconds', { expires_at: NOW }],
    ['ends at a time that cannot be read', { expires_at: 'some day' }],
    ['ends at something that is no time', { expires_at: true }],
    ['may have been revoked', { revoked: null }],
    ['has no id, so that its use could not be told', { id: undefined }],
    ['has an empty id', { id: '' }],
    ['belongs to nobody', { user_id: null }],
    ['has an owner with an empty id', { user_id: '' }],
  ])('when it %s, and nobody is looked up', async (_how, changes) => {
    Object.assign(key, changes);
    await expectNone();
    expect(tables.read).toEqual(['sys_api_key']);
  });

  it('when its owner is gone', async () => {
    tables.rows['sys_user'] = [];
    await expectNone();
  });

  it('while its owner is banned', async () => {
    Object.assign(owner, { banned: true, ban_expires: new Date(NOW + 1) });
    await expectNone();
    vi.setSystemTime(NOW + 1);
    expect(await keys.resolve(RAW)).toBeDefined();
  });
});

describe.each<[string, object | undefined]>([
  ['no tenancy service', undefined],
  ['the posture "single"', { posture: 'single' }],
  ['the posture "isolated"', { posture: 'isolated' }],
  ['the posture "group"', { posture: 'group' }],
])('a key and the membership of its owner, with %s', (_posture, service) => {
  beforeEach(() => {
    if (service !== undefined) tables.services.set('tenancy', service);
  });

  it.each<[string, Row]>([
    ['is', {}],
    ['is still', { valid_until: new Date(NOW + 1).toISOString() }],
    ['is now', { valid_from: new Date(NOW).toISOString() }],
  ])('a key lives while its owner %s a member', async (_how, changes) => {
    // An ended membership beside a live one changes nothing.
    tables.rows['sys_member'] = [{ ...membership, valid_until: new Date(NOW - 1).toISOString() }, membership];
    Object.assign(membership, changes);
    expect(await keys.resolve(RAW)).toMatchObject({ organizationId: 'org_1', keyId: 'key_1' });
  });

  it.each<[string, Row]>([
    ['was a member until now', { valid_until: new Date(NOW).toISOString() }],
    ['is not a member yet', { valid_from: new Date(NOW + 1).toISOString() }],
    ['is a member elsewhere', { organization_id: 'org_2' }],
    ['is not the one that is a member', { user_id: 'usr_2' }],
  ])('a key is none when its owner %s', async (_how, changes) => {
    Object.assign(membership, changes);
    await expectNone();
  });

  it('a membership that cannot be read is not "no member"', async () => {
    tables.broken.add('sys_member');
    await expect(keys.resolve(RAW)).rejects.toMatchObject(UNAVAILABLE);
    expect(noted).toEqual([]);
  });
});

describe('a key without an organization', () => {
  beforeEach(() => {
    key['active_organization_id'] = null;
  });

  it('is rejected without an organization if organizations are walled off', async () => {
    tables.services.set('tenancy', { posture: 'isolated' });
    await expectNone();
  });

  it('needs no membership where reads are of all its owner is in', async () => {
    tables.services.set('tenancy', { posture: 'group' });
    expect(await keys.resolve(RAW)).toMatchObject({ organizationId: undefined });
    expect(tables.read).not.toContain('sys_member');
  });
});

describe('what does not answer is not "no such key"', () => {
  it.each(['sys_api_key', 'sys_user', 'sys_member', 'sys_api_key_detail'])('%s', async (object) => {
    tables.broken.add(object);
    await expect(keys.resolve(RAW)).rejects.toMatchObject(UNAVAILABLE);
    expect(noted).toEqual([]);
  });

  it('a tenancy service that states nothing', async () => {
    key['active_organization_id'] = null;
    tables.services.set('tenancy', {});
    await expect(keys.resolve(RAW)).rejects.toMatchObject(UNAVAILABLE);
    expect(noted).toEqual([]);
  });
});

describe('a key with allowed networks', () => {
  const from = (address: string | undefined) =>
    withinRequest({ id: 'r', address, url: '/api/v1/data/x', headers: new Headers() }, () => keys.resolve(RAW));

  it.each<[string[], string]>([
    [['192.0.2.0/24'], '192.0.2.7'],
    [['192.0.2.7'], '192.0.2.7'],
    [['10.0.0.0/8', '2001:db8::/32'], '2001:db8:1::1'],
    [['192.0.2.0/24'], '::ffff:192.0.2.7'],
    [['::ffff:192.0.2.0/120'], '192.0.2.7'],
    [[], '203.0.113.9'],
  ])('%j lives at %s', async (networks, address) => {
    detail['allowed_networks'] = JSON.stringify(networks);
    expect(await from(address)).toMatchObject({ keyId: 'key_1' });
  });

  it.each<[string, string | undefined]>([
    ['["192.0.2.0/24"]', '192.0.3.7'],
    ['["192.0.2.0/24"]', '2001:db8::1'],
    ['["2001:db8::/32"]', '192.0.2.7'],
    ['["192.0.2.0/24"]', '::ffff:192.0.3.7'],
    ['["192.0.2.0/24"]', undefined],
    ['["anywhere"]', '192.0.2.7'],
    ['["192.0.2.0/24", 7]', '192.0.2.7'],
    ['192.0.2.0/24', '192.0.2.7'],
    ['{}', '192.0.2.7'],
    ['', '192.0.2.7'],
  ])('%s is none at %s', async (networks, address) => {
    detail['allowed_networks'] = networks;
    expect(await from(address)).toBeUndefined();
    expect(noted).toEqual([]);
    detail['allowed_networks'] = null;
    expect(await from(address)).toMatchObject({ keyId: 'key_1' });
  });

  it('is noted with its kind of route, and with its network instead of its address', async () => {
    expect(await from('192.0.2.7')).toBeDefined();
    expect(noted).toEqual([['key_1', { via: 'DATA', network: '192.0.2.0/24' }]]);
  });
});

describe('the request has one key', () => {
  it('and not another one beside it', async () => {
    const other = 'osk_BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB';
    tables.rows['sys_api_key']?.push({
      ...key,
      id: 'key_2',
      key: createHash('sha256').update(other).digest('hex'),
    });
    await withinRequest({ id: 'r', address: undefined, url: '/', headers: new Headers() }, async () => {
      expect(await keys.resolve(RAW)).toMatchObject({ keyId: 'key_1' });
      expect(await keys.resolve(other)).toBeUndefined();
      expect(await keys.resolve(RAW)).toMatchObject({ keyId: 'key_1' });
    });
    expect(await keys.resolve(other)).toMatchObject({ keyId: 'key_2' });
  });
});

it('a request knows its key by its prefix, and a key without one by none', async () => {
  for (const [prefix, expected] of [
    ['osk_AAAA', 'osk_AAAA'],
    [null, ''],
    ['', ''],
  ]) {
    key['prefix'] = prefix;
    await withinRequest({ id: 'r', address: undefined, url: '/', headers: new Headers() }, async () => {
      await keys.resolve(RAW);
      expect(currentKey()).toEqual({
        id: 'key_1',
        prefix: expected,
        ownerId: 'usr_1',
        organizationId: 'org_1',
        scopes: [],
      });
    });
  }
});

describe('a key with scopes', () => {
  it('is active where the kernel checks permissions, and nowhere else', async () => {
    key['scopes'] = '["data:read"]';
    await expectNone();
    tables.services.set('security', {});
    expect(await keys.resolve(RAW)).toBeInstanceOf(ApiKeyPrincipal);
    expect(noted).toHaveLength(1);
  });

  it('that cannot be read is not taken for one without', async () => {
    key['scopes'] = '{';
    await expectNone();
  });
});

describe('the scopes in a row', () => {
  it.each<[unknown, readonly string[] | 'unreadable']>([
    [null, []],
    [undefined, []],
    ['', []],
    ['[]', []],
    ['["a","b"]', ['a', 'b']],
    [['a'], ['a']],
    ['["a",7]', 'unreadable'],
    ['["a",""]', 'unreadable'],
    ['"a"', 'unreadable'],
    ['{}', 'unreadable'],
    ['a', 'unreadable'],
    [' ', 'unreadable'],
    [7, 'unreadable'],
  ])('%j are read as %j', (stored, scopes) => {
    expect(readScopes(stored)).toEqual(scopes);
  });
});

describe('a key that is older than the membership of its owner', () => {
  it.each<[string, unknown, unknown]>([
    ['by a millisecond', new Date(NOW - 999), new Date(NOW - 1000)],
    ['in the words of SQL', '2029-12-31 23:59:59.001', '2029-12-31T23:59:59.000Z'],
    ['or may be: the membership does not say when it began', null, new Date(NOW - 1000)],
    ['or may be: the membership says it in a way that cannot be read', 'once', new Date(NOW - 1000)],
    ['or may be: the key does not say when it was made', new Date(NOW - 1000), null],
  ])('%s, is not live, until it is restored', async (_how, began, made) => {
    membership['created_at'] = began;
    key['created_at'] = made;
    await expectNone();
    detail['restored_at'] = new Date(NOW - 1000).toISOString();
    if (began instanceof Date && made === null) expect(await keys.resolve(RAW)).toBeDefined();
    detail['restored_at'] = new Date(NOW).toISOString();
    if (typeof began === 'string' && began.startsWith('2029')) expect(await keys.resolve(RAW)).toBeDefined();
  });

  it('is active if both started at the same time, in any format of the times', async () => {
    for (const moment of [new Date(NOW - 1000), NOW - 1000, '2029-12-31 23:59:59', '2029-12-31T23:59:59.000Z']) {
      membership['created_at'] = moment;
      expect(await keys.resolve(RAW)).toBeDefined();
    }
  });
});
