import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ServiceError } from '../../src/errors.ts';
import { AuditTrail } from '../../src/keys/audit-trail.ts';
import { addressEntry, Ledger } from '../../src/keys/ledger.ts';
import type { KeyLimits } from '../../src/keys/limits.ts';
import type { MintOrder } from '../../src/keys/mint-order.ts';
import { mintTransaction } from '../../src/keys/mint-transaction.ts';
import type { HookEngine } from '../../src/platform/engine.ts';
import { KeyTable, keyRow, mintOrder, NO_KEY_LIMITS, person, TRANSACTION } from '../support/minting.ts';

const NOW = Date.parse('2030-06-01T00:00:00Z');
const noHooks: HookEngine = { hasHooksFor: () => false, registerHook: () => undefined };
const minute = (count: number) => ({ count, period: 60_000 });
const request = (keyId: string, fingerprint = 'f') => ({ idempotent: { keyId, fingerprint } });
const replacing = (id: string, overlap = 0) => ({ replaces: { id, prefix: `osk_${id}`, overlap } });
const ids = (table: KeyTable) => table.rows.map((row) => row['id']);
const nameds = (table: KeyTable) => table.rows.map((row) => row['name']);

/** Mints in one transaction; the names of keys, `again` for a repeat, and the codes of refusals. */
async function mint(table: KeyTable, limits: Partial<KeyLimits>, ...orders: MintOrder[]) {
  const transact = mintTransaction(table, new Ledger(table), { ...NO_KEY_LIMITS, ...limits }, new AuditTrail(noHooks));
  return transact(orders);
}
async function answers(...given: Parameters<typeof mint>): Promise<string[]> {
  return (await mint(...given)).map((outcome) => {
    if (outcome instanceof ServiceError) return outcome.code;
    return outcome.replayed ? `${outcome.apiKey.name}, again` : outcome.apiKey.name;
  });
}

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
    expect(await answers(table, {}, ...orders)).toEqual(['a', 'IDEMPOTENCY_KEY_REUSED', 'before, again', 'b']);
    expect(nameds(table)).toEqual(['before', 'a', 'b']);
    expect(table.transactions).toEqual([{ context: { isSystem: true }, options: { require: true } }]);
    for (const { context } of table.callsOf('insert'))
      expect(context).toEqual({ isSystem: true, transaction: TRANSACTION });
  });

  it('that needs nothing but its row asks nothing and remembers nothing', async () => {
    const table = new KeyTable();
    expect(await answers(table, {}, mintOrder('a', { address: '192.0.2.1' }))).toEqual(['a']);
    expect(table.calls.map(({ does }) => does)).toEqual(['insert']);
    expect(table.ledger).toEqual(new Map());
  });

  it('is not written when the database would not commit it', async () => {
    const table = new KeyTable();
    vi.spyOn(Ledger.prototype, 'assertCommittable').mockImplementation(async (transaction) => {
      expect([transaction, nameds(table)]).toEqual([TRANSACTION, ['a']]);
      throw new Error('aborted');
    });
    await expect(mint(table, { perUser: minute(5) }, mintOrder('a'))).rejects.toThrow('aborted');
    expect([table.rows, table.ledger]).toEqual([[], new Map()]);
  });

  it.each([
    [99, false],
    [100, false],
    [101, true],
  ])('at 100 with an order that is answered with 503 at %d is written: %s', async (deadline, isWritten) => {
    vi.spyOn(performance, 'now').mockReturnValue(100);
    const table = new KeyTable();
    const minting = mint(table, {}, mintOrder('a'), mintOrder('b', { deadline }));
    if (isWritten) await minting;
    else await expect(minting).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(nameds(table)).toEqual(isWritten ? ['a', 'b'] : []);
  });

  it('is not written when a key of it is not there', async () => {
    const table = new KeyTable();
    vi.spyOn(table, 'insert').mockImplementation(async (_object, rows) => rows.map((row) => ({ ...row, id: 'other' })));
    await expect(mint(table, { perUser: minute(5) }, mintOrder('a'))).rejects.toThrow('is missing');
    expect(table.ledger).toEqual(new Map());
  });

  it('fails as a whole when the database does not answer, and not as a refusal', async () => {
    const table = new KeyTable(keyRow('old'));
    vi.spyOn(table, 'find').mockRejectedValue(new Error('gone'));
    await expect(mint(table, {}, mintOrder('a', replacing('old')))).rejects.toThrow('gone');
    expect(ids(table)).toEqual(['old']);
  });
});

