// @ts-nocheck
// 
import { Hono } from 'hono';
import { expect, it } from 'vitest';
import type { ServiceError } from '../../../src/base/errors.ts';
import { KeyRouteGuard, UnguardedRouteError } from '../../../src/keys/access/route-guard.ts';
import { keyRoutes } from '../../../src/keys/access/routes.ts';
import { ApiKeysPlugin } from '../../../src/plugin/plugin.ts';

const KEY = { 'x-api-key': 'osk_x' };
const refuse = (error: ServiceError): Response => Response.json({ code: error.code }, { status: error.status });

/** An app with a guard, and what a host mounts before and after it; each handler says that it ran. */
function guarded(before: (app: Hono) => void, after: (app: Hono) => void, opened: readonly string[] = []) {
  const app = new Hono();
  const guard = new KeyRouteGuard(keyRoutes('/api/v1', opened), refuse);
  before(app);
  guard.mount(app);
  after(app);
  const send = async (method: string, path: string, headers: Record<string, string> = KEY): Promise<number> =>
    (await app.request(path, { method, headers })).status;
  return { send, prove: () => guard.prove(app) };
}
const nothing = (): void => {};

it('a key can use only listed routes; a request without a key can use all', async () => {
  const { send } = guarded(nothing, (app) => app.all('/api/v1/*', (context) => context.text('ran')));
  expect(await send('GET', '/api/v1/data/account')).toBe(200);
  expect(await send('PUT', '/api/v1/meta/object/account')).toBe(403);
  expect(await send('PUT', '/api/v1/meta/object/account', {})).toBe(200);
});

it('a route of the host is closed to keys until the host opens it', async () => {
  const mount = (app: Hono): unknown => app.post('/crm/import', (context) => context.text('ran'));
  expect(await guarded(nothing, mount).send('POST', '/crm/import')).toBe(403);
  expect(await guarded(nothing, mount, ['/crm']).send('POST', '/crm/import')).toBe(200);
});

it('a route of the host that a listed pattern happens to match is closed to keys', async () => {
  const { send, prove } = guarded(nothing, (app) => {
    app.patch('/api/v1/data/admin/reset', (context) => context.text('ran'));
    app.patch('/api/v1/data/:object/:id', (context) => context.text('ran'));
  });
  prove();
  expect(await send('PATCH', '/api/v1/data/admin/reset')).toBe(403);
  expect(await send('PATCH', '/api/v1/data/account/1')).toBe(200);
});

it('a scoped route of a platform with several environments is what it is without the environment', async () => {
  const { send } = guarded(nothing, (app) => app.all('/api/v1/*', (context) => context.text('ran')));
  expect(await send('GET', '/api/v1/environments/env/data/account')).toBe(200);
  expect(await send('PUT', '/api/v1/environments/env/meta/object/account')).toBe(403);
});

it('a kernel does not start when a route was mounted before the guard, unless keys may use it', () => {
  const put = (app: Hono): unknown => app.put('/api/v1/meta/:type/:name', (context) => context.text('ran'));
  expect(() => guarded(put, nothing).prove()).toThrow(UnguardedRouteError);
  expect(() => guarded(put, nothing, ['/api/v1/meta']).prove()).not.toThrow();
  const read = (app: Hono): unknown => app.get('/api/v1/meta/:type/:name', (context) => context.text('ran'));
  expect(() => guarded(read, nothing).prove()).not.toThrow();
  expect(() => guarded((app) => app.use(async (_, next) => next()), nothing).prove()).not.toThrow();
});

it.each(['/', '/api', '/api/v1', '/api/v1/', 'api/v1/meta', '/api/v1/meta/', '/api/v1/*', '/api/v1/:type', ''])(
  'nobody opens %j: it is no path below the API',
  (path) => {
    expect(() => new ApiKeysPlugin({ keyRoutes: [path] })).toThrow(/keyRoutes/);
  },
);

it('a name that begins alike is another route', async () => {
  const { send } = guarded(nothing, (app) => app.all('/api/v1/*', (context) => context.text('ran')), ['/api/v1/meta']);
  expect(await send('PUT', '/api/v1/meta')).toBe(200);
  expect(await send('PUT', '/api/v1/meta/object/account')).toBe(200);
  expect(await send('PUT', '/api/v1/metadata/object/account')).toBe(403);
});
