import { afterEach, describe, expect, it, vi } from 'vitest';
import { Budget } from '../../src/base/deadline.ts';
import { Ledger } from '../../src/keys/ledger/ledger.ts';
import { callerOf, KeyTable, keyRow, keysOn, person, TRANSACTION } from '../support/minting.ts';

const ada = person('ada');
const change = { keyId: 'k', prefix: 'osk_k', requestId: 'the request', address: '192.0.2.1', endpoint: 'graphql' };

afterEach(() => {
  vi.restoreAllMocks();
});

describe('an update', () => {
  it('is elevated, names the actor, and is told to the log and the audit trail', async () => {
    const table = new KeyTable(keyRow('k'));
    const { keys, auditTrail, told } = keysOn(table);
    const during = vi.spyOn(auditTrail, 'during');
    const locking = vi.spyOn(Ledger.prototype, 'lock');
    expect(await keys.update(callerOf(ada), { id: 'k', name: 'new', scopes: ['data:read'] })).toMatchObject({
      name: 'new',
      scopes: ['data:read'],
    });
    expect(table.callsOf('update')).toEqual([
      {
        does: 'update',
        data: { id: 'k', name: 'new', scopes: '["data:read"]' },
        context: { isSystem: true, transaction: TRANSACTION, userId: 'ada' },
      },
    ]);
    expect(locking.mock.calls).toEqual([[TRANSACTION, new Map([['user:ada', '']]), []]]);
    expect(during.mock.calls.map(([changes]) => changes)).toEqual([[{ ...change, action: 'narrow' }]]);
    expect(told).toMatchObject([{ action: 'narrow', keyId: 'k', userId: 'ada' }]);
    expect(table.details).toEqual([]);
  });

  it('of what lies beside the record writes that alone', async () => {
    const table = new KeyTable(keyRow('k'));
    const { keys, told } = keysOn(table);
    await keys.update(callerOf(ada), { id: 'k', description: 'words', allowedNetworks: ['10.0.0.1/8'] });
    expect([table.callsOf('update'), table.details]).toEqual([[], [['k', 'words', '["10.0.0.0/8"]']]]);
    expect(told).toHaveLength(1);
  });

  it('of what lies beside the record is in the audit trail, with what was there before', async () => {
    const table = new KeyTable(keyRow('k', { active_organization_id: 'org' }));
    table.audited = [];
    await keysOn(table).keys.update(callerOf(ada), { id: 'k', description: 'words', allowedNetworks: ['10.0.0.1/8'] });
    const row = {
      action: 'update',
      user_id: 'ada',
      object_name: 'sys_api_key',
      record_id: 'k',
      old_value: '{"allowedNetworks":[]}',
      new_value: '{"description":"words","allowedNetworks":["10.0.0.0/8"]}',
      tenant_id: 'org',
    };
    const context = { isSystem: true, transaction: TRANSACTION, userId: 'ada' };
    expect(table.audited).toEqual([{ rows: [row], context }]);
  });

  it('reads the key that it writes, and no other, within its transaction', async () => {
    const table = new KeyTable(keyRow('j', { user_id: 'bob' }), keyRow('i'), keyRow('k'));
    table.detailRows = [{ id: 'j', description: 'of another key' }];
    const { keys } = keysOn(table);
    const reading = vi.spyOn(table, 'find');
    expect(await keys.update(callerOf(ada), { id: 'k', name: 'new' })).toMatchObject({ id: 'k', name: 'new' });
    const context = { isSystem: true, transaction: TRANSACTION };
    expect(reading.mock.calls.slice(-2)).toEqual([
      ['sys_api_key', { where: { id: 'k', user_id: 'ada' }, limit: 1, context }],
      ['sys_api_key_detail', { where: { id: 'k' }, limit: 1, context }],
    ]);
    expect(table.callsOf('update').map(({ data }) => data)).toEqual([{ id: 'k', name: 'new' }]);
  });

  it('of a name is no narrowing, and asks nothing about scopes or time', async () => {
    const expired = keyRow('k', { scopes: '["a"]', expires_at: '2020-01-01T00:00:00.000Z' });
    const { keys, told, asked } = keysOn(new KeyTable(expired), {}, { keepsLimits: false });
    const change = { id: 'k', name: 'new', scopes: ['a'], expiresAt: '2020-01-01T00:00:00.000Z' };
    expect(await keys.update(callerOf(ada), change)).toMatchObject({ name: 'new' });
    expect(told).toMatchObject([{ action: 'update', keyId: 'k' }]);
    expect(asked).toEqual([]);
  });

  it('to capabilities alone asks nobody; to a permission set, what the owner holds in the organization of the key', async () => {
    const row = keyRow('k', { active_organization_id: 'org' });
    const capabilities = keysOn(new KeyTable(row));
    await capabilities.keys.update(callerOf(ada), { id: 'k', scopes: ['data:read', 'actions:execute'] });
    expect(capabilities.asked).toEqual([]);
    const set = keysOn(new KeyTable(row), {}, { scopes: ['a'] });
    await set.keys.update(callerOf(ada), { id: 'k', scopes: ['a', 'data:read'] });
    expect(set.asked).toEqual([['scopes', 'ada', 'org']]);
  });

  it('that takes scopes away asks for the limits of what is left and of what was there', async () => {
    const { keys, asked } = keysOn(new KeyTable(keyRow('k', { scopes: '["a","b"]', active_organization_id: 'org' })));
    await keys.update(callerOf(ada), { id: 'k', scopes: ['b'] });
    expect(asked).toEqual([['limits', { userId: 'ada', organizationId: 'org' }, ['b'], ['a', 'b']]]);
  });

  it('that changes nothing writes nothing and is told nobody', async () => {
    const table = new KeyTable(keyRow('k', { scopes: '["data:read"]' }));
    const { keys, told } = keysOn(table);
    expect(await keys.update(callerOf(ada), { id: 'k', name: 'k', scopes: ['data:read'] })).toMatchObject({
      name: 'k',
    });
    expect([table.transactions, table.callsOf('update'), table.details, told]).toEqual([[], [], [], []]);
  });

  it.each([
    ['could not be committed', Number.POSITIVE_INFINITY, 'aborted', 'aborted'],
    ['took longer than the request may', -1, undefined, 'The service cannot answer right now. Try again shortly.'],
  ])('is taken back when it %s', async (_case, milliseconds, failure, message) => {
    const table = new KeyTable(keyRow('k'));
    const { keys, told } = keysOn(table);
    if (failure !== undefined) vi.spyOn(Ledger.prototype, 'assertCommittable').mockRejectedValue(new Error(failure));
    const caller = callerOf(ada, { budget: new Budget(milliseconds) });
    await expect(keys.update(caller, { id: 'k', name: 'x', description: 'y' })).rejects.toThrow(message);
    expect([table.rows, table.details, told]).toEqual([[keyRow('k')], [], []]);
  });
});

