// @ts-nocheck
// 
import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';
import { DEV_ADMIN } from '../support/kernel.ts';
import { ROOT } from '../support/markdown.ts';
import { type Finished, type RunOptions, run } from '../support/process.ts';
import { startServer, type TestServer } from '../support/served.ts';

let server: TestServer;
let token: string;
beforeAll(async () => {
  server = await startServer();
  token = await server.signIn();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

const environment = (): Record<string, string | undefined> => ({
  OBJECTSTACK_URL: server.url,
  OBJECTSTACK_TOKEN: undefined,
  XDG_CONFIG_HOME: server.folder,
});

/** Runs the command as a person without a terminal does. */
const cli = (args: readonly string[], { env, ...options }: RunOptions = {}): Promise<Finished> =>
  runCli(args, { ...options, env: { ...environment(), ...env } });
const signedIn = (): RunOptions => ({ env: { OBJECTSTACK_TOKEN: token } });

interface Viewer {
  viewer: { email: string };
}

async function expectKeyOf(email: string, key: string): Promise<void> {
  expect(await server.ask<Viewer>(key, '{ viewer { email } }')).toEqual({ viewer: { email } });
}

async function keyCount(): Promise<number> {
  const response = await fetch(`${server.url}/api/v1/data/sys_api_key?limit=1000`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { records } = (await response.json()) as { records: unknown[] };
  return records.length;
}

describe('mint', () => {
  it('writes only the key to standard output, and its description to standard error, in a separate process', async () => {
    const { code, stdout, stderr } = await run('node', [`${ROOT}src/cli.ts`, 'mint', '--name', 'CI'], {
      env: { ...environment(), OBJECTSTACK_TOKEN: token },
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^osk_[A-Za-z0-9_-]{43}\n$/);
    expect(stderr).toContain('Created "CI"');
    expect(stderr).not.toContain(stdout.trim());
    await expectKeyOf(DEV_ADMIN.email, stdout.trim());
  });

  it('signs in with a password from standard input, and ends that session', async () => {
    const before = await server.sessions(token);
    const { code, stdout, stderr } = await cli(['mint', '--name', 'CI', '--email', DEV_ADMIN.email], {
      input: `${DEV_ADMIN.password}\n`,
    });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^osk_/) });
    expect(stdout + stderr).not.toContain(DEV_ADMIN.password);
    await expectKeyOf(DEV_ADMIN.email, stdout.trim());
    expect(await server.sessions(token)).toEqual(before);
  });

  it('asks for the password at a terminal without echo, while the key goes into a pipe', async () => {
    const command = `stty cols 80; '${process.execPath}' '${ROOT}src/cli.ts' mint --name CI --email ${DEV_ADMIN.email} | cat >key`;
    const terminal = await run('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
      cwd: server.folder,
      env: environment(),
      input: `${DEV_ADMIN.password}\r`,
      inputWhen: 'Password',
    });
    expect(terminal).toMatchObject({ code: 0, stdout: expect.stringContaining('Created "CI"') });
    expect(terminal.stdout).not.toContain(DEV_ADMIN.password);
    expect(terminal.stdout).not.toMatch(/osk_[A-Za-z0-9_-]{43}/);
    const key = await readFile(join(server.folder, 'key'), 'utf8');
    await expectKeyOf(DEV_ADMIN.email, key.trim());
  });

  it('fails when nothing reads the key', async () => {
    const command = `'${process.execPath}' '${ROOT}src/cli.ts' mint --name CI | true; exit \${PIPESTATUS[0]}`;
    const { code, stderr } = await run('bash', ['-c', command], {
      env: { OBJECTSTACK_URL: server.url, OBJECTSTACK_TOKEN: token },
    });
    expect({ code, stderr }).toEqual({ code: 5, stderr: expect.stringMatching(/Created "CI" \(\S+, .*closed/s) });
  });

  it('can be cancelled at the prompt', async () => {
    const command = `stty cols 80; '${process.execPath}' '${ROOT}src/cli.ts' mint --name CI --email ${DEV_ADMIN.email}`;
    const { code } = await run('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
      env: environment(),
      input: '\u0003',
      inputWhen: 'Password',
    });
    expect(code).toBe(130);
  });

  it('passes on scopes and an expiry in days, and prints JSON on request', async () => {
    const args = ['mint', '--name', 'CI', '--scope', 'member_default', '--scope', 'admin_full_access'];
    const { code, stdout } = await cli([...args, '--expires', 'P90D', '--json'], signedIn());
    expect(code).toBe(0);
    const { apiKey, key } = JSON.parse(stdout) as { apiKey: { scopes: string[]; expiresAt: string }; key: string };
    expect(key).toMatch(/^osk_/);
    expect(apiKey).toMatchObject({ name: 'CI', scopes: ['member_default', 'admin_full_access'], status: 'ACTIVE' });
    const days = (new Date(apiKey.expiresAt).getTime() - Date.now()) / 86_400_000;
    expect(Math.round(days * 100) / 100).toBe(90);
  });

  it.each([
    ['a scope that the person does not hold', ['--scope', 'not_mine'], /You do not hold the scope "not_mine"/],
    ['an expiry that has passed', ['--expires', '2020-01-01T00:00:00Z'], /future/],
  ])('is refused by the server with its own words: %s', async (_case, args, words) => {
    const before = await keyCount();
    const { code, stdout, stderr } = await cli(['mint', '--name', 'CI', ...args], signedIn());
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(words) });
    expect(await keyCount()).toBe(before);
  });

  it.each([
    ['a wrong password', { input: 'not-the-password-7f2\n' }, ['--email', DEV_ADMIN.email]],
    ['no password', {}, ['--email', DEV_ADMIN.email]],
    ['nobody named', { input: 'not-the-password-7f2\n' }, []],
    ['a token that is no session', { env: { OBJECTSTACK_TOKEN: 'not-a-session-token-7f2' } }, []],
    ['an API key for a token', { env: { OBJECTSTACK_TOKEN: `osk_${'A'.repeat(43)}` } }, []],
  ])('is not signed in with %s', async (_case, options: RunOptions, args) => {
    const before = await keyCount();
    const { code, stdout, stderr } = await cli(['mint', '--name', 'CI', ...args], options);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).not.toMatch(/7f2|osk_AAAA/);
    expect(await keyCount()).toBe(before);
  });

  it.each([
    ['no name', ['mint']],
    ['a command that does not exist', ['mnt']],
    ['an option that does not exist', ['mint', '--name', 'CI', '--token', 'secret-7f2']],
    ['an expiry that is neither a date nor a duration', ['mint', '--name', 'CI', '--expires', 'tomorrow']],
    ['a duration that leads nowhere', ['mint', '--name', 'CI', '--expires', 'P0D']],
    ['a duration into the past', ['mint', '--name', 'CI', '--expires', '-P1D']],
    ['a duration past the year 9999', ['mint', '--name', 'CI', '--expires', 'P4000000D']],
    ['a duration past the end of time', ['mint', '--name', 'CI', '--expires', 'P999999999D']],
    ['a duration without a fixed length', ['mint', '--name', 'CI', '--expires', 'P1M']],
    ['an address that is none', ['mint', '--name', 'CI', '--url', 'crm']],
    ['another protocol', ['mint', '--name', 'CI', '--url', 'ftp://crm.example.test']],
    ['a password in the address', ['mint', '--name', 'CI', '--url', 'https://me:secret-7f2@crm.example.test']],
    ['plain http to another machine', ['mint', '--name', 'CI', '--url', 'http://crm.example.test']],
    ['a name that only looks like this machine', ['mint', '--name', 'CI', '--url', 'http://localhost.example.test']],
    ['a limit that is no number', ['list', '--limit', 'all']],
  ])('is a mistake in the command line: %s', async (_case, args) => {
    const { code, stdout, stderr } = await cli(args, signedIn());
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).not.toBe('');
    expect(stderr).not.toContain('secret-7f2');
  });

  it('goes out over plain http with --insecure, with a warning', async () => {
    const { code, stderr } = await cli(
      ['mint', '--name', 'CI', '--insecure', '--url', 'http://crm.invalid'],
      signedIn(),
    );
    expect({ code, stderr }).toEqual({ code: 4, stderr: expect.stringContaining('Warning: http://crm.invalid') });
  });
});

