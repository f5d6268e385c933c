// @ts-nocheck
// 
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AuditTrail } from '../../../src/keys/record/audit-trail.ts';
import type { KeyChange } from '../../../src/keys/record/change-scope.ts';
import type { HookContext, Row, Transaction } from '../../../src/platform/engine.ts';
import type { EngineMiddleware, EngineOperation } from '../../../src/platform/middleware.ts';

afterEach(() => vi.useRealTimers());

const change: KeyChange = {
  keyId: 'k1',
  prefix: 'osk_k1',
  action: 'create',
  requestId: 'request 1',
  address: '192.0.2.1',
};

/** What else an engine may have: the API of its hooks, and where it publishes writes. */
interface Further {
  readonly createContext?: () => object;
  readonly realtimeService?: unknown;
}

/** A trail in an engine, and the hooks that it has put there. */
function trailOf(isRecorded = true, further: Further = {}) {
  const hooks = new Map<string, (context: HookContext) => void>();
  const asked: unknown[] = [];
  const middlewares: EngineMiddleware[] = [];
  const written: unknown[] = [];
  const trail = new AuditTrail({
    hasHooksFor(event, object) {
      asked.push([event, object]);
      return isRecorded;
    },
    registerHook(event, handler, options) {
      asked.push([event, options]);
      hooks.set(options.object === 'sys_api_key' && event === 'beforeInsert' ? 'asActor' : event, handler);
    },
    registerMiddleware(middleware, options) {
      asked.push(['middleware', options]);
      middlewares.push(middleware);
    },
    async insert(object, rows, { context }) {
      written.push([object, rows, context]);
      return rows;
    },
    ...further,
  });
  const run = (event: string, context: HookContext): HookContext => {
    hooks.get(event)?.(context);
    return context;
  };
  /** What becomes of a row that is recorded. */
  const record = (row: Row): Row => {
    run('beforeInsert', { input: { data: row } });
    return row;
  };
  /** The audit plugin records a row by itself; whether the row reached its table. */
  const write = async (data: Row, object = 'sys_audit_log'): Promise<boolean> => {
    const operation: EngineOperation = { object, operation: 'insert', data, context: { isSystem: true } };
    let reached = false;
    for (const middleware of middlewares) {
      await middleware(operation, async () => {
        reached = true;
      });
    }
    return reached;
  };
  return { trail, asked, run, record, write, written };
}

const row = (changes: Row = {}): Row => ({ object_name: 'sys_api_key', record_id: 'k1', ...changes });
const completed = {
  ...row(),
  ip_address: '192.0.2.1',
  metadata: JSON.stringify({ action: 'create', prefix: 'osk_k1', request_id: 'request 1' }),
};

it('the trail comes before other plugins, and asks first whether there are any', () => {
  expect(trailOf().asked).toEqual([
    ['afterInsert', 'sys_api_key'],
    ['afterInsert', { object: 'sys_api_key', priority: 0 }],
    ['beforeInsert', { object: 'sys_audit_log', priority: 0 }],
    ['middleware', { object: 'sys_audit_log' }],
  ]);
});

