// @ts-nocheck
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';
import { DEV_ADMIN } from '../support/kernel.ts';
import { ROOT } from '../support/markdown.ts';
import { type Finished, type Served, serve } from '../support/process.ts';

const PASSWORD = 'another password than the published one';
const PRODUCTION = {
  NODE_ENV: 'production',
  AUTH_SECRET: 'zT5q-Vw0b7Yk2mRnX9sLgA4hJcD8eFuP',
  SETUP_ADMIN_EMAIL: DEV_ADMIN.email,
  SETUP_ADMIN_PASSWORD: PASSWORD,
};

let folder: string;
let server: Served;
const listening: { close(): unknown }[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'api-keys-failures-'));
  const database = { DATABASE_URL: `file:${join(folder, 'objectstack.db')}` };
  server = await serve('node', [`${ROOT}src/server.ts`], { cwd: folder, env: { ...PRODUCTION, ...database } });
}, 120_000);
afterAll(async () => {
  for (const one of listening) one.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Lets a server listen on a port of its own, until the end of the tests. */
async function at(scheme: string, one: Server | ReturnType<typeof createSocketServer>): Promise<string> {
  one.listen(0, '127.0.0.1');
  await new Promise((resolve) => one.once('listening', resolve));
  listening.push(one);
  return `${scheme}://127.0.0.1:${(one.address() as AddressInfo).port}`;
}

const answering = (status: number, body: string, headers: Record<string, string> = {}): Server =>
  createServer((_request, response) => response.writeHead(status, headers).end(body));

async function withCertificate(options: Parameters<typeof generate>[1], host: string): Promise<string> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: host }], options);
  return at(
    'https',
    createTlsServer({ key, cert }, (_request, response) => response.end('{}')),
  );
}

interface Attempt {
  readonly url: string;
  readonly password?: string;
  readonly token?: string;
  readonly json?: boolean;
}

/** Lists keys: with a session token, or with a password from standard input. */
const attempt = ({ url, password = PASSWORD, token, json = true }: Attempt): Promise<Finished> =>
  runCli(['list', ...(json ? ['--json'] : [])], {
    env: {
      OBJECTSTACK_URL: url,
      OBJECTSTACK_EMAIL: DEV_ADMIN.email,
      OBJECTSTACK_TOKEN: token,
      XDG_CONFIG_HOME: folder,
    },
    input: password,
  });

describe('a server in production', () => {
  it('signs the command in with the right password, which says that it is no browser of another page', async () => {
    expect(await attempt({ url: server.url })).toEqual({ code: 0, stdout: '[]\n', stderr: '' });
  });

  it('says that the password is wrong', async () => {
    const { code, stdout, stderr } = await attempt({ url: server.url, password: 'wrong', json: false });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/did not accept this e-mail address and password/);
  });

  it('says that its address is another one, where the command calls it by one that it does not know', async () => {
    const { port } = new URL(server.url);
    const { code, stdout, stderr } = await attempt({ url: `http://127.0.0.1:${port}` });
    expect({ code, stdout, error: JSON.parse(stderr) }).toEqual({
      code: 3,
      stdout: '',
      error: { error: { code: 'OTHER_ADDRESS', exitCode: 3, message: expect.stringContaining('BASE_URL') } },
    });
  });
});

describe('what failed is said, in words and with a code', () => {
  it.each<[string, () => Promise<Attempt>, code: string, exit: number, words: RegExp]>([
    ['an unknown host', async () => ({ url: 'https://nobody.invalid' }), 'UNKNOWN_HOST', 4, /"nobody\.invalid"/],
    [
      'nothing that listens',
      async () => {
        const closed = createServer();
        const url = await at('http', closed);
        await new Promise((resolve) => closed.close(resolve));
        return { url };
      },
      'CONNECTION_REFUSED',
      4,
      /refused the connection.*Is it running/,
    ],
    [
      'a self-signed certificate',
      async () => ({ url: await withCertificate({}, '127.0.0.1') }),
      'CERTIFICATE',
      4,
      /self-signed.*Nothing was sent.*NODE_EXTRA_CA_CERTS/,
    ],
    [
      'an address of https where plain http answers',
      async () => ({ url: await at('https', answering(200, '{}')) }),
      'CERTIFICATE',
      4,
      /does not answer with TLS/,
    ],
    [
      'a redirect, whose target gets no password',
      async () => {
        const target = await at(
          'http',
          createServer(() => expect.unreachable('the redirect was followed')),
        );
        return { url: await at('http', answering(308, '', { location: `${target}/elsewhere` })) };
      },
      'REDIRECT',
      4,
      /redirects to http:\/\/127\.0\.0\.1:\d+\..*--url/,
    ],
    [
      'another site',
      async () => ({ url: await at('http', answering(200, '<html>hello</html>')) }),
      'NOT_OBJECTSTACK',
      1,
      /is not an ObjectStack server/,
    ],
    [
      'a site without such a path',
      async () => ({ url: await at('http', answering(404, 'not found')) }),
      'NOT_OBJECTSTACK',
      1,
      /Is the address right/,
    ],
    [
      'a gateway with nothing behind it',
      async () => ({ url: await at('http', answering(502, '<html>bad gateway</html>', { 'retry-after': '30' })) }),
      'SERVICE_UNAVAILABLE',
      4,
      /cannot answer right now \(502\).*in 30 seconds/,
    ],
    [
      'a connection that breaks off',
      async () => ({
        url: await at(
          'http',
          createSocketServer((socket) => socket.destroy()),
        ),
      }),
      'CONNECTION_LOST',
      4,
      /was lost before the server answered/,
    ],
    [
      'an account with a second factor',
      async () => ({ url: await at('http', answering(200, '{"twoFactorRedirect":true}')) }),
      'SECOND_FACTOR',
      3,
      /second factor.*login/,
    ],
    [
      'a session that has ended',
      async () => ({ url: server.url, token: 'a-session-that-has-ended' }),
      'SESSION_ENDED',
      3,
      /session in OBJECTSTACK_TOKEN has ended/,
    ],
    [
      'a key in the place of a session',
      async () => ({ url: server.url, token: `osk_${'A'.repeat(43)}` }),
      'UNAUTHENTICATED',
      3,
      /holds an API key/,
    ],
  ])('%s', async (_case, prepare, errorCode, exit, words) => {
    const prepared = await prepare();
    const { code, stdout, stderr } = await attempt(prepared);
    expect({ code, stdout, error: JSON.parse(stderr) }).toEqual({
      code: exit,
      stdout: '',
      error: { error: { code: errorCode, exitCode: exit, message: expect.stringMatching(words) } },
    });
    expect(stderr).not.toMatch(new RegExp(`${PASSWORD}|a-session-that|osk_AAAA`));
  });

  // The last one: this network then has to wait.
  it('too many wrong passwords, and how long to wait', async () => {
    let refused = 0;
    for (let tries = 0; tries < 30 && refused !== 429; tries += 1) {
      const { status } = await fetch(`${server.url}/api/v1/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: server.url },
        body: JSON.stringify({ email: DEV_ADMIN.email, password: 'wrong' }),
      });
      refused = status;
    }
    const { code, stderr } = await attempt({ url: server.url, password: 'wrong' });
    expect({ code, error: JSON.parse(stderr) }).toEqual({
      code: 4,
      error: {
        error: {
          code: 'RATE_LIMITED',
          exitCode: 4,
          message: expect.stringMatching(
            /too many attempts to sign in\. Try again in (\d+ seconds|\d+ minutes|one second)/,
          ),
        },
      },
    });
  });
});
