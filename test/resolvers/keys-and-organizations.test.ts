import { expect, it } from 'vitest';
import type { ApiKey } from '../../src/keys/record/api-key.ts';
import { apiKeyAccess } from '../../src/resolvers/api-key-access.ts';
import { apiKeyOwner } from '../../src/resolvers/api-key-owner.ts';
import { apiKeyPolicy, violatesPolicy } from '../../src/resolvers/api-key-policy.ts';
import { apiKeyStatus } from '../../src/resolvers/api-key-status.ts';
import type { SessionContext } from '../../src/resolvers/context.ts';
import { findApiKey } from '../../src/resolvers/find-api-key.ts';
import { keyUsage, suggestedScopes } from '../../src/resolvers/key-usage.ts';
import { replacedKey, replacementOf } from '../../src/resolvers/lineage.ts';
import { listOrganizationKeys } from '../../src/resolvers/list-api-keys.ts';
import { organization } from '../../src/resolvers/organization.ts';
import { revokeApiKeysOf } from '../../src/resolvers/revoke-api-keys-of.ts';
import { updateApiKey } from '../../src/resolvers/update-api-key.ts';
import { updateApiKeyPolicy } from '../../src/resolvers/update-api-key-policy.ts';
import { KeyDatabase, serviceOn } from '../support/key-database.ts';
import { NO_FILTERS } from '../support/list-query.ts';
import { callerOf, person } from '../support/minting.ts';

const day = new Date().toISOString().slice(0, 10);

function asks(userId: string) {
  const database = new KeyDatabase()
    .put('sys_organization', { id: 'org', name: 'Org' })
    .put(
      'sys_member',
      { user_id: 'olga', organization_id: 'org', role: 'owner', created_at: '2020-01-01T00:00:00Z' },
      { user_id: 'bob', organization_id: 'org', role: 'member', created_at: '2020-01-01T00:00:00Z' },
    )
    .put('sys_user', { id: 'bob', name: 'Bob', email: null })
    .putKeys(
      { id: 'old', user_id: 'bob', active_organization_id: 'org', created_at: '2030-01-01T00:00:00.000Z' },
      { id: 'new', user_id: 'bob', active_organization_id: 'org', created_at: '2030-01-02T00:00:00.000Z' },
      { id: 'left', user_id: 'gone', active_organization_id: 'org' },
    )
    .put('sys_api_key_detail', { id: 'new', replaces: 'old' }, { id: 'left', replaces: 'nothing' })
    .put('sys_api_key_usage', { id: 'u', key_id: 'old', object: 'task', operation: 'READ', day, uses: 2 });
  const { keys, platform, told } = serviceOn(database);
  const context: SessionContext = { ...callerOf(person(userId, 'org')), keys, platform };
  const key = async (id: string): Promise<ApiKey> => {
    const { keys: all } = await keys.organization.list(person('olga', 'org'), { ...NO_FILTERS, ownerId: undefined });
    return all.find((each) => each.id === id) ?? expect.unreachable(id);
  };
  return { context, database, key, told };
}

it('a key shows its owner, its status and what it was used for', async () => {
  const { context, key } = asks('bob');
  const [old, left] = [await key('old'), await key('left')];
  expect(await apiKeyOwner(old, context)).toEqual({ id: 'bob', name: 'Bob', email: '' });
  expect(await apiKeyOwner(left, context)).toEqual({ id: 'gone', name: '', email: '' });
  expect([await apiKeyStatus(old, context), await apiKeyStatus(left, context)]).toEqual(['ACTIVE', 'OWNER_LEFT']);
  expect(await keyUsage(old, context)).toEqual([{ object: 'task', operation: 'READ', count: 2, lastUsedOn: day }]);
  expect(await suggestedScopes(old, context)).toBeNull();
  expect(await apiKeyAccess({ scopes: ['data:read'] }, context)).toEqual([]);
});

it('a key shows which it replaced and which replaced it, each looked up once for a page', async () => {
  const { context, database, key } = asks('bob');
  const [old, fresh, left] = [await key('old'), await key('new'), await key('left')];
  database.queries.length = 0;
  const lineage = await Promise.all([
    replacedKey(fresh, context),
    replacedKey(old, context),
    replacementOf(old, context),
    replacementOf(fresh, context),
    replacedKey(left, context),
  ]);
  expect(lineage.map((each) => each?.id)).toEqual(['old', undefined, 'new', undefined, undefined]);
  expect(lineage[1]).toBeNull();
  expect(lineage[3]).toBeNull();
  expect(lineage[4]).toBeNull();
  // One for the replaced keys, and two for those that replaced them.
  expect(database.queries).toHaveLength(3);
  await replacementOf(old, context);
  expect(database.queries).toHaveLength(3);
});

it('an organization shows its name, its rules and its keys to those who may see them', async () => {
  const bob = asks('bob');
  expect(await organization(bob.context)).toEqual({ id: 'org', name: 'Org' });
  expect(await apiKeyPolicy(bob.context)).toMatchObject({ whoMayMint: 'MEMBERS' });
  await expect(listOrganizationKeys({}, bob.context)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(await organization(asks('eve').context)).toBeNull();

  const { context } = asks('olga');
  const page = await listOrganizationKeys({ ownerId: 'bob', first: 1, search: null }, context);
  expect([page.keys.map(({ id }) => id), page.hasNextPage]).toEqual([['new'], true]);
  const everybody = await listOrganizationKeys({ ownerId: null, search: 'le', status: null }, context);
  expect(everybody.keys.map(({ id }) => id)).toEqual(['left']);
  const ending = await listOrganizationKeys({ expiresWithin: 'P30D', unusedFor: 'PT1S' }, context);
  expect(ending.keys).toEqual([]);
});

it('an administrator sets its rules, and ends the keys of a person', async () => {
  const { context, database, key, told } = asks('olga');
  const old = await key('old');
  expect(await violatesPolicy(old, context)).toBe(false);
  expect(await updateApiKeyPolicy({ requireScopes: true }, context)).toMatchObject({ requireScopes: true });
  expect(await violatesPolicy(old, context)).toBe(true);
  expect(await revokeApiKeysOf({ userId: 'bob' }, context)).toEqual({ revoked: 2 });
  expect(database.revoked()).toEqual(['new', 'old']);
  expect(told.map(({ action, keyId, ownerId }) => [action, keyId, ownerId])).toEqual([
    ['revoke', 'old', 'bob'],
    ['revoke', 'new', 'bob'],
  ]);
});

it('a key is renamed by its owner', async () => {
  const { context } = asks('bob');
  expect(await updateApiKey({ id: 'old', name: 'renamed' }, context)).toMatchObject({ id: 'old', name: 'renamed' });
  expect(await findApiKey('old', context)).toMatchObject({ name: 'renamed' });
});
