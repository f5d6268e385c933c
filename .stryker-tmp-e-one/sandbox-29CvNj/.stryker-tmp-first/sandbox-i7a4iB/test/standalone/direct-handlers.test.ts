// @ts-nocheck
// 
import type { Plugin, PluginContext } from '@objectstack/core';
import type { HonoHttpServer } from '@objectstack/plugin-hono-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, bearer, type EndpointClient, graphqlEndpoint, restEndpoint } from '../support/endpoints.ts';
import { bootKernel, DEV_ADMIN, type Person, type TestKernel } from '../support/kernel.ts';
import { openConnection, post } from '../support/socket.ts';

/** A host that registers middleware late, as plugins of an application do. */
class CountingHost implements Plugin {
  readonly name = 'test.counting-host';
  readonly version = '1.0.0';
  readonly seen: string[] = [];
  #server: HonoHttpServer | undefined;

  init(context: PluginContext): void {
    this.#server = context.getService<HonoHttpServer>('http-server');
  }

  register(): void {
    this.#server?.use(async (request, _response, next) => {
      this.seen.push(request.path);
      await next();
    });
  }
}

const host = new CountingHost();
let target: TestKernel;
let admin: Person;

beforeAll(async () => {
  target = await bootKernel({ plugins: [host] });
  admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
});
afterAll(async () => {
  await target[Symbol.asyncDispose]();
});

/** What must be the same, however the request came in. */
function essence({ status, code, text, headers, fields }: Answer): unknown {
  const ofTheAnswer = [...headers].filter(
    ([name]) => !['date', 'connection', 'keep-alive', 'content-length', 'transfer-encoding'].includes(name),
  );
  // Hono's CORS middleware says once more that it depends on the origin.
  const comparable = (name: string, value: string): string =>
    name === 'vary'
      ? [...new Set(value.split(', '))].join(', ')
      : ['x-request-id', 'location'].includes(name)
        ? ''
        : value;
  const same = ofTheAnswer.map(([name, value]) => `${name}: ${comparable(name, value)}`).sort();
  return { status, code, fields, headers: same, text: status >= 400 ? text : Object.keys(JSON.parse(text)) };
}

