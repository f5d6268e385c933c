import { describe, expect, it } from 'vitest';
import { apiKeyPrincipal } from '../../../src/auth/principal.ts';
import { keysDescribedWith } from '../../../src/keys/read/described.ts';
import { findKeyOfOrganization, findOwnApiKey, findPresentedKey } from '../../../src/keys/read/find.ts';
import { findOwnApiKeys, findReplacements } from '../../../src/keys/read/lineage.ts';
import { UsageReader } from '../../../src/keys/read/usage.ts';
import { KeyDatabase, platformOn } from '../../support/key-database.ts';
import { person } from '../../support/minting.ts';

const ada = person('ada', 'org');

function keys() {
  const database = new KeyDatabase()
    .putKeys(
      { id: 'a', active_organization_id: 'org', created_at: '2030-01-01T00:00:00.000Z' },
      { id: 'a2', active_organization_id: 'org', created_at: '2030-01-02T00:00:00.000Z' },
      { id: 'a3', active_organization_id: 'org', created_at: '2030-01-03T00:00:00.000Z' },
      { id: 'b', user_id: 'bob', active_organization_id: 'org' },
      { id: 'a_b', user_id: 'bob', active_organization_id: 'other' },
    )
    .put(
      'sys_api_key_detail',
      { id: 'a3', replaces: 'a', description: 'Nightly 100% export' },
      { id: 'a2', replaces: 'a', description: 'nightly_import!' },
      { id: 'b', replaces: 'a', description: 'nightly' },
    );
  return { database, platform: platformOn(database) };
}

describe('one key', () => {
  it('is found by its owner, with their own rights', async () => {
    const { database, platform } = keys();
    expect(await findOwnApiKey(platform, ada, 'a')).toMatchObject({ id: 'a', ownerId: 'ada' });
    expect(database.queries.map(({ query }) => query.context)).toEqual([{ userId: 'ada' }]);
    expect(await findOwnApiKey(platform, ada, 'b')).toBeUndefined();
  });

  it('is found by a request that presents it, whatever its owner may read', async () => {
    const { database, platform } = keys();
    const presented = (keyId: string) =>
      apiKeyPrincipal({ userId: 'ada', email: '', organizationId: undefined }, keyId);
    expect(await findPresentedKey(platform, presented('a'))).toMatchObject({ id: 'a' });
    expect(database.queries.map(({ query }) => query.context)).toEqual([{ isSystem: true }]);
    expect(await findPresentedKey(platform, presented('b'))).toBeUndefined();
  });

  it('is found in its organization, and in no other', async () => {
    const { platform } = keys();
    expect(await findKeyOfOrganization(platform, 'org', 'b')).toMatchObject({ id: 'b' });
    expect(await findKeyOfOrganization(platform, 'org', 'a_b')).toBeUndefined();
  });

  it.each(['{current_user_id}', '', 'a b', 'x'.repeat(65)])(
    'is not looked up by a text that is no id: %j',
    async (id) => {
      const { database, platform } = keys();
      expect(await findOwnApiKey(platform, ada, id)).toBeUndefined();
      expect(await findKeyOfOrganization(platform, 'org', id)).toBeUndefined();
      expect((await findOwnApiKeys(platform, ada, [id])).size).toBe(0);
      expect(database.queries).toEqual([]);
    },
  );
});

describe('several keys', () => {
  it('are found by their ids in one statement, without those of others', async () => {
    const { database, platform } = keys();
    const found = await findOwnApiKeys(platform, ada, ['a', 'b', 'a2', 'nothing', '{x}']);
    expect([...found].map(([id, key]) => [id, key.id])).toEqual([
      ['a', 'a'],
      ['a2', 'a2'],
    ]);
    expect(database.queries).toHaveLength(1);
  });

  it('that replaced a key are found as the newest of the caller, in whatever order they come', async () => {
    const { platform } = keys();
    const found = await findReplacements(platform, ada, ['a', 'a2']);
    expect([...found].map(([old, key]) => [old, key.id])).toEqual([['a', 'a3']]);
    const reverse = new KeyDatabase()
      .putKeys({ id: 'n', created_at: '2030-01-02T00:00:00.000Z' }, { id: 'o', created_at: '2030-01-01T00:00:00.000Z' })
      .put('sys_api_key_detail', { id: 'o', replaces: 'x' }, { id: 'n', replaces: 'x' });
    expect((await findReplacements(platformOn(reverse), ada, ['x'])).get('x')?.id).toBe('n');
  });
});

describe('a search in the descriptions', () => {
  it('ignores case, takes its text literally, and stays with the person and the organization', async () => {
    const { database } = keys();
    const found = (text: string, where = { user_id: 'ada' }) => keysDescribedWith(database, where, text);
    // The newest first.
    expect(await found('NIGHTLY')).toEqual(['a3', 'a2']);
    expect(await found('100%')).toEqual(['a3']);
    expect(await found('n%y')).toEqual([]);
    expect(await found('y_i')).toEqual(['a2']);
    expect(await found('y_e')).toEqual([]);
    expect(await found('import!')).toEqual(['a2']);
    expect(await keysDescribedWith(database, { active_organization_id: 'org' }, 'nightly')).toHaveLength(3);
    const both = { active_organization_id: 'org', user_id: 'bob' };
    expect(await keysDescribedWith(database, both, 'nightly')).toEqual(['b']);
    expect(await keysDescribedWith(database, { active_organization_id: 'other' }, 'nightly')).toEqual([]);
  });

  it('ignores case on PostgreSQL with its own word', async () => {
    const statements: string[] = [];
    const driver = {
      isSqlite: false,
      isPostgres: true,
      execute: async (statement: string) => {
        statements.push(statement);
        return { rows: [{ id: 7 }] };
      },
    };
    expect(await keysDescribedWith({ getDriverForObject: () => driver }, { user_id: 'ada' }, 'x')).toEqual(['7']);
    expect(statements[0]).toContain('d.description ILIKE ?');
    expect(await keysDescribedWith({ getDriverForObject: () => ({}) }, { user_id: 'ada' }, 'x')).toEqual([]);
  });
});

describe('the uses of a key', () => {
  const day = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

  it('are those of the last 30 days by object and operation, and of several keys read together', async () => {
    const use = (keyId: string, object: string, operation: string, on: string, uses: number) => ({
      id: `${keyId}${object}${operation}${on}`,
      key_id: keyId,
      object,
      operation,
      day: on,
      uses,
    });
    const database = new KeyDatabase().put(
      'sys_api_key_usage',
      use('k', 'task', 'READ', day(3), 2),
      use('k', 'task', 'READ', day(1), 3),
      use('k', 'note', 'EDIT', day(29), 1),
      use('k', 'note', 'READ', day(30), 9),
      { ...use('l', '', 'OTHER', day(0), 4), object: null },
    );
    const reader = new UsageReader(database);
    const [k, l, k2, none] = await Promise.all(['k', 'l', 'k', 'none'].map((id) => reader.find(id)));
    expect(k).toEqual([
      { object: 'note', operation: 'EDIT', count: 1, lastUsedOn: day(29) },
      { object: 'task', operation: 'READ', count: 5, lastUsedOn: day(1) },
    ]);
    expect(l).toEqual([{ object: '', operation: 'OTHER', count: 4, lastUsedOn: day(0) }]);
    expect([k2, none]).toEqual([k, []]);
    expect(database.statements).toHaveLength(1);
    // Nothing is remembered for the next request.
    await reader.find('k');
    expect(database.statements).toHaveLength(2);
  });
});
