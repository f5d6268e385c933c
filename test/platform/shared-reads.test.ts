import { describe, expect, it } from 'vitest';
import { withinRequest } from '../../src/http/request-scope.ts';
import type { Row } from '../../src/platform/engine.ts';
import { LiveReader } from '../../src/platform/live-reader.ts';
import type { EngineOperation } from '../../src/platform/middleware.ts';
import { RequestMemo } from '../../src/platform/request-memo.ts';
import { SharedReads } from '../../src/platform/shared-reads.ts';

const SYSTEM = { isSystem: true };
const USERS: Row[] = [
  { id: 'ada', email: 'ada@example.test' },
  { id: 'bob', email: 'bob@example.test' },
];
const KEYS: Row[] = [
  { id: 'k1', key: 'hash-1', revoked: 0 },
  { id: 'k2', key: 'hash-2', revoked: 1 },
];

/** A driver that says which statements it was sent, and the middleware over it. */
function shared({
  applies = true,
  watched = [] as string[],
  transaction = undefined as unknown,
  repeats = false,
} = {}) {
  const statements: string[] = [];
  /** What was left to the engine. */
  const left: EngineOperation[] = [];
  const driver = {
    find: async (object: string, query: { where: Record<string, unknown>; limit?: number }): Promise<Row[]> => {
      statements.push(`${object} ${JSON.stringify(query.where)}${query.limit === undefined ? '' : ` ${query.limit}`}`);
      const [[column, condition] = ['', '']] = Object.entries(query.where);
      const wanted = (condition as { $in?: unknown[] }).$in ?? [condition];
      const rows = object === 'sys_api_key' ? KEYS : USERS;
      return rows.filter((row) => wanted.includes(row[column])).map((row) => ({ ...row }));
    },
  };
  const engine = {
    getDriverForObject: () => driver,
    getObject: () => ({}),
    txStore: { getStore: () => transaction },
    hasHooksFor: (_event: string, object: string) => watched.includes(object),
  };
  const memo = new RequestMemo(() => applies);
  const reads = new SharedReads(engine, new LiveReader(engine, 1000, memo), memo, {
    applies: () => applies,
    repeats: () => repeats,
  });
  /** Runs an operation; `passed` when it was left to the engine. */
  const run = async (operation: Partial<EngineOperation>): Promise<unknown> => {
    const given: EngineOperation = { object: 'sys_user', operation: 'find', context: SYSTEM, ...operation };
    let passed = false;
    await reads.around(given, async () => {
      passed = true;
      left.push(given);
      given.result = [{ id: 'from the engine' }];
    });
    return passed ? 'passed' : given.result;
  };
  return { run, statements, left, reads };
}

function request<T>(work: () => Promise<T>): Promise<T> {
  return withinRequest({ id: 'req', address: undefined, url: '/', headers: new Headers() }, work);
}

it('look-ups of several requests in one turn share a statement', async () => {
  const { run, statements } = shared();
  const found = await Promise.all(
    ['ada', 'bob', 'ada'].map((id) => request(() => run({ ast: { where: { id }, limit: 1 } }))),
  );
  expect(found).toEqual([[USERS[0]], [USERS[1]], [USERS[0]]]);
  expect(statements).toEqual(['sys_user {"id":{"$in":["ada","bob"]}}']);
});

it('a repeated look-up of one request reuses its result, and the next request does not', async () => {
  const { run, statements } = shared();
  const ask = () => run({ operation: 'findOne', ast: { where: { id: 'ada' } } });
  await request(async () => {
    expect(await ask()).toEqual(USERS[0]);
    expect(await ask()).toEqual(USERS[0]);
  });
  expect(statements).toHaveLength(1);
  await request(ask);
  expect(statements).toHaveLength(2);
});

it('a request that has written looks up again', async () => {
  const { run, statements } = shared();
  const ask = () => run({ ast: { where: { id: 'ada' } } });
  await request(async () => {
    await ask();
    expect(await run({ operation: 'update', object: 'sys_member' })).toBe('passed');
    await ask();
  });
  expect(statements).toHaveLength(2);
});

