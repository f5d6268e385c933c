import { afterEach, describe, expect, it, vi } from 'vitest';
import { Budget } from '../../src/base/deadline.ts';
import { addressEntry, Ledger } from '../../src/keys/ledger/ledger.ts';
import { callerOf, KeyTable, keyRow, keysOn, person, TRANSACTION } from '../support/minting.ts';

const ada = person('ada');
const limits = { maxActiveKeys: 2 };
const revoked = keyRow('k', { revoked: true });
const change = { keyId: 'k', prefix: 'osk_k', requestId: 'the request', address: '192.0.2.1', endpoint: 'graphql' };
const input = { id: 'k' };

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a key of a person', () => {
  it('is found with their own rights, and by their id', async () => {
    const table = new KeyTable(keyRow('k'), keyRow('l'));
    const { keys } = keysOn(table);
    expect(await keys.find(ada, 'l')).toMatchObject({ id: 'l', prefix: 'osk_l' });
    expect(table.callsOf('find').map(({ query }) => query)).toEqual([
      { where: { id: 'l', user_id: 'ada' }, limit: 1, context: { userId: 'ada' } },
    ]);
  });

  it('is not that of another', async () => {
    const { keys } = keysOn(new KeyTable(keyRow('k', { user_id: 'bob' })));
    expect(await keys.find(ada, 'k')).toBeUndefined();
  });
});

describe('revoking', () => {
  it('is an update with the rights of the person, recorded in the audit trail', async () => {
    const table = new KeyTable(keyRow('k'));
    const { keys, auditTrail } = keysOn(table, { maxActiveKeys: 0 });
    const during = vi.spyOn(auditTrail, 'during');
    expect(await keys.revoke(callerOf(ada), input)).toMatchObject({ id: 'k', revoked: true });
    expect(table.callsOf('update')).toEqual([
      { does: 'update', data: { id: 'k', revoked: true }, context: { userId: 'ada' } },
    ]);
    expect(table.transactions).toEqual([]);
    expect(during.mock.calls.map(([changes]) => changes)).toEqual([[{ ...change, action: 'revoke' }]]);
  });

  it('needs no membership and no scope: a person who lost them may still revoke their keys', async () => {
    const table = new KeyTable(keyRow('k', { active_organization_id: 'left', scopes: '["lost"]' }));
    const { keys, asked } = keysOn(table);
    expect(await keys.revoke(callerOf(ada), input)).toMatchObject({ revoked: true });
    expect(asked).toEqual([]);
  });
});

