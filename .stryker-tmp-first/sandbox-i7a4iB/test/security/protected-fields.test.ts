// @ts-nocheck
import type { Plugin } from '@objectstack/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MiddlewareEngine } from '../../src/platform/middleware.ts';
import { bootKernel, DEV_ADMIN, type Person, type TestKernel } from '../support/kernel.ts';
import { callTool } from '../support/mcp.ts';
import { vaultApp } from '../support/vault-app.ts';

/** Adds a condition over a secret to one query, as row-level security adds what an administrator wrote. */
const addsConditions: Plugin = {
  name: 'com.example.conditions',
  version: '1.0.0',
  type: 'standard',
  init() {},
  start(context) {
    context.getService<MiddlewareEngine>('objectql').registerMiddleware(
      async ({ ast }, next) => {
        if (isSeven(ast)) Object.assign(ast, { where: { 'entry.pin': 'p1n-4711' } });
        await next();
      },
      { object: 'vault_ticket' },
    );
  },
};

function isSeven(ast: object | undefined): ast is { limit: number } {
  return ast !== undefined && 'limit' in ast && ast.limit === 7;
}

const SYSTEM = { isSystem: true };

let server: TestKernel;
let admin: Person;
/** Who asks: the headers of a session and of a key of the administrator. */
let askers: Record<'session' | 'key', Record<string, string>>;

beforeAll(async () => {
  server = await bootKernel({ plugins: [vaultApp, addsConditions] });
  admin = await server.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
  const session = { authorization: `Bearer ${admin.token}` };
  const minted = await server.request('/api/v1/keys', {
    method: 'POST',
    headers: { ...session, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'asks' }),
  });
  const { data } = (await minted.json()) as { data: { key: string } };
  askers = { session, key: { 'x-api-key': data.key } };
  const entry = { id: 'entry_1', title: 'Gate', pin: 'p1n-4711', note: 'n0te', phrase: 'opensesame' };
  await server.engine.insert('vault_entry', entry, { context: SYSTEM });
  await server.engine.insert('vault_ticket', { id: 't_1', subject: 'Lost', entry: 'entry_1' }, { context: SYSTEM });
});

afterAll(() => server[Symbol.asyncDispose]());

type Ask = (object: string, field: string) => { readonly path: string; readonly body?: unknown };

/** Each way to put a field into a question that the data API has. */
const QUESTIONS: Readonly<Record<string, Ask>> = {
  'a comparison': query((field) => ({ where: { [field]: { $gte: 'M' } } })),
  'an equality': query((field) => ({ where: { [field]: 'x' } })),
  'a nested condition': query((field) => ({
    where: { $or: [{ id: 'x' }, { $not: { $and: [{ [field]: { $ne: 'x' } }] } }] },
  })),
  'a pattern': query((field) => ({ where: { [field]: { $startsWith: 'a' } } })),
  'whether it is null': query((field) => ({ where: { [field]: { $null: true } } })),
  'a comparison with another column': (object, field) => ({
    path: `/data/${object}/query`,
    body: { where: { [object === 'vault_entry' ? 'title' : 'id']: { $lte: { $field: field } } } },
  }),
  'a condition as a list': query((field) => ({ filters: [[field, '>', 'M']] })),
  'a sort': query((field) => ({ orderBy: [{ field, order: 'asc' }] })),
  'a group': query((field) => ({ groupBy: [field], aggregations: [{ function: 'count', alias: 'n' }] })),
  'an aggregation': query((field) => ({ groupBy: ['id'], aggregations: [{ function: 'max', field, alias: 'n' }] })),
  'a count of distinct values': query((field) => ({
    groupBy: ['id'],
    aggregations: [{ function: 'count_distinct', field, alias: 'n' }],
  })),
  'the condition of an aggregation': query((field) => ({
    groupBy: ['id'],
    aggregations: [{ function: 'count', alias: 'n', filter: { [field]: { $gte: 'M' } } }],
  })),
  'a condition on groups': query((field) => ({
    groupBy: ['id'],
    aggregations: [{ function: 'count', alias: 'n' }],
    having: { [field]: { $gte: 'M' } },
  })),
  'a parameter of its own': (object, field) => ({ path: `/data/${object}?${field}=x` }),
  'filter in the address': (object, field) => ({ path: `/data/${object}?filter=${json({ [field]: { $gte: 'M' } })}` }),
  '$filter in the address': (object, field) => ({
    path: `/data/${object}?$filter=${json({ [field]: { $gte: 'M' } })}`,
  }),
  'sort in the address': (object, field) => ({ path: `/data/${object}?sort=-${field}` }),
  'orderBy in the address': (object, field) => ({ path: `/data/${object}?orderBy=${field}` }),
  'the fields of a search': (object, field) => ({ path: `/data/${object}?search=a&searchFields=${field}` }),
};

