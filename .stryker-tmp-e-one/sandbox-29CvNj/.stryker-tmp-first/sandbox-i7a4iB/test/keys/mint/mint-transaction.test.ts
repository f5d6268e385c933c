// @ts-nocheck
// 
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addressEntry, Ledger } from '../../../src/keys/ledger/ledger.ts';
import {
  answersIn,
  KeyTable,
  keyRow,
  mintIn,
  mintOrder,
  person,
  replacementOf,
  TRANSACTION,
} from '../../support/minting.ts';

const NOW = Date.parse('2030-06-01T00:00:00Z');
const minute = (count: number) => ({ count, period: 60_000 });
const request = (keyId: string, fingerprint = 'f') => ({ idempotent: { keyId, fingerprint } });
const replacing = (id: string, overlap = 0) => ({ replaces: replacementOf(id, overlap) });
const ids = (table: KeyTable) => table.rows.map((row) => row['id']);
const nameds = (table: KeyTable) => table.rows.map((row) => row['name']);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('a transaction of several orders', () => {
  it('is elevated, is one of the database or none, and answers in the order of the orders', async () => {
    const table = new KeyTable(keyRow('old', { name: 'before' }));
    table.ledger.set('request:old', 'f').set('request:other', 'f');
    const orders = [
      mintOrder('a'),
      mintOrder('x', request('other', 'another input')),
      mintOrder('y', request('old')),
      mintOrder('b'),
    ];
    expect(await answersIn(table, {}, ...orders)).toEqual(['a', 'IDEMPOTENCY_KEY_REUSED', 'before, again', 'b']);
    expect(nameds(table)).toEqual(['before', 'a', 'b']);
    expect(table.transactions).toEqual([{ context: { isSystem: true }, options: { require: true } }]);
    const context = { isSystem: true, transaction: TRANSACTION };
    expect(table.callsOf('find').map(({ query }) => query)).toEqual([{ where: { id: { $in: ['old'] } }, context }]);
    for (const { context } of table.callsOf('insert'))
      expect(context).toEqual({ isSystem: true, transaction: TRANSACTION });
  });

  it('that needs only its row reads and stores nothing else', async () => {
    const table = new KeyTable();
    expect(await answersIn(table, {}, mintOrder('a', { address: '192.0.2.1' }))).toEqual(['a']);
    expect(table.calls.map(({ does }) => does)).toEqual(['insert']);
    expect(table.ledger).toEqual(new Map());
  });

  it('locks and reads the entries that it needs, and no other', async () => {
    const lock = vi.spyOn(Ledger.prototype, 'lock');
    const table = new KeyTable(keyRow('old'));
    const address = '192.0.2.1';
    const orders = [
      mintOrder('a', { owner: person('bob'), address }),
      mintOrder('b', { ...request('row'), ...replacing('old') }),
    ];
    await mintIn(table, { mintLimitPerAddress: minute(5) }, ...orders);
    await mintIn(table, { mintLimitPerUser: minute(5) }, mintOrder('c', { address }));
    expect(lock.mock.calls).toEqual([
      [
        TRANSACTION,
        new Map([
          [addressEntry(address), `5@${NOW}`],
          ['user:ada', ''],
        ]),
        ['request:row', 'replaced:old'],
      ],
      [TRANSACTION, new Map([['user:ada', `5@${NOW}`]]), []],
    ]);
  });

  it('is not written when the database would not commit it', async () => {
    const table = new KeyTable();
    vi.spyOn(Ledger.prototype, 'assertCommittable').mockImplementation(async (transaction) => {
      expect([transaction, nameds(table)]).toEqual([TRANSACTION, ['a']]);
      throw new Error('aborted');
    });
    await expect(mintIn(table, { mintLimitPerUser: minute(5) }, mintOrder('a'))).rejects.toThrow('aborted');
    expect([table.rows, table.ledger]).toEqual([[], new Map()]);
  });

  it.each([
    [99, false],
    [100, false],
    [101, true],
  ])('at 100 with an order that is answered with 503 at %d is written: %s', async (deadline, isWritten) => {
    vi.spyOn(performance, 'now').mockReturnValue(100);
    const table = new KeyTable();
    const minting = mintIn(table, {}, mintOrder('a'), mintOrder('b', { deadline }));
    if (isWritten) await minting;
    else await expect(minting).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(nameds(table)).toEqual(isWritten ? ['a', 'b'] : []);
  });

  it('is not written when a key of it is not there', async () => {
    const table = new KeyTable();
    vi.spyOn(table, 'insert').mockImplementation(async (_object, rows) => rows.map((row) => ({ ...row, id: 'other' })));
    await expect(mintIn(table, { mintLimitPerUser: minute(5) }, mintOrder('a'))).rejects.toThrow('is missing');
    expect(table.ledger).toEqual(new Map());
  });

  it('fails as a whole when the database does not answer, and not as a refusal', async () => {
    const table = new KeyTable(keyRow('old'));
    vi.spyOn(table, 'find').mockRejectedValue(new Error('gone'));
    await expect(mintIn(table, {}, mintOrder('a', replacing('old')))).rejects.toThrow('gone');
    expect(ids(table)).toEqual(['old']);
  });
});

