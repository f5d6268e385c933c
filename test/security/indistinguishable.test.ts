import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EngineContext } from '../../src/platform/engine.ts';
import type { MiddlewareEngine } from '../../src/platform/middleware.ts';
import { bootKernel, DEV_ADMIN, type TestKernel } from '../support/kernel.ts';
import { callTool } from '../support/mcp.ts';
import { vaultApp } from '../support/vault-app.ts';

/** `SECRET_RUNS` questions to the engine (`npm run fuzz:secrets` asks 200,000), reproduced by `SECRET_SEED`. */
const RUNS = Number(process.env['SECRET_RUNS'] ?? 10_000);
const SEED = Number(process.env['SECRET_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
/** Questions over HTTP, each to the data API and to MCP. */
const OVER_HTTP = Math.ceil(RUNS / 250);
process.stdout.write(`asking about secrets with SECRET_SEED=${SEED} SECRET_RUNS=${RUNS}\n`);

/** A secret of one row in two databases, and what else there is to ask about in its table. */
interface Secret {
  readonly object: string;
  readonly field: string;
  readonly id: string;
  readonly values: readonly [string, string];
  readonly open: readonly string[];
}

const SECRETS: readonly Secret[] = [
  {
    object: 'sys_session',
    field: 'token',
    id: 'decoy',
    values: ['Aa-left', 'Zz-right'],
    open: ['id', 'user_agent', 'expires_at'],
  },
  {
    object: 'sys_account',
    field: 'password',
    id: 'decoy',
    values: ['Aa-left', 'Zz-right'],
    open: ['id', 'provider_id', 'scope'],
  },
  { object: 'sys_api_key', field: 'key', id: 'decoy', values: ['0a-left', 'fz-right'], open: ['id', 'name', 'prefix'] },
  {
    object: 'vault_entry',
    field: 'pin',
    id: 'decoy',
    values: ['Aa-left', 'Zz-right'],
    open: ['id', 'title', 'first_of_pin'],
  },
  {
    object: 'vault_entry',
    field: 'phrase',
    id: 'decoy',
    values: ['Aa-left', 'Zz-right'],
    open: ['id', 'title', 'note'],
  },
];

interface Question {
  readonly secret: Secret;
  readonly operation: 'find' | 'findOne' | 'count' | 'aggregate';
  readonly query: Record<string, unknown>;
}

const value = (secret: Secret): fc.Arbitrary<string> => fc.constantFrom(...secret.values, 'M', '5', 'a', '%');
const name = (secret: Secret): fc.Arbitrary<string> => {
  const spelled = [secret.field, secret.field, secret.field.toUpperCase(), `${secret.object}.${secret.field}`];
  return fc.constantFrom(...spelled, ...secret.open);
};

function condition(secret: Secret): fc.Arbitrary<Record<string, unknown>> {
  const operator = fc.constantFrom(
    '$eq',
    '$ne',
    '$gt',
    '$gte',
    '$lt',
    '$lte',
    '$contains',
    '$startsWith',
    '$icontains',
    '$like',
  );
  const compared = fc.oneof(value(secret), fc.record({ $field: name(secret) }));
  const comparison = fc.oneof(
    value(secret),
    fc.tuple(operator, compared).map(([key, operand]) => ({ [key]: operand })),
    fc.tuple(value(secret), value(secret)).map((list) => ({ $in: list })),
    fc.tuple(value(secret), value(secret)).map((list) => ({ $between: list })),
  );
  const leaf = fc.tuple(name(secret), comparison).map(([field, operand]) => ({ [field]: operand }));
  const { tree } = fc.letrec<{ tree: Record<string, unknown> }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaf,
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((list) => ({ $and: list })),
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((list) => ({ $or: list })),
      tie('tree').map((part) => ({ $not: part })),
    ),
  }));
  return tree;
}