const SECRETS: readonly [object: string, field: string][] = [
  ['sys_session', 'token'],
  ['sys_api_key', 'key'],
  ['vault_entry', 'pin'],
  ['vault_entry', 'note'],
  ['vault_entry', 'phrase'],
];

describe.each(Object.entries(QUESTIONS))('%s', (_title, question) => {
  test.each(SECRETS)('does not ask about %s.%s', async (object, field) => {
    const { path, body } = question(object, field);
    // The tables of credentials are closed to keys altogether.
    const response = await ask(path, object === 'sys_session' ? askers.session : askers.key, body);
    const answer = await response.text();
    expect(response.status, answer).toBe(400);
    expect(JSON.parse(answer)).toMatchObject({ code: expect.stringMatching(/^INVALID_/) });
    expect(answer).toContain(field);
  });

  test('asks about a field that is shown', async () => {
    const { path, body } = question('vault_entry', 'title');
    const response = await ask(path, askers.session, body);
    expect(response.status, await response.text()).toBe(200);
  });
});

test('a member is refused as an administrator is', async () => {
  const member = await server.newPerson();
  const response = await ask(
    '/data/sys_session/query',
    { authorization: `Bearer ${member.token}` },
    { where: { token: { $gte: 'M' } } },
  );
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: 'INVALID_FIELD', field: 'token', object: 'sys_session' });
});

test('a relation does not lead to a protected field', async () => {
  const questions = [
    { where: { 'entry.pin': { $gte: 'M' } } },
    { where: { entry: { pin: { $gte: 'M' } } } },
    { orderBy: [{ field: 'entry.pin', order: 'asc' }] },
    { expand: { entry: { object: 'vault_entry', where: { pin: { $gte: 'M' } } } } },
    { expand: { entry: { object: 'vault_entry', orderBy: [{ field: 'pin', order: 'asc' }] } } },
  ];
  for (const body of questions) {
    const response = await ask('/data/vault_ticket/query', askers.session, body);
    expect(response.status, JSON.stringify(body)).toBe(400);
  }
  const shown = await ask('/data/vault_ticket/query', askers.session, { expand: { entry: { object: 'vault_entry' } } });
  const answer = await shown.text();
  expect(answer).toContain('Gate');
  expect(answer).not.toContain('p1n-4711');
});

/** Each way to write an entry that answers with it, by somebody who may write it and not read its secrets. */
const WRITES: Readonly<Record<string, readonly [method: string, path: string, body: object]>> = {
  'an update': ['PATCH', '/data/vault_entry/entry_1', { title: 'Gate' }],
  'an update of many': [
    'POST',
    '/data/vault_entry/updateMany',
    { records: [{ id: 'entry_1', data: { title: 'Gate' } }], options: { returnRecords: true } },
  ],
  'a batch over an object': [
    'POST',
    '/data/vault_entry/batch',
    { operation: 'update', records: [{ id: 'entry_1', data: {} }], options: { returnRecords: true } },
  ],
  'a batch': [
    'POST',
    '/batch',
    { operations: [{ object: 'vault_entry', action: 'update', id: 'entry_1', data: { title: 'Gate' } }] },
  ],
  'a batch that changes nothing': [
    'POST',
    '/batch',
    { operations: [{ object: 'vault_entry', action: 'update', id: 'entry_1', data: {} }] },
  ],
  'an import': [
    'POST',
    '/data/vault_entry/import',
    { format: 'json', writeMode: 'update', matchFields: ['id'], rows: [{ id: 'entry_1', title: 'Gate' }] },
  ],
  'a clone': ['POST', '/data/vault_entry/entry_1/clone', { title: 'Gate' }],
  'a new entry': ['POST', '/data/vault_entry', { title: 'Gate', phrase: 'opensesame' }],
  'new entries': ['POST', '/data/vault_entry/createMany', [{ title: 'Gate', phrase: 'opensesame' }]],
};

