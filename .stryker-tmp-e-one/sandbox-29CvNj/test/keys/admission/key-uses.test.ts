// @ts-nocheck
import { describe, expect, it } from 'vitest';
import { EVERY_KEY, KeyUses } from '../../../src/keys/admission/key-uses.ts';
import { LastUsed } from '../../../src/keys/admission/last-used.ts';
import type { DataEngine, SqlDriver, Transaction } from '../../../src/platform/engine.ts';

const NOON = Date.parse('2031-03-01T12:00:00Z');

/** A recorder over a table in memory, which a test may make fail. */
function recorder() {
  const rows = new Map<string, number>();
  const table = { rows, isDown: false, reported: [] as unknown[] };
  const driver: SqlDriver = {
    isSqlite: true,
    isPostgres: false,
    async execute(statement, parameters = []) {
      if (table.isDown) throw new Error('down');
      if (!statement.startsWith('INSERT')) return [];
      for (let at = 0; at < parameters.length; at += 6) {
        const id = String(parameters[at]);
        rows.set(id, (rows.get(id) ?? 0) + Number(parameters[at + 5]));
      }
      return [];
    },
  };
  const engine = {
    transaction: <T>(work: (context: { transaction: Transaction }, opening: { owned: boolean }) => Promise<T>) =>
      work({ transaction: {} as Transaction }, { owned: true }),
  } as unknown as DataEngine;
  return {
    table,
    uses: new KeyUses(
      engine,
      () => driver,
      (error) => table.reported.push(error),
    ),
  };
}

describe('the uses of a key', () => {
  it('are counted by day, operation and object', async () => {
    const { table, uses } = recorder();
    uses.note('k', 'notes_note', 'READ', NOON);
    uses.note('k', 'notes_note', 'READ', NOON);
    uses.note('k', 'notes_note', 'READ', NOON + 86_400_000);
    await uses.close();
    expect([...table.rows]).toEqual([
      ['k 2031-03-01 READ notes_note', 2],
      ['k 2031-03-02 READ notes_note', 1],
    ]);
  });

  it('are kept while the database does not answer, and written once', async () => {
    const { table, uses } = recorder();
    table.isDown = true;
    uses.note('k', 'notes_note', 'READ', NOON);
    await uses.flush(NOON);
    expect(table.reported).toHaveLength(1);
    table.isDown = false;
    uses.note('k', 'notes_note', 'READ', NOON);
    await uses.flush(NOON);
    await uses.close();
    expect([...table.rows]).toEqual([['k 2031-03-01 READ notes_note', 2]]);
  });

  it('are marked as incomplete where there are too many objects', async () => {
    const { table, uses } = recorder();
    for (let object = 0; object < 600; object += 1) uses.note('k', `object_${object}`, 'READ', NOON);
    await uses.close();
    expect(table.rows.size).toBe(501);
    expect(table.rows.has('k 2031-03-01 INCOMPLETE ')).toBe(true);
  });

  it('are marked as incomplete for every key where there are too many keys', async () => {
    const { table, uses } = recorder();
    for (let key = 0; key < 6000; key += 1) uses.note(`k${key}`, 'notes_note', 'READ', NOON);
    await uses.close();
    expect(table.rows.size).toBe(5001);
    expect(table.rows.has(`${EVERY_KEY} 2031-03-01 INCOMPLETE `)).toBe(true);
  });
});

it.each(['what keys are used for', 'when they were last used'])(
  'a commit that fails while it is written that tells %s leaves no transaction open',
  async (what) => {
    const statements: string[] = [];
    const driver = {
      isSqlite: true,
      isPostgres: false,
      async execute(statement: string) {
        statements.push(statement);
        return [{ id: 'k' }];
      },
    };
    const engine = {
      getDriverForObject: () => driver,
      async transaction<T>(work: (context: object, opening: { owned: boolean }) => Promise<T>) {
        const executionPromise = Promise.reject(new Error('the disk is full'));
        executionPromise.catch(() => undefined);
        // The handle of knex: the engine does not say that its commit failed.
        return work({ transaction: Object.assign(() => undefined, { executionPromise }) }, { owned: true });
      },
    } as unknown as DataEngine;
    const reported: unknown[] = [];
    const report = (error: unknown): unknown => reported.push(error);
    if (what === 'when they were last used') {
      const lastUsed = new LastUsed(engine, () => driver, report);
      lastUsed.note('k', { via: 'DATA', network: undefined }, NOON);
      await lastUsed.flush(false, NOON);
    } else {
      const uses = new KeyUses(engine, () => driver, report);
      uses.note('k', 'notes_note', 'READ', NOON);
      await uses.flush(NOON);
    }
    expect(statements.at(-1)).toBe('ROLLBACK');
    expect(reported).toEqual([new Error('the disk is full')]);
  },
);
