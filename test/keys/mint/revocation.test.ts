import { afterEach, describe, expect, it, vi } from 'vitest';
import { Ledger } from '../../../src/keys/ledger/ledger.ts';
import { setRevoked } from '../../../src/keys/mint/revocation.ts';
import { findOwnApiKey } from '../../../src/keys/read/find.ts';
import { KeyTable, keyRow, mintingOn, person, TRANSACTION } from '../../support/minting.ts';

const ada = person('ada');
const request = { id: 'the request', address: '192.0.2.1' };
const limits = { maxActiveKeys: 2 };
const revoked = keyRow('k', { revoked: true });
const change = { keyId: 'k', prefix: 'osk_k', requestId: 'the request', address: '192.0.2.1' };

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a key of a person', () => {
  it('is found with their own rights, and by their id', async () => {
    const table = new KeyTable(keyRow('k'), keyRow('l'));
    const { minting } = mintingOn(table);
    expect(await findOwnApiKey(minting.platform, ada, 'l')).toMatchObject({ id: 'l', prefix: 'osk_l' });
    expect(table.callsOf('find').map(({ query }) => query)).toEqual([
      { where: { id: 'l', user_id: 'ada' }, limit: 1, context: { userId: 'ada' } },
    ]);
  });

  it('is not that of another', async () => {
    const { minting } = mintingOn(new KeyTable(keyRow('k', { user_id: 'bob' })));
    expect(await findOwnApiKey(minting.platform, ada, 'k')).toBeUndefined();
  });
});

describe('revoking', () => {
  it('is an update with the rights of the person, which the audit trail is told of', async () => {
    const table = new KeyTable(keyRow('k'));
    const { minting } = mintingOn(table, { maxActiveKeys: 0 });
    const during = vi.spyOn(minting.auditTrail, 'during');
    expect(await setRevoked(minting, ada, 'k', true, request)).toMatchObject({
      apiKey: { id: 'k', revoked: true },
      changed: true,
    });
    expect(table.callsOf('update')).toEqual([
      { does: 'update', data: { id: 'k', revoked: true }, context: { userId: 'ada' } },
    ]);
    expect(table.transactions).toEqual([]);
    expect(during.mock.calls.map(([changes]) => changes)).toEqual([[{ ...change, action: 'revoke' }]]);
  });
});

describe('restoring', () => {
  it('without a cap is an update, which the audit trail is told of', async () => {
    const table = new KeyTable(revoked);
    const { minting } = mintingOn(table);
    const during = vi.spyOn(minting.auditTrail, 'during');
    expect(await setRevoked(minting, ada, 'k', false, request)).toMatchObject({
      apiKey: { id: 'k', revoked: false },
      changed: true,
    });
    expect(table.callsOf('update')).toEqual([
      { does: 'update', data: { id: 'k', revoked: false }, context: { userId: 'ada' } },
    ]);
    expect([table.transactions, table.ledger.size]).toEqual([[], 0]);
    expect(during.mock.calls.map(([changes]) => changes)).toEqual([[{ ...change, action: 'restore' }]]);
  });

  it('under the cap counts under the lock of the person, and makes sure that it can be committed', async () => {
    const table = new KeyTable(revoked, keyRow('active'), keyRow('other', { user_id: 'bob' }));
    const { minting } = mintingOn(table, limits);
    const order: string[] = [];
    const { lock } = Ledger.prototype;
    const locking = vi.spyOn(Ledger.prototype, 'lock').mockImplementation(function (this: Ledger, ...given) {
      order.push('lock');
      return lock.apply(this, given);
    });
    vi.spyOn(Ledger.prototype, 'assertCommittable').mockImplementation(async () => {
      order.push(...table.calls.slice(1).map(({ does }) => does), 'commit');
    });
    expect(await setRevoked(minting, ada, 'k', false, request)).toMatchObject({ changed: true });
    expect(order).toEqual(['lock', 'aggregate', 'update', 'commit']);
    const entry = new Map([['user:ada', '']]);
    expect(locking.mock.calls).toEqual([[TRANSACTION, entry, []]]);
    expect(table.ledger).toEqual(entry);
    expect(table.callsOf('aggregate').map(({ query }) => query.where)).toEqual([
      expect.objectContaining({ user_id: { $in: ['ada'] } }),
    ]);
  });

  it('has room for the first key of a person, and none under a cap of no keys', async () => {
    const { minting } = mintingOn(new KeyTable(revoked), { maxActiveKeys: 1 });
    expect(await setRevoked(minting, ada, 'k', false, request)).toMatchObject({ changed: true });
    const { minting: closed } = mintingOn(new KeyTable(revoked), { maxActiveKeys: 0 });
    await expect(setRevoked(closed, ada, 'k', false, request)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('at the cap is refused, and changes nothing', async () => {
    const table = new KeyTable(revoked, keyRow('a'), keyRow('b'));
    const { minting } = mintingOn(table, limits);
    await expect(setRevoked(minting, ada, 'k', false, request)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      message: expect.stringContaining('2 active keys'),
    });
    expect(table.callsOf('update')).toEqual([]);
  });

  it('is taken back when it could not be committed', async () => {
    const table = new KeyTable(revoked);
    const { minting } = mintingOn(table, limits);
    vi.spyOn(Ledger.prototype, 'assertCommittable').mockRejectedValue(new Error('aborted'));
    await expect(setRevoked(minting, ada, 'k', false, request)).rejects.toThrow('aborted');
    expect(table.rows).toEqual([revoked]);
  });
});

it.each([
  [true, 'revoked'],
  [false, 'restored'],
])('a key that is as asked already (revoked: %s) is not %s once more', async (state) => {
  const table = new KeyTable(keyRow('k', { revoked: state }));
  const { minting } = mintingOn(table, limits);
  const during = vi.spyOn(minting.auditTrail, 'during');
  expect(await setRevoked(minting, ada, 'k', state, request)).toMatchObject({
    apiKey: { id: 'k', revoked: state },
    changed: false,
  });
  expect([table.callsOf('update'), during.mock.calls]).toEqual([[], []]);
});

it('a key of somebody else is like one that does not exist', async () => {
  const table = new KeyTable(keyRow('k', { user_id: 'bob' }));
  const { minting } = mintingOn(table);
  for (const id of ['k', 'none']) {
    await expect(setRevoked(minting, ada, id, true, request)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'You have no such key.',
    });
  }
  expect(table.callsOf('update')).toEqual([]);
});

it.each([
  ['did not change the key', () => [keyRow('k')]],
  ['does not show the key any more', () => []],
])('a change is not claimed when the platform %s', async (_case, after) => {
  const table = new KeyTable(keyRow('k'));
  table.update = async () => {
    table.rows = after();
  };
  const { minting } = mintingOn(table);
  await expect(setRevoked(minting, ada, 'k', true, request)).rejects.toMatchObject({
    code: 'FORBIDDEN',
    message: 'The platform did not let you change this key.',
  });
});