describe('restoring', () => {
  it('is an update with the rights of the person, recorded in the audit trail', async () => {
    const table = new KeyTable(revoked);
    const { keys, auditTrail } = keysOn(table);
    const during = vi.spyOn(auditTrail, 'during');
    expect(await keys.restore(callerOf(ada), input)).toMatchObject({ id: 'k', revoked: false });
    expect(table.callsOf('update')).toEqual([
      { does: 'update', data: { id: 'k', revoked: false }, context: { userId: 'ada' } },
    ]);
    expect(during.mock.calls.map(([changes]) => changes)).toEqual([[{ ...change, action: 'restore' }]]);
  });

  it('counts under the lock of the person, and checks that it can be committed', async () => {
    const table = new KeyTable(revoked, keyRow('active'), keyRow('other', { user_id: 'bob' }));
    const { keys } = keysOn(table, limits);
    const order: string[] = [];
    const { lock } = Ledger.prototype;
    const locking = vi.spyOn(Ledger.prototype, 'lock').mockImplementation(function (this: Ledger, ...given) {
      order.push('lock');
      return lock.apply(this, given);
    });
    vi.spyOn(Ledger.prototype, 'assertCommittable').mockImplementation(async () => {
      order.push(...table.calls.slice(1).map(({ does }) => does), 'commit');
    });
    expect(await keys.restore(callerOf(ada), input)).toMatchObject({ revoked: false });
    expect(order).toEqual(['lock', 'aggregate', 'find', 'update', 'find', 'commit']);
    const entry = new Map([['user:ada', '']]);
    expect(locking.mock.calls).toEqual([[TRANSACTION, entry, []]]);
    expect(table.ledger).toEqual(entry);
    expect(table.callsOf('aggregate').map(({ query }) => query.where)).toEqual([
      expect.objectContaining({ user_id: { $in: ['ada'] } }),
    ]);
  });

  it('has room for the first key of a person, and none with a limit of zero', async () => {
    const { keys } = keysOn(new KeyTable(revoked), { maxActiveKeys: 1 });
    expect(await keys.restore(callerOf(ada), input)).toMatchObject({ revoked: false });
    const { keys: closed } = keysOn(new KeyTable(revoked), { maxActiveKeys: 0 });
    await expect(closed.restore(callerOf(ada), input)).rejects.toMatchObject({ code: 'LIMIT_REACHED' });
  });

  it('at the cap is refused, and changes nothing', async () => {
    const table = new KeyTable(revoked, keyRow('a'), keyRow('b'));
    const { keys } = keysOn(table, limits);
    await expect(keys.restore(callerOf(ada), input)).rejects.toMatchObject({
      code: 'LIMIT_REACHED',
      message: expect.stringContaining('2 active keys'),
    });
    expect(table.callsOf('update')).toEqual([]);
  });

  it('takes a token of the person and one of the address, like creating a key', async () => {
    const rows = ['k', 'l'].map((id) => keyRow(id, { revoked: true }));
    const table = new KeyTable(...rows);
    const minute = { count: 1, period: 60_000 };
    const { keys, told } = keysOn(table, { mintLimitPerUser: minute, mintLimitPerAddress: minute });
    await keys.restore(callerOf(ada), input);
    for (const entry of ['user:ada', addressEntry('192.0.2.1')]) expect(table.ledger.get(entry)).toMatch(/^0@/);
    await expect(keys.restore(callerOf(ada), { id: 'l' })).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      headers: { 'Retry-After': expect.any(String) },
    });
    expect(table.callsOf('update')).toHaveLength(1);
    expect(told).toMatchObject([{ action: 'restore', keyId: 'k' }]);
  });

  it('answers with what was committed, also where the key is revoked right after the commit', async () => {
    const table = new KeyTable(revoked);
    const { keys, told } = keysOn(table);
    const transaction = table.transaction.bind(table);
    vi.spyOn(table, 'transaction').mockImplementation(async (...given) => {
      const result = await transaction(...given);
      table.rows = [revoked];
      return result;
    });
    expect(await keys.restore(callerOf(ada), input)).toMatchObject({ id: 'k', revoked: false });
    expect(told).toMatchObject([{ action: 'restore', keyId: 'k' }]);
  });

  it('is refused where the rules of the platform skip the update, and then nothing else is written', async () => {
    const table = new KeyTable(revoked);
    const { keys, told } = keysOn(table);
    vi.spyOn(table, 'update').mockResolvedValue(undefined);
    await expect(keys.restore(callerOf(ada), input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect([table.details, table.ledger, told]).toEqual([[], new Map(), []]);
  });

  it('takes nothing where another request has restored the key meanwhile', async () => {
    const table = new KeyTable(revoked);
    const { keys, told } = keysOn(table, { mintLimitPerUser: { count: 1, period: 60_000 } });
    const { lock } = Ledger.prototype;
    vi.spyOn(Ledger.prototype, 'lock').mockImplementation(function (this: Ledger, ...given) {
      table.rows = [keyRow('k')];
      return lock.apply(this, given);
    });
    expect(await keys.restore(callerOf(ada), input)).toMatchObject({ revoked: false });
    expect(table.ledger.get('user:ada')).toMatch(/^1@/);
    expect([table.callsOf('update'), told]).toEqual([[], []]);
  });

  it.each([
    ['could not be committed', Number.POSITIVE_INFINITY, 'aborted', 'aborted'],
    ['took longer than the request may', -1, undefined, 'The service cannot answer right now. Try again shortly.'],
  ])('is taken back when it %s', async (_case, milliseconds, failure, message) => {
    const table = new KeyTable(revoked);
    const { keys, told } = keysOn(table, limits);
    if (failure !== undefined) {
      vi.spyOn(Ledger.prototype, 'assertCommittable').mockRejectedValue(new Error(failure));
    }
    await expect(keys.restore(callerOf(ada, { budget: new Budget(milliseconds) }), input)).rejects.toThrow(message);
    expect(table.rows).toEqual([revoked]);
    expect(told).toEqual([]);
  });
});