describe('a request that is to have one outcome', () => {
  it('creates a key with the derived id, is remembered, and is a repeat from then on', async () => {
    const table = new KeyTable();
    expect(await answersIn(table, {}, mintOrder('a', request('row')))).toEqual(['a']);
    expect(ids(table)).toEqual(['row']);
    expect(table.ledger).toEqual(new Map([['request:row', 'f']]));
    expect(await answersIn(table, {}, mintOrder('b', request('row')))).toEqual(['a, again']);
    expect(ids(table)).toEqual(['row']);
  });

  it('is a repeat within one transaction too', async () => {
    const table = new KeyTable();
    const twice = [mintOrder('a', request('row')), mintOrder('b', request('row')), mintOrder('c', request('row', 'g'))];
    expect(await answersIn(table, {}, ...twice)).toEqual(['a', 'a, again', 'IDEMPOTENCY_KEY_REUSED']);
    expect(nameds(table)).toEqual(['a']);
  });

  it('is not remembered when it is refused', async () => {
    const table = new KeyTable();
    const past = mintOrder('a', { ...request('row'), expiresAt: new Date(NOW) });
    expect(await answersIn(table, {}, past)).toEqual(['VALIDATION_FAILED']);
    expect([table.rows, table.ledger]).toEqual([[], new Map()]);
  });

  it('is rejected alone if its key has been deleted, and does not create another', async () => {
    const table = new KeyTable();
    table.ledger.set('request:row', 'f');
    const [first, second] = await mintIn(table, {}, mintOrder('a', request('row')), mintOrder('b'));
    expect(first).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED', message: expect.stringContaining('been deleted') });
    expect(second).toMatchObject({ replayed: false });
    expect(nameds(table)).toEqual(['b']);
  });

  it('takes neither room nor a token when it is a repeat', async () => {
    const table = new KeyTable(keyRow('row'));
    table.ledger.set('request:row', 'f').set('user:ada', `1@${NOW}`);
    const limits = { maxActiveKeys: 2, mintLimitPerUser: minute(1) };
    expect(await answersIn(table, limits, mintOrder('x', request('row')), mintOrder('b'))).toEqual(['row, again', 'b']);
  });
});

describe('a replacement', () => {
  const ended = 'This key is revoked or has expired, so it cannot be rotated. Create a new key.';

  it.each([
    ['that is revoked', keyRow('old', { revoked: true }), 'KEY_NOT_ACTIVE', ended],
    ['that has expired', keyRow('old', { expires_at: new Date(NOW).toISOString() }), 'KEY_NOT_ACTIVE', ended],
    [
      'of somebody else',
      keyRow('old', { user_id: 'bob' }),
      'NOT_FOUND',
      'You have no key with this id. The list of keys shows the id of each.',
    ],
    [
      'that is not there',
      keyRow('another'),
      'NOT_FOUND',
      'You have no key with this id. The list of keys shows the id of each.',
    ],
  ])('of a key %s is refused', async (_case, row, code, message) => {
    const table = new KeyTable(row);
    const [refusal] = await mintIn(table, {}, mintOrder('a', replacing('old')));
    expect(refusal).toMatchObject({ code, message });
    expect(table.rows).toEqual([row]);
    expect(table.callsOf('find').map(({ query }) => query)).toEqual([
      {
        where: { id: 'old', user_id: 'ada' },
        limit: 1,
        context: { isSystem: true, transaction: TRANSACTION },
      },
    ]);
  });

  it('locks its owner, and ends the old key in the same transaction', async () => {
    const table = new KeyTable(keyRow('old'));
    expect(await answersIn(table, {}, mintOrder('a', replacing('old')))).toEqual(['a']);
    expect(table.rows[0]).toMatchObject({ id: 'old', revoked: true });
    expect(table.ledger).toEqual(new Map([['user:ada', '']]));
  });

  it('happens once within a transaction', async () => {
    for (const overlap of [0, 5]) {
      const table = new KeyTable(keyRow('old'));
      const twice = [mintOrder('a', replacing('old', overlap)), mintOrder('b', replacing('old', overlap))];
      expect(await answersIn(table, {}, ...twice)).toEqual(['a', 'KEY_NOT_ACTIVE']);
      expect(nameds(table)).toEqual(['old', 'a']);
    }
  });

  it('happens only once during the overlap', async () => {
    const table = new KeyTable(keyRow('old'));
    expect(await answersIn(table, {}, mintOrder('a', replacing('old', 60_000)))).toEqual(['a']);
    expect(table.ledger.get('replaced:old')).toBe('');
    expect(await answersIn(table, {}, mintOrder('b', replacing('old', 60_000)))).toEqual(['KEY_NOT_ACTIVE']);
  });

  it('of a key that ended immediately may happen again after it is restored', async () => {
    const table = new KeyTable(keyRow('old'));
    expect(await answersIn(table, {}, mintOrder('a', replacing('old')))).toEqual(['a']);
    table.rows = table.rows.map((row) => ({ ...row, revoked: false }));
    expect(await answersIn(table, {}, mintOrder('b', replacing('old')))).toEqual(['b']);
  });
});
