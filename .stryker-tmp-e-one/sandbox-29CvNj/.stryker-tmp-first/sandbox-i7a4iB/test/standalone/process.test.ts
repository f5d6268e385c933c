// @ts-nocheck
// 
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer } from '../support/endpoints.ts';
import { DEV_ADMIN } from '../support/kernel.ts';
import { ROOT } from '../support/markdown.ts';
import { run, type Served, serve } from '../support/process.ts';

const SERVER = join(ROOT, 'src/server.ts');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'api-keys-process-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const start = (env: Record<string, string> = {}): Promise<Served> =>
  serve(process.execPath, [SERVER], { cwd: folder, env: { NODE_ENV: 'development', ...env } });

const viewerOf = async (server: Served, headers: Record<string, string>): Promise<unknown> => {
  const response = await fetch(`${server.url}/api/v1/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: '{ viewer { email } }' }),
  });
  return response.json();
};

const ADMIN = { data: { viewer: { email: DEV_ADMIN.email } } };

describe('npm start on an empty folder', () => {
  it('prints a command that creates a key, and the key survives a restart', async () => {
    const first = await start();
    const welcome = first.output();
    const command = /^ {2}TOKEN=[\s\S]*?[^\\]\n/m.exec(welcome)?.[0] ?? '';
    const pasted = await run('bash', ['-euo', 'pipefail', '-c', command]);
    expect(pasted, pasted.stderr).toMatchObject({ code: 0 });
    const { key } = (JSON.parse(pasted.stdout) as { data: { createApiKey: { key: string } } }).data.createApiKey;
    expect(await viewerOf(first, { 'x-api-key': key })).toEqual(ADMIN);
    expect(await first.stop()).toBe(0);
    // Nothing that looks like a fault, and not the key: the first thing that a person reads is the welcome.
    expect(first.output()).not.toMatch(/\bERROR\b|DATABASE_ERROR|"level":"(?:warn|error)"/);
    expect(first.output().trimStart()).toMatch(/^ObjectStack API keys, in development\n/);
    expect(first.output()).not.toContain(key);

    // The database was closed: another process opens it, and finds the key.
    const second = await start();
    expect(await viewerOf(second, { 'x-api-key': key })).toEqual(ADMIN);
    expect(await second.stop()).toBe(0);
  });
});

describe('npm start in production', () => {
  it('says how the first administrator is made and where it listens, and nothing else', async () => {
    const env = { NODE_ENV: 'production', AUTH_SECRET: randomBytes(32).toString('hex'), DATABASE_URL: 'file::memory:' };
    await using server = await start(env);
    // Beside the requests that asked whether it is up.
    const lines = server
      .output()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const started = lines.filter(({ msg }) => msg !== 'request');
    const { port } = new URL(server.url);
    expect(started).toMatchObject([
      {
        level: 'warn',
        msg: expect.stringMatching(/^this server has no administrator yet/),
        setUpToken: expect.any(String),
      },
      { level: 'info', msg: 'listening', host: '127.0.0.1', port: Number(port) },
    ]);
  });
});

describe('the address in BASE_URL', () => {
  it('is the one that people sign in from, also where it is not the one that is listened on', async () => {
    await using server = await start({ DATABASE_URL: 'file::memory:', BASE_URL: 'http://localhost:8080' });
    const signIn = (origin: string) =>
      fetch(`${server.url}/api/v1/auth/sign-in/email`, {
        method: 'POST',
        // A browser that has cookies: without any, nobody's session can be taken over.
        headers: { 'content-type': 'application/json', origin, cookie: 'theme=dark' },
        body: JSON.stringify(DEV_ADMIN),
      });
    expect((await signIn('http://attacker.example')).status).toBe(403);
    const response = await signIn('http://localhost:8080');
    expect(response.status).toBe(200);
    const { token } = (await response.json()) as { token: string };
    expect(await viewerOf(server, bearer(token))).toEqual(ADMIN);
    const discovery = await fetch(`${server.url}/.well-known/oauth-authorization-server`);
    expect(await discovery.json()).toMatchObject({ issuer: 'http://localhost:8080/api/v1/auth' });
  });
});

describe('a server that cannot start', () => {
  const attempt = (env: Record<string, string>) => run(process.execPath, [SERVER], { cwd: folder, env });

  it('names every problem of its configuration and exits with 1', async () => {
    const finished = await attempt({ NODE_ENV: 'production', PORT: 'http', DATABASE_URL: 'mysql://u:s3cret@db/x' });
    expect(finished.code).toBe(1);
    expect(finished.stderr.trim().split('\n')).toEqual([
      'The configuration is not valid:',
      expect.stringMatching(/^ {2}PORT must be/),
      expect.stringMatching(/^ {2}DATABASE_URL must be/),
      expect.stringMatching(/^ {2}AUTH_SECRET is required in production/),
    ]);
    expect(finished.stdout).toBe('');
  });

  it('says that the address is not of this machine', async () => {
    const finished = await attempt({
      NODE_ENV: 'production',
      AUTH_SECRET: randomBytes(32).toString('hex'),
      DATABASE_URL: 'file::memory:',
      HOST: '192.0.2.1',
    });
    expect(finished.code).toBe(1);
    expect(finished.stderr).toBe(
      'The configuration is not valid:\n  HOST 192.0.2.1 is not an address of this machine\n',
    );
  });

  it('says that the port is in use and exits with 1', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    try {
      const finished = await attempt({ NODE_ENV: 'development', DATABASE_URL: 'file::memory:', PORT: String(port) });
      expect(finished.code).toBe(1);
      expect(finished.stderr).toBe(`The configuration is not valid:\n  PORT ${port} is in use by another process\n`);
      expect(finished.stdout).not.toContain('Mint a key');
    } finally {
      taken.close();
    }
  });
});
