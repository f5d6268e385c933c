// @ts-nocheck
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootKernel, type TestKernel } from '../support/kernel.ts';

const CONSOLE = fileURLToPath(new URL('../../node_modules/@objectstack/console/dist/', import.meta.url));
const repository = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

describe('the Console', () => {
  let target: TestKernel;
  beforeAll(async () => {
    target = await bootKernel();
  });
  afterAll(async () => {
    await target[Symbol.asyncDispose]();
  });

  it.each(['/', '/_console'])('%s leads to it', async (path) => {
    const response = await target.request(path);
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('/_console/');
  });

  it.each(['/_console/', '/_console/index.html', '/_console/login', '/_console/apps/setup/page/connect_agent'])(
    '%s is its page, with the base that its addresses are relative to',
    async (path) => {
      const response = await target.request(path);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('x-frame-options')).toBe('DENY');
      expect(await response.text()).toContain('<head>\n    <base href="/_console/" />');
    },
  );

  it('its page is asked for again every time, and sent again only when it has changed', async () => {
    const first = await target.request('/_console/');
    expect(first.headers.get('cache-control')).toBe('no-cache');
    const again = await target.request('/_console/', {
      headers: { 'if-none-match': first.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  it('its page runs no script but its own', async () => {
    const policy = (await target.request('/_console/')).headers.get('content-security-policy') ?? '';
    const scripts = policy.split('; ').find((directive) => directive.startsWith('script-src'));
    expect(scripts).toMatch(/^script-src 'self'( 'sha256-[A-Za-z0-9+/]{43}=')+$/);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it('a file with a hash in its name is kept forever, with its own content type', async () => {
    const name = (await readdir(join(CONSOLE, 'assets'))).find((file) => /^index-.{8}\.js$/.test(file)) ?? '';
    const response = await target.request(`/_console/assets/${name}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/javascript/);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('a file without a hash in its name is asked for again', async () => {
    const response = await target.request('/_console/favicon.svg');
    expect(response.headers.get('content-type')).toMatch(/^image\/svg\+xml/);
    expect(response.headers.get('cache-control')).toBe('no-cache');
  });

  it('a hundred stalled readers of a large file hold neither open files nor copies', async () => {
    const sizes = await Promise.all(
      (await readdir(join(CONSOLE, 'assets'))).map(async (name) => ({
        name,
        size: (await stat(join(CONSOLE, 'assets', name))).size,
      })),
    );
    const { name, size } = sizes.reduce((most, one) => (one.size > most.size ? one : most));
    const path = `/_console/assets/${name}`;
    expect((await (await fetch(`${target.url}${path}`)).arrayBuffer()).byteLength).toBe(size);
    const open = async () => (await readdir('/proc/self/fd', { withFileTypes: true })).length;
    const [files, memory] = [await open(), process.memoryUsage().rss];
    const sockets = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const socket = connect(Number(new URL(target.url).port), '127.0.0.1').pause();
        await once(socket, 'connect');
        socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
        return socket;
      }),
    );
    // Answered behind them, so they have begun.
    await fetch(`${target.url}${path}`, { method: 'HEAD' });
    // Two ends of a connection each, and nothing more.
    expect((await open()) - files).toBeLessThanOrEqual(2 * sockets.length + 4);
    expect(process.memoryUsage().rss - memory).toBeLessThan((100 * size) / 2);
    for (const socket of sockets) socket.destroy();
  });

  it('a script that is not there is missing, and not the page', async () => {
    expect((await target.request('/_console/assets/gone-12345678.js')).status).toBe(404);
  });

  it.each([
    '/_console/../package.json',
    '/_console/%2e%2e/package.json',
    '/_console/..%2fpackage.json',
    '/_console/assets/..%2f..%2fpackage.json',
    '/_console/assets/..%5c..%5cpackage.json',
    '/_console/%252e%252e%252fpackage.json',
    '/_console//etc/passwd',
    '/_console/assets/%00',
  ])('%s is no way out of its folder', async (path) => {
    // The package has that file, one folder above the one that is served.
    expect(await readdir(dirname(CONSOLE.slice(0, -1)))).toContain('package.json');
    // Past URL's own clean-up, as curl --path-as-is sends it.
    const server = new URL(target.url);
    const text = await rawGet(Number(server.port), path);
    expect(text).not.toContain('"name": "@objectstack/console"');
    expect(text).not.toContain('root:');
  });
});

describe('the server', () => {
  it.each(['@objectstack/console', '@objectstack/setup'])(
    'runs just the same without %s, and / is not found',
    async (name) => {
      const folder = await mkdtemp(join(tmpdir(), 'api-keys-'));
      const child = fork(repository('src/server.ts'), {
        execArgv: ['--import', repository('test/support/without-package.ts')],
        execPath: repository('node_modules/.bin/node'),
        env: {
          WITHOUT: name,
          PATH: process.env['PATH'],
          PORT: '0',
          DATABASE_URL: `file:${join(folder, 'objectstack.db')}`,
        },
        silent: true,
      });
      try {
        const [{ listening }] = (await once(child, 'message')) as [{ listening: number }];
        const url = `http://127.0.0.1:${listening}`;
        expect((await fetch(`${url}/`, { redirect: 'manual' })).status).toBe(404);
        expect((await fetch(`${url}/_console/`)).status).toBe(404);
        expect((await fetch(`${url}/api/v1/keys`, { method: 'POST' })).status).toBe(401);
      } finally {
        child.kill();
        await once(child, 'exit');
        await rm(folder, { recursive: true, force: true });
      }
    },
  );
});

async function rawGet(port: number, path: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.end(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}
