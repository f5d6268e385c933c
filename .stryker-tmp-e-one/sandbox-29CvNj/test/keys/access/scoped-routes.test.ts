// @ts-nocheck
import { createHash } from 'node:crypto';
import type { HonoHttpServer } from '@objectstack/plugin-hono-server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bearer, restEndpoint } from '../../support/endpoints.ts';
import { bootKernel, DEV_ADMIN, type Person, type TestKernel } from '../../support/kernel.ts';
import { NOTE, NotesApp } from '../../support/notes-app.ts';

/** What the server itself writes at any time, and what a key leaves when it is used: it is not what the request wrote. */
const NOT_OF_THE_REQUEST = new Set(['sys_api_key.last_used_at', 'sys_api_key_detail', 'sys_api_key_usage']);

let target: TestKernel;
let administrator: Person;
let key: string;
let noteId: string;

beforeAll(async () => {
  target = await bootKernel({ plugins: [new NotesApp()] });
  administrator = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
  ({ key = '' } = await restEndpoint(target).mint(bearer(administrator.token), { name: 'of an administrator' }));
  const note = await target.engine.insert(NOTE, { title: 'a note' }, { context: { isSystem: true } });
  noteId = String((note as { id: unknown }).id);
});
afterAll(() => target[Symbol.asyncDispose]());

async function store(scopes: unknown): Promise<void> {
  await target.sql('UPDATE sys_api_key SET scopes = ?', [typeof scopes === 'string' ? scopes : JSON.stringify(scopes)]);
}

/** A request that would do something, at a path with its parameters filled in. */
async function send(method: string, path: string): Promise<Response> {
  const filled = path
    .replace(/:object(Name)?\b/, NOTE)
    .replace(/:(id|recordId)\b/, noteId)
    .replace(/:type\b/, 'object')
    .replaceAll(/:[A-Za-z]+/g, 'made_by_a_key')
    .replace('*', 'made_by_a_key');
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return target.request(filled, {
    method,
    headers: { 'x-api-key': key, 'content-type': 'application/json' },
    ...(hasBody ? { body: JSON.stringify(bodyFor(path)) } : {}),
  });
}

/** What each of the routes that write takes, so that it would write if it were not for the scopes. */
function bodyFor(path: string): unknown {
  const title = 'written';
  if (path.endsWith('/data/:object') || path.endsWith('/data/:object/:id')) return { title };
  if (path.endsWith('/createMany')) return [{ title }];
  if (path.endsWith('/updateMany')) return { records: [{ id: noteId, data: { title } }] };
  if (path.endsWith('/deleteMany')) return { ids: [noteId] };
  if (path.endsWith('/:object/batch')) return { operation: 'create', records: [{ data: { title } }] };
  if (path.endsWith('/batch')) return { operations: [{ object: NOTE, action: 'create', data: { title } }] };
  if (path.endsWith('/clone')) return { title };
  if (path.endsWith('/import')) return { rows: [{ title }], format: 'json' };
  return { name: 'made_by_a_key', label: 'Made by a key', title };
}

async function routes(): Promise<{ method: string; path: string }[]> {
  const app = (await target.kernel.getServiceAsync<HonoHttpServer>('http-server')).getRawApp();
  return app.routes.flatMap(({ method, path }) =>
    (method === 'ALL' ? ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] : [method]).map((each) => ({ method: each, path })),
  );
}

/** A digest of every row of every table, by table. */
async function digests(): Promise<Record<string, string>> {
  const tables = await target.sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
  const digest: Record<string, string> = {};
  for (const { name } of tables) {
    if (NOT_OF_THE_REQUEST.has(String(name))) continue;
    const rows = await target.sql(`SELECT * FROM "${name}"`);
    const kept = rows.map((row) =>
      Object.entries(row).filter(([column]) => !NOT_OF_THE_REQUEST.has(`${name}.${column}`)),
    );
    digest[String(name)] = createHash('sha256').update(JSON.stringify(kept)).digest('base64url');
  }
  return digest;
}

it('a key that only reads writes nothing, at any route of the kernel', { timeout: 120_000 }, async () => {
  await store(['data:read']);
  const all = await routes();
  expect(all.length).toBeGreaterThan(200);
  const before = await digests();
  const statuses = new Map<number, number>();
  for (const { method, path } of all) {
    const { status } = await send(method, path);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  expect(await digests()).toEqual(before);
  // It was the key of somebody: what is not closed to it was answered.
  expect(statuses.get(200)).toBeGreaterThan(5);
  expect(statuses.get(403)).toBeGreaterThan(100);
});

it.each([
  'POST /api/v1/data/:object',
  'PATCH /api/v1/data/:object/:id',
  'POST /api/v1/data/:object/createMany',
  'POST /api/v1/data/:object/updateMany',
  'POST /api/v1/data/:object/batch',
  'POST /api/v1/batch',
  'POST /api/v1/data/:object/import',
  'POST /api/v1/data/:object/:id/clone',
  'POST /api/v1/data/:object/deleteMany',
])('%s writes with the same request of a key without scopes', async (route) => {
  const [method = '', path = ''] = route.split(' ');
  await store([]);
  const before = await digests();
  const response = await send(method, path);
  expect(response.ok, await response.text()).toBe(true);
  expect(await digests()).not.toEqual(before);
});

it.each<[string, readonly string[], number]>([
  ['actions:execute', ['actions:execute'], 404],
  ['no scopes', [], 404],
  ['data:write', ['data:write'], 403],
  ['a permission set', ['admin_full_access'], 403],
])('a key with %s gets as far at business actions as its scopes allow', async (_name, scopes, status) => {
  await store(scopes);
  expect((await send('POST', '/api/v1/actions/:object/no_such_action')).status).toBe(status);
});

it.each(['GET /api/v1/meta/object', 'GET /api/v1/packages', 'GET /api/v1/automation', 'POST /api/v1/security/explain'])(
  '%s is open to a key and closed to a key with scopes',
  async (route) => {
    const [method = '', path = ''] = route.split(' ');
    await store([]);
    expect((await send(method, path)).status).not.toBe(403);
    await store(['data:read', 'data:write', 'actions:execute']);
    const refused = await send(method, path);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ error: { code: 'FORBIDDEN' } });
  },
);

it('a route with the same response for everyone is open to every key', async () => {
  await store(['actions:execute']);
  expect((await send('GET', '/api/v1/discovery')).status).toBe(200);
});

it.each(['nonsense', '{"data:read":true}', '"data:write"', '[1]', '["data:write",null]'])(
  'a key whose scopes are %s can do nothing',
  async (stored) => {
    await store(stored);
    expect((await send('GET', '/api/v1/data/:object')).status).toBe(403);
    expect((await send('POST', '/api/v1/data/:object')).status).toBe(403);
    expect((await send('GET', '/api/v1/meta/object')).status).toBe(403);
  },
);