describe.each(['session', 'key'] as const)('with a %s', (asker) => {
  test.each(Object.entries(WRITES))('%s does not answer with a secret', async (_title, [method, path, body]) => {
    const response = await server.request(`/api/v1${path}`, {
      method,
      headers: { ...askers[asker], 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = await response.text();
    expect([200, 201], answer).toContain(response.status);
    expect(answer).not.toMatch(/p1n-4711|opensesame/);
    const [entry] = await server.sql("SELECT title, pin, phrase FROM vault_entry WHERE id = 'entry_1'");
    expect(entry).toEqual({ title: 'Gate', pin: 'p1n-4711', phrase: 'opensesame' });
  });

  test('a tool of MCP that writes an entry does not answer with a secret', async () => {
    for (const [tool, input] of [
      ['update_record', { recordId: 'entry_1', data: { title: 'Gate' } }],
      ['create_record', { data: { title: 'Gate', phrase: 'opensesame' } }],
    ] as const) {
      const answer = await callTool(server, askers[asker], tool, { objectName: 'vault_entry', ...input });
      expect(answer.done, answer.text).toBe(true);
      expect(answer.text).not.toMatch(/p1n-4711|opensesame/);
    }
  });
});

test('a formula over a secret is one', async () => {
  const list = await (await ask('/data/vault_entry', askers.session)).text();
  expect(list).toContain('Gate');
  expect(list).not.toMatch(/p1n-4711|opensesame/);
  const one = await (await ask('/data/vault_entry/entry_1?select=id,first_of_pin,pin', askers.session)).text();
  expect(one).toContain('entry_1');
  expect(one).not.toContain('p1n-4711');
});

test('a search does not look into secrets, and finds what is shown', async () => {
  for (const path of ['/data/vault_entry?search=', '/search?q=']) {
    for (const part of ['p1n', 'n0te', 'opensesame']) {
      expect(await (await ask(path + part, askers.session)).text()).not.toContain('Gate');
    }
    expect(await (await ask(`${path}gate`, askers.session)).text()).toContain('Gate');
  }
});

test('the tools of MCP do not ask about secrets', async () => {
  for (const headers of Object.values(askers)) {
    const input = { objectName: 'vault_entry', where: { pin: { $gte: 'M' } } };
    const refused = await callTool(server, headers, 'query_records', input);
    expect(refused.done).toBe(false);
    expect(refused.text).toContain('pin');
    const answered = await callTool(server, headers, 'query_records', {
      objectName: 'vault_entry',
      where: { title: 'Gate' },
    });
    expect(answered.done, answered.text).toBe(true);
    expect(answered.text).not.toContain('p1n-4711');
  }
});

test('an import does not match by a secret', async () => {
  const response = await ask('/data/vault_entry/import', askers.session, {
    rows: [{ title: 'Changed', pin: 'p1n-4711' }],
    writeMode: 'upsert',
    matchFields: ['pin'],
  });
  const answer = await response.text();
  expect(answer).not.toMatch(/"updated":1|"updatedCount":1/);
  const [entry] = await server.engine.find('vault_entry', { where: { id: 'entry_1' }, context: SYSTEM });
  expect(entry).toMatchObject({ title: 'Gate' });
});

test('a condition that another plugin adds does not ask about secrets', async () => {
  const [seen, refused] = [
    await ask('/data/vault_ticket?limit=6', askers.session),
    await ask('/data/vault_ticket?limit=7', askers.session),
  ];
  expect(seen.status).toBe(200);
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining("'pin'")]);
});

test('sign-in goes on to find sessions by their tokens', async () => {
  expect((await server.signIn(DEV_ADMIN.email, DEV_ADMIN.password)).id).toBe(admin.id);
  const [session] = await server.engine.find('sys_session', { where: { token: admin.token }, context: SYSTEM });
  expect(session).toMatchObject({ user_id: admin.id });
});

function query(body: (field: string) => unknown): Ask {
  return (object, field) => ({ path: `/data/${object}/query`, body: body(field) });
}

function ask(path: string, headers: Record<string, string>, body?: unknown): Promise<Response> {
  if (body === undefined) return server.request(`/api/v1${path}`, { headers });
  return server.request(`/api/v1${path}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

function json(value: unknown): string {
  return encodeURIComponent(JSON.stringify(value));
}
