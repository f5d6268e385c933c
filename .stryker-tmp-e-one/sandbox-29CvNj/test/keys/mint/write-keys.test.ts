// @ts-nocheck
import { describe, expect, it } from 'vitest';
import { writeKeys } from '../../../src/keys/mint/write-keys.ts';
import { AuditTrail } from '../../../src/keys/record/audit-trail.ts';
import type { HookContext } from '../../../src/platform/engine.ts';
import { KeyTable, keyRow, mintOrder, person, replacementOf, TRANSACTION } from '../../support/minting.ts';

const NOW = Date.parse('2030-06-01T00:00:00Z');
const context = { isSystem: true, transaction: TRANSACTION };
const at = (milliseconds: number) => new Date(NOW + milliseconds).toISOString();
const replacing = (overlap: number) => ({ replaces: replacementOf('old', overlap) });
const [ada, bob] = [person('ada', 'org'), person('bob')];

/** A table of keys, and a plugin that records each write of them, or none. */
function surroundings(table: KeyTable, isRecorded = false, tellsActors = false) {
  let complete: (context: HookContext) => void = () => undefined;
  const hooks: ConstructorParameters<typeof AuditTrail>[0] = {
    hasHooksFor: () => isRecorded,
    registerMiddleware: () => undefined,
    insert: async () => [],
    registerHook(event, handler, { object }) {
      if (event === 'beforeInsert' && object === 'sys_audit_log') complete = handler;
    },
    ...(tellsActors ? { createContext: () => ({ executionContext: {} }) } : {}),
  };
  const trail: unknown[] = [];
  const record = (id: unknown): void => {
    const data: Record<string, unknown> = { object_name: 'sys_api_key', record_id: id };
    complete({ input: { data } });
    trail.push([id, JSON.parse(String(data['metadata'])), data['ip_address']]);
  };
  const { insert, update } = table;
  if (isRecorded) {
    table.insert = async (object, rows, options) => {
      for (const row of rows) record(row['id']);
      return insert.call(table, object, rows, options);
    };
    table.update = async (object, data, options) => {
      record(data['id']);
      return update.call(table, object, data, options);
    };
  }
  return { in: { engine: table, auditTrail: new AuditTrail(hooks), context }, trail };
}

