import { describe, expect, it } from 'vitest';
import { apiKeyPrincipal, type Principal } from '../../../src/auth/principal.ts';
import { ServiceError } from '../../../src/base/errors.ts';
import { type RequestScope, withinRequest } from '../../../src/http/request-scope.ts';
import { KeyChanges } from '../../../src/keys/changes/key-changes.ts';
import { RestoreRules } from '../../../src/keys/changes/restore-rules.ts';
import type { KeyLimits } from '../../../src/keys/limits/limits.ts';
import { Eligibility } from '../../../src/keys/mint/eligibility.ts';
import { API_KEY_OBJECT } from '../../../src/keys/record/api-key.ts';
import { changeOf, duringOwnChanges, type KeyChange } from '../../../src/keys/record/change-scope.ts';
import type { ChangeOrigin, KeyEvent } from '../../../src/observability/events.ts';
import type { EngineContext, HookContext, Row, Transaction } from '../../../src/platform/engine.ts';
import type { EngineMiddleware, EngineOperation } from '../../../src/platform/middleware.ts';
import type { Platform } from '../../../src/platform/platform.ts';
import { KeyDatabase, platformOn, writingOn } from '../../support/key-database.ts';
import { person } from '../../support/minting.ts';

type Write = Pick<EngineOperation, 'operation'> & Partial<EngineOperation>;

/** An engine that runs a middleware and hooks around the writes of other plugins. */
class HookedDatabase extends KeyDatabase {
  middleware: EngineMiddleware = (_operation, next) => next();
  readonly hooks = new Map<string, (context: HookContext) => void>();
  /** A transaction that somebody else has begun. */
  outer: Transaction | undefined;
  /** What the audit trail is told of the keys that a write changed. */
  readonly recorded: (KeyChange | undefined)[] = [];

  override readonly registerMiddleware = (middleware?: EngineMiddleware): void => {
    if (middleware !== undefined) this.middleware = middleware;
  };
  override readonly registerHook = (event?: string, hook?: (context: HookContext) => void): void => {
    if (event !== undefined && hook !== undefined) this.hooks.set(event, hook);
  };

  override async transaction<T>(...[work, context]: Parameters<KeyDatabase['transaction']>): Promise<T> {
    if (this.outer === undefined) return super.transaction(work, context) as Promise<T>;
    return work({ ...context, transaction: this.outer }, { owned: false }) as Promise<T>;
  }

  /** Writes as another plugin does. `does` is what the write makes of each row; nothing is what it says. */
  async write(write: Write, does: Row = (write.data ?? {}) as Row): Promise<void> {
    const operation: EngineOperation = { object: API_KEY_OBJECT, ...write };
    await this.middleware(operation, async () => {
      if (operation.operation === 'insert') {
        const rows = [operation.data].flat() as Row[];
        this.put(API_KEY_OBJECT, ...rows);
        operation.result = operation.data;
        return;
      }
      const where = (operation.ast?.where ?? operation.options?.where ?? { id: (operation.data as Row)['id'] }) as Row;
      for (const previous of await this.find(API_KEY_OBJECT, { where, context: {} })) {
        if (operation.operation === 'delete') {
          this.db.prepare(`DELETE FROM ${API_KEY_OBJECT} WHERE id = ?`).run(previous['id']);
          this.hooks.get('afterDelete')?.({ previous });
        } else {
          const { id: _, ...changes } = does;
          await this.update(API_KEY_OBJECT, { ...changes, id: previous['id'] }, { context: {} });
          this.hooks.get('afterUpdate')?.({ previous, result: { ...previous, ...changes } });
        }
        this.recorded.push(changeOf(String(previous['id'])));
      }
    });
  }
}

const ada = person('ada', 'org');
const ADA: EngineContext = { userId: 'ada', tenantId: 'org' };
const ORIGIN = { id: 'the request', address: '192.0.2.1', endpoint: 'data' };
const asked = <T>(answer: () => T, changes: Partial<RequestScope> = {}): T =>
  withinRequest(
    {
      id: 'the request',
      address: '192.0.2.1',
      url: '/api/v1/data/sys_api_key/k',
      headers: new Headers({ cookie: 'a=b' }),
      ...changes,
    },
    answer,
  );