describe('what a request recalls', () => {
  const recall = (reads: SharedReads, answers: Row[][]) =>
    reads.recall('sys_user', 'a question', async () => answers.shift() ?? []);

  it('is the answer that it has had, until it writes', async () => {
    const { reads, run } = shared();
    const answers: Row[][] = [[{ id: 1 }], [{ id: 2 }]];
    await request(async () => {
      expect(await recall(reads, answers)).toEqual([{ id: 1 }]);
      expect(await recall(reads, answers)).toEqual([{ id: 1 }]);
      await run({ operation: 'update', object: 'sys_member' });
      expect(await recall(reads, answers)).toEqual([{ id: 2 }]);
    });
  });

  it.each<[string, Parameters<typeof shared>[0]]>([
    ['in a transaction', { transaction: {} }],
    ['where another plugin watches the rows', { watched: ['sys_user'] }],
    ['in a request that shares nothing', { applies: false }],
  ])('is nothing %s', async (_name, options) => {
    const { reads } = shared(options);
    await request(async () => expect(recall(reads, [[{ id: 1 }]])).toBeUndefined());
  });
});

it('further conditions apply, and the hash of a key is never returned', async () => {
  const { run } = shared();
  const find = (key: string) => run({ object: 'sys_api_key', ast: { where: { key, revoked: false }, limit: 1 } });
  expect(await request(() => find('hash-1'))).toEqual([{ id: 'k1', revoked: 0 }]);
  expect(await request(() => find('hash-2'))).toEqual([]);
});

it('where many rows may have a value, no more are read than the platform reads', async () => {
  const { run, statements } = shared();
  await request(() => run({ object: 'sys_member', ast: { where: { organization_id: 'org' }, limit: 1000 } }));
  expect(statements).toEqual(['sys_member {"organization_id":"org"} 1000']);
});

it('no request can change the result of another', async () => {
  const { run } = shared();
  const [row] = (await request(() => run({ ast: { where: { id: 'ada' } } }))) as [Row];
  expect(() => Object.assign(row, { email: 'mallory@example.test' })).toThrow(TypeError);
});

it.each<[string, Partial<EngineOperation>]>([
  ['a read of a person', { context: { userId: 'ada' } }],
  ['a read within a transaction', { context: { isSystem: true, transaction: {} as never } }],
  ['one row of an organization', { operation: 'findOne', context: { isSystem: true, tenantId: 'org' } }],
  ['a read of an organization by somebody', { context: { isSystem: true, tenantId: 'org', userId: 'ada' } }],
  ['a read by another column', { ast: { where: { email: 'ada@example.test' } } }],
  ['a read with an operator', { ast: { where: { id: 'ada', email: { $ne: 'x' } } } }],
  ['a read of alternatives', { ast: { where: { id: 'ada', $or: [{ email: 'x' }] } } }],
  ['a read of everything', { ast: {} }],
  ['a read with an order', { ast: { where: { id: 'ada' }, orderBy: [] } as never }],
  ['a count', { operation: 'count', ast: { where: { id: 'ada' } } }],
  ['a read of another object', { object: 'sys_account', ast: { where: { id: 'ada' } } }],
])('%s is left to the engine', async (_name, operation) => {
  const { run, statements } = shared();
  expect(await request(() => run({ ast: { where: { id: 'ada' } }, ...operation }))).toBe('passed');
  expect(statements).toEqual([]);
});

