import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';
import { DEV_ADMIN } from '../support/kernel.ts';
import { ROOT } from '../support/markdown.ts';
import { type Finished, type RunOptions, run } from '../support/process.ts';
import { startServer, type TestServer } from '../support/served.ts';

let server: TestServer;
let file: string;
beforeAll(async () => {
  server = await startServer();
  file = join(server.folder, 'objectstack-api-keys', 'credentials.json');
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

const environment = (): Record<string, string | undefined> => ({
  OBJECTSTACK_URL: server.url,
  OBJECTSTACK_TOKEN: undefined,
  XDG_CONFIG_HOME: server.folder,
});
const cli = (args: readonly string[], { env, ...options }: RunOptions = {}): Promise<Finished> =>
  runCli(args, { ...options, env: { ...environment(), ...env } });
const withPassword = (...args: string[]): Promise<Finished> =>
  cli(['login', '--with-password', '--email', DEV_ADMIN.email, ...args], { input: DEV_ADMIN.password });

async function whoami(): Promise<unknown> {
  const { stdout } = await cli(['whoami', '--json']);
  return stdout === '' ? undefined : (JSON.parse(stdout) as unknown);
}

describe('login through the browser', () => {
  it('waits for approval in the browser, and saves the session on request', async () => {
    const browser = await server.signIn();
    const path = join(server.folder, 'stderr');
    const running = run('bash', ['-c', `exec '${process.execPath}' '${ROOT}src/cli.ts' login --save 2>'${path}'`], {
      env: environment(),
    });
    const told = await written(path, /confirm the code/);
    const [, url = ''] = /Open (\S+)/.exec(told) ?? [];
    expect(new URL(url)).toMatchObject({ origin: server.url, pathname: '/_console/auth/device' });
    const code = new URL(url).searchParams.get('user_code') ?? '';
    expect(told).toContain(`confirm the code ${code}`);

    const headers = { authorization: `Bearer ${browser}`, 'content-type': 'application/json' };
    await fetch(`${server.url}/api/v1/auth/device?user_code=${code}`, { headers });
    const body = JSON.stringify({ userCode: code });
    const approved = await fetch(`${server.url}/api/v1/auth/device/approve`, { method: 'POST', headers, body });
    expect(approved.status).toBe(200);

    expect(await running).toMatchObject({ code: 0, stdout: '' });
    expect(await readFile(path, 'utf8')).toContain(`Signed in to ${server.url} as ${DEV_ADMIN.email}`);
    expect(await whoami()).toMatchObject({ email: DEV_ADMIN.email, credential: { type: 'session' } });
    // Not the session of the browser: ending one leaves the other.
    expect((await cli(['logout'])).code).toBe(0);
    expect(await server.sessions(browser)).not.toEqual([]);
  });
});

/** What a file says, as soon as it says what is waited for. */
async function written(path: string, what: RegExp): Promise<string> {
  for (;;) {
    const text = await readFile(path, 'utf8').catch(() => '');
    if (what.test(text)) return text;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('a saved session', () => {
  let token: string;
  beforeEach(async () => {
    expect((await withPassword('--save')).code).toBe(0);
    const saved = JSON.parse(await readFile(file, 'utf8')) as { sessions: Record<string, { token: string }> };
    token = saved.sessions[server.url]?.token ?? '';
  });

  it('is in a file and a folder that other users cannot read', async () => {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(join(file, '..'))).mode & 0o777).toBe(0o700);
    // Also where the file was there before.
    await withPassword('--save');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it.each([0o640, 0o604])('is not used once others may read it: mode %o', async (mode) => {
    expect((await cli(['whoami'])).code).toBe(0);
    await chmod(file, mode);
    const { code, stdout, stderr } = await cli(['whoami']);
    await chmod(file, 0o600);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/can be read by others/);
    expect(stderr).not.toContain(token);
  });

  it('is ended by logout, at the server and here', async () => {
    expect(await server.sessions(token)).not.toEqual([]);
    expect(await cli(['logout'])).toMatchObject({ code: 0, stdout: '' });
    const answer = await fetch(`${server.url}/api/v1/auth/list-sessions`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(401);
    expect(await readFile(file, 'utf8')).not.toContain(token);
    expect((await cli(['logout', '--json'])).stderr).toContain('NOT_SIGNED_IN');
  });

  it('that has ended says how to sign in again', async () => {
    await fetch(`${server.url}/api/v1/auth/sign-out`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(await cli(['whoami'])).toEqual({
      code: 3,
      stdout: '',
      stderr: expect.stringMatching(/saved session .* has ended.*login --save/),
    });
  });

  it('is not sent to another server', async () => {
    const { code, stderr } = await cli(['whoami', '--url', server.url.replace('localhost', '127.0.0.1')]);
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining('Not signed in') });
  });

  it('is not used for another person named by --email', async () => {
    const { code } = await cli(['whoami', '--email', 'somebody@example.test'], { input: 'no password' });
    expect(code).toBe(3);
  });

  it('is refused in a file that is damaged', async () => {
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, '{ "sessions": ', { mode: 0o600 });
    const { code, stderr } = await cli(['whoami']);
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining('was not written by this command') });
    await writeFile(file, '{ "sessions": {} }', { mode: 0o600 });
  });
});

describe('login without --save', () => {
  it('keeps nothing, and prints the token alone', async () => {
    const { code, stdout } = await withPassword();
    expect(code).toBe(0);
    expect(await readFile(file, 'utf8')).not.toContain(stdout.trim());
    const { stdout: scopes } = await cli(['scopes'], { env: { OBJECTSTACK_TOKEN: stdout.trim() } });
    expect(scopes.trim().split('\n')).toEqual(
      expect.arrayContaining(['data:read', 'data:write', 'actions:execute', 'admin_full_access', 'member_default']),
    );
  });

  it('does not show a token on a terminal', async () => {
    const command = `'${process.execPath}' '${ROOT}src/cli.ts' login --with-password --email ${DEV_ADMIN.email}`;
    const { code, stdout } = await run('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
      env: environment(),
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: expect.stringContaining('--save') });
  });
});

describe('whoami', () => {
  it('says which key is in OBJECTSTACK_API_KEY, and does not show it', async () => {
    const { stdout: token } = await withPassword();
    const minted = await cli(['mint', '--name', 'who'], { env: { OBJECTSTACK_TOKEN: token.trim() } });
    const key = minted.stdout.trim();
    const { code, stdout } = await cli(['whoami'], { env: { OBJECTSTACK_API_KEY: key } });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining(key.slice(0, 12)) });
    expect(stdout).toContain(DEV_ADMIN.email);
    expect(stdout).not.toContain(key);
  });
});