function changes(principal: Principal | null = ada, limits: Partial<KeyLimits> = {}, opened = true) {
  const database = new HookedDatabase()
    .put('sys_member', { user_id: 'ada', organization_id: 'org', role: 'member', created_at: '2020-01-01T00:00:00Z' })
    .putKeys(
      { id: 'k', active_organization_id: 'org', revoked: true },
      { id: 'l', active_organization_id: 'org', revoked: true },
      { id: 'on', active_organization_id: 'org' },
      { id: 'b', user_id: 'bob', active_organization_id: 'org', revoked: true },
    ) as HookedDatabase;
  const platform: Platform = Object.assign(platformOn(database), {
    tenancyPosture: async () => undefined,
    permissionSetsOf: async () => ['reports'],
  });
  const told: (KeyEvent & { origin: ChangeOrigin })[] = [];
  const rules = new RestoreRules();
  const seen: unknown[] = [];
  if (opened) {
    rules.open({
      writing: writingOn(database, limits, platform),
      eligibility: new Eligibility(platform),
      authenticator: {
        async authenticate({ method, headers }) {
          seen.push([method, headers.get('cookie'), headers.has('cookie'), headers.has('authorization')]);
          if (principal === null) throw new ServiceError('UNAUTHENTICATED');
          return principal;
        },
      },
    });
  }
  const events = { changed: (origin: ChangeOrigin, event: KeyEvent) => void told.push({ ...event, origin }) };
  new KeyChanges(database, '/api/v1', rules, events);
  return { database, told, seen };
}

const update = (data: Row, context: EngineContext = ADA): Write => ({ operation: 'update', data, context });
const restore = (id = 'k', context: EngineContext = ADA): Write => update({ id, revoked: false }, context);

describe('a change by another route', () => {
  it('is told with who made it, whose key it is, and where it came from', async () => {
    const { database, told } = changes();
    await asked(() => database.write(update({ id: 'on', revoked: true }, { userId: 'root' })));
    expect(told).toEqual([
      {
        origin: ORIGIN,
        action: 'revoke',
        userId: 'root',
        ownerId: 'ada',
        organizationId: 'org',
        keyId: 'on',
        prefix: 'osk_on',
        previousKeyId: undefined,
        milliseconds: expect.any(Number),
      },
    ]);
    expect(told[0]?.milliseconds).toBeLessThan(60_000);
    const { id: requestId, address, endpoint } = ORIGIN;
    expect(database.recorded).toEqual([
      {
        action: 'revoke',
        keyId: 'on',
        prefix: 'osk_on',
        ownerId: 'ada',
        organizationId: 'org',
        requestId,
        address,
        endpoint,
      },
    ]);
  });

  it.each([
    ['/api/v1/mcp', 'mcp'],
    ['/somewhere', 'other'],
  ])('is told with the kind of route: %s', async (url, endpoint) => {
    const { database, told } = changes();
    await asked(() => database.write(update({ id: 'on', name: 'new' })), { url });
    expect(told).toMatchObject([{ action: 'update', userId: 'ada', ownerId: undefined, origin: { endpoint } }]);
  });

  it('outside of a request is that of the system', async () => {
    const { database, told } = changes();
    await database.write({ operation: 'delete', ast: { where: { id: 'on' } }, context: { isSystem: true } });
    expect(told).toMatchObject([
      {
        action: 'delete',
        keyId: 'on',
        userId: undefined,
        origin: { id: undefined, address: undefined, endpoint: 'system' },
      },
    ]);
  });

  it('is told for each key: of an insert, and of an update of several', async () => {
    const { database, told } = changes();
    const rows = ['x', 'y'].map((id) => ({ id, name: id, user_id: 'ada', revoked: false }));
    await database.write({ operation: 'insert', data: rows, context: ADA });
    await database.write({ operation: 'insert', data: { id: 'z', name: 'z', user_id: 'ada' }, context: ADA });
    const where = { id: { $in: ['x', 'y'] } };
    await database.write({ operation: 'update', options: { where }, data: { revoked: true }, context: ADA });
    expect(told.map(({ action, keyId }) => [action, keyId])).toEqual([
      ['create', 'x'],
      ['create', 'y'],
      ['create', 'z'],
      ['revoke', 'x'],
      ['revoke', 'y'],
    ]);
  });

  it('that changes nothing, and a read, are not told', async () => {
    const { database, told } = changes();
    await database.write(update({ id: 'on', last_used_at: '2031-01-01T00:00:00.000Z' }));
    await database.middleware({ object: API_KEY_OBJECT, operation: 'find', ast: {} }, async () => undefined);
    // Hooks run for writes that are none of these, too, and some are told neither what was nor what is.
    database.hooks.get('afterUpdate')?.({ previous: { id: 'on' }, result: null });
    await database.middleware({ object: API_KEY_OBJECT, operation: 'delete', data: {} }, async () => {
      database.hooks.get('afterUpdate')?.({ previous: { id: 'on', name: 'a' }, result: null });
      database.hooks.get('afterUpdate')?.({ previous: { id: 'on', name: 'a' }, result: 1 });
      database.hooks.get('afterUpdate')?.({ previous: undefined, result: { id: 'on', name: 'b' } });
      database.hooks.get('afterDelete')?.({ previous: undefined });
    });
    database.hooks.get('afterDelete')?.({ previous: { id: 'on', name: 'a' } });
    expect(told).toEqual([]);
  });

  it('by this service is told by the service itself', async () => {
    const { database, told } = changes();
    const own = { keyId: 'k', prefix: 'osk_k', action: 'restore', requestId: undefined, address: undefined } as const;
    await duringOwnChanges([own], () => database.write(restore()));
    expect([told, database.revoked()]).toEqual([[], ['b', 'l']]);
    // And what it did not say that it writes is another's.
    await duringOwnChanges([own], () => database.write(update({ id: 'on', name: 'new' })));
    expect(told).toMatchObject([{ keyId: 'on', action: 'update' }]);
  });

  it('that fails is not told, and fails as it did', async () => {
    const { database, told } = changes();
    database.before = (what) => {
      if (what.startsWith('update')) throw new TypeError('a hook');
    };
    await expect(asked(() => database.write(update({ id: 'on', name: 'new' })))).rejects.toThrow(TypeError);
    expect(told).toEqual([]);
  });
});