describe('a row that is recorded', () => {
  it('about a key while it is written says what was done, by which request and from where', async () => {
    const { trail, record } = trailOf();
    expect(await trail.during([change], async () => record(row()))).toEqual(completed);
  });

  it('is completed for each key that is written', async () => {
    const { trail, record } = trailOf();
    const both = await trail.during([change, { ...change, keyId: 'k2', prefix: 'osk_k2' }], async () =>
      [record(row()), record(row({ record_id: 'k2' }))].map(({ metadata }) => JSON.parse(String(metadata)).prefix),
    );
    expect(both).toEqual(['osk_k1', 'osk_k2']);
  });

  it('without an address has none', async () => {
    const { trail, record } = trailOf();
    const recorded = await trail.during([{ ...change, address: undefined }], async () => record(row()));
    expect(recorded['ip_address']).toBeNull();
  });

  it('keeps what it says already', async () => {
    const { trail, record } = trailOf();
    const said = row({ ip_address: '198.51.100.7', metadata: '{}' });
    expect(await trail.during([change], async () => record({ ...said }))).toEqual(said);
  });

  it.each([
    ['another key', row({ record_id: 'k2' })],
    ['a record of another object', row({ object_name: 'sys_user' })],
  ])('about %s is left as it is', async (_case, other) => {
    const { trail, record } = trailOf();
    expect(await trail.during([change], async () => record({ ...other }))).toEqual(other);
  });

  it('before and after the write is left as it is, also after one that failed', async () => {
    const { trail, record } = trailOf();
    expect(record(row())).toEqual(row());
    await trail.during([change], async () => undefined);
    expect(record(row())).toEqual(row());
    await expect(trail.during([change], () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(record(row())).toEqual(row());
  });

  it('may lack everything', async () => {
    const { trail, run } = trailOf();
    await trail.during([change], async () => {
      expect(run('beforeInsert', {})).toEqual({});
      expect(run('beforeInsert', { input: {} })).toEqual({ input: {} });
    });
  });
});

describe('the rows about many keys', () => {
  const transaction = {} as Transaction;

  it('are written at the end, in one statement of the same transaction, and name their actors', async () => {
    vi.useFakeTimers({ now: 0x19_00_00_00_00_00, toFake: ['Date'] });
    const { trail, write, written } = trailOf();
    const result = await trail.duringMany([change], { transaction }, async () => {
      expect(await write(row({ user_id: 'ada' }))).toBe(false);
      expect(await write(row({ record_id: 'k2', user_id: 'bob' }))).toBe(false);
      expect(written).toEqual([]);
      return 'written';
    });
    expect(result).toBe('written');
    // They grow with time, which costs an index less.
    const newId = expect.stringMatching(/^190000000000-[0-9a-f]{24}$/);
    const of = (id: string, actor: string) =>
      row({ id: newId, record_id: id, user_id: actor, created_by: actor, updated_by: actor });
    expect(written).toEqual([['sys_audit_log', [of('k1', 'ada'), of('k2', 'bob')], { isSystem: true, transaction }]]);
  });

  it('take nothing of what is recorded about other records, or in another write', async () => {
    const { trail, write, written } = trailOf();
    await trail.duringMany([change], { transaction }, () => write(row({ object_name: 'sys_user' })));
    await trail.during([change], async () => expect(await write(row())).toBe(true));
    expect(await write(row())).toBe(true);
    expect(written).toEqual([]);
  });

  it('that cannot be written let nothing be written', async () => {
    const { trail, write, written } = trailOf();
    written.push = () => {
      throw new Error('full');
    };
    await expect(trail.duringMany([change], { transaction }, () => write(row()))).rejects.toThrow('full');
  });
});

describe('what other plugins are shown of a new key', () => {
  it('lacks the hash, and the row itself keeps it', () => {
    const result = { id: 'k1', key: 'the hash', name: 'x' };
    expect(trailOf().run('afterInsert', { result }).result).toEqual({ id: 'k1', name: 'x' });
    expect(result.key).toBe('the hash');
  });

  it.each([[undefined], [null], ['text']])('is left as it is when it is no row: %o', (result) => {
    expect(trailOf().run('afterInsert', { result })).toEqual({ result });
  });
});

describe('the keys of several people in one statement', () => {
  const tellsActors = { createContext: () => ({ executionContext: {} }) };

  it.each([
    ['nobody records writes', false, {}, false],
    ['hooks can be told the actor of each row', true, tellsActors, false],
    ['hooks cannot be told it', true, {}, true],
    ['the API of hooks has changed', true, { createContext: () => ({}) }, true],
    ['a realtime service publishes the actor of a statement', true, { ...tellsActors, realtimeService: {} }, true],
  ])('%s: need one each, %o', (_case, isRecorded, further, expected) => {
    expect(trailOf(isRecorded, further).trail.needsStatementPerPerson).toBe(expected);
  });

  it('have their own actor in the session, the user and the API of a hook', async () => {
    const { trail, asked, run } = trailOf(true, tellsActors);
    expect(asked).toContainEqual(['beforeInsert', { object: 'sys_api_key', priority: 0 }]);
    const shared = { isSystem: true };
    const hookOf = (id: string): HookContext => ({
      input: { data: { id } },
      session: { userId: 'nobody', isSystem: true } as HookContext['session'],
      api: { executionContext: shared },
    });
    const changes = [
      { ...change, actorId: 'ada' },
      { ...change, keyId: 'k2', actorId: 'bob' },
    ];
    const [ada, bob] = await trail.during(changes, async () => ['k1', 'k2'].map((id) => run('asActor', hookOf(id))));
    const of = (id: string, userId: string) => ({
      input: { data: { id } },
      session: { userId, isSystem: true },
      user: { id: userId },
      api: { executionContext: { isSystem: true, userId } },
    });
    expect(ada).toEqual(of('k1', 'ada'));
    expect(bob).toEqual(of('k2', 'bob'));
    expect(shared).toEqual({ isSystem: true });
  });

  it('leave the hooks of every other write as they are', async () => {
    const { trail, run } = trailOf(true, tellsActors);
    const other = { input: { data: { id: 'other' } }, session: { userId: 'eve' } };
    await trail.during([{ ...change, actorId: 'ada' }], async () => {
      expect(run('asActor', { ...other })).toEqual(other);
      expect(run('asActor', {})).toEqual({});
    });
    const after = { input: { data: { id: 'k1' } } };
    expect(run('asActor', { ...after })).toEqual(after);
  });
});
