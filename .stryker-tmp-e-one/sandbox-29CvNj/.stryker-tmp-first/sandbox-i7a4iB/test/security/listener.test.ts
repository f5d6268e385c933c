// @ts-nocheck
// 
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/standalone/config.ts';
import { bearer } from '../support/endpoints.ts';
import { bootKernel, DEV_ADMIN, type Person, type TestKernel } from '../support/kernel.ts';
import { RawClient } from '../support/raw-http.ts';

const HEAD = 'POST /api/v1/keys HTTP/1.1\r\nHost: localhost\r\n';

let target: TestKernel;
let admin: Person;
beforeAll(async () => {
  target = await bootKernel({
    config: {
      listener: { ...readConfig({}).listener, maxHeaderBytes: 4096, headersTimeoutMs: 300, requestTimeoutMs: 600 },
    },
  });
  admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
});
afterAll(async () => {
  await target[Symbol.asyncDispose]();
});

/** The server answers others: a mint over a socket of its own. */
async function expectAlive(): Promise<void> {
  const response = await fetch(`${target.url}/api/v1/keys`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearer(admin.token) },
    body: '{"name":"alive"}',
  });
  expect(response.status).toBe(201);
}

const credentials = (): string => `Authorization: Bearer ${admin.token}\r\nContent-Type: application/json\r\n`;

describe('a slow client cannot hold the server', () => {
  it('with headers that do not end', async () => {
    using client = await RawClient.connect(target.url);
    client.send(`${HEAD}X-Slow: `);
    await expectAlive();
    expect(await client.untilClosed()).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('with a body that does not end', async () => {
    const before = await target.storedKeys();
    using client = await RawClient.connect(target.url);
    client.send(`${HEAD}${credentials()}Content-Length: 100\r\n\r\n{"name":"x"`);
    const received = await client.untilClosed();
    expect(received).not.toContain('osk_');
    expect(await target.storedKeys()).toEqual(before);
    await expectAlive();
  });
});

describe('a header section', () => {
  it('that is too long is refused', async () => {
    using client = await RawClient.connect(target.url);
    client.send(`${HEAD}X-Long: ${'x'.repeat(5000)}\r\n\r\n`);
    expect(await client.untilClosed()).toMatch(/^HTTP\/1\.1 431 /);
    await expectAlive();
  });

  it.each([
    ['two lengths', 'Content-Length: 12\r\nContent-Length: 13\r\n\r\n{"name":"x"}'],
    [
      'a length and chunks, with a second request behind',
      `Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${HEAD}Content-Length: 12\r\n\r\n{"name":"x"}`,
    ],
    ['a length that is no number', 'Content-Length: 0x0c\r\n\r\n{"name":"x"}'],
    ['a name with a space', 'X-Name : y\r\nContent-Length: 12\r\n\r\n{"name":"x"}'],
    ['a folded line', 'X-Name: y\r\n  folded\r\nContent-Length: 12\r\n\r\n{"name":"x"}'],
    ['NUL in a value', 'X-Name: a\0b\r\nContent-Length: 12\r\n\r\n{"name":"x"}'],
  ])('that can be read in two ways is refused: %s', async (_case, rest) => {
    const before = await target.storedKeys();
    using client = await RawClient.connect(target.url);
    client.send(`${HEAD}${credentials()}${rest}`);
    expect(await client.untilClosed()).toMatch(/^HTTP\/1\.1 400 /);
    expect(await target.storedKeys()).toEqual(before);
    await expectAlive();
  });
});

describe('bytes that are not HTTP behind a whole request', () => {
  const mint = (): string => `${HEAD}${credentials()}Content-Length: 16\r\n\r\n{"name":"whole"}`;

  it.each([
    ['noise', '\0\u0001 nothing'],
    ['a request line of another protocol', 'PRI * HTTP/2.0\r\n\r\n'],
    ['a request with two lengths', `${HEAD}Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}`],
  ])('end the connection when the key that was made is answered: %s', async (_case, behind) => {
    const before = await target.storedKeys();
    using client = await RawClient.connect(target.url);
    client.send(`${mint()}${behind}`);
    const received = await client.untilClosed();
    expect(received).toMatch(/^HTTP\/1\.1 201 /);
    expect(received).toMatch(/^Connection: close\r$/im);
    expect(received.match(/HTTP\/1\.1 20\d/g)).toHaveLength(1);
    expect(await target.storedKeys()).toHaveLength(before.length + 1);
    await expectAlive();
  });

  it('are not looked at after a request that closes the connection', async () => {
    const before = await target.storedKeys();
    using client = await RawClient.connect(target.url);
    client.send(`${mint().replace('Host', 'Connection: close\r\nHost')}${mint()}`);
    expect((await client.untilClosed()).match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 201']);
    expect(await target.storedKeys()).toHaveLength(before.length + 1);
  });
});

describe('a body over a socket', () => {
  it('that is declared too long is refused before it is sent', async () => {
    using client = await RawClient.connect(target.url);
    client.send(`${HEAD}${credentials()}Content-Length: 1000000000\r\n\r\n`);
    expect(await client.until('PAYLOAD_TOO_LARGE')).toMatch(/^HTTP\/1\.1 413 /);
    await expectAlive();
  });

  it('that turns out too long is refused while it is sent', async () => {
    using client = await RawClient.connect(target.url);
    client.send(`${HEAD}${credentials()}Transfer-Encoding: chunked\r\n\r\n`);
    for (let sent = 0; sent < 20; sent += 1) client.send(`4000\r\n${' '.repeat(0x4000)}\r\n`);
    expect(await client.until('PAYLOAD_TOO_LARGE')).toMatch(/^HTTP\/1\.1 413 /);
    await expectAlive();
  });

  it.each([
    ['a body with a key', `X-Api-Key: ${'osk_'.padEnd(47, 'A')}\r\nContent-Length: 1000000000\r\n\r\n`, 413],
    ['a second Host', 'Host: elsewhere\r\nContent-Length: 2\r\n\r\n{}', 400],
  ])('that reaches no handler is refused under the id of the request: %s', async (_case, rest, status) => {
    using client = await RawClient.connect(target.url);
    client.send(`${HEAD}X-Request-Id: mine-1\r\n${rest}`);
    const answer = await client.until('"error"');
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toMatch(/^X-Request-Id: mine-1\r$/im);
  });
});
