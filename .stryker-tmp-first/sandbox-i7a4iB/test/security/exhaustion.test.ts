// @ts-nocheck
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/standalone/config.ts';
import { consoleFolder } from '../../src/standalone/console.ts';
import { bearer, restEndpoint } from '../support/endpoints.ts';
import { bootKernel, DEV_ADMIN, ORIGIN, type Person, type TestKernel } from '../support/kernel.ts';
import { RawClient } from '../support/raw-http.ts';

const BODY_BYTES = 2048;
const CONNECTIONS_PER_NETWORK = 6;
const PIPELINED = 2;

let target: TestKernel;
let admin: Person;
beforeAll(async () => {
  target = await bootKernel({
    database: 'sqlite',
    config: {
      listener: {
        ...readConfig({}).listener,
        maxBodyBytes: BODY_BYTES,
        maxUploadBytes: 2 * BODY_BYTES,
        maxBufferedBytes: 6 * BODY_BYTES,
        maxConnectionsPerNetwork: CONNECTIONS_PER_NETWORK,
        maxPipelinedRequests: PIPELINED,
        readTimeoutMs: 300,
      },
    },
  });
  admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
});
afterAll(async () => {
  await target[Symbol.asyncDispose]();
});

const SIGN_IN = '/api/v1/auth/sign-in/email';
const head = (path: string, lines: readonly string[] = []): string =>
  [`POST ${path} HTTP/1.1`, 'Host: localhost', `Origin: ${ORIGIN}`, 'Content-Type: application/json', ...lines].join(
    '\r\n',
  );

/** The server answers others: a mint over a socket of its own. */
async function expectAlive(): Promise<void> {
  const rest = restEndpoint({
    request: (path, init) =>
      fetch(`${target.url}${path}`, { ...init, headers: { ...init?.headers, connection: 'close' } }),
  });
  expect((await rest.mint(bearer(admin.token), { name: 'alive' })).key).toMatch(/^osk_/);
}

describe('a body that is too large is refused with 413 on the routes of the platform, before it is there', () => {
  it.each([SIGN_IN, '/api/v1/auth/sign-up/email', '/api/v1/batch', '/api/v1/data/sys_user', '/nowhere'])(
    'when its length is declared: %s',
    async (path) => {
      using client = await RawClient.connect(target.url);
      client.send(`${head(path, [`Content-Length: ${2 * BODY_BYTES + 1}`])}\r\n\r\n{`);
      expect(await client.until('PAYLOAD_TOO_LARGE')).toMatch(/^HTTP\/1\.1 413 /);
      await expectAlive();
    },
  );

  it.each([SIGN_IN, '/api/v1/batch', '/nowhere'])('when it comes in chunks without end: %s', async (path) => {
    using client = await RawClient.connect(target.url);
    client.send(`${head(path, ['Transfer-Encoding: chunked'])}\r\n\r\n`);
    for (let sent = 0; sent < 5; sent += 1) client.send(`400\r\n${' '.repeat(0x400)}\r\n`);
    expect(await client.until('PAYLOAD_TOO_LARGE')).toMatch(/^HTTP\/1\.1 413 /);
    await expectAlive();
  });

  it('and one that is within the limit is read as it was sent, whole or in chunks', async () => {
    const body = JSON.stringify(DEV_ADMIN);
    for (const lines of [
      [`Content-Length: ${body.length}`, '', body],
      ['Transfer-Encoding: chunked', '', body.length.toString(16), body, '0', '', ''],
    ]) {
      using client = await RawClient.connect(target.url);
      client.send(head(SIGN_IN, ['Connection: close', ...lines]));
      expect(await client.untilClosed()).toMatch(/^HTTP\/1\.1 200 [\s\S]*"token"/);
    }
  });
});