describe.each([
  ['GraphQL', graphqlEndpoint],
  ['REST', restEndpoint],
] as const)('a POST to %s over a socket', (_name, connect) => {
  let socket: EndpointClient;
  let injected: EndpointClient;
  beforeAll(() => {
    socket = connect({ request: (path, init) => fetch(`${target.url}${path}`, init) });
    injected = connect(target);
  });

  it.each<[string, (endpoint: EndpointClient) => Promise<Answer>]>([
    ['a new key', (endpoint) => endpoint.mint(bearer(admin.token), { name: 'same' })],
    ['a session cookie', (endpoint) => endpoint.mint({ cookie: admin.cookie }, { name: 'same' })],
    [
      'a foreign origin',
      (endpoint) => endpoint.mint({ cookie: admin.cookie, origin: 'https://evil.example' }, { name: 'a' }),
    ],
    [
      'a trusted origin',
      (endpoint) => endpoint.mint({ cookie: admin.cookie, origin: 'http://localhost:3000' }, { name: 'a' }),
    ],
    ['no credentials', (endpoint) => endpoint.mint({}, { name: 'a' })],
    ['an unknown field', (endpoint) => endpoint.mint(bearer(admin.token), { name: 'a', userId: 'x' })],
    ['an empty body', (endpoint) => endpoint.send(bearer(admin.token), '')],
    ['a body that is not JSON', (endpoint) => endpoint.send(bearer(admin.token), '{')],
    ['a body that is too large', (endpoint) => endpoint.send(bearer(admin.token), ' '.repeat(70_000))],
    ['another media type', (endpoint) => endpoint.send({ ...bearer(admin.token), 'content-type': 'text/plain' }, '{}')],
    ['a compressed body', (endpoint) => endpoint.send({ ...bearer(admin.token), 'content-encoding': 'gzip' }, '{}')],
  ])('is answered as one that was injected into the app: %s', async (_case, ask) => {
    expect(essence(await ask(socket))).toEqual(essence(await ask(injected)));
  });

  it('is refused when a credential is sent twice, which proxies and servers read differently', async () => {
    const before = await target.storedKeys();
    const body = JSON.stringify({ name: 'a' });
    await using connection = await openConnection(target.url);
    const credential = `Authorization: Bearer ${admin.token}`;
    connection.write(...post(socket.path, [credential, 'Authorization: Bearer another-token-of-somebody'], body));
    expect(await connection.answers(1)).toMatch(/^HTTP\/1\.1 400 /);
    expect(await target.storedKeys()).toEqual(before);
  });

  it('is refused when its body grows over the limit without a declared length', async () => {
    const before = await target.storedKeys();
    await using connection = await openConnection(target.url);
    connection.write(
      `POST ${socket.path} HTTP/1.1`,
      'Host: localhost',
      'Content-Type: application/json',
      'Transfer-Encoding: chunked',
      `Authorization: Bearer ${admin.token}`,
      '',
      '',
    );
    for (let chunk = 0; chunk < 5; chunk += 1) connection.write('4000', ' '.repeat(0x4000), '');
    expect(await connection.answers(1)).toMatch(/^HTTP\/1\.1 413 /);
    expect(await target.storedKeys()).toEqual(before);
  });

  it('leaves the connection usable when it is refused before its body is read', async () => {
    await using connection = await openConnection(target.url);
    const body = JSON.stringify({ name: 'a' });
    connection.write(...post(socket.path, [], body));
    expect(await connection.answers(1)).toMatch(/^HTTP\/1\.1 401 /);
    connection.write(...post(socket.path, [], body));
    expect((await connection.answers(2)).match(/HTTP\/1\.1 401 /g)).toHaveLength(2);
  });

  it('closes the connection of a client that keeps sending after a rejection', async () => {
    await using connection = await openConnection(target.url);
    const { socket: raw } = connection;
    connection.write(
      `POST ${socket.path} HTTP/1.1`,
      'Host: localhost',
      'Content-Type: application/json',
      'Content-Length: 100000000',
      '',
      ' ',
    );
    expect(await connection.answers(1)).toMatch(/^HTTP\/1\.1 401 /);
    const closed = new Promise<void>((resolve) => raw.once('close', () => resolve()));
    const send = (): boolean => raw.writable && raw.write(' '.repeat(16_384), () => setImmediate(send));
    send();
    await closed;
  });

  it('creates no key and no error when the client disconnects in the middle of its body', async () => {
    const before = await target.storedKeys();
    const logged = target.output().length;
    await using connection = await openConnection(target.url);
    const [headers = '', body = ''] = post(socket.path, [`Authorization: Bearer ${admin.token}`], '{"name":"a"}')
      .join('\r\n')
      .split('\r\n\r\n');
    connection.write(`${headers}\r\n\r\n${body.slice(0, 5)}`);
    connection.socket.end();
    await new Promise<void>((resolve) => connection.socket.once('close', () => resolve()));
    expect((await socket.mint({}, { name: 'a' })).status).toBe(401);
    expect(await target.storedKeys()).toEqual(before);
    expect(target.output().slice(logged)).not.toMatch(/INTERNAL_ERROR|"level":"error"/);
  });
});

// The last one: from here on requests take the way through the app.
it.each([graphqlEndpoint, restEndpoint])(
  'middleware that a host registers sees every POST from then on',
  async (connect) => {
    const socket = connect({ request: (path, init) => fetch(`${target.url}${path}`, init) });
    host.register();
    const { key } = await socket.mint(bearer(admin.token), { name: 'seen' });
    expect(key).toMatch(/^osk_/);
    expect(host.seen).toContain(socket.path);
  },
);