const questions: fc.Arbitrary<Question> = fc.constantFrom(...SECRETS).chain((secret) => {
  const where = fc.option(condition(secret), { nil: undefined });
  const order = fc.constantFrom('asc' as const, 'desc' as const);
  const list = fc.record({
    where,
    orderBy: fc.option(fc.array(fc.record({ field: name(secret), order }), { minLength: 1, maxLength: 2 }), {
      nil: undefined,
    }),
    limit: fc.constantFrom(1, 2, 50),
    search: fc.option(value(secret), { nil: undefined, freq: 5 }),
    fields: fc.option(fc.array(name(secret), { minLength: 1 }), { nil: undefined }),
  });
  const aggregation = fc.record({
    function: fc.constantFrom('count', 'min', 'max', 'count_distinct'),
    field: name(secret),
    alias: fc.constant('n'),
    filter: where,
  });
  const groups = fc.record({
    where,
    groupBy: fc.array(name(secret), { minLength: 1, maxLength: 2 }),
    aggregations: fc.array(aggregation, { minLength: 1, maxLength: 2 }),
    having: where,
  });
  const query = fc.oneof(
    list.map((asked) => ({ operation: 'find' as const, query: asked })),
    list.map((asked) => ({ operation: 'findOne' as const, query: asked })),
    where.map((asked) => ({ operation: 'count' as const, query: { where: asked } })),
    groups.map((asked) => ({ operation: 'aggregate' as const, query: asked })),
  );
  return query.map((asked) => ({ secret, operation: asked.operation, query: defined(asked.query) }));
});

type Ask = (question: Question) => Promise<string>;
type AskingEngine = Record<Question['operation'], (object: string, query: object) => Promise<unknown>>;

let server: TestKernel;
let administrator: EngineContext;
let headers: Record<string, string>;

beforeAll(async () => {
  server = await bootKernel({ plugins: [vaultApp], config: { logLevel: 'error' } });
  const admin = await server.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
  headers = { authorization: `Bearer ${admin.token}`, 'content-type': 'application/json' };
  const context = { isSystem: true };
  const later = new Date(Date.now() + 3_600_000).toISOString();
  const { engine } = server;
  await engine.insert(
    'sys_session',
    { id: 'decoy', user_id: admin.id, token: 'x'.repeat(20), expires_at: later },
    { context },
  );
  await engine.insert(
    'sys_account',
    { id: 'decoy', user_id: admin.id, provider_id: 'decoy', account_id: 'decoy' },
    { context },
  );
  await engine.insert('sys_api_key', { id: 'decoy', name: 'decoy', key: 'x', user_id: admin.id }, { context });
  await engine.insert('vault_entry', { id: 'decoy', title: 'Decoy', pin: 'x', phrase: 'x' }, { context });
  await engine.insert('vault_entry', { id: 'other', title: 'Other', pin: 'M', phrase: 'M' }, { context });
  // The context of the administrator, as the data API makes it.
  const middlewares = await server.kernel.getServiceAsync<MiddlewareEngine>('objectql');
  let seen: EngineContext | undefined;
  middlewares.registerMiddleware(
    async (operation, next) => {
      if (operation.context?.isSystem !== true) seen ??= operation.context;
      await next();
    },
    { object: 'vault_ticket' },
  );
  await server.request('/api/v1/data/vault_ticket', { headers });
  administrator = seen ?? expect.unreachable('nobody asked');
});

afterAll(() => server[Symbol.asyncDispose]());

test('no question to the engine tells two databases apart that differ in a secret alone', async () => {
  const asked = fc.sample(questions, { seed: SEED, numRuns: RUNS });
  const { different, answered } = await compare(asked, toEngine(administrator));
  expect(different).toEqual([]);
  // Most questions name a secret; enough do not for this to mean something.
  expect(answered).toBeGreaterThan(RUNS / 50);
}, 600_000);

test('without the guard, the same questions do', async () => {
  const asked = fc.sample(questions, { seed: SEED, numRuns: 500 });
  const { different } = await compare(asked, toEngine({ ...administrator, isSystem: true }));
  expect(new Set(different.map(({ secret: { object, field } }) => `${object}.${field}`)).size).toBe(SECRETS.length);
});

test.each<[string, Ask]>([
  ['the data API', toDataApi],
  ['the parameters of a list', toList],
  ['an export', toExport],
  ['an import that matches', toImport],
  ['the search over all objects', toSearch],
  ['MCP', toMcp],
])(
  'no question to %s does',
  async (_route, ask) => {
    const asked = fc.sample(questions, { seed: SEED, numRuns: OVER_HTTP });
    expect((await compare(asked, ask)).different).toEqual([]);
  },
  600_000,
);