it.each([
  ['413 for a body that is too large', `Content-Length: ${2 * BODY_BYTES + 1}`, 413],
  ['400 for a head that can be read in two ways', 'Content-Type: text/plain', 400],
])('%s can be read by a page of a trusted origin, and by no other', async (_title, line, status) => {
  for (const [origin, granted] of [
    [ORIGIN, ORIGIN],
    ['https://evil.example', undefined],
  ]) {
    using client = await RawClient.connect(target.url);
    client.send(`${head(SIGN_IN, [line]).replace(`Origin: ${ORIGIN}`, `Origin: ${origin}`)}\r\n\r\n{`);
    const answer = await client.until('"error"');
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(/^access-control-allow-origin: (\S+)/im.exec(answer)?.[1]).toBe(granted);
    expect(answer).toMatch(/^vary: .*origin/im);
  }
});

it('bodies that one network has begun and does not finish fill no more than its half of the room', async () => {
  const clients: RawClient[] = [];
  // Each of them within the limit for one.
  for (let each = 0; each < 2; each += 1) {
    const client = await RawClient.connect(target.url);
    client.send(
      `${head('/api/v1/batch', [`Content-Length: ${2 * BODY_BYTES}`])}\r\n\r\n${' '.repeat(2 * BODY_BYTES - 1)}`,
    );
    clients.push(client);
  }
  const [, last] = clients;
  expect(await last?.until('SERVICE_UNAVAILABLE')).toMatch(/^HTTP\/1\.1 503 [\s\S]*retry-after/i);
  await expectAlive();
  for (const client of clients) client[Symbol.dispose]();
});

it('a network that has all of its connections gets no further one, and another when one ends', async () => {
  const clients: RawClient[] = [];
  for (let each = 0; each < CONNECTIONS_PER_NETWORK; each += 1) {
    const client = await RawClient.connect(target.url);
    client.send('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(await client.until('"ok"')).toMatch(/^HTTP\/1\.1 200 /);
    clients.push(client);
  }
  using refused = await RawClient.connect(target.url);
  expect(await refused.untilClosed()).toBe('');
  const [first] = clients;
  first?.send('GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  await first?.untilClosed();
  await expectAlive();
  for (const client of clients) client[Symbol.dispose]();
});

describe('pipelined requests', () => {
  const GET = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n';

  it('are answered in their order, as many as may wait', async () => {
    using client = await RawClient.connect(target.url);
    client.send(GET.repeat(PIPELINED) + GET.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'));
    expect((await client.untilClosed()).match(/HTTP\/1\.1 200 /g)).toHaveLength(PIPELINED + 1);
  });

  it('end the connection when there are more', async () => {
    using client = await RawClient.connect(target.url);
    client.send(GET.repeat(1500));
    expect((await client.untilClosed()).match(/HTTP\/1\.1 200 /g) ?? []).toHaveLength(0);
    await expectAlive();
  });
});

it('clients that read nothing of a large answer lose their connections, and others get theirs', async () => {
  const asset = await largestAsset();
  const clients: RawClient[] = [];
  for (let each = 0; each < CONNECTIONS_PER_NETWORK; each += 1) {
    const client = await RawClient.connect(target.url);
    client.pause();
    // More than the buffers of the machine hold.
    client.send(`GET ${asset} HTTP/1.1\r\nHost: localhost\r\n\r\n`.repeat(PIPELINED + 1));
    clients.push(client);
  }
  for (let answer = ''; answer === ''; ) {
    using client = await RawClient.connect(target.url);
    client.send('GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    answer = await client.untilClosed();
  }
  await expectAlive();
  for (const client of clients) client[Symbol.dispose]();
});

/** The path of the largest file of the Console. */
async function largestAsset(): Promise<string> {
  const folder = join(consoleFolder() ?? '', 'assets');
  const files = await Promise.all(
    (await readdir(folder)).map(async (name) => ({ name, size: (await stat(join(folder, name))).size })),
  );
  const [largest] = files.sort((one, other) => other.size - one.size);
  return `/_console/assets/${largest?.name}`;
}