describe('a request that is to have one outcome', () => {
  it('makes a key of its own id, is remembered, and is a repeat from then on', async () => {
    const table = new KeyTable();
    expect(await answers(table, {}, mintOrder('a', request('row')))).toEqual(['a']);
    expect(ids(table)).toEqual(['row']);
    expect(table.ledger).toEqual(new Map([['request:row', 'f']]));
    expect(await answers(table, {}, mintOrder('b', request('row')))).toEqual(['a, again']);
    expect(ids(table)).toEqual(['row']);
  });

  it('is a repeat within one transaction too', async () => {
    const table = new KeyTable();
    const twice = [mintOrder('a', request('row')), mintOrder('b', request('row')), mintOrder('c', request('row', 'g'))];
    expect(await answers(table, {}, ...twice)).toEqual(['a', 'a, again', 'IDEMPOTENCY_KEY_REUSED']);
    expect(nameds(table)).toEqual(['a']);
  });

  it('is not remembered when it is refused', async () => {
    const table = new KeyTable();
    const past = mintOrder('a', { ...request('row'), expiresAt: new Date(NOW) });
    expect(await answers(table, {}, past)).toEqual(['VALIDATION_FAILED']);
    expect([table.rows, table.ledger]).toEqual([[], new Map()]);
  });

  it('is refused alone when its key has been deleted, and makes none once more', async () => {
    const table = new KeyTable();
    table.ledger.set('request:row', 'f');
    const [first, second] = await mint(table, {}, mintOrder('a', request('row')), mintOrder('b'));
    expect(first).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED', message: expect.stringContaining('been deleted') });
    expect(second).toMatchObject({ replayed: false });
    expect(nameds(table)).toEqual(['b']);
  });

  it('takes neither room nor a token when it is a repeat', async () => {
    const table = new KeyTable(keyRow('row'));
    table.ledger.set('request:row', 'f').set('user:ada', `1@${NOW}`);
    const limits = { maxActiveKeys: 2, perUser: minute(1) };
    expect(await answers(table, limits, mintOrder('x', request('row')), mintOrder('b'))).toEqual(['row, again', 'b']);
  });
});

describe('the limit of mints', () => {
  it('of a person holds within one transaction and over several, and for nobody else', async () => {
    const table = new KeyTable();
    const limits = { perUser: minute(3) };
    const bob = mintOrder('d', { owner: person('bob') });
    expect(await answers(table, limits, mintOrder('a'), mintOrder('b'), bob)).toEqual(['a', 'b', 'd']);
    expect(table.ledger).toEqual(
      new Map([
        ['user:ada', `1@${NOW}`],
        ['user:bob', `2@${NOW}`],
      ]),
    );
    expect(await answers(table, limits, mintOrder('c'), mintOrder('e'))).toEqual(['c', 'RATE_LIMITED']);
    vi.setSystemTime(NOW + 20_000);
    expect(await answers(table, limits, mintOrder('e'), mintOrder('f'))).toEqual(['e', 'RATE_LIMITED']);
  });

  it('of an address holds for everybody behind it, and needs an address', async () => {
    const table = new KeyTable();
    const limits = { perAddress: minute(1) };
    const from = (address: string | undefined, name: string) => mintOrder(name, { address, owner: person(name) });
    const orders = [
      from('192.0.2.1', 'a'),
      from('192.0.2.1', 'b'),
      from('192.0.2.2', 'c'),
      from(undefined, 'd'),
      from(undefined, 'e'),
    ];
    expect(await answers(table, limits, ...orders)).toEqual(['a', 'RATE_LIMITED', 'c', 'd', 'e']);
    expect([...table.ledger.keys()].sort()).toEqual(['192.0.2.1', '192.0.2.2'].map(addressEntry).sort());
  });

  it('takes no token of one where the other has none, and says when both have one', async () => {
    const table = new KeyTable();
    const address = '192.0.2.1';
    const limits = { perUser: minute(2), perAddress: minute(6) };
    table.ledger.set('user:ada', `0@${NOW}`).set(addressEntry(address), `5@${NOW}`);
    const [byUser] = await mint(table, limits, mintOrder('a', { address }));
    expect(byUser).toMatchObject({ code: 'RATE_LIMITED', headers: { 'Retry-After': '30' } });
    expect(table.ledger.get(addressEntry(address))).toBe(`5@${NOW}`);

    table.ledger.set('user:ada', `1@${NOW}`).set(addressEntry(address), `0@${NOW}`);
    const [byAddress] = await mint(table, limits, mintOrder('a', { address }));
    expect(byAddress).toMatchObject({ code: 'RATE_LIMITED', headers: { 'Retry-After': '10' } });
    expect(table.ledger.get('user:ada')).toBe(`1@${NOW}`);

    table.ledger.set('user:ada', `0@${NOW}`);
    const [byBoth] = await mint(table, limits, mintOrder('a', { address }));
    expect(byBoth).toMatchObject({ headers: { 'Retry-After': '30' } });
    expect(table.rows).toEqual([]);
  });
});

