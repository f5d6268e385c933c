// @ts-nocheck
// 
import { ObjectQLPlugin } from '@objectstack/objectql';
import { PlatformObjectsPlugin } from '@objectstack/platform-objects/plugin';
import { AuthPlugin } from '@objectstack/plugin-auth';
import { type HonoHttpServer, HonoServerPlugin } from '@objectstack/plugin-hono-server';
import { SecurityPlugin } from '@objectstack/plugin-security';
import { createRestApiPlugin } from '@objectstack/rest';
import { DefaultDatasourcePlugin, ObjectKernel } from '@objectstack/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiKeysPlugin } from '../../src/index.ts';
import { apiKeys, bootHost, dispatcher, type Host, type HostAnswer } from '../support/host.ts';

/** A kernel as somebody else composes it, with the platform's own HTTP server, whose CORS lets every page in. */
let kernel: ObjectKernel;
let server: HonoHttpServer;
beforeAll(async () => {
  kernel = new ObjectKernel({ logger: { level: 'silent' }, gracefulShutdown: false });
  for (const plugin of [
    new ObjectQLPlugin(),
    new DefaultDatasourcePlugin({ driver: 'sqlite', config: { filename: ':memory:' } }),
    new HonoServerPlugin({ port: 0 }),
    new ApiKeysPlugin({ trustedOrigins: ['https://app.example.com'] }),
    new PlatformObjectsPlugin(),
    new AuthPlugin({ secret: 'x'.repeat(32), baseUrl: 'https://kernel.example.com' }),
    new SecurityPlugin(),
  ]) {
    await kernel.use(plugin);
  }
  await kernel.bootstrap();
  server = await kernel.getServiceAsync<HonoHttpServer>('http-server');
});
afterAll(async () => {
  await server.close();
  await kernel.shutdown();
});

const ask = async (path: string, init: RequestInit): Promise<Response> =>
  server.getRawApp().request(`https://kernel.example.com${path}`, init);

describe.each(['/api/v1/graphql', '/api/v1/keys'])('in a kernel whose own CORS lets every page in, %s', (path) => {
  const from = (origin: string, method = 'POST'): RequestInit => ({
    method,
    headers: { origin, 'access-control-request-method': 'POST', 'content-type': 'application/json' },
  });

  it('grants nothing to a foreign page', async () => {
    // The precondition: the host does.
    const host = await ask('/elsewhere', from('https://evil.example'));
    expect(host.headers.get('access-control-allow-origin')).toBe('https://evil.example');

    for (const origin of ['https://evil.example', 'http://localhost:9999', 'null']) {
      for (const method of ['POST', 'OPTIONS', 'PUT']) {
        for (const spelling of [path, `${path}/x`, path.replace('/v1/', '/%761/')]) {
          const { headers } = await ask(spelling, from(origin, method));
          expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
        }
      }
    }
  });

  it.each(['https://kernel.example.com', 'https://app.example.com'])('lets %s in', async (origin) => {
    for (const method of ['POST', 'OPTIONS']) {
      const { headers } = await ask(path, from(origin, method));
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      expect(headers.get('access-control-allow-credentials')).toBe('true');
    }
  });

  it('has the headers of this service on its answers', async () => {
    const { headers, status } = await ask(path, from('https://evil.example'));
    expect(status).toBe(401);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('in the kernel of somebody else', () => {
  const SYSTEM = { isSystem: true };
  let host: Host;
  let session: readonly string[];
  let withKey: readonly string[];
  let keyId: string;
  const send = (method: string, path: string, headers: readonly string[], body?: object): Promise<HostAnswer> =>
    host.send(`/api/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });

  beforeAll(async () => {
    host = await bootHost([apiKeys()], [createRestApiPlugin({}), dispatcher()]);
    session = ['Authorization', `Bearer ${host.token}`];
    const minted = JSON.parse((await send('POST', '/keys', session, { name: 'a key' })).text) as Record<string, string>;
    withKey = ['X-Api-Key', minted['key'] ?? ''];
    keyId = minted['id'] ?? '';
    expect((await send('GET', '/data/sys_api_key', withKey)).status).toBe(200);
  });
  afterAll(() => host[Symbol.asyncDispose]());

  it.each([
    ['sys_session', 'token'],
    ['sys_account', 'password'],
    ['sys_api_key', 'key'],
  ])('nobody learns %s.%s by asking about it', async (object, field) => {
    const question = { where: { [field]: { $gte: 'M' } } };
    expect((await send('POST', `/data/${object}/query`, session, question)).status).toBe(400);
    expect([400, 403]).toContain((await send('POST', `/data/${object}/query`, withKey, question)).status);
  });

  it('a key reads no table of credentials', async () => {
    expect((await send('GET', '/data/sys_session', session)).status).toBe(200);
    expect((await send('GET', '/data/sys_session', withKey)).status).toBe(403);
  });

  it('no object becomes another name for a table', async () => {
    const body = {
      name: 'zz_alias',
      label: 'Alias',
      pluralLabel: 'Aliases',
      sharingModel: 'private',
      external: { remoteName: 'sys_api_key', writable: true },
      fields: { key: { type: 'text', label: 'Key' } },
    };
    expect((await send('PUT', '/meta/object/zz_alias', session, body)).status).toBe(422);
    expect((await send('PUT', '/meta/object/zz_alias', withKey, body)).status).toBe(403);
    expect((await send('GET', '/data/zz_alias', session)).status).toBe(404);
  });

  it('restoring is minting: an impersonated session and a key do not restore', async () => {
    const restore = (headers: readonly string[]) =>
      send('PATCH', `/data/sys_api_key/${keyId}`, headers, { revoked: false });
    const isRevoked = async () =>
      (await host.engine.find('sys_api_key', { where: { id: keyId }, context: SYSTEM }))[0]?.['revoked'];
    const other = JSON.parse((await send('POST', '/keys', session, { name: 'other' })).text) as Record<string, string>;
    expect((await send('PATCH', `/data/sys_api_key/${keyId}`, session, { revoked: true })).status).toBe(200);
    const [row] = await host.engine.find('sys_session', { where: { token: host.token }, context: SYSTEM });
    const impersonate = (by: string | null) =>
      host.engine.update('sys_session', { id: row?.['id'], impersonated_by: by }, { context: SYSTEM });

    await impersonate('usr_support');
    expect((await restore(session)).status).toBe(403);
    await impersonate(null);
    expect((await restore(['X-Api-Key', other['key'] ?? ''])).status).toBe(403);
    expect(await isRevoked()).toBeTruthy();
    expect((await restore(session)).status).toBe(200);
    expect(await isRevoked()).toBeFalsy();
  });
});
