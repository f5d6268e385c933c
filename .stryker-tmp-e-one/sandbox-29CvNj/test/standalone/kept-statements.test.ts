// @ts-nocheck
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepStatements, SqliteDriver } from '../../src/standalone/kept-statements.ts';

let folder: string;
let filename: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-statements-'));
  filename = join(folder, 'test.db');
  new SQLite(filename).exec("CREATE TABLE t (id TEXT PRIMARY KEY, n); INSERT INTO t VALUES ('a', 1), ('b', 2)").close();
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A connection that keeps its statements, and how often a text was prepared. */
function connect() {
  const connection = new SQLite(filename);
  const prepare = vi.spyOn(connection, 'prepare');
  return { connection: keepStatements(connection), prepared: () => prepare.mock.calls.length };
}

const ALL = 'SELECT * FROM t ORDER BY id';

describe('a connection that keeps statements', () => {
  it('prepares each text once, and answers anew each time', () => {
    const { connection, prepared } = connect();
    expect(connection.prepare(ALL).all()).toHaveLength(2);
    connection.prepare('INSERT INTO t VALUES (?, ?)').run('c', 3);
    connection.prepare('INSERT INTO t VALUES (?, ?)').run('d', 4);
    expect(connection.prepare(ALL).all()).toHaveLength(4);
    expect(prepared()).toBe(2);
  });

  it('sees a column that another connection has added or renamed', () => {
    const { connection } = connect();
    expect(connection.prepare(ALL).all()[0]).toEqual({ id: 'a', n: 1 });
    const other = new SQLite(filename);
    other.exec('ALTER TABLE t ADD COLUMN more; ALTER TABLE t RENAME COLUMN n TO number').close();
    expect(connection.prepare(ALL).all()[0]).toEqual({ id: 'a', number: 1, more: null });
  });

  it('prepares a text again while its rows are being read', () => {
    const { connection } = connect();
    const rows = connection.prepare(ALL).iterate();
    expect(rows.next().value).toEqual({ id: 'a', n: 1 });
    expect(connection.prepare(ALL).busy).toBe(false);
    rows.return?.();
  });

  it('forgets that somebody asked for integers of any size', () => {
    const { connection } = connect();
    expect(connection.prepare(ALL).safeIntegers(true).all()[0]).toEqual({ id: 'a', n: 1n });
    expect(connection.prepare(ALL).all()[0]).toEqual({ id: 'a', n: 1 });
  });

  it('goes on after a statement that failed', () => {
    const { connection } = connect();
    const insert = () => connection.prepare('INSERT INTO t VALUES (?, ?)');
    expect(() => insert().run('a', 1)).toThrow('UNIQUE');
    expect(insert().run('c', 3).changes).toBe(1);
  });

  it('keeps a limited number of them, and none that is very long', () => {
    const { connection, prepared } = connect();
    for (let n = 0; n < 301; n += 1) connection.prepare(`SELECT ${n}`);
    connection.prepare('SELECT 0');
    expect(prepared()).toBe(302);
    const long = `SELECT 1 -- ${'x'.repeat(20_000)}`;
    for (let again = 0; again < 2; again += 1) connection.prepare(long);
    expect(prepared()).toBe(304);
  });
});

it('the driver of the server keeps statements, also in a transaction', async () => {
  const prepare = vi.spyOn(SQLite.prototype, 'prepare');
  const driver = new SqliteDriver(filename);
  await driver.connect();
  try {
    for (let again = 0; again < 2; again += 1) {
      expect(await driver.execute(ALL)).toHaveLength(2);
      const transaction = await driver.beginTransaction();
      expect(await driver.execute(ALL, [], { transaction })).toHaveLength(2);
      await driver.commit(transaction);
    }
    expect(prepare.mock.calls.filter(([text]) => text === ALL)).toHaveLength(1);
  } finally {
    prepare.mockRestore();
    await driver.disconnect();
  }
});
