// @ts-nocheck
import { expect, it } from 'vitest';
import { LedgerCleaner } from '../../../src/keys/upkeep/clean-ledger.ts';
import type { Row, SqlDriver } from '../../../src/platform/engine.ts';

const HOUR = 3_600_000;

/** A ledger with this many entries of each kind that may go, in a database that answers at once, as SQLite does. */
function ledgerOf(count: number, ran: string[]) {
  const left = new Map(['expired', 'request:', 'user:', 'address:'].map((kind) => [kind, count]));
  const page = (kind: string, limit: number): Row[] => {
    const size = Math.min(limit, left.get(kind) ?? 0);
    left.set(kind, (left.get(kind) ?? 0) - size);
    return Array.from({ length: size }, (_, n) => ({ id: `${kind}${n}`, value: '0@0', ends_at: '' }));
  };
  const driver: SqlDriver = {
    isSqlite: true,
    isPostgres: false,
    async execute(statement, parameters = []) {
      ran.push(statement.split(' ')[0] ?? '');
      const limit = Number(/LIMIT (\d+)/.exec(statement)?.[1] ?? 0);
      if (statement.startsWith('DELETE')) return limit > 0 ? page('expired', limit) : [];
      return page(String(parameters[0]).replace(/:.*/, ':'), limit);
    },
  };
  return { driver, left };
}

it('cleaning up lets requests run between all of its batches', async () => {
  const ran: string[] = [];
  const { driver, left } = ledgerOf(5000, ran);
  const limit = { count: 10, period: HOUR };
  const cleaner = new LedgerCleaner(driver, {
    limits: { mintLimitPerUser: limit, mintLimitPerAddress: limit },
    idempotencyRetention: HOUR,
  });
  let isOver = false;
  const request = (): void => {
    ran.push('a request');
    if (!isOver) setImmediate(request);
  };
  setImmediate(request);
  await cleaner.run(Date.now());
  isOver = true;
  expect([...new Set(left.values())]).toEqual([0]);
  // A page of buckets takes two statements: one reads them, the other deletes those that are full.
  const batches = ran.join(' ').split(/(?: ?a request)+/);
  expect(batches.length).toBeGreaterThan(30);
  expect(batches.filter((batch) => batch.trim().split(' ').length > 3)).toEqual([]);
});
