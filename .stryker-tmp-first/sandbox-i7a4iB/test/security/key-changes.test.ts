// @ts-nocheck
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Row } from '../../src/platform/engine.ts';
import { bearer, graphqlEndpoint } from '../support/endpoints.ts';
import { bootKernel, DEV_ADMIN, type Person, type TestKernel } from '../support/kernel.ts';
import { newKeyOwner } from '../support/key-owner.ts';
import { callTool } from '../support/mcp.ts';
import { type Actions, NOTE, NotesApp, STAMP } from '../support/notes-app.ts';

/** What the operator would have to open, so that a key reaches every route of the kernel: all of it, here. */
const OPENED = ['ai', 'analytics', 'approvals', 'auth', 'automation', 'datasources', 'email', 'environments', 'meta']
  .concat(['notifications', 'packages', 'reports', 'security', 'settings', 'sharing', 'storage', 'ui', 'data'])
  .map((name) => `/api/v1/${name}`);
/** `:object`, `:id` and the like: what stands for the table, and the key that is to be changed. */
const OBJECT_PARAMETERS = /^(object|name|type)$/i;

/** Requests at a time: those at the data API share what the platform reads for each. */
const AT_ONCE = 16;

let target: TestKernel;
let admin: Person;
let key: string;
/** A revoked key of the administrator and one of somebody else: what there is to revive, to end and to take. */
let own: string;
let foreign: string;

beforeAll(async () => {
  target = await bootKernel({ plugins: [new NotesApp()], config: { keyRoutes: OPENED } });
  admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
  const mint = async (name: string) => graphqlEndpoint(target).mint(bearer(admin.token), { name });
  key = (await mint('of an administrator')).key ?? '';
  own = (await mint('revoked')).apiKey?.id ?? '';
  await target.engine.update('sys_api_key', { id: own, revoked: true }, { context: { isSystem: true } });
  foreign = (await newKeyOwner(target.engine)).keyId;
});
afterAll(() => target[Symbol.asyncDispose]());

