// @ts-nocheck
// 
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addressEntry } from '../../../src/keys/ledger/ledger.ts';
import { answersIn, KeyTable, keyRow, mintIn, mintOrder, person, replacementOf } from '../../support/minting.ts';

const NOW = Date.parse('2030-06-01T00:00:00Z');
const minute = (count: number) => ({ count, period: 60_000 });
const replacing = (id: string, overlap = 0) => ({ replaces: replacementOf(id, overlap) });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the limit of mints', () => {
  it('of a person holds within one transaction and over several, and for nobody else', async () => {
    const table = new KeyTable();
    const limits = { mintLimitPerUser: minute(3) };
    const bob = mintOrder('d', { owner: person('bob') });
    expect(await answersIn(table, limits, mintOrder('a'), mintOrder('b'), bob)).toEqual(['a', 'b', 'd']);
    expect(table.ledger).toEqual(
      new Map([
        ['user:ada', `1@${NOW}`],
        ['user:bob', `2@${NOW}`],
      ]),
    );
    expect(await answersIn(table, limits, mintOrder('c'), mintOrder('e'))).toEqual(['c', 'RATE_LIMITED']);
    vi.setSystemTime(NOW + 20_000);
    expect(await answersIn(table, limits, mintOrder('e'), mintOrder('f'))).toEqual(['e', 'RATE_LIMITED']);
  });

  it('of an address holds for everybody behind it, and needs an address', async () => {
    const table = new KeyTable();
    const limits = { mintLimitPerAddress: minute(1) };
    const from = (address: string | undefined, name: string) => mintOrder(name, { address, owner: person(name) });
    const orders = [
      from('192.0.2.1', 'a'),
      from('192.0.2.1', 'b'),
      from('192.0.2.2', 'c'),
      from(undefined, 'd'),
      from(undefined, 'e'),
    ];
    expect(await answersIn(table, limits, ...orders)).toEqual(['a', 'RATE_LIMITED', 'c', 'd', 'e']);
    expect([...table.ledger.keys()].sort()).toEqual(['192.0.2.1', '192.0.2.2'].map(addressEntry).sort());
  });

  it('takes no token from one bucket if the other is empty, and returns when both have one', async () => {
    const table = new KeyTable();
    const address = '192.0.2.1';
    const limits = { mintLimitPerUser: minute(2), mintLimitPerAddress: minute(6) };
    table.ledger.set('user:ada', `0@${NOW}`).set(addressEntry(address), `5@${NOW}`);
    const [byUser] = await mintIn(table, limits, mintOrder('a', { address }));
    expect(byUser).toMatchObject({ code: 'RATE_LIMITED', headers: { 'Retry-After': '30' } });
    expect(table.ledger.get(addressEntry(address))).toBe(`5@${NOW}`);

    table.ledger.set('user:ada', `1@${NOW}`).set(addressEntry(address), `0@${NOW}`);
    const [byAddress] = await mintIn(table, limits, mintOrder('a', { address }));
    expect(byAddress).toMatchObject({ code: 'RATE_LIMITED', headers: { 'Retry-After': '10' } });
    expect(table.ledger.get('user:ada')).toBe(`1@${NOW}`);

    table.ledger.set('user:ada', `0@${NOW}`);
    const [byBoth] = await mintIn(table, limits, mintOrder('a', { address }));
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
    expect(await answersIn(table, { maxActiveKeys: 3 }, ...orders)).toEqual(['a', 'b', 'LIMIT_REACHED', 'd']);
    expect(table.callsOf('aggregate').map(({ query }) => query)).toEqual([
      expect.objectContaining({ where: expect.objectContaining({ user_id: { $in: ['ada', 'bob'] } }) }),
    ]);
  });

  it('takes no token when it refuses, and is the lock of a person although nothing is written to it', async () => {
    const table = new KeyTable(keyRow('active'));
    const [refusal] = await mintIn(table, { maxActiveKeys: 1, mintLimitPerUser: minute(1) }, mintOrder('a'));
    expect(refusal).toMatchObject({ code: 'LIMIT_REACHED', message: expect.stringContaining('1 active keys') });
    expect(table.ledger).toEqual(new Map([['user:ada', `1@${NOW}`]]));

    const capped = new KeyTable();
    expect(await answersIn(capped, { maxActiveKeys: 1 }, mintOrder('a'))).toEqual(['a']);
    expect(capped.ledger).toEqual(new Map([['user:ada', '']]));
  });

  it('leaves room for an order after one that was refused for its address', async () => {
    const table = new KeyTable();
    table.ledger.set(addressEntry('192.0.2.1'), `0@${NOW}`);
    const orders = [mintOrder('a', { address: '192.0.2.1' }), mintOrder('b', { address: '192.0.2.2' })];
    const limits = { maxActiveKeys: 1, mintLimitPerAddress: minute(5) };
    expect(await answersIn(table, limits, ...orders)).toEqual(['RATE_LIMITED', 'b']);
  });

  it('has room for a replacement only if the old key ends immediately', async () => {
    const table = new KeyTable(keyRow('old'), keyRow('older'));
    const limits = { maxActiveKeys: 2 };
    expect(await answersIn(table, limits, mintOrder('a', replacing('old', 1)))).toEqual(['LIMIT_REACHED']);
    const both = [mintOrder('a', replacing('old')), mintOrder('b', replacing('older'))];
    expect(await answersIn(table, limits, ...both)).toEqual(['a', 'b']);
  });
});
