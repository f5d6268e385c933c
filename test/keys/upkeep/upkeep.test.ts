import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { Leases } from '../../../src/keys/ledger/lease.ts';
import { reminderDue } from '../../../src/keys/upkeep/endings.ts';
import { KeyInventory } from '../../../src/keys/upkeep/inventory.ts';
import { putBack, takeNew } from '../../../src/keys/upkeep/notices.ts';
import { type Chore, Upkeep } from '../../../src/keys/upkeep/upkeep.ts';
import { upkeepSettings } from '../../../src/keys/upkeep/upkeep-settings.ts';
import { KeyDatabase } from '../../support/key-database.ts';

const NOW = Date.parse('2030-06-01T00:00:00.000Z');
const DAY = 86_400_000;
const at = (days: number): string => new Date(NOW + days * DAY).toISOString();

afterEach(() => {
  vi.useRealTimers();
});

/** A chore that notes when it runs. */
function chore(name: string, ran: string[], does: () => Promise<void> = async () => undefined): Chore {
  return {
    name,
    every: 1000,
    async run(now) {
      ran.push(`${name} at ${now}`);
      await does();
    },
  };
}

describe('a chore', () => {
  it('is done when it is due, by one replica for all of them', async () => {
    const database = new KeyDatabase();
    const ran: string[] = [];
    const [first, second] = [1, 2].map(
      (replica) => new Upkeep(new Leases(() => database), [chore('sweep', ran)], () => ran.push(`${replica} failed`)),
    ) as [Upkeep, Upkeep];
    for (const now of [1000, 1999, 2000]) {
      await first.run(now);
      await second.run(now);
    }
    expect(ran).toEqual(['sweep at 1000', 'sweep at 2000']);
  });

  it('that fails is reported, and keeps no other from being done', async () => {
    const ran: string[] = [];
    const reports: unknown[] = [];
    const failure = new Error('down');
    const chores = [chore('broken', ran, () => Promise.reject(failure)), chore('whole', ran)];
    const upkeep = new Upkeep(new Leases(() => new KeyDatabase()), chores, (...report) => reports.push(report));
    await upkeep.run(5000);
    expect(ran).toEqual(['broken at 5000', 'whole at 5000']);
    expect(reports).toEqual([['broken', failure]]);
  });

  it('is looked for each minute, and never again after closing, which waits for the one under way', async () => {
    vi.useFakeTimers({ now: NOW });
    const ran: string[] = [];
    const under = Promise.withResolvers<void>();
    const database = new KeyDatabase();
    const chores = [chore('long', ran, () => under.promise), chore('next', ran)];
    const upkeep = new Upkeep(new Leases(() => database), chores, () => expect.unreachable());
    upkeep.start();
    await vi.advanceTimersByTimeAsync(59_999);
    expect(ran).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(ran).toEqual([`long at ${NOW + 60_000}`]);
    let isClosed = false;
    const closing = upkeep.close().then(() => {
      isClosed = true;
    });
    await vi.advanceTimersByTimeAsync(120_000);
    expect([isClosed, ran.length]).toEqual([false, 1]);
    under.resolve();
    await closing;
    await upkeep.run();
    expect(ran).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});

it('the settings of an operator have defaults, and remember requests for at least an hour', () => {
  const settings = z.object(upkeepSettings);
  expect(settings.parse({})).toEqual({ idempotencyRetention: 'P30D', keyReminders: 'on', keyMessages: 'others' });
  const retention = (idempotencyRetention: string) => settings.safeParse({ idempotencyRetention }).success;
  expect(['PT1H', 'P1D', 'PT59M', 'soon', ''].map(retention)).toEqual([true, true, false, false, false]);
  expect(settings.safeParse({ keyReminders: 'maybe' }).success).toBe(false);
  expect(settings.safeParse({ keyMessages: 'mine' }).success).toBe(false);
});

describe('a reminder', () => {
  it.each([
    [0, 100, 69, undefined],
    [0, 100, 70, 30],
    [0, 100, 92, 30],
    [0, 100, 93, 7],
    [0, 100, 98.9, 7],
    [0, 100, 99, 1],
    [0, 100, 100, undefined],
    // None is due before a key begins: a key of 30 days gets the next one.
    [0, 30, 0, undefined],
    [0, 30, 23, 7],
    [0, 30.1, 0.1, 30],
    [0, 1, 0.5, undefined],
  ])('of what begins on day %d and ends on day %d is, on day %d: %s', (begins, ends, now, expected) => {
    expect(reminderDue(begins * DAY, ends * DAY, now * DAY)).toBe(expected);
  });
});

describe('the inventory', () => {
  const database = () =>
    new KeyDatabase().putKeys(
      { id: 'plain', created_at: at(-1) },
      { id: 'empty', created_at: at(-1), scopes: '[]' },
      { id: 'scoped', created_at: at(-1), scopes: '["data:read"]' },
      { id: 'ends_at_30', created_at: at(-1), expires_at: at(30), scopes: '["x"]' },
      { id: 'ends_after', created_at: at(-1), expires_at: at(30.1), scopes: '["x"]' },
      { id: 'old', created_at: at(-90), scopes: '["x"]' },
      { id: 'old_unused', created_at: at(-100), last_used_at: at(-90), scopes: '["x"]' },
      { id: 'old_used', created_at: at(-100), last_used_at: at(-89), scopes: '["x"]' },
      { id: 'revoked', created_at: at(-100), revoked: true },
      { id: 'expired', created_at: at(-100), expires_at: at(0) },
    );

  it('counts keys that work: those without scopes, those that end soon, and those that nobody uses', async () => {
    expect(await new KeyInventory(database()).count(NOW)).toEqual({ active: 8, unlimited: 2, expiring: 1, unused: 2 });
    expect(await new KeyInventory(new KeyDatabase()).count(NOW)).toEqual({
      active: 0,
      unlimited: 0,
      expiring: 0,
      unused: 0,
    });
  });

  it('is counted once in five minutes, however many ask', async () => {
    const keys = database();
    const inventory = new KeyInventory(keys);
    const counts = await Promise.all([inventory.count(NOW), inventory.count(NOW)]);
    expect(counts[0]).toBe(counts[1]);
    await inventory.count(NOW + 299_999);
    expect(keys.statements).toHaveLength(1);
    await inventory.count(NOW + 300_000);
    expect(keys.statements).toHaveLength(2);
  });

  it('that could not be counted is counted the next time', async () => {
    const keys = database();
    const inventory = new KeyInventory(keys);
    keys.before = () => {
      throw new Error('down');
    };
    await expect(inventory.count(NOW)).rejects.toThrow('down');
    keys.before = () => undefined;
    expect(await inventory.count(NOW)).toMatchObject({ active: 8 });
  });
});

describe('a notice', () => {
  const [first, second] = [
    { keyId: 'k', what: 'expired' },
    { keyId: 'k', what: 'left:0', staysTrue: true },
  ] as const;

  it('is published once, and again only after it was put back', async () => {
    const ledger = new KeyDatabase();
    expect(await takeNew(ledger, [first], NOW)).toEqual([first]);
    expect(await takeNew(ledger, [first, second], NOW)).toEqual([second]);
    expect(await takeNew(ledger, [first, second], NOW)).toEqual([]);
    await putBack(ledger, [second]);
    expect(await takeNew(ledger, [first, second], NOW)).toEqual([second]);
  });

  it('is forgotten after 60 days, unless it stays true', async () => {
    const ledger = new KeyDatabase();
    await takeNew(ledger, [first, second], NOW);
    expect(ledger.all('sys_api_key_ledger').map((row) => row['ends_at'])).toEqual([at(60), null]);
  });
});
