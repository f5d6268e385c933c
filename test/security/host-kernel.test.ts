import { ObjectQLPlugin } from '@objectstack/objectql';
import { PlatformObjectsPlugin } from '@objectstack/platform-objects/plugin';
import { AuthPlugin } from '@objectstack/plugin-auth';
import { type HonoHttpServer, HonoServerPlugin } from '@objectstack/plugin-hono-server';
import { SecurityPlugin } from '@objectstack/plugin-security';
import { DefaultDatasourcePlugin, ObjectKernel } from '@objectstack/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiKeysPlugin } from '../../src/index.ts';

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
