import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiKeys } from '../../src/auth/api-key.ts';
import { ApiKeyPrincipal } from '../../src/auth/principal.ts';
import type { Row } from '../../src/platform/engine.ts';
import { Tables } from '../support/tables.ts';

const NOW = Date.parse('2030-01-01T00:00:00Z');
const RAW = 'osk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const UNAVAILABLE = { code: 'SERVICE_UNAVAILABLE', headers: { 'Retry-After': '2' } };

let tables: Tables;
let noted: string[];
let keys: ApiKeys;
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
  };
  owner = { id: 'usr_1', email: 'a@example.test' };
  membership = { user_id: 'usr_1', organization_id: 'org_1' };
  tables.rows['sys_api_key'] = [key];
  tables.rows['sys_user'] = [owner];
  tables.rows['sys_member'] = [membership];
  noted = [];
  keys = new ApiKeys(tables.platform, { note: (id) => noted.push(id) });
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
    expect(noted).toEqual(['key_1']);
  });

  it('may have no organization', async () => {
    key['active_organization_id'] = null;
    expect((await keys.resolve(RAW))?.organizationId).toBeUndefined();
  });

  it.each([undefined, null, 7])('of an owner without an address (%j) has an empty one', async (email) => {
    owner['email'] = email;
    expect((await keys.resolve(RAW))?.email).toBe('');
  });

  it('is looked up each time, since it may have been revoked', async () => {
    expect(await keys.resolve(RAW)).toBeDefined();
    key['revoked'] = true;
    expect(await keys.resolve(RAW)).toBeUndefined();
    expect(noted).toEqual(['key_1']);
  });
});

describe('a key is none', () => {
  it.each<[string, Row]>([
    ['is not stored', { key: 'another' }],
    ['was revoked', { revoked: true }],
    ['ends now', { expires_at: new Date(NOW) }],
    ['has ended', { expires_at: new Date(NOW - 1).toISOString() }],
    ['has no id, so that its use could not be told', { id: undefined }],
    ['belongs to nobody', { user_id: null }],
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

describe('without a wall between organizations', () => {
  it.each<[string, object | undefined]>([
    ['there is no tenancy service', undefined],
    ['the posture is "single"', { posture: 'single' }],
  ])('a key outlives a membership: %s', async (_how, service) => {
    if (service !== undefined) tables.services.set('tenancy', service);
    tables.rows['sys_member'] = [];
    expect(await keys.resolve(RAW)).toMatchObject({ organizationId: 'org_1' });
    expect(tables.read).not.toContain('sys_member');
  });
});

describe.each(['isolated', 'group'])('behind a wall between organizations (%s)', (posture) => {
  beforeEach(() => {
    tables.services.set('tenancy', { posture });
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

  it('is none where every read is walled to one', async () => {
    tables.services.set('tenancy', { posture: 'isolated' });
    await expectNone();
    expect(tables.read).toEqual(['sys_api_key']);
  });

  it('needs no membership where reads are of all its owner is in', async () => {
    tables.services.set('tenancy', { posture: 'group' });
    expect(await keys.resolve(RAW)).toMatchObject({ organizationId: undefined });
    expect(tables.read).not.toContain('sys_member');
  });
});

describe('what does not answer is not "no such key"', () => {
  it.each(['sys_api_key', 'sys_user'])('%s', async (object) => {
    tables.broken.add(object);
    await expect(keys.resolve(RAW)).rejects.toMatchObject(UNAVAILABLE);
    expect(noted).toEqual([]);
  });

  it('a tenancy service that states nothing', async () => {
    tables.services.set('tenancy', {});
    await expect(keys.resolve(RAW)).rejects.toMatchObject(UNAVAILABLE);
    expect(tables.read).toEqual([]);
  });
});