describe('the rows of accepted orders', () => {
  it('are written in one statement that names nobody, and the keys come in the order of the orders', async () => {
    const table = new KeyTable();
    const orders = [
      mintOrder('a', { owner: ada }),
      mintOrder('b', { owner: bob, idempotent: { keyId: 'row', fingerprint: 'f' } }),
      mintOrder('c', { owner: ada }),
    ];
    const keys = await writeKeys(surroundings(table).in, orders, NOW);
    expect(keys.map(({ name, createdAt }) => [name, createdAt])).toEqual(
      ['a', 'b', 'c'].map((name) => [name, new Date(NOW)]),
    );
    expect(table.callsOf('insert').map((call) => [call.rows.length, call.context])).toStrictEqual([[3, context]]);
    expect(table.rows.map((row) => row['user_id'])).toEqual(['ada', 'bob', 'ada']);
  });

  it('have an id of the time and 96 random bits in hexadecimal, or that of the request', async () => {
    const table = new KeyTable();
    const idempotent = { keyId: 'row', fingerprint: 'f' };
    const keys = await writeKeys(
      surroundings(table).in,
      [mintOrder('a', { idempotent }), mintOrder('b'), mintOrder('c')],
      NOW,
    );
    expect(keys.map(({ id }) => id)).toEqual([
      'row',
      ...Array(2).fill(expect.stringMatching(new RegExp(`^0${NOW.toString(16)}-[0-9a-f]{24}$`))),
    ]);
    expect(new Set(keys.map(({ id }) => id)).size).toBe(3);
  });

  it('are written for each person apart, in their name, where somebody records who writes', async () => {
    const table = new KeyTable(keyRow('old'));
    const { in: recorded } = surroundings(table, true);
    const orders = [
      mintOrder('a', { owner: ada }),
      mintOrder('b', { owner: bob }),
      mintOrder('c', { owner: ada, ...replacing(0) }),
    ];
    const keys = await writeKeys(recorded, orders, NOW);
    expect(keys.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(table.callsOf('insert').map((call) => [call.rows.map(({ name }) => name), call.context])).toEqual([
      [['a', 'c'], { ...context, userId: 'ada' }],
      [['b'], { ...context, userId: 'bob' }],
    ]);
    expect(table.callsOf('update').map((call) => call.context)).toEqual([{ ...context, userId: 'ada' }]);
  });

  it('are written in one statement where hooks are told the actor of each row; a key that ends is ended by its owner', async () => {
    const table = new KeyTable(keyRow('old'));
    const { in: recorded } = surroundings(table, true, true);
    const orders = [mintOrder('a', { owner: bob }), mintOrder('b', { owner: ada, ...replacing(0) })];
    const keys = await writeKeys(recorded, orders, NOW);
    expect(keys.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(table.callsOf('insert').map((call) => [call.rows.length, call.context])).toStrictEqual([[2, context]]);
    expect(table.callsOf('update').map((call) => call.context)).toEqual([{ ...context, userId: 'ada' }]);
  });

  it('are none for no orders, without a query', async () => {
    for (const isRecorded of [true, false]) {
      const table = new KeyTable();
      expect(await writeKeys(surroundings(table, isRecorded).in, [], NOW)).toEqual([]);
      expect(table.calls).toEqual([]);
    }
  });
});

describe('the audit trail', () => {
  it('records a new key, and both keys of a rotation', async () => {
    const table = new KeyTable(keyRow('old'));
    const { in: recorded, trail } = surroundings(table, true);
    const address = '192.0.2.1';
    const orders = [mintOrder('a', { address }), mintOrder('b', { address, ...replacing(0) })];
    const [a, b] = await writeKeys(recorded, orders, NOW);
    expect(trail).toEqual([
      [a?.id, { action: 'create', prefix: 'osk_a', request_id: 'request of a' }, address],
      [b?.id, { action: 'rotate', prefix: 'osk_b', request_id: 'request of b' }, address],
      ['old', { action: 'rotate', prefix: 'osk_old', request_id: 'request of b' }, address],
    ]);
  });
});

describe('a key that is replaced', () => {
  const changesOf = async (expiresAt: string | null, overlap: number) => {
    const table = new KeyTable(keyRow('old', { expires_at: expiresAt }), keyRow('another'));
    await writeKeys(surroundings(table).in, [mintOrder('a', replacing(overlap))], NOW);
    expect(table.rows).toContainEqual(keyRow('another'));
    return table.callsOf('update').map((call) => ({ ...call.data, context: call.context }));
  };

  it('without overlap is revoked, and keeps its expiry', async () => {
    expect(await changesOf(at(1), 0)).toEqual([{ id: 'old', revoked: true, context }]);
  });

  it.each([
    ['that has no end', null],
    ['that would live longer', at(1001)],
  ])('with an overlap ends after it: %s', async (_case, expiresAt) => {
    expect(await changesOf(expiresAt, 1000)).toEqual([{ id: 'old', expires_at: at(1000), context }]);
  });

  it.each([
    ['then', at(1000)],
    ['before', at(999)],
  ])('with an overlap is left as it is when it ends %s anyway', async (_case, expiresAt) => {
    expect(await changesOf(expiresAt, 1000)).toEqual([]);
  });

  it('with an overlap needs no end when it was deleted meanwhile, and its replacement is written', async () => {
    const table = new KeyTable();
    expect(await writeKeys(surroundings(table).in, [mintOrder('a', replacing(1000))], NOW)).toHaveLength(1);
    expect(table.callsOf('update')).toEqual([]);
  });

  it('is looked up in the transaction', async () => {
    const table = new KeyTable(keyRow('old'));
    await writeKeys(surroundings(table).in, [mintOrder('a', replacing(1000))], NOW);
    expect(table.callsOf('find').map(({ query }) => query)).toEqual([{ where: { id: 'old' }, limit: 1, context }]);
  });
});
