// @ts-nocheck
import { SqlDriver } from '@objectstack/driver-sql';
import { describe, expect, it } from 'vitest';
import { Ledger } from '../../../src/keys/ledger/ledger.ts';
import type { SqlDriver as EngineDriver, Transaction } from '../../../src/platform/engine.ts';
import { bootKernel } from '../../support/kernel.ts';

describe('the lock of a mint on SQLite', () => {
  it.each([
    ['with limits', new Map([['user:1', 'full']])],
    ['without limits', new Map<string, string>()],
  ])('keeps other processes from writing, %s', async (_case, initial) => {
    await using target = await bootKernel({ database: 'sqlite' });
    if (target.database.driver !== 'sqlite') throw new Error('not SQLite');
    const connection = { filename: target.database.filename };
    const [mine, other] = [1, 2].map(
      () => new SqlDriver({ client: 'better-sqlite3', connection, useNullAsDefault: true }),
    ) as [SqlDriver, SqlDriver];
    await other.execute('PRAGMA busy_timeout = 0');

    const transaction = await mine.beginTransaction();
    await new Ledger(mine as unknown as EngineDriver).lock(transaction as unknown as Transaction, initial, [
      'request:1',
    ]);
    await expect(other.execute('BEGIN IMMEDIATE')).rejects.toThrow();
    await mine.rollback(transaction);
    // It is the lock that was in the way.
    await other.execute('BEGIN IMMEDIATE');
    await other.execute('ROLLBACK');
    await Promise.all([mine.disconnect(), other.disconnect()]);
  });
});
