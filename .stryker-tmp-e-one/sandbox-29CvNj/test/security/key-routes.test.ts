// @ts-nocheck
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, graphqlEndpoint } from '../support/endpoints.ts';
import { bootKernel, DEV_ADMIN, type Person, type TestKernel } from '../support/kernel.ts';

/** What changes the platform: closed to keys. A parameter stands for itself. */
const CLOSED = [
  'PUT /api/v1/meta/object/zz_closed',
  'DELETE /api/v1/meta/object/zz_closed',
  'POST /api/v1/meta/object/zz_closed/publish',
  'POST /api/v1/meta/object/zz_closed/rollback',
  'POST /api/v1/meta/_migrate-stored',
  'POST /api/v1/packages',
  'POST /api/v1/packages/publish',
  'PATCH /api/v1/packages/x/disable',
  'DELETE /api/v1/packages/x',
  'POST /api/v1/automation',
  'PUT /api/v1/automation/x',
  'POST /api/v1/automation/trigger/x',
  'POST /api/v1/automation/x/trigger',
  'POST /api/v1/email/send',
  'POST /api/v1/sharing/rules',
  'POST /api/v1/reports',
  'POST /api/v1/reports/x/schedule',
  'POST /api/v1/approvals/requests/x/approve',
  'POST /api/v1/security/suggested-bindings/x/confirm',
  'POST /api/v1/security/permission-sets/x/discard-overlay',
  'POST /api/v1/datasources/x/external/refresh-catalog',
  'POST /api/v1/notifications/read/all',
  'GET /api/v1/auth/get-session',
  'POST /api/v1/auth/sign-in/email',
  'POST /api/v1/auth/sign-out',
  'POST /api/v1/auth/change-password',
  'POST /api/v1/auth/admin/create-user',
  'POST /api/v1/auth/admin/set-user-password',
  'POST /api/v1/auth/admin/ban-user',
  'POST /api/v1/auth/organization/add-member',
  'POST /api/v1/auth/organization/invite-member',
  'POST /api/v1/auth/oauth2/register',
  'POST /api/v1/auth/sys-oauth-application/register',
  'GET /api/v1/apps/some/endpoint',
] as const;

/** What the operator of this server opens besides. */
const OPENED = ['/api/v1/meta/object/zz_opened'];

const OBJECT = {
  name: 'zz_closed',
  label: 'Zz',
  sharingModel: 'private',
  fields: { title: { type: 'text', label: 'Title' } },
};

let target: TestKernel;
let admin: Person;
let key: string;

beforeAll(async () => {
  target = await bootKernel({ config: { keyRoutes: OPENED } });
  admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
  key = (await graphqlEndpoint(target).mint(bearer(admin.token), { name: 'of an administrator' })).key ?? '';
});
afterAll(() => target[Symbol.asyncDispose]());

const send = (route: string, headers: Record<string, string>, body: unknown = {}): Promise<Response> => {
  const [method = '', path = ''] = route.split(' ');
  const hasBody = !['GET', 'HEAD', 'OPTIONS'].includes(method);
  return target.request(path, {
    method,
    headers: { 'content-type': 'application/json', origin: 'http://localhost:3000', ...headers },
    ...(hasBody ? { body: JSON.stringify(body) } : {}),
  });
};

/** Whether it was this service that refused a request, and because of the key. */
async function isRefused(response: Response): Promise<boolean> {
  if (response.status !== 403) return false;
  const text = await response.text();
  return text.includes('API keys cannot use this route');
}

/** How many rows each table has, and what metadata says. */
async function everything(): Promise<unknown> {
  const tables = await target.sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
  const counts = tables.map(({ name }) => `SELECT '${name}' AS name, count(*) AS rows FROM "${name}"`);
  return {
    rows: await target.sql(counts.join(' UNION ALL ')),
    metadata: await target.sql('SELECT * FROM sys_metadata ORDER BY id'),
  };
}

it('no key, not even an administrator’s, reaches a route that changes the platform, and nothing is written', async () => {
  const before = await everything();
  for (const route of CLOSED) {
    expect([route, await isRefused(await send(route, { 'x-api-key': key }, OBJECT))]).toEqual([route, true]);
  }
  expect(await everything()).toEqual(before);
});

it('the refusal is in the platform’s envelope, says what to do, and repeats nothing of the request', async () => {
  const response = await send('PUT /api/v1/meta/object/zz_closed', { 'x-api-key': key }, OBJECT);
  const text = await response.text();
  expect(JSON.parse(text)).toEqual({
    success: false,
    error: { code: 'FORBIDDEN', httpStatus: 403, message: expect.stringContaining('KEY_ROUTES') },
  });
  expect(text).not.toContain('zz_closed');
  expect(text).not.toContain(key);
});