const send = (method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<Response> =>
  target.request(path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

/** Every row of the tables of keys, but for what is written behind requests. */
async function keys(): Promise<Row[][]> {
  const ledger = await target.sql('SELECT * FROM sys_api_key_ledger ORDER BY id');
  const details = await target.sql(
    `SELECT id, description, allowed_networks, replaces FROM sys_api_key_detail
     WHERE description IS NOT NULL OR allowed_networks IS NOT NULL OR replaces IS NOT NULL ORDER BY id`,
  );
  return [await target.storedKeys(), ledger, details];
}

/** Bodies that ask for a change of a key: the plain one, and one in the words of every other route. */
function changes(id: string): unknown[] {
  const data = { revoked: id !== own };
  const words = { object: 'sys_api_key', objectName: 'sys_api_key', recordId: id, ids: [id], where: { id } };
  const operations = [{ object: 'sys_api_key', action: 'update', id, data }];
  const records = [{ id, ...data, data }];
  return [data, { ...data, ...words, id, data, updates: data, params: data, operation: 'update', records, operations }];
}

/** Requests that are well formed, and change a key if nothing stops them. */
const ATTEMPTS: Readonly<Record<string, (id: string) => Promise<Response>>> = {
  'an update': (id) => send('PATCH', `/api/v1/data/sys_api_key/${id}`, held(), { revoked: id !== own }),
  'a deletion': (id) => send('DELETE', `/api/v1/data/sys_api_key/${id}`, held()),
  'an insert': () =>
    send('POST', '/api/v1/data/sys_api_key', held(), { name: 'x', key: 'a'.repeat(64), prefix: 'osk_x' }),
  'a batch': (id) =>
    send('POST', '/api/v1/data/sys_api_key/batch', held(), {
      operation: 'update',
      records: [{ id, data: { revoked: id !== own } }],
    }),
  'a batch over objects': (id) =>
    send('POST', '/api/v1/batch', held(), {
      operations: [{ object: 'sys_api_key', action: 'update', id, data: { revoked: id !== own } }],
    }),
  'updates of many': (id) =>
    send('POST', '/api/v1/data/sys_api_key/updateMany', held(), { records: [{ id, data: { revoked: id !== own } }] }),
  'deletions of many': (id) => send('POST', '/api/v1/data/sys_api_key/deleteMany', held(), { ids: [id] }),
  'an import': (id) =>
    send('POST', '/api/v1/data/sys_api_key/import', held(), {
      format: 'json',
      rows: [{ id, revoked: id !== own }],
      mode: 'upsert',
    }),
  'a clone': (id) => send('POST', `/api/v1/data/sys_api_key/${id}/clone`, held(), {}),
  'the revocation of GraphQL': (id) =>
    send('POST', '/api/v1/graphql', held(), {
      query: 'mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { apiKey { id } } }',
      variables: { id },
    }),
  'a rotation': (id) => send('POST', `/api/v1/keys/${id}/rotate`, held(), {}),
};
const held = (): Record<string, string> => ({ 'x-api-key': key });

it('with a session the administrator may end and revive a key, so there is something to refuse', async () => {
  for (const revoked of [false, true]) {
    expect((await send('PATCH', `/api/v1/data/sys_api_key/${own}`, bearer(admin.token), { revoked })).status).toBe(200);
    expect(await target.storedKeys()).toContainEqual(expect.objectContaining({ id: own, revoked }));
  }
  expect((await send('GET', '/api/v1/data/sys_api_key', held())).status).toBe(200);
});

describe('an administrator’s key changes no key', () => {
  it.each(Object.entries(ATTEMPTS))('by %s', async (_how, attempt) => {
    const before = await keys();
    for (const id of [own, foreign]) {
      expect((await attempt(id)).status).toBeGreaterThanOrEqual(400);
    }
    expect(await keys()).toEqual(before);
  });

  it('by a tool of MCP', async () => {
    const before = await keys();
    for (const [tool, input] of [
      ['update_record', { objectName: 'sys_api_key', recordId: own, data: { revoked: false } }],
      ['delete_record', { objectName: 'sys_api_key', recordId: own }],
      ['create_record', { objectName: 'sys_api_key', data: { name: 'x' } }],
    ] as const) {
      expect(await callTool(target, held(), tool, input)).toMatchObject({ done: false });
    }
    expect(await keys()).toEqual(before);
  });

  it('by an action that changes keys in the name of the platform', async () => {
    const run = (headers: Record<string, string>) =>
      send('POST', `/api/v1/actions/${NOTE}/${STAMP}`, headers, { params: {} });
    (target.engine as unknown as Actions).registerAction(NOTE, STAMP, async () => {
      await target.engine.update('sys_api_key', { id: foreign, name: 'renamed' }, { context: { isSystem: true } });
    });
    const before = await keys();
    expect((await run(held())).status).toBeGreaterThanOrEqual(400);
    expect(await keys()).toEqual(before);
    expect((await run(bearer(admin.token))).status).toBe(200);
    expect(await target.storedKeys()).toContainEqual(expect.objectContaining({ id: foreign, name: 'renamed' }));
  });

  it('by any route that the kernel has', async () => {
    const server = await target.kernel.getServiceAsync<{ getRawApp(): { routes: KernelRoute[] } }>('http-server');
    const { routes } = server.getRawApp();
    expect(routes.length).toBeGreaterThan(150);
    const before = await keys();
    const walk = async ({ method, path }: KernelRoute): Promise<void> => {
      for (const id of [own, foreign]) {
        const filled = path
          .replaceAll(/:([A-Za-z]+)/g, (_, name) => (OBJECT_PARAMETERS.test(name) ? 'sys_api_key' : id))
          .replace('*', `sys_api_key/${id}`);
        const sent = method === 'ALL' ? 'POST' : method;
        const hasBody = !['GET', 'HEAD', 'OPTIONS'].includes(sent);
        for (const body of hasBody ? changes(id) : [undefined]) {
          await (await send(sent, filled, held(), body)).arrayBuffer();
        }
      }
    };
    // The same again for a route that is mounted twice, or guarded by a middleware, would tell nothing new.
    const distinct = [...new Map(routes.map((route) => [`${route.method} ${route.path}`, route])).values()];
    const left = distinct.values();
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (const route of left) await walk(route);
      }),
    );
    expect(await keys()).toEqual(before);
    // It still is the key of an administrator, and live: the walk was not one of refusals of a dead key.
    expect((await send('GET', '/api/v1/data/sys_api_key', held())).status).toBe(200);
  });
});

interface KernelRoute {
  readonly method: string;
  readonly path: string;
}

describe('credentials are closed to a key', () => {
  it.each(['sys_session', 'sys_account', 'sys_verification', 'sys_api_key_ledger', 'sys_api_key_detail'])(
    '%s',
    async (object) => {
      for (const [method, path, body] of [
        ['GET', `/api/v1/data/${object}`, undefined],
        ['POST', `/api/v1/data/${object}/query`, {}],
        ['PATCH', `/api/v1/data/${object}/x`, { id: 'x' }],
      ] as const) {
        const response = await send(method, path, held(), body);
        expect([path, [403, 404, 405]]).toEqual([path, expect.arrayContaining([response.status])]);
      }
      const answer = await callTool(target, held(), 'query_records', { objectName: object });
      expect(answer.done).toBe(false);
    },
  );

  it('and their owner still reads their own sessions with a session', async () => {
    expect((await send('GET', '/api/v1/data/sys_session', bearer(admin.token))).status).toBe(200);
    expect((await send('GET', '/api/v1/data/sys_session', held())).status).toBe(403);
  });
});