describe('restoring by another route', () => {
  it('passes the rules of restoring, and counts', async () => {
    const { database, told, seen } = changes(ada, { mintLimitPerUser: { count: 5, period: 60_000 } });
    await asked(() => database.write(restore()));
    expect(database.revoked()).toEqual(['b', 'l']);
    expect(told).toMatchObject([{ action: 'restore', keyId: 'k', userId: 'ada', ownerId: undefined, origin: ORIGIN }]);
    expect(database.all('sys_api_key_ledger')).toMatchObject([{ id: 'user:ada', value: expect.stringMatching(/^4@/) }]);
    expect(database.all('sys_api_key_detail')).toMatchObject([{ id: 'k', restored_at: expect.any(String) }]);
    expect(seen).toEqual([['POST', 'a=b', true, false]]);
  });

  it.each([
    ['by its id', restore()],
    ['by a condition', { operation: 'update', ast: { where: { id: 'k' } }, data: { revoked: 0 }, context: ADA }],
    ['by options', { operation: 'update', options: { where: { id: 'k' } }, data: { revoked: null }, context: ADA }],
  ] as const)('beyond the cap is refused, and nothing is written: %s', async (_how, write) => {
    const { database, told } = changes(ada, { maxActiveKeys: 1 });
    await expect(asked(() => database.write(write))).rejects.toMatchObject({
      name: 'RefusedChange',
      code: 'LIMIT_REACHED',
      status: 403,
      statusCode: 403,
      message: expect.stringContaining('1 active key'),
    });
    expect([database.revoked(), told]).toEqual([['b', 'k', 'l'], []]);
    expect([database.all('sys_api_key_ledger'), database.all('sys_api_key_detail')]).toEqual([[], []]);
  });

  const key = apiKeyPrincipal({ userId: 'ada', email: '', organizationId: 'org' }, 'on');
  it.each([
    ['with a key', key, restore(), 'FORBIDDEN', /./],
    ['by nobody', null, restore(), 'UNAUTHENTICATED', /./],
    ['in the name of another', ada, restore('k', { userId: 'bob' }), 'FORBIDDEN', /requires a session/],
    ['of the key of another', ada, restore('b'), 'FORBIDDEN', /Only its owner can restore a key/],
    ['in another organization', person('ada', 'other'), restore(), 'FORBIDDEN', /another organization/],
    [
      'in a transaction',
      ada,
      restore('k', { ...ADA, transaction: {} as Transaction }),
      'FORBIDDEN',
      /separate request/,
    ],
  ])('is refused %s', async (_who, principal, write, code, message) => {
    const { database, told } = changes(principal);
    await expect(asked(() => database.write(write))).rejects.toMatchObject({
      name: 'RefusedChange',
      code,
      message: expect.stringMatching(message),
    });
    expect([database.revoked(), told]).toEqual([['b', 'k', 'l'], []]);
  });

  it('outside of a request is refused to people, and left to the platform itself', async () => {
    const { database, told } = changes();
    await expect(database.write(restore())).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect([database.revoked(), told]).toEqual([['b', 'k', 'l'], []]);
    await asked(() => database.write(restore('k', { isSystem: true })));
    await database.write(restore('l', {}));
    expect(database.revoked()).toEqual(['b']);
    expect(told.map(({ action }) => action)).toEqual(['restore', 'restore']);
  });

  it('without a context is refused in a request, and left to the platform outside of one', async () => {
    const { database } = changes();
    const write: Write = { operation: 'update', data: { id: 'k', revoked: false } };
    await expect(asked(() => database.write(write))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(database.revoked()).toContain('k');
    await database.write(write);
    expect(database.revoked()).not.toContain('k');
  });

  it('by a condition that is more than a list of ids is looked at, although the service writes these keys', async () => {
    const { database } = changes(ada, { maxActiveKeys: 1 });
    const own = ['k', 'l'].map(
      (keyId) => ({ keyId, prefix: '', action: 'restore', requestId: undefined, address: undefined }) as const,
    );
    const by = (where: Row) =>
      duringOwnChanges(own, () =>
        asked(() => database.write({ ...restore(), ...update({ revoked: false }), ast: { where } })),
      );
    for (const where of [{ id: { $in: ['k', 'l'] }, revoked: true }, { id: { $ne: 'on' } }, { revoked: true }]) {
      await expect(by(where)).rejects.toMatchObject({ name: 'RefusedChange' });
    }
    expect(database.revoked()).toEqual(['b', 'k', 'l']);
    await by({ id: { $in: ['k', 'l'] } });
    expect(database.revoked()).toEqual(['b']);
  });

  it('asks who administers the organization only where there is something to restore', async () => {
    const { database } = changes();
    const looked: string[] = [];
    const look = database.look.bind(database);
    database.look = (object, value) => {
      looked.push(object);
      return look(object, value);
    };
    await asked(() => database.write(restore('on')));
    expect(looked).toEqual([]);
    await asked(() => database.write(restore()));
    expect(looked).toContain('sys_member');
  });

  it('is refused while the kernel starts', async () => {
    const { database } = changes(ada, {}, false);
    await expect(asked(() => database.write(restore()))).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      status: 503,
    });
    expect(database.revoked()).toContain('k');
  });

  it('is refused where a hook makes a restoration of another write', async () => {
    const { database, told } = changes();
    const write = database.write(update({ id: 'k', name: 'new' }), { revoked: false });
    await expect(write).rejects.toMatchObject({ code: 'FORBIDDEN', message: 'You cannot restore this key.' });
    expect([database.revoked(), told]).toEqual([['b', 'k', 'l'], []]);
  });

  it('of a key that somebody revoked after it was looked at is refused', async () => {
    const { database } = changes();
    database.before = (what) => {
      if (what.includes('INTO sys_api_key_ledger'))
        database.db.exec("UPDATE sys_api_key SET revoked = 1 WHERE id = 'on'");
    };
    await expect(asked(() => database.write(restore('on')))).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: 'This key was changed by another request. Try again.',
    });
  });

  it('of at most a hundred keys at a time', async () => {
    const { database } = changes();
    const many = Array.from({ length: 101 }, (_, n) => ({ id: `m${n}`, active_organization_id: 'org', revoked: true }));
    database.putKeys(...many);
    const where = (count: number) => ({ id: { $in: many.slice(0, count).map(({ id }) => id) } });
    const all = (count: number): Write => ({ ...update({ revoked: false }), ast: { where: where(count) } });
    await expect(asked(() => database.write(all(101)))).rejects.toMatchObject({
      message: 'Restore at most 100 keys at a time.',
    });
    expect(database.revoked()).toHaveLength(104);
    await asked(() => database.write(all(100)));
    expect(database.revoked()).toHaveLength(4);
  });

  it('of a key that nobody can see restores nothing, and says what the platform says of such keys', async () => {
    const { database, told } = changes();
    await asked(() => database.write(restore('nothing')));
    expect([database.revoked(), told]).toEqual([['b', 'k', 'l'], []]);
  });

  it('of a key without an organization needs none, and obeys no rules', async () => {
    const { database, told } = changes(person('ada'));
    database.putKeys({ id: 'free', revoked: true });
    await asked(() => database.write(restore('free', { userId: 'ada' })));
    expect([database.revoked(), told]).toMatchObject([['b', 'k', 'l'], [{ action: 'restore', keyId: 'free' }]]);
  });

  it('obeys the rules of the organization, which its administrators may have kept to themselves', async () => {
    for (const [role, expected] of [
      ['member', ['b', 'k', 'l']],
      ['admin', ['b', 'l']],
    ] as const) {
      const { database } = changes();
      database.put('sys_api_key_policy', { id: 'org', require_scopes: 0, who_may_mint: 'ADMINISTRATORS' });
      database.db.exec(`UPDATE sys_member SET role = '${role}'`);
      const write = asked(() => database.write(restore()));
      await (role === 'admin' ? write : expect(write).rejects.toMatchObject({ code: 'POLICY_VIOLATION' }));
      expect(database.revoked()).toEqual(expected);
    }
  });
});

