import { describe, expect, it } from 'vitest';
import { Budget } from '../../../src/base/deadline.ts';
import { KeyDatabase, organizationOn } from '../../support/key-database.ts';
import { callerOf, person } from '../../support/minting.ts';

const olga = person('olga', 'org');
const MEMBERS = [
  { user_id: 'olga', organization_id: 'org', role: 'owner' },
  { user_id: 'bob', organization_id: 'org', role: 'member' },
  { user_id: 'olga', organization_id: 'other', role: 'member' },
];
const ALL = { first: undefined, after: undefined, status: undefined, search: undefined } as const;
const query = { ...ALL, expiresWithin: undefined, unusedFor: undefined, ownerId: undefined };

function organization() {
  const database = new KeyDatabase()
    .put('sys_organization', { id: 'org', name: 'The organization' }, { id: 'nameless' })
    .put('sys_member', ...MEMBERS)
    .put('sys_user', { id: 'olga' }, { id: 'bob' })
    .putKeys(
      { id: 'bob_1', user_id: 'bob', active_organization_id: 'org', created_at: '2030-01-01T00:00:00.000Z' },
      { id: 'bob_2', user_id: 'bob', active_organization_id: 'org', created_at: '2030-01-02T00:00:00.000Z' },
      { id: 'bob_old', user_id: 'bob', active_organization_id: 'org', revoked: true, created_at: '2029-01-01' },
      { id: 'bob_elsewhere', user_id: 'bob', active_organization_id: 'other' },
      { id: 'gone_1', user_id: 'gone', active_organization_id: 'org', created_at: '2030-01-03T00:00:00.000Z' },
      { id: 'olga_1', user_id: 'olga', active_organization_id: 'org', created_at: '2030-01-04T00:00:00.000Z' },
    );
  return { database, ...organizationOn(database, {}, { root: ['manage_platform_settings'] }) };
}

describe('the active organization', () => {
  it.each([
    ['a member', person('bob', 'org'), { id: 'org', name: 'The organization' }],
    ['somebody who manages the platform', person('root', 'nameless'), { id: 'nameless', name: '' }],
    ['a stranger', person('eve', 'org'), undefined],
    ['somebody without one', person('bob'), undefined],
    ['an organization that no longer exists', person('root', 'removed'), undefined],
  ])('is seen by: %s', async (_who, principal, expected) => {
    expect(await organization().keys.find(principal)).toEqual(expected);
  });
});

describe('the list of its keys', () => {
  it('has the keys of everybody in it, newest first, and none of another organization', async () => {
    const { keys } = organization();
    const page = await keys.list(olga, query);
    expect(page.keys.map(({ id }) => id)).toEqual(['olga_1', 'gone_1', 'bob_2', 'bob_1', 'bob_old']);
    expect(await page.totalCount()).toBe(5);
  });

  it('can be that of one person', async () => {
    const page = await organization().keys.list(olga, { ...query, ownerId: 'bob' });
    expect(page.keys.map(({ id }) => id)).toEqual(['bob_2', 'bob_1', 'bob_old']);
  });

  it('an id that cannot be one of a person is refused, and not looked up', async () => {
    const { database, keys } = organization();
    await expect(keys.list(olga, { ...query, ownerId: '{current_user_id}' })).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      fields: [{ field: 'ownerId', code: 'invalid_value', message: 'This is not a valid id of a person.' }],
    });
    expect(database.queries).toEqual([]);
  });

  it('is for its administrators', async () => {
    const { database, keys } = organization();
    await expect(keys.list(person('bob', 'org'), query)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(database.queries).toEqual([]);
  });
});

describe('a key of somebody else', () => {
  it('is found by an administrator of its organization, who can end it', async () => {
    const { database, keys } = organization();
    const caller = callerOf(olga);
    const key = await keys.findToEnd(caller, 'bob_1');
    expect(key).toMatchObject({ id: 'bob_1', ownerId: 'bob' });
    expect(await keys.end(caller, key as NonNullable<typeof key>)).toBe(true);
    expect(database.revoked()).toEqual(['bob_1', 'bob_old']);
    // Somebody was faster.
    expect(await keys.end(caller, key as NonNullable<typeof key>)).toBe(false);
    expect(database.writes).toMatchObject([
      { data: { revoked: true }, context: { isSystem: true, userId: 'olga', transaction: expect.anything() } },
    ]);
  });

  it.each([
    ['a member', person('bob', 'org'), 'gone_1'],
    ['an administrator who has another organization active', person('olga', 'other'), 'bob_1'],
    ['an administrator without an active organization', person('olga'), 'bob_1'],
    ['an administrator of another organization', olga, 'bob_elsewhere'],
    ['an administrator, for a key that does not exist', olga, 'nothing'],
  ])('is not found by %s', async (_who, principal, id) => {
    expect(await organization().keys.findToEnd(callerOf(principal), id)).toBeUndefined();
  });

  it('is not ended by an impersonated administrator', async () => {
    const { keys } = organization();
    const impersonated = callerOf(person('olga', 'org', true));
    await expect(keys.findToEnd(impersonated, 'bob_1')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await keys.findToEnd(impersonated, 'nothing')).toBeUndefined();
  });
});

describe('all keys of a person', () => {
  const input = { userId: 'bob' };

  it('end together, under the lock of that person; those of other organizations and people stay', async () => {
    const { database, keys } = organization();
    let lockedFirst: unknown;
    database.before = (what) => {
      if (what.startsWith('update')) lockedFirst ??= database.all('sys_api_key_ledger').map(({ id }) => id);
    };
    const ended = await keys.endAllOf(callerOf(olga), input);
    expect(ended.map(({ id, revoked }) => [id, revoked])).toEqual([
      ['bob_1', true],
      ['bob_2', true],
    ]);
    expect(lockedFirst).toEqual(['user:bob']);
    expect(database.revoked()).toEqual(['bob_1', 'bob_2', 'bob_old']);
    expect(await keys.endAllOf(callerOf(olga), input)).toEqual([]);
  });

  it('of somebody whose account was deleted end, too', async () => {
    const { database, keys } = organization();
    expect((await keys.endAllOf(callerOf(olga), { userId: 'gone' })).map(({ id }) => id)).toEqual(['gone_1']);
    expect(database.revoked()).toContain('gone_1');
  });

  it('of nobody end without leaving a trace of what the caller wrote', async () => {
    const { database, keys } = organization();
    expect(await keys.endAllOf(callerOf(olga), { userId: 'nobody' })).toEqual([]);
    expect([database.writes, database.all('sys_api_key_ledger')]).toEqual([[], []]);
  });

  it.each([
    ['a member', person('bob', 'org'), input, 'FORBIDDEN'],
    ['an impersonated administrator', person('olga', 'org', true), input, 'FORBIDDEN'],
    ['an invalid input', olga, { userId: '' }, 'VALIDATION_FAILED'],
  ])('stay, for %s', async (_why, principal, given, code) => {
    const { database, keys } = organization();
    await expect(keys.endAllOf(callerOf(principal), given)).rejects.toMatchObject({ code });
    expect([database.writes, database.revoked()]).toEqual([[], ['bob_old']]);
  });

  it('stay when the time of the request is over', async () => {
    const { database, keys } = organization();
    const late = callerOf(olga, { budget: new Budget(0) });
    await expect(keys.endAllOf(late, input)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(database.revoked()).toEqual(['bob_old']);
    expect(database.all('sys_api_key_ledger')).toEqual([]);
  });
});