describe('the cap on active keys', () => {
  it('counts the keys that authenticate and those of this transaction, for each person', async () => {
    const table = new KeyTable(
      keyRow('active'),
      keyRow('revoked', { revoked: true }),
      keyRow('expired', { expires_at: new Date(NOW).toISOString() }),
      keyRow('other', { user_id: 'bob' }),
    );
    const bob = mintOrder('d', { owner: person('bob') });
    const orders = [mintOrder('a'), mintOrder('b'), mintOrder('c'), bob];
    expect(await answers(table, { maxActiveKeys: 3 }, ...orders)).toEqual(['a', 'b', 'RATE_LIMITED', 'd']);
    expect(table.callsOf('aggregate').map(({ query }) => query)).toEqual([
      expect.objectContaining({ where: expect.objectContaining({ user_id: { $in: ['ada', 'bob'] } }) }),
    ]);
  });

  it('takes no token when it refuses, and is the lock of a person although nothing is written to it', async () => {
    const table = new KeyTable(keyRow('active'));
    const [refusal] = await mint(table, { maxActiveKeys: 1, perUser: minute(1) }, mintOrder('a'));
    expect(refusal).toMatchObject({ code: 'RATE_LIMITED', message: expect.stringContaining('1 active keys') });
    expect(table.ledger).toEqual(new Map([['user:ada', `1@${NOW}`]]));

    const capped = new KeyTable();
    expect(await answers(capped, { maxActiveKeys: 1 }, mintOrder('a'))).toEqual(['a']);
    expect(capped.ledger).toEqual(new Map([['user:ada', '']]));
  });

  it('leaves room for an order after one that was refused for its address', async () => {
    const table = new KeyTable();
    table.ledger.set(addressEntry('192.0.2.1'), `0@${NOW}`);
    const orders = [mintOrder('a', { address: '192.0.2.1' }), mintOrder('b', { address: '192.0.2.2' })];
    const limits = { maxActiveKeys: 1, perAddress: minute(5) };
    expect(await answers(table, limits, ...orders)).toEqual(['RATE_LIMITED', 'b']);
  });

  it('has room for a replacement only where the old key ends at once', async () => {
    const table = new KeyTable(keyRow('old'), keyRow('older'));
    const limits = { maxActiveKeys: 2 };
    expect(await answers(table, limits, mintOrder('a', replacing('old', 1)))).toEqual(['RATE_LIMITED']);
    const both = [mintOrder('a', replacing('old')), mintOrder('b', replacing('older'))];
    expect(await answers(table, limits, ...both)).toEqual(['a', 'b']);
  });
});

describe('a replacement', () => {
  it.each([
    ['that is revoked', keyRow('old', { revoked: true }), 'KEY_NOT_ACTIVE'],
    ['that has expired', keyRow('old', { expires_at: new Date(NOW).toISOString() }), 'KEY_NOT_ACTIVE'],
    ['of somebody else', keyRow('old', { user_id: 'bob' }), 'NOT_FOUND'],
    ['that is not there', keyRow('another'), 'NOT_FOUND'],
  ])('of a key %s is refused', async (_case, row, code) => {
    const table = new KeyTable(row);
    expect(await answers(table, {}, mintOrder('a', replacing('old')))).toEqual([code]);
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
    expect(await answers(table, {}, mintOrder('a', replacing('old')))).toEqual(['a']);
    expect(table.rows[0]).toMatchObject({ id: 'old', revoked: true });
    expect(table.ledger).toEqual(new Map([['user:ada', '']]));
  });

  it('happens once within a transaction', async () => {
    for (const overlap of [0, 5]) {
      const table = new KeyTable(keyRow('old'));
      const twice = [mintOrder('a', replacing('old', overlap)), mintOrder('b', replacing('old', overlap))];
      expect(await answers(table, {}, ...twice)).toEqual(['a', 'KEY_NOT_ACTIVE']);
      expect(nameds(table)).toEqual(['old', 'a']);
    }
  });

  it('happens once while the old key lives on', async () => {
    const table = new KeyTable(keyRow('old'));
    expect(await answers(table, {}, mintOrder('a', replacing('old', 60_000)))).toEqual(['a']);
    expect(table.ledger.get('replaced:old')).toBe('');
    expect(await answers(table, {}, mintOrder('b', replacing('old', 60_000)))).toEqual(['KEY_NOT_ACTIVE']);
  });

  it('of a key that ended at once may happen again when it is restored', async () => {
    const table = new KeyTable(keyRow('old'));
    expect(await answers(table, {}, mintOrder('a', replacing('old')))).toEqual(['a']);
    table.rows = table.rows.map((row) => ({ ...row, revoked: false }));
    expect(await answers(table, {}, mintOrder('b', replacing('old')))).toEqual(['b']);
  });
});