describe('restoring is minting: it is refused, and nothing is written,', () => {
  const member = {
    memberships: [{ user_id: 'ada', organization_id: 'org', created_at: '2020-01-01T00:00:00.000Z' }],
    scopes: ['a'],
  };
  const inOrg = (changes = {}) => keyRow('k', { revoked: true, active_organization_id: 'org', ...changes });
  const someone = person('ada', 'org');

  it('but not for a member who holds the scopes', async () => {
    const { keys } = keysOn(new KeyTable(inOrg({ scopes: '["a"]' })), {}, member);
    expect(await keys.restore(callerOf(someone), input)).toMatchObject({ revoked: false });
  });

  it.each([
    ['by an impersonated session', person('ada', 'org', true), inOrg(), member, 'impersonated session'],
    ['by a former member', someone, inOrg(), {}, 'not a member'],
    ['with a scope that is no longer held', someone, inOrg({ scopes: '["b"]' }), member, '"b"'],
    ['in another organization', person('ada', 'else'), inOrg(), member, 'belongs to another organization'],
    ['without an organization, behind walls', ada, revoked, { posture: 'isolated' as const }, 'active organization'],
  ])('%s', async (_case, principal, row, facts, message) => {
    const table = new KeyTable(row);
    const { keys, told } = keysOn(table, {}, facts);
    await expect(keys.restore(callerOf(principal), input)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining(message),
    });
    expect([table.callsOf('update'), table.rows, told]).toEqual([[], [row], []]);
  });
});

it.each([
  ['revoke', true],
  ['restore', false],
] as const)('a key that is so already is left as it is: %s', async (action, state) => {
  const table = new KeyTable(keyRow('k', { revoked: state }));
  const { keys, auditTrail, told } = keysOn(table, limits);
  const during = vi.spyOn(auditTrail, 'during');
  expect(await keys[action](callerOf(ada), input)).toMatchObject({ id: 'k', revoked: state });
  expect([table.callsOf('update'), during.mock.calls, told]).toEqual([[], [], []]);
});

it.each(['revoke', 'restore'] as const)(
  'a key of somebody else is like one that does not exist: %s',
  async (action) => {
    const table = new KeyTable(keyRow('k', { user_id: 'bob', revoked: action === 'restore' }));
    const { keys } = keysOn(table);
    for (const id of ['k', 'none']) {
      await expect(keys[action](callerOf(ada), { id })).rejects.toMatchObject({
        code: 'NOT_FOUND',
        message: 'You have no key with this id. The list of keys shows the id of each.',
      });
    }
    expect(table.callsOf('update')).toEqual([]);
  },
);

it.each([
  ['did not change the key', () => [keyRow('k')]],
  ['does not show the key any more', () => []],
])('a change is not claimed when the platform %s', async (_case, after) => {
  const table = new KeyTable(keyRow('k'));
  table.update = async () => {
    table.rows = after();
  };
  const { keys, told } = keysOn(table);
  await expect(keys.revoke(callerOf(ada), input)).rejects.toMatchObject({
    code: 'FORBIDDEN',
    message: 'You do not have permission to change this key. Ask an administrator.',
  });
  expect(told).toEqual([]);
});
