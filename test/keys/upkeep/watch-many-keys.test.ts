import { describe, expect, it } from 'vitest';
import { toApiKey } from '../../../src/keys/record/api-key.ts';
import { Standing } from '../../../src/keys/record/standing.ts';
import { ensureUpkeepIndexes, LedgerCleaner } from '../../../src/keys/upkeep/clean-ledger.ts';
import { KeyWatch } from '../../../src/keys/upkeep/watch-keys.ts';
import type { ChangeOrigin, KeyEvent } from '../../../src/observability/events.ts';
import type { Row } from '../../../src/platform/engine.ts';
import { KeyDatabase, platformOn } from '../../support/key-database.ts';
import { keyRow } from '../../support/minting.ts';

// Memberships are looked up as of now.
const NOW = Date.now();
const DAY = 86_400_000;
const at = (days: number): string => new Date(NOW + days * DAY).toISOString();
const member = { user_id: 'ada', organization_id: 'org', role: 'member', created_at: at(-500) };

function watch(database: KeyDatabase, reminds = true) {
  const told: (KeyEvent & { origin: ChangeOrigin })[] = [];
  const platform = platformOn(database);
  const keys = new KeyWatch({
    engine: database,
    driver: database,
    standing: new Standing(platform),
    detailOf: async ({ id }) => ({ restoredAt: (await database.look('sys_api_key_detail', id))[0]?.['restored_at'] }),
    events: { changed: (origin, event) => void told.push({ ...event, origin }) },
    reminds,
  });
  const named = () => told.map(({ action, keyId, daysLeft }) => [action, keyId, ...(daysLeft ? [daysLeft] : [])]);
  return { keys, told, named };
}

const trail = (database: KeyDatabase): Row[] =>
  database.all('sys_audit_log').map((row) => ({ ...row, metadata: JSON.parse(String(row['metadata'])) }));

describe('a key that expires', () => {
  it('is told of once, without an actor, and recorded', async () => {
    const database = new KeyDatabase().putKeys({
      id: 'k',
      expires_at: at(-1),
      active_organization_id: 'org',
      created_at: at(-300),
    });
    const { keys, told } = watch(database);
    await keys.run(NOW);
    await keys.run(NOW + DAY);
    expect(told).toEqual([
      {
        origin: { id: undefined, address: undefined, endpoint: 'system' },
        action: 'expired',
        because: 'expiry',
        keyId: 'k',
        prefix: 'osk_k',
        ownerId: 'ada',
        organizationId: 'org',
        userId: undefined,
        previousKeyId: undefined,
        milliseconds: 0,
      },
    ]);
    expect(trail(database)).toMatchObject([
      {
        action: 'update',
        record_id: 'k',
        object_name: 'sys_api_key',
        user_id: null,
        tenant_id: 'org',
        metadata: { action: 'expired', because: 'expiry', prefix: 'osk_k', endpoint: 'system' },
      },
    ]);
  });

  it('is not told of where it was revoked, or expired more than seven days ago', async () => {
    const database = new KeyDatabase().putKeys(
      { id: 'revoked', expires_at: at(-1), revoked: true },
      { id: 'edge', expires_at: at(-7) },
      { id: 'in_time', expires_at: at(-6.9) },
      { id: 'just_now', expires_at: at(0) },
    );
    const { keys, named } = watch(database);
    await keys.run(NOW);
    expect(named()).toEqual([
      ['expired', 'in_time'],
      ['expired', 'just_now'],
    ]);
  });

  it('is announced 30, 7 and 1 day before, to those who want it', async () => {
    const key = { id: 'k', created_at: at(-300), expires_at: at(40) };
    const { keys, named, told } = watch(new KeyDatabase().putKeys(key, { ...key, id: 'revoked', revoked: true }));
    for (const day of [9, 10, 20, 33, 34, 39, 39.5]) await keys.run(NOW + day * DAY);
    expect(named()).toEqual([
      ['expiring', 'k', 30],
      ['expiring', 'k', 7],
      ['expiring', 'k', 1],
    ]);
    expect(told[0]).toMatchObject({ because: 'expiry', endsAt: new Date(at(40)) });
    const silent = watch(new KeyDatabase().putKeys(key), false);
    await silent.keys.run(NOW + 39 * DAY);
    expect(silent.told).toEqual([]);
  });

  it('is not announced where its whole life is shorter than a day', async () => {
    const { keys, told } = watch(new KeyDatabase().putKeys({ id: 'k', created_at: at(-0.1), expires_at: at(0.5) }));
    await keys.run(NOW);
    expect(told).toEqual([]);
  });

  it('is not announced where it has ended with a membership already', async () => {
    const key = { id: 'k', created_at: at(-300), expires_at: at(20), active_organization_id: 'org' };
    const { keys, named } = watch(new KeyDatabase().putKeys(key));
    await keys.run(NOW);
    expect(named()).toEqual([['ownerLeft', 'k']]);
  });
});

describe('a key that is not used', () => {
  const key = toApiKey(keyRow('k', { created_at: at(-60) }));
  const ending = { key, begins: NOW - 60 * DAY, ends: NOW + 5 * DAY };

  it('is announced before it ends, again after another use, and not where nobody wants it', async () => {
    const database = new KeyDatabase();
    const { keys, told } = watch(database);
    await keys.remind([ending], NOW);
    await keys.remind([ending], NOW);
    await keys.remind([{ ...ending, begins: NOW - 40 * DAY }], NOW);
    await keys.remind([{ ...ending, ends: NOW + 31 * DAY }], NOW);
    expect(told.map(({ action, because, daysLeft }) => [action, because, daysLeft])).toEqual(
      Array(2).fill(['expiring', 'disuse', 7]),
    );
    expect(told[0]?.endsAt).toEqual(new Date(NOW + 5 * DAY));
    const silent = watch(new KeyDatabase(), false);
    await silent.keys.remind([ending], NOW);
    expect(silent.told).toEqual([]);
  });
});

