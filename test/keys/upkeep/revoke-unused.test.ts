import { describe, expect, it } from 'vitest';
import { DAY } from '../../../src/base/time.ts';
import { UnusedKeys } from '../../../src/keys/upkeep/revoke-unused.ts';
import type { KeyEvent } from '../../../src/observability/events.ts';
import type { Row } from '../../../src/platform/engine.ts';
import { KeyDatabase, writingOn } from '../../support/key-database.ts';

const NOW = Date.parse('2030-06-01T12:00:00.000Z');
const MINUTE = 60_000;
const policy = (id: string, changes: Row = {}): Row => ({
  id,
  require_scopes: 0,
  who_may_mint: 'MEMBERS',
  revoke_unused_after: 'P60D',
  ...changes,
});
const ago = (days: number, minutes = 0) => new Date(NOW - days * DAY - minutes * MINUTE).toISOString();
const key = (id: string, createdAt: string, changes: Row = {}) => ({
  id,
  active_organization_id: 'org',
  created_at: createdAt,
  ...changes,
});

function unusedKeys(database: KeyDatabase) {
  const told: KeyEvent[] = [];
  const reminded: { id: string; begins: string; ends: string }[] = [];
  const watch = {
    remind: async (endings: readonly { key: { id: string }; begins: number; ends: number }[]) => {
      const at = (moment: number): string => new Date(moment).toISOString();
      for (const { key: of, begins, ends } of endings) {
        reminded.push({ id: of.id, begins: at(begins), ends: at(ends) });
      }
    },
  };
  const events = { changed: (_origin: unknown, event: KeyEvent) => void told.push(event) };
  return { chore: new UnusedKeys(writingOn(database), database, watch, events), told, reminded };
}

describe('a key that nobody uses', () => {
  it('is revoked when the time of its organization is over, and uses that are written late could have come', async () => {
    const database = new KeyDatabase()
      .put('sys_api_key_policy', policy('org'))
      .putKeys(key('over', ago(60, 5)), key('just_not', ago(60, 4)), key('young', ago(29)));
    const { chore, told } = unusedKeys(database);
    await chore.run(NOW);
    expect(database.revoked()).toEqual(['over']);
    expect(told).toMatchObject([
      { action: 'revoke', because: 'disuse', keyId: 'over', ownerId: 'ada', organizationId: 'org', userId: undefined },
    ]);
    await chore.run(NOW);
    expect(told).toHaveLength(1);
  });

  it.each([
    ['was used since', { last_used_at: ago(59) }, undefined],
    ['was restored since', {}, ago(59)],
    ['belongs to another organization', { active_organization_id: 'other' }, undefined],
    ['belongs to none', { active_organization_id: null }, undefined],
    ['has expired', { expires_at: ago(1) }, undefined],
  ])('stays where it %s', async (_why, changes, restoredAt) => {
    const database = new KeyDatabase()
      .put('sys_api_key_policy', policy('org'))
      .put('sys_api_key_detail', { id: 'k', restored_at: restoredAt })
      .putKeys(key('k', ago(100), changes));
    const { chore, told } = unusedKeys(database);
    await chore.run(NOW);
    expect([database.revoked(), told]).toEqual([[], []]);
  });

  it('stays where its organization has no such rule', async () => {
    const database = new KeyDatabase()
      .put('sys_api_key_policy', policy('org', { revoke_unused_after: null }))
      .putKeys(key('k', ago(400)));
    await unusedKeys(database).chore.run(NOW);
    expect([database.revoked(), database.queries]).toEqual([[], []]);
  });

  it('is reminded of within 30 days of its end, counted from its last use', async () => {
    const database = new KeyDatabase()
      .put('sys_api_key_policy', policy('org'))
      .putKeys(
        key('near', ago(100), { last_used_at: ago(31) }),
        key('at', ago(30)),
        key('far', ago(29)),
        key('made', ago(40)),
      );
    const { chore, reminded } = unusedKeys(database);
    await chore.run(NOW);
    expect(reminded).toEqual([
      { id: 'near', begins: ago(31), ends: ago(-29) },
      { id: 'made', begins: ago(40), ends: ago(-20) },
      { id: 'at', begins: ago(30), ends: ago(-30) },
    ]);
  });

  it('is looked at again under the lock of its owner: a use, an end or another rule in between counts', async () => {
    const races: [string, string][] = [
      ['a use', `UPDATE sys_api_key SET last_used_at = '${ago(0)}'`],
      ['an end', 'UPDATE sys_api_key SET revoked = 1'],
      ['no rule', 'UPDATE sys_api_key_policy SET revoke_unused_after = NULL'],
      ['a longer time', "UPDATE sys_api_key_policy SET revoke_unused_after = 'P61D'"],
      ['a restoration', `INSERT INTO sys_api_key_detail (id, restored_at) VALUES ('k', '${ago(0)}')`],
    ];
    for (const [, change] of races) {
      const database = new KeyDatabase().put('sys_api_key_policy', policy('org')).putKeys(key('k', ago(60, 6)));
      database.before = (what) => {
        if (what.includes('INTO sys_api_key_ledger')) database.db.exec(change);
      };
      const { chore, told } = unusedKeys(database);
      await chore.run(NOW);
      expect([database.writes, told]).toEqual([[], []]);
    }
  });

  it('is found among many, in several statements, each key once', async () => {
    const keys = Array.from({ length: 250 }, (_, n) => key(`k${String(n).padStart(3, '0')}`, ago(70, n % 3)));
    const database = new KeyDatabase().put('sys_api_key_policy', policy('org')).putKeys(...keys);
    const { chore, told, reminded } = unusedKeys(database);
    await chore.run(NOW);
    const ids = keys.map(({ id }) => id);
    expect(database.revoked()).toEqual(ids);
    expect(told.map(({ keyId }) => keyId).sort()).toEqual(ids);
    expect(reminded.map(({ id }) => id).sort()).toEqual(ids);
    // Once, elevated, for each hundred of them; the locks of their owners are held.
    expect(database.writes.map(({ data }) => data)).toEqual(Array(3).fill({ revoked: true }));
    expect(database.all('sys_api_key_ledger')).toMatchObject([{ id: 'user:ada' }]);
  });

  it('is revoked although the rules of another organization cannot be read, and that is reported', async () => {
    const database = new KeyDatabase()
      .put('sys_api_key_policy', policy('broken', { revoke_unused_after: 'P1M' }), policy('org'))
      .putKeys(key('k', ago(61)));
    await expect(unusedKeys(database).chore.run(NOW)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(database.revoked()).toEqual(['k']);
  });
});