describe('a server that cannot be trusted or does not work', () => {
  /** What the real server never does: the outermost edge is played by a bare node:http server. */
  async function against(listener: RequestListener, args: readonly string[], options: RunOptions): Promise<Finished> {
    const fake = createServer(listener).listen(0, '127.0.0.1');
    try {
      await new Promise((resolve) => fake.once('listening', resolve));
      const { port } = fake.address() as AddressInfo;
      return await cli(args, { ...options, env: { ...options.env, OBJECTSTACK_URL: `http://127.0.0.1:${port}` } });
    } finally {
      fake.close();
    }
  }

  it('does not get the password sent on by a redirect', async () => {
    const reached: string[] = [];
    const elsewhere = createServer((request, response) => {
      reached.push(request.url ?? '');
      response.end('{}');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => elsewhere.once('listening', resolve));
    const { port } = elsewhere.address() as AddressInfo;
    const { code } = await against(
      (_request, response) => response.writeHead(307, { location: `http://127.0.0.1:${port}/caught` }).end(),
      ['mint', '--name', 'CI', '--email', DEV_ADMIN.email],
      { input: DEV_ADMIN.password },
    );
    elsewhere.close();
    expect({ code, reached }).toEqual({ code: 4, reached: [] });
  });

  it('cannot write control characters to the terminal', async () => {
    const body = JSON.stringify({
      errors: [{ message: 'no \u001b]0;owned\u0007\u202e', extensions: { code: 'FORBIDDEN' } }],
    });
    const { code, stderr } = await against(
      (_request, response) => response.end(body),
      ['mint', '--name', 'CI'],
      signedIn(),
    );
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'no \\u{1b}]0;owned\\u{7}\\u{202e}\n' });
  });

  it.each([
    ['an escape sequence', `osk_\u001b]52;c;${'A'.repeat(30)}\u0007`],
    ['a command', `osk_${'A'.repeat(40)};id`],
    ['another prefix', `xxx_${'A'.repeat(43)}`],
    ['two lines', `osk_${'A'.repeat(43)}\n`],
  ])('cannot have something printed that is not a key: %s', async (_case, key) => {
    const apiKey = {
      id: 'k1',
      name: 'CI',
      prefix: 'osk_AAAAAAAA',
      scopes: [],
      expiresAt: null,
      organizationId: null,
      createdAt: '2030-01-01T00:00:00.000Z',
      lastUsedAt: null,
      status: 'ACTIVE',
    };
    const body = (secret: string): string => JSON.stringify({ data: { createApiKey: { apiKey, key: secret } } });
    const mintFrom = (secret: string): Promise<Finished> =>
      against((_request, response) => response.end(body(secret)), ['mint', '--name', 'CI'], signedIn());
    const real = `osk_${'A'.repeat(43)}`;
    expect(await mintFrom(real)).toMatchObject({ code: 0, stdout: `${real}\n` });
    expect(await mintFrom(key)).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/not return a valid key.*revoke k1/),
    });
  });

  it.each([
    [503, '{"errors":[{"message":"later","extensions":{"code":"SERVICE_UNAVAILABLE"}}]}', 4],
    [502, '<html>bad gateway</html>', 4],
    [200, '<html>another site</html>', 1],
    [200, '{"data":{"createApiKey":{"key":7}}}', 1],
  ])('is told apart from one that refuses: %i %s', async (status, body, expected) => {
    const { code, stdout, stderr } = await against(
      (_request, response) => response.writeHead(status).end(body),
      ['mint', '--name', 'CI'],
      signedIn(),
    );
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('help', () => {
  it('names every command and every exit code', async () => {
    const { code, stdout } = await cli(['--help']);
    expect(code).toBe(0);
    for (const word of [
      'serve',
      'login',
      'logout',
      'whoami',
      'scopes',
      'mint',
      'list',
      'revoke',
      'restore',
      'rotate',
      'completion',
    ])
      expect(stdout).toMatch(word);
    for (const exit of [0, 1, 2, 3, 4, 5, 130]) expect(stdout).toMatch(new RegExp(`^ +${exit} `, 'm'));
  });
});