describe('a key whose owner has left', () => {
  const key = { id: 'k', active_organization_id: 'org', created_at: at(-100) };

  it('is told of once, and again after it was restored and they left again', async () => {
    const database = new KeyDatabase().putKeys(
      key,
      { ...key, id: 'revoked', revoked: true },
      { ...key, id: 'over', expires_at: at(-50) },
    );
    const { keys, named } = watch(database);
    await keys.run(NOW);
    await keys.run(NOW + 400 * DAY);
    expect(named()).toEqual([['ownerLeft', 'k']]);
    database.put('sys_api_key_detail', { id: 'k', restored_at: at(-1) });
    await keys.run(NOW);
    await keys.run(NOW);
    expect(named()).toEqual([
      ['ownerLeft', 'k'],
      ['ownerLeft', 'k'],
    ]);
  });

  it('is not one while they are a member, nor where it belongs to no organization', async () => {
    const database = new KeyDatabase().put('sys_member', member).putKeys(key, { id: 'free', created_at: at(-100) });
    const { keys, told } = watch(database);
    await keys.run(NOW);
    expect(told).toEqual([]);
  });
});

it('all of many keys are found, each once, also those that expire in the same moment', async () => {
  const ids = (prefix: string, count: number) => Array.from({ length: count }, (_, n) => `${prefix}${1000 + n}`);
  const [expired, left] = [ids('e', 450), ids('l', 450)];
  const database = new KeyDatabase().putKeys(
    ...expired.map((id, n) => ({ id, expires_at: at(n < 250 ? -1 : -2), created_at: at(-10) })),
    ...left.map((id) => ({ id, active_organization_id: 'org', created_at: at(-10) })),
  );
  const { keys, told } = watch(database);
  await keys.run(NOW);
  const of = (action: string) => told.flatMap((event) => (event.action === action ? [event.keyId] : [])).sort();
  expect(of('expired')).toEqual(expired);
  expect(of('ownerLeft')).toEqual(left);
  expect(trail(database)).toHaveLength(900);
});

describe('the ledger', () => {
  const HOUR = 3_600_000;
  const limit = { count: 10, period: HOUR };
  const cleaner = (database: KeyDatabase, limits = { mintLimitPerUser: limit, mintLimitPerAddress: limit }) =>
    new LedgerCleaner(database, { limits, idempotencyRetention: HOUR });
  const entry = (id: string, value = '', endsAt: string | null = null) => ({ id, value, ends_at: endsAt });
  const left = (database: KeyDatabase) => database.all('sys_api_key_ledger').map(({ id }) => id);

  it('loses what is over and buckets that are full again, and keeps the rest', async () => {
    const database = new KeyDatabase().put(
      'sys_api_key_ledger',
      entry('request:over', 'f', at(-0.1)),
      entry('request:kept', 'f', at(0.1)),
      entry('told:over', '', at(-1)),
      entry('told:always'),
      entry('lease:job', '1'),
      entry('user:full', `3@${NOW - HOUR}`),
      entry('user:used', `3@${NOW}`),
      entry('address:full', `9@${NOW - HOUR}`),
      entry('address:used', `0@${NOW}`),
    );
    expect(await cleaner(database).run(NOW)).toBe(4);
    expect(left(database)).toEqual(['address:used', 'lease:job', 'request:kept', 'told:always', 'user:used']);
  });

  it('drops every bucket of a limit that was switched off', async () => {
    const database = new KeyDatabase().put(
      'sys_api_key_ledger',
      entry('user:used', `0@${NOW}`),
      entry('address:used', `0@${NOW}`),
    );
    const limits = { mintLimitPerUser: undefined, mintLimitPerAddress: limit };
    expect(await cleaner(database, limits as never).run(NOW)).toBe(1);
    expect(left(database)).toEqual(['address:used']);
  });

  it('dates what an earlier version wrote without an end, once', async () => {
    const database = new KeyDatabase().put('sys_api_key_ledger', entry('request:old', 'f'), entry('replaced:old'));
    const job = cleaner(database);
    expect(await job.run(NOW)).toBe(0);
    const end = new Date(NOW + HOUR).toISOString();
    expect(database.all('sys_api_key_ledger')).toEqual([
      entry('replaced:old', '', end),
      entry('request:old', 'f', end),
    ]);
    database.put('sys_api_key_ledger', entry('request:new', 'f'));
    expect(await job.run(NOW + HOUR + 1)).toBe(2);
    expect(database.all('sys_api_key_ledger')).toEqual([entry('request:new', 'f')]);
  });

  it('has indexes for what is over, and keys for their expiry', async () => {
    const database = new KeyDatabase();
    await ensureUpkeepIndexes(database);
    await ensureUpkeepIndexes(database);
    const indexes = database.db.prepare("SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").all();
    expect(indexes.map((row) => (row as Row)['sql'])).toEqual([
      'CREATE INDEX sys_api_key_ledger_by_end ON sys_api_key_ledger (ends_at) WHERE ends_at IS NOT NULL',
      'CREATE INDEX sys_api_key_by_expiry ON sys_api_key (expires_at, id) WHERE expires_at IS NOT NULL',
    ]);
  });
});
