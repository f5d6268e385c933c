// @ts-nocheck
import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import {
  addressEntry,
  LEDGER_OBJECT,
  Ledger,
  ledgerObject,
  replacedEntry,
  requestEntry,
  userEntry,
} from '../../../src/keys/ledger/ledger.ts';
import type { Row, SqlDriver } from '../../../src/platform/engine.ts';
import { TRANSACTION } from '../../support/minting.ts';

/** A database that answers every SELECT in turn with these rows, and what it was told to do. */
function database(kind: 'sqlite' | 'postgres' | 'another', ...answers: (Row[] | { rows?: Row[] })[]) {
  const statements: [string, ...unknown[]][] = [];
  const driver: SqlDriver = {
    isSqlite: kind === 'sqlite',
    isPostgres: kind === 'postgres',
    async execute(statement, parameters = [], options) {
      expect(options).toEqual({ transaction: TRANSACTION });
      statements.push([statement, ...parameters]);
      return statement.startsWith('SELECT') ? (answers.shift() ?? []) : [];
    },
  };
  return { ledger: new Ledger(driver), statements };
}

const initial = new Map([
  ['user:b', '2'],
  ['user:c', '3'],
  ['user:a', '1'],
]);
const made = [
  'INSERT INTO sys_api_key_ledger (id, value) VALUES (?, ?), (?, ?), (?, ?) ON CONFLICT (id) DO NOTHING',
  ...['user:a', '1', 'user:b', '2', 'user:c', '3'],
];
const read = (count: number, end = '') =>
  `SELECT id, value FROM sys_api_key_ledger WHERE id IN (${Array(count).fill('?').join(', ')}) ORDER BY id${end}`;

describe('the lock of a mint', () => {
  it('on SQLite is the statement that creates the entries; one statement then reads all', async () => {
    const { ledger, statements } = database('sqlite', [
      { id: 'user:a', value: '1' },
      { id: 'request:r', value: 7 },
    ]);
    const entries = await ledger.lock(TRANSACTION, initial, ['request:r']);
    expect(entries).toEqual(
      new Map([
        ['user:a', '1'],
        ['request:r', '7'],
      ]),
    );
    expect(statements).toEqual([made, [read(4), 'user:b', 'user:c', 'user:a', 'request:r']]);
  });

  it('on SQLite is a write of no rows if there are no entries to create', async () => {
    const { ledger, statements } = database('sqlite');
    expect(await ledger.lock(TRANSACTION, new Map(), [])).toEqual(new Map());
    expect(statements).toEqual([['DELETE FROM sys_api_key_ledger WHERE 0']]);
  });

  it('on PostgreSQL is a lock of rows, in the order of their ids; what others wrote is read after it', async () => {
    const rows = ['a', 'b', 'c'].map((id) => ({ id: `user:${id}`, value: '1' }));
    const { ledger, statements } = database('postgres', { rows }, { rows: [{ id: 'request:r', value: 'f' }] });
    const entries = await ledger.lock(TRANSACTION, initial, ['request:r', 'replaced:k']);
    expect(entries).toEqual(
      new Map([
        ['user:a', '1'],
        ['user:b', '1'],
        ['user:c', '1'],
        ['request:r', 'f'],
      ]),
    );
    expect(statements).toEqual([
      made,
      [read(3, ' FOR UPDATE'), 'user:b', 'user:c', 'user:a'],
      [read(2), 'request:r', 'replaced:k'],
    ]);
  });

  it.each(['postgres', 'another'] as const)('asks nothing without a reason (%s)', async (kind) => {
    const { ledger, statements } = database(kind);
    expect(await ledger.lock(TRANSACTION, new Map(), [])).toEqual(new Map());
    await ledger.write(TRANSACTION, new Map());
    expect(statements).toEqual([]);
  });

  it('on PostgreSQL makes an entry again that was dropped before it was locked, and gives up after some tries', async () => {
    const one = new Map([['user:a', '1']]);
    const dropped = database('postgres', {}, { rows: [{ id: 'user:a', value: '1' }] });
    expect(await dropped.ledger.lock(TRANSACTION, one, [])).toEqual(one);
    const make = [
      'INSERT INTO sys_api_key_ledger (id, value) VALUES (?, ?) ON CONFLICT (id) DO NOTHING',
      'user:a',
      '1',
    ];
    const lock = [read(1, ' FOR UPDATE'), 'user:a'];
    expect(dropped.statements).toEqual([make, lock, make, lock]);
    const gone = database('postgres');
    await expect(gone.ledger.lock(TRANSACTION, one, [])).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });
});

it('entries are written over what is there; requests and replacements with the moment at which they may be dropped', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2030-06-01T00:00:00Z') });
  const { ledger, statements } = database('sqlite');
  const entries = ['user:b', 'request:r', 'replaced:k'];
  await ledger.write(TRANSACTION, new Map(entries.map((entry) => [entry, '2'])));
  vi.useRealTimers();
  const ends = [null, '2030-07-01T00:00:00.000Z', '2030-06-09T00:00:00.000Z'];
  expect(statements).toEqual([
    [
      expect.stringContaining('ON CONFLICT (id) DO UPDATE SET value = excluded.value, ends_at = excluded.ends_at'),
      ...entries.flatMap((entry, index) => [entry, '2', ends[index]]),
    ],
  ]);
});

it('PostgreSQL is asked whether the transaction still stands, and nothing else is', async () => {
  const asked = { postgres: [['SELECT 1']], sqlite: [], another: [] };
  for (const kind of ['postgres', 'sqlite', 'another'] as const) {
    const { ledger, statements } = database(kind);
    await ledger.assertCommittable(TRANSACTION);
    expect(statements).toEqual(asked[kind]);
  }
});

describe('an entry of the ledger', () => {
  it('has a name that tells what it is about', () => {
    expect([userEntry('x'), requestEntry('x'), replacedEntry('x')]).toEqual(['user:x', 'request:x', 'replaced:x']);
  });

  it('does not hold the address that it is about', () => {
    const digest = createHash('sha256').update('192.0.2.1').digest('base64url');
    expect(addressEntry('192.0.2.1')).toBe(`address:${digest.slice(0, 32)}`);
    expect(addressEntry('192.0.2.2')).not.toBe(addressEntry('192.0.2.1'));
  });

  it('is the same for every address of one network', () => {
    expect(addressEntry('2001:db8::1')).toBe(addressEntry('2001:db8::2'));
    expect(addressEntry('2001:db8::1')).not.toBe(addressEntry('2001:db9::1'));
  });
});

it('the table of the ledger is private to the engine, and no API shows or tracks it', () => {
  expect(ledgerObject).toMatchObject({
    name: LEDGER_OBJECT,
    isSystem: true,
    managedBy: 'engine-owned',
    access: { default: 'private' },
    enable: { apiEnabled: false, trackHistory: false, searchable: false },
    fields: {
      id: { type: 'text', required: true, readonly: true },
      value: { type: 'text', required: true, readonly: true, maxLength: 128 },
    },
  });
});