it('with a session the same request is answered by the platform, and writes', async () => {
  const response = await send('PUT /api/v1/meta/object/zz_closed', bearer(admin.token), OBJECT);
  expect(response.status).toBe(200);
  expect(await target.sql("SELECT name FROM sys_metadata WHERE name = 'zz_closed'")).toHaveLength(1);
});

describe('a key is one however it is presented', () => {
  it.each<[string, () => Record<string, string>]>([
    ['in X-API-Key', () => ({ 'x-api-key': key })],
    ['as ApiKey', () => ({ authorization: `ApiKey ${key}` })],
    ['as Bearer', () => ({ authorization: `Bearer ${key}` })],
    ['beside a session cookie', () => ({ cookie: admin.cookie, 'x-api-key': key })],
    ['beside a session token', () => ({ ...bearer(admin.token), 'x-api-key': key })],
    ['dead, beside a session cookie', () => ({ cookie: admin.cookie, 'x-api-key': 'osk_dead' })],
  ])('%s', async (_, headers) => {
    expect(await isRefused(await send('POST /api/v1/packages', headers(), {}))).toBe(true);
  });
});

it.each([
  'PUT /api/v1/meta/object/zz_spelled/',
  'PUT /api/v1//meta/object/zz_spelled',
  'PUT /api/v1/%6Deta/object/zz_spelled',
  'PUT /api/v1/meta%2Fobject/zz_spelled',
  'PUT /api/v1/META/object/zz_spelled',
  'PUT /api/v1/meta/./object/zz_spelled',
  'PUT /api/v1/data/../meta/object/zz_spelled',
  'PUT /api/v1/data/%2e%2e/meta/object/zz_spelled',
  'PUT /api/v1/environments/env/meta/object/zz_spelled',
  'PUT /api/v1/projects/platform/meta/object/zz_spelled',
  'PUT /api/v1/meta/object/zz_spelled?path=/api/v1/data/account',
  'HEAD /api/v1/ai/conversations',
  'OPTIONS /api/v1/auth/admin/create-user',
  'PURGE /api/v1/meta/object/zz_spelled',
])('no spelling of a closed route is open: %s', async (route) => {
  const response = await send(route, { 'x-api-key': key }, OBJECT);
  // What is no route of this server is 404 for a key as well, and OPTIONS is answered by CORS.
  expect(route.startsWith('OPTIONS') ? [204] : [403, 404, 405]).toContain(response.status);
  expect(await target.sql("SELECT name FROM sys_metadata WHERE name = 'zz_spelled'")).toEqual([]);
});

it.each(['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'])(
  'a header that names another method (%s) opens nothing',
  async (header) => {
    const headers = { 'x-api-key': key, [header]: 'PUT' };
    const response = await send('POST /api/v1/meta/object/zz_overridden', headers, OBJECT);
    expect(response.status).toBe(405);
    const read = await send('GET /api/v1/meta/object/zz_overridden', headers);
    expect(read.status).toBe(404);
    expect(await target.sql("SELECT name FROM sys_metadata WHERE name = 'zz_overridden'")).toEqual([]);
  },
);

it('a batch changes records, and reaches no other route', async () => {
  const operations = [
    { method: 'PUT', path: '/api/v1/meta/object/zz_batch', url: '/api/v1/meta/object/zz_batch', body: OBJECT },
    { action: 'create', object: 'object', data: OBJECT },
  ];
  for (const operation of operations) {
    const response = await send('POST /api/v1/batch', { 'x-api-key': key }, { operations: [operation] });
    expect(response.ok).toBe(false);
  }
  expect(await target.sql("SELECT name FROM sys_metadata WHERE name LIKE 'zz_batch%'")).toEqual([]);
});

it.each([
  'GET /api/v1/data/sys_user',
  'GET /api/v1/meta/object/sys_user',
  'GET /api/v1/packages',
  'GET /api/v1/discovery',
])('a key goes on to read: %s', async (route) => {
  expect((await send(route, { 'x-api-key': key })).status).toBe(200);
});

it('an operator opens a route to keys by its name, with everything below it and nothing beside it', async () => {
  const headers = { 'x-api-key': key };
  const opened = await send('PUT /api/v1/meta/object/zz_opened', headers, { ...OBJECT, name: 'zz_opened' });
  expect(opened.status).toBe(200);
  expect(await isRefused(await send('POST /api/v1/meta/object/zz_opened/publish', headers))).toBe(false);
  expect(await isRefused(await send('PUT /api/v1/meta/object/zz_opened_', headers, OBJECT))).toBe(true);
  expect(await isRefused(await send('PUT /api/v1/meta/object/zz', headers, OBJECT))).toBe(true);
});