describe('what is asked of an organization', () => {
  /** The engine, which counts what it answers. */
  function organizations() {
    let answered = 0;
    let failure: Error | undefined;
    const { reads } = shared();
    const ask = async (tenantId: string, names = ['member'], more: Partial<EngineOperation> = {}): Promise<unknown> => {
      const operation: EngineOperation = {
        object: 'sys_position',
        operation: 'find',
        context: { isSystem: true, tenantId },
        ast: { where: { name: { $in: names } }, limit: 200 },
        ...more,
      };
      await reads.around(operation, async () => {
        answered += 1;
        if (failure !== undefined) throw failure;
        operation.result = names.map((name) => ({ id: `${tenantId}-${name}-${answered}` }));
      });
      return operation.result;
    };
    const fail = (error: Error | undefined): void => {
      failure = error;
    };
    return { ask, fail, answered: () => answered };
  }

  it('in the same words and the same turn is answered once, and then anew', async () => {
    const { ask, answered } = organizations();
    const asked = await Promise.all([request(() => ask('a')), request(() => ask('a')), request(() => ask('a'))]);
    expect(asked).toEqual(Array(3).fill([{ id: 'a-member-1' }]));
    expect(answered()).toBe(1);
    expect(await request(() => ask('a'))).toEqual([{ id: 'a-member-2' }]);
  });

  it('by one request is answered once, until it writes', async () => {
    const { ask, answered } = organizations();
    await request(async () => {
      await ask('a');
      expect(await ask('a')).toEqual([{ id: 'a-member-1' }]);
      expect(answered()).toBe(1);
      await ask('a', [], { operation: 'update', object: 'sys_position' });
      expect(await ask('a')).toEqual([{ id: 'a-member-3' }]);
    });
  });

  it.each<[string, string, string[], Partial<EngineOperation>]>([
    ['another organization', 'b', ['member'], {}],
    ['other names', 'a', ['member', 'owner'], {}],
    ['another object', 'a', ['member'], { object: 'sys_permission_set' }],
    ['another limit', 'a', ['member'], { ast: { where: { name: { $in: ['member'] } }, limit: 1 } }],
  ])('is another question for %s', async (_what, tenantId, names, more) => {
    const { ask, answered } = organizations();
    await Promise.all([request(() => ask('a')), request(() => ask(tenantId, names, more))]);
    expect(answered()).toBe(2);
  });

  it('has rows that no request can change for another, and a list of its own for each', async () => {
    const { ask } = organizations();
    const [first, second] = (await Promise.all([request(() => ask('a')), request(() => ask('a'))])) as Row[][];
    first?.pop();
    expect(second).toHaveLength(1);
    expect(() => Object.assign(second?.[0] ?? {}, { name: 'owner' })).toThrow(TypeError);
  });

  it('fails for every request that shares it, and for no later one', async () => {
    const { ask, fail } = organizations();
    fail(new Error('no answer'));
    const outcomes = await Promise.allSettled([request(() => ask('a')), request(() => ask('a'))]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    fail(undefined);
    expect(await request(() => ask('a'))).toEqual([{ id: 'a-member-2' }]);
  });
});

it('reads that another plugin watches are left to the engine, as are those of a request without a key', async () => {
  const ask = { ast: { where: { id: 'ada' } } };
  expect(await request(() => shared({ watched: ['sys_user'] }).run(ask))).toBe('passed');
  expect(await request(() => shared({ applies: false }).run(ask))).toBe('passed');
});

it('reads while a transaction is under way are left to the engine, which has its connection', async () => {
  const { run } = shared({ transaction: { transaction: {} } });
  expect(await request(() => run({ ast: { where: { id: 'ada' } } }))).toBe('passed');
});

describe('a request that repeats its reads', () => {
  const ast = { where: { name: { $in: ['a'] } }, limit: 20 };
  const read = { object: 'sys_permission_set', ast, context: { isSystem: true, tenantId: 'org' } };

  it('has each answered once by the engine, until it writes, and the next request asks again', async () => {
    const { run, left } = shared({ repeats: true });
    await request(async () => {
      await run(read);
      expect(await run(read)).toEqual([{ id: 'from the engine' }]);
      expect(left).toHaveLength(1);
      await run({ operation: 'update', object: 'sys_member' });
      await run(read);
      expect(left).toHaveLength(3);
    });
    await request(() => run(read));
    expect(left).toHaveLength(4);
  });

  it.each<[string, Partial<EngineOperation>]>([
    ['of another organization', { context: { isSystem: true, tenantId: 'other' } }],
    ['of other rows', { ast: { where: { name: { $in: ['b'] } }, limit: 20 } }],
    ['of more rows', { ast: { ...ast, limit: 21 } }],
    ['of another object', { object: 'sys_position' }],
    ['of a person', { context: { userId: 'ada', tenantId: 'org' } }],
    ['in a transaction', { context: { isSystem: true, tenantId: 'org', transaction: {} as never } }],
    ['that counts', { operation: 'count' }],
  ])('does not take a read for another one: %s', async (_name, other) => {
    const { run, left } = shared({ repeats: true });
    await request(async () => {
      await run(read);
      expect(await run({ ...read, ...other })).toBe('passed');
      await run({ ...read, ...other });
    });
    expect(left.length).toBeGreaterThan(1);
  });

  it('cannot change what it will read again', async () => {
    const { run } = shared({ repeats: true });
    await request(async () => {
      await run(read);
      const [row] = (await run(read)) as [Row];
      expect(() => Object.assign(row, { id: 'changed' })).toThrow(TypeError);
    });
  });
});