describe('a key that is changed while an update is under way', () => {
  /** Changes the row each time that the lock is had, `times` times. */
  function changing(table: KeyTable, rows: readonly (readonly ReturnType<typeof keyRow>[])[]): void {
    const { lock } = Ledger.prototype;
    let at = 0;
    vi.spyOn(Ledger.prototype, 'lock').mockImplementation(function (this: Ledger, ...given) {
      const next = rows[at];
      at += 1;
      if (next !== undefined) table.rows = [...next];
      return lock.apply(this, given);
    });
  }

  it('is decided anew by what it is then', async () => {
    const table = new KeyTable(keyRow('k'));
    const { keys } = keysOn(table);
    changing(table, [[keyRow('k', { scopes: '["data:write"]' })]]);
    expect(await keys.update(callerOf(ada), { id: 'k', scopes: ['data:read'] })).toMatchObject({
      scopes: ['data:read'],
    });
    expect(table.callsOf('update')).toHaveLength(1);
  });

  it('is not widened by an update that would have narrowed what it was', async () => {
    const table = new KeyTable(keyRow('k'));
    const { keys, told } = keysOn(table);
    changing(table, [[keyRow('k', { scopes: '["data:read"]' })]]);
    await expect(keys.update(callerOf(ada), { id: 'k', scopes: ['data:write'] })).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      fields: [expect.objectContaining({ field: 'scopes', code: 'widens' })],
    });
    expect([table.callsOf('update'), told]).toEqual([[], []]);
  });

  it('each time is left as it is after three tries', async () => {
    const table = new KeyTable(keyRow('k'));
    const { keys, told } = keysOn(table);
    changing(
      table,
      ['a', 'b', 'c', 'd'].map((name) => [keyRow('k', { name })]),
    );
    await expect(keys.update(callerOf(ada), { id: 'k', scopes: ['data:read'] })).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
    });
    expect([table.transactions.length, table.callsOf('update'), told]).toEqual([3, [], []]);
  });

  it('and deleted is not found', async () => {
    const table = new KeyTable(keyRow('k'));
    const { keys } = keysOn(table);
    changing(table, [[]]);
    await expect(keys.update(callerOf(ada), { id: 'k', name: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('an update is refused, and nothing is written,', () => {
  const scoped = keyRow('k', { scopes: '["a","b"]', expires_at: '2999-01-01T00:00:00.000Z' });
  it.each<[string, ReturnType<typeof keyRow>, object, Parameters<typeof keysOn>[2], object]>([
    ['of somebody else', keyRow('k', { user_id: 'bob' }), { name: 'x' }, {}, { code: 'NOT_FOUND' }],
    [
      'that lifts limits on records',
      scoped,
      { scopes: ['a'] },
      { keepsLimits: false },
      {
        code: 'VALIDATION_FAILED',
        fields: [
          {
            field: 'scopes',
            code: 'widens',
            message: expect.stringMatching(/limit which records .* see more without them\. Make another key/),
          },
        ],
      },
    ],
    [
      'to a set that is not held beside a capability',
      keyRow('k'),
      { scopes: ['a', 'data:read'] },
      { scopes: ['b'] },
      { code: 'FORBIDDEN' },
    ],
    ['that adds a scope', scoped, { scopes: ['a', 'b', 'c'] }, {}, { code: 'VALIDATION_FAILED' }],
    ['to a set that is not held', keyRow('k'), { scopes: ['a'] }, { scopes: ['b'] }, { code: 'FORBIDDEN' }],
    ['to an expiry in the past', scoped, { expiresAt: '2020-01-01T00:00:00Z' }, {}, { code: 'VALIDATION_FAILED' }],
    ['with an empty list of scopes', scoped, { scopes: [] }, {}, { code: 'VALIDATION_FAILED' }],
    ['with an empty list of networks', scoped, { allowedNetworks: [] }, {}, { code: 'VALIDATION_FAILED' }],
    ['with an unknown field', scoped, { revoked: true }, {}, { code: 'VALIDATION_FAILED' }],
  ])('%s', async (_what, row, asked, facts, error) => {
    const table = new KeyTable(row);
    const { keys, told } = keysOn(table, {}, facts);
    await expect(keys.update(callerOf(ada), { id: 'k', ...asked })).rejects.toMatchObject(error);
    expect([table.transactions, table.details, table.rows, told]).toEqual([[], [], [row], []]);
  });

  it('but not to a set that is held, nor to fewer of those that it has, held or not', async () => {
    const { keys } = keysOn(new KeyTable(keyRow('k')), {}, { scopes: ['a'] });
    expect(await keys.update(callerOf(ada), { id: 'k', scopes: ['a', 'data:read'] })).toMatchObject({ id: 'k' });
    const { keys: lost } = keysOn(new KeyTable(scoped), {}, { scopes: [] });
    expect(await lost.update(callerOf(ada), { id: 'k', scopes: ['b'] })).toMatchObject({ scopes: ['b'] });
  });
});
