import type { Plugin } from '@objectstack/core';
import { ObjectQLPlugin } from '@objectstack/objectql';
import { HonoServerPlugin } from '@objectstack/plugin-hono-server';
import { DefaultDatasourcePlugin, ObjectKernel } from '@objectstack/runtime';
import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiKeys, bootHost, dispatcher, freePort, type Host, listens } from '../support/host.ts';
import { captureOutput } from '../support/output.ts';

const PLANTED = JSON.stringify({ name: 'x', user_id: 'usr_planted' });

describe("the platform's own route", () => {
  it('takes unknown fields, which is why this one must answer in its place', async () => {
    await using host = await bootHost([dispatcher()]);
    const answer = await host.send('/api/v1/keys', {
      headers: ['Authorization', `Bearer ${host.token}`],
      body: PLANTED,
    });
    expect(answer.text).toContain('osk_');
    expect(await host.countKeys()).toBe(1);
  });
});

describe.each<[string, () => Promise<Host>]>([
  ['before the dispatcher', () => bootHost([apiKeys(), dispatcher()])],
  ['after the dispatcher', () => bootHost([dispatcher(), apiKeys()])],
  ['as the last of all', () => bootHost([dispatcher()], [apiKeys()])],
  ['on a light kernel', () => bootHost([dispatcher()], [apiKeys()], { light: true })],
])('a plugin that is added %s', (_order, boot) => {
  let host: Host;
  let session: string[];
  beforeAll(async () => {
    host = await boot();
    session = ['Authorization', `Bearer ${host.token}`];
  });
  afterAll(async () => {
    await host[Symbol.asyncDispose]();
  });

  it('mints', async () => {
    const before = await host.countKeys();
    const answer = await host.send('/api/v1/keys', { headers: session, body: '{"name":"x"}' });
    expect(answer.status).toBe(201);
    expect(await host.countKeys()).toBe(before + 1);
  });

  it.each([
    '/api/v1/keys',
    '/api/v1/keys/',
    '/api/v1/keys?a=1',
    '/api/v1/keys/?a=1',
    '/api/v1/%6Beys',
    '/api/v1/key%73',
    '/%61pi/v1/%6b%65%79%73/',
  ])('answers at POST %s, and refuses what the platform takes', async (path) => {
    const before = await host.countKeys();
    const answer = await host.send(path, { headers: session, body: PLANTED });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({ error: { code: 'VALIDATION_FAILED' } });
    expect(answer.text).toContain('user_id');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(await host.countKeys()).toBe(before);
  });

  it.each([
    '/api/v1/keys/x',
    '/api/v1/keys//',
    '/api/v1/keys/%2e%2e/keys',
    '/api/v1/keys%2F',
    '/api/v1/keys%3Fa',
    '/api/v1/keys%20',
    '/api/v1/keys;a=1',
    '/api/v1//keys',
    '//api/v1/keys',
    '/api/v1/%2e/keys',
    '/api/v1/./keys',
    '/api/v1/x/../keys',
    '/api/v1/%2e%2e/v1/keys',
    '/api/v1/KEYS',
    '/api/v1\\keys',
    '/api/v1/environments/x/keys',
    '/api/v1/actions//..%2fkeys',
  ])('lets nobody else mint at POST %s', async (path) => {
    const before = await host.countKeys();
    const answer = await host.send(path, { headers: session, body: PLANTED });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.text).not.toContain('osk_');
    expect(await host.countKeys()).toBe(before);
  });

  it.each(['PUT', 'PATCH', 'DELETE'])('answers %s with the method that would do', async (method) => {
    const answer = await host.send('/api/v1/keys', { method, headers: session });
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toMatch(/\bPOST\b/);
  });

  it.each([
    ['Authorization', 'Bearer aaaaaaaaaaaaaaaaaaaa'],
    ['Authorization', 'Basic YTpi'],
    ['X-Api-Key', ''],
  ])('refuses a second credential on the wire: %s: %s', async (name, value) => {
    const before = await host.countKeys();
    const answer = await host.send('/api/v1/keys', { headers: [...session, name, value], body: '{"name":"x"}' });
    expect(answer.status).toBe(401);
    expect(await host.countKeys()).toBe(before);
  });
});

/** A plugin of somebody else, which puts something on the Hono app before ours can. */
function rival(name: string, mount: (app: Hono) => void): Plugin {
  return {
    name,
    version: '1.0.0',
    init: (context) => mount(context.getService<{ getRawApp(): Hono }>('http-server').getRawApp()),
  };
}

describe('the kernel does not start, and nothing listens, when before this plugin another one', () => {
  it.each<[string, string, (app: Hono) => void]>([
    ['mounts POST /api/v1/keys', '/api/v1/keys', (app) => app.post('/api/v1/keys', (c) => c.text('mine'))],
    ['mounts it with a trailing slash', '/api/v1/keys/', (app) => app.post('/api/v1/keys/', (c) => c.text('mine'))],
    ['mounts a wildcard over it', '/api/v1/graphql', (app) => app.all('/api/v1/*', (c) => c.text('mine'))],
    ['mounts a parameter in its place', '/api/v1/graphql', (app) => app.post('/api/v1/:object', (c) => c.text('mine'))],
    ['answers in a middleware', '/api/v1/keys', (app) => app.use('/api/v1/keys', async (c) => c.text('mine'))],
    [
      'answers one spelling in a middleware',
      '/api/v1/keys?probe=1',
      (app) =>
        app.use('/api/v1/keys', async (c, next) => (c.req.query('probe') === undefined ? next() : c.text('mine'))),
    ],
  ])('%s', async (_what, path, mount) => {
    const port = await freePort();
    const output = captureOutput();
    const kernel = new ObjectKernel({ logger: { level: 'silent' }, gracefulShutdown: false });
    try {
      await kernel.use(new ObjectQLPlugin());
      await kernel.use(new DefaultDatasourcePlugin({ driver: 'sqlite', config: { filename: ':memory:' } }));
      await kernel.use(new HonoServerPlugin({ port }));
      await kernel.use(rival('com.example.rival', mount));
      await kernel.use(apiKeys());
      await expect(kernel.bootstrap()).rejects.toThrow(
        `ApiKeysPlugin: POST ${path} is answered by another plugin, which makes none of the checks of this one. ` +
          'Register ApiKeysPlugin before every other plugin that mounts this path',
      );
      expect(await listens(port)).toBe(false);
    } finally {
      await kernel.shutdown().catch(() => undefined);
      output.stop();
    }
  });
});
