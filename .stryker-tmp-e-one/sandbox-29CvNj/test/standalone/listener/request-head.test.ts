// @ts-nocheck
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootKernel, DEV_ADMIN, ORIGIN, type Person, type TestKernel } from '../../support/kernel.ts';
import { RawClient } from '../../support/raw-http.ts';

const BODY = '{"name":"x"}';
const FORGED = '198.51.100.66';

let target: TestKernel;
let admin: Person;
beforeAll(async () => {
  target = await bootKernel();
  admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
});
afterAll(async () => {
  await target[Symbol.asyncDispose]();
});

/** The lines of a request that mints a key, when nothing is added to it. */
function mint(lines: readonly string[], first = 'POST /api/v1/keys HTTP/1.1', host = 'Host: localhost'): string {
  const length = lines.some((line) => /^transfer-encoding/i.test(line)) ? [] : [`Content-Length: ${BODY.length}`];
  const given = ['Content-Type: application/json', `Authorization: Bearer ${admin.token}`, 'Connection: close'];
  return [first, host, ...given, ...length, ...lines, '', BODY].join('\r\n');
}

async function send(request: string): Promise<string> {
  using client = await RawClient.connect(target.url);
  client.send(request);
  return await client.untilClosed();
}

describe('a request that can be read in two ways is refused, and mints nothing', () => {
  it.each([
    ['two hosts', ['Host: localhost']],
    ['two hosts that differ', ['hOST: elsewhere.example']],
    ['two credentials', ['Authorization: Bearer another-token-of-somebody']],
    ['two API keys', ['X-Api-Key: a', 'X-API-Key: b']],
    ['two cookies', ['Cookie: a=b', 'Cookie: c=d']],
    ['two origins', ['Origin: http://localhost:3000', 'Origin: https://evil.example']],
    ['two referrers', ['Referer: http://localhost:3000/', 'Referer: https://evil.example/']],
    ['two media types', ['Content-Type: text/plain']],
    ['two intents', ['Idempotency-Key: intent-one-of-two', 'Idempotency-Key: intent-two-of-two']],
    ['two transfer codings', ['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked']],
    ['a transfer coding that nobody undoes', ['Transfer-Encoding: gzip, chunked']],
  ])('%s', async (_case, lines) => {
    const before = await target.storedKeys();
    expect(await send(mint(lines))).toMatch(/^HTTP\/1\.1 400 /);
    expect(await target.storedKeys()).toEqual(before);
  });

  it('a transfer coding in HTTP/1.0', async () => {
    const before = await target.storedKeys();
    const request = mint(['Transfer-Encoding: chunked'], 'POST /api/v1/keys HTTP/1.0').replace(BODY, '');
    expect(await send(`${request}c\r\n${BODY}\r\n0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /);
    expect(await target.storedKeys()).toEqual(before);
  });

  it.each([
    ['credentials in the target', 'http://user:secret@localhost/api/v1/keys'],
    ['a name in the target', 'http://user@localhost/api/v1/keys'],
    ['another host than the one that is named', 'http://elsewhere.example/api/v1/keys'],
    ['another scheme', 'ftp://localhost/api/v1/keys'],
    ['a fragment', '/api/v1/keys#x'],
    ['no path', '*'],
  ])('%s', async (_case, url) => {
    const before = await target.storedKeys();
    const answer = await send(mint([], `POST ${url} HTTP/1.1`));
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).not.toContain('secret');
    expect(await target.storedKeys()).toEqual(before);
  });
});

it.each([
  ['a path', '/api/v1/keys'],
  ['a whole address, as clients of a proxy send it', 'http://localhost/api/v1/keys'],
])('a request with %s is answered, and makes one key', async (_case, url) => {
  const before = await target.storedKeys();
  expect(await send(mint([], `POST ${url} HTTP/1.1`))).toMatch(/^HTTP\/1\.1 201 /);
  expect(await target.storedKeys()).toHaveLength(before.length + 1);
});

describe('what a client says of itself does not reach the platform', () => {
  const signIn = (headers: Record<string, string>): Promise<Response> =>
    fetch(`${target.url}/api/v1/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: ORIGIN, ...headers },
      body: JSON.stringify(DEV_ADMIN),
    });

  it.each(['X-Forwarded-For', 'CF-Connecting-IP', 'X-Real-IP', 'True-Client-IP', 'X-Client-IP', 'Forwarded'])(
    'an address in %s is not that of its session',
    async (header) => {
      const response = await signIn({ [header]: header === 'Forwarded' ? `for=${FORGED}` : FORGED });
      const { token } = (await response.json()) as { token: string };
      const [session] = await target.sql('SELECT ip_address FROM sys_session WHERE token = ?', [token]);
      expect(session).toEqual({ ip_address: '127.0.0.1' });
    },
  );

  it('a request id that could be a credential is not repeated and not logged', async () => {
    const secret = `osk_${'s'.repeat(40)}`;
    const response = await fetch(`${target.url}/api/v1/data/sys_user?limit=1`, {
      headers: { authorization: `Bearer ${admin.token}`, 'x-request-id': secret },
    });
    expect(response.status).toBe(200);
    expect([...response.headers.values()]).not.toContain(secret);
    expect(target.output()).not.toContain(secret);
  });

  it('the answer to a sign-in is not kept by a cache', async () => {
    const response = await signIn({});
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});