describe('a change in a transaction of somebody else', () => {
  function begun() {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const transaction = Object.assign(() => undefined, { executionPromise: promise }) as unknown as Transaction;
    return { transaction, commit: resolve, rollBack: reject };
  }
  const settled = () => new Promise(setImmediate);

  it('is told when the transaction is over', async () => {
    for (const how of ['context', 'outer'] as const) {
      const { database, told } = changes();
      const { transaction, commit } = begun();
      if (how === 'outer') database.outer = transaction;
      const context = how === 'context' ? { ...ADA, transaction } : ADA;
      await database.write(update({ id: 'on', revoked: true }, context));
      await database.write({ operation: 'delete', ast: { where: { id: 'l' } }, context });
      await settled();
      expect(told).toEqual([]);
      commit();
      await settled();
      expect(told.map(({ action, keyId }) => [action, keyId])).toEqual([
        ['revoke', 'on'],
        ['delete', 'l'],
      ]);
    }
  });

  it('is not told where the transaction was rolled back', async () => {
    const { database, told } = changes();
    const { transaction, rollBack } = begun();
    const context = { ...ADA, transaction };
    await database.write(update({ id: 'on', revoked: true }, context));
    await database.write(restore('k', { isSystem: true, transaction }));
    await database.write({ operation: 'delete', ast: { where: { id: 'l' } }, context });
    await database.write({ operation: 'insert', data: { id: 'x', name: 'x' }, context });
    await database.write(update({ id: 'b', name: 'stays' }, context));
    database.db.exec(`
      UPDATE sys_api_key SET revoked = 0 WHERE id = 'on';
      UPDATE sys_api_key SET revoked = 1 WHERE id = 'k';
      INSERT INTO sys_api_key (id, name) VALUES ('l', 'l');
      DELETE FROM sys_api_key WHERE id = 'x';
    `);
    rollBack(new Error('rolled back'));
    await settled();
    expect(told).toMatchObject([{ action: 'update', keyId: 'b' }]);
  });

  it('is told where nobody can say whether it stands', async () => {
    const { database, told } = changes();
    const { transaction, commit } = begun();
    await database.write(update({ id: 'on', revoked: true }, { ...ADA, transaction }));
    database.db.exec('DROP TABLE sys_api_key');
    commit();
    await settled();
    expect(told).toMatchObject([{ action: 'revoke', keyId: 'on' }]);
  });
});