/** Asks everything of one database, then of the other. */
async function compare(asked: readonly Question[], ask: Ask): Promise<{ different: Question[]; answered: number }> {
  const answers: string[][] = [];
  for (const side of [0, 1] as const) {
    for (const { object, field, id, values } of SECRETS) {
      await server.sql(`UPDATE ${object} SET ${field} = ? WHERE id = ?`, [values[side], id]);
    }
    const given: string[] = [];
    for (const question of asked) given.push(await ask(question));
    answers.push(given);
  }
  const [left = [], right = []] = answers;
  return {
    different: asked.filter((_, index) => left[index] !== right[index]),
    answered: left.filter((answer) => !answer.startsWith('refused')).length,
  };
}

function toEngine(context: EngineContext): Ask {
  return async ({ secret, operation, query }) => {
    const engine = server.engine as unknown as AskingEngine;
    try {
      return JSON.stringify(await engine[operation](secret.object, { ...query, context }));
    } catch (error) {
      return `refused: ${error instanceof Error ? error.message : 'unknown'}`;
    }
  };
}

async function toDataApi({ secret, query }: Question): Promise<string> {
  const path = `/api/v1/data/${secret.object}/query`;
  const response = await server.request(path, { method: 'POST', headers, body: JSON.stringify(query) });
  return `${response.status} ${await response.text()}`;
}

/** The same as parameters of a URL, in each of the spellings that the platform takes. */
async function toList(question: Question): Promise<string> {
  return get(`/api/v1/data/${question.secret.object}?${parameters(question)}`);
}

async function toExport(question: Question): Promise<string> {
  return get(`/api/v1/data/${question.secret.object}/export?${parameters(question)}`);
}

/** An import says which rows it found by the values of a field. */
async function toImport({ secret }: Question): Promise<string> {
  const { object, field, values, open } = secret;
  const response = await server.request(`/api/v1/data/${object}/import`, {
    method: 'POST',
    headers,
    body: JSON.stringify({
      format: 'json',
      mode: 'update',
      dryRun: true,
      matchFields: [field],
      rows: [{ [field]: values[0], [open[0] ?? 'id']: 'decoy' }],
    }),
  });
  return withoutTimes(`${response.status} ${await response.text()}`);
}

async function toSearch({ secret, query }: Question): Promise<string> {
  const words = typeof query['search'] === 'string' ? query['search'] : secret.values[0];
  return get(`/api/v1/search?${new URLSearchParams({ q: words, objects: secret.object })}`);
}

async function get(path: string): Promise<string> {
  const response = await server.request(path, { headers });
  return withoutTimes(`${response.status} ${await response.text()}`);
}

function parameters({ query }: Question): URLSearchParams {
  const { where, orderBy, fields, search, limit } = query;
  const sorted = (orderBy ?? []) as readonly { field: string; order: string }[];
  const asked = new URLSearchParams(typeof search === 'string' ? { search } : {});
  if (where !== undefined)
    asked.set(typeof limit === 'number' && limit > 1 ? '$filter' : 'filter', JSON.stringify(where));
  if (sorted.length > 0) {
    asked.set('sort', sorted.map(({ field, order }) => (order === 'desc' ? `-${field}` : field)).join(','));
  }
  if (Array.isArray(fields)) asked.set('select', fields.join(','));
  return asked;
}

/** How long it took says nothing of what was found here, and no two answers agree in it. */
function withoutTimes(answer: string): string {
  return answer.replaceAll(/"(?:\w*[dD]uration\w*|took\w*)":[\d.]+/g, '');
}

async function toMcp({ secret, operation, query }: Question): Promise<string> {
  const tool = operation === 'aggregate' ? 'aggregate_records' : 'query_records';
  const { status, text } = await callTool(server, headers, tool, { objectName: secret.object, ...query });
  return `${status} ${text}`;
}

function defined(query: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(query).filter(([, part]) => part !== undefined));
}
