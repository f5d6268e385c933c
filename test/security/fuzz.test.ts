import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/standalone/config.ts';
import { bearer } from '../support/endpoints.ts';
import { type Answered, checkGraphQL, checkHeaders, checkRest } from '../support/fuzz/contract.ts';
import { damagedHttp } from '../support/fuzz/raw-requests.ts';
import { type FuzzedRequest, requests } from '../support/fuzz/requests.ts';
import { bootKernel, DEV_ADMIN, type Person, type TestKernel } from '../support/kernel.ts';
import { RawClient } from '../support/raw-http.ts';

/** `FUZZ_RUNS` requests (`npm run fuzz` sends 20,000 and more), reproduced by `FUZZ_SEED`. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 1000);
const SEED = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
/** One in ten is sent as bytes over a socket of its own. */
const RAW_RUNS = Math.ceil(RUNS / 10);
/** Connections at a time. */
const BATCH = 25;
const HANGS_AFTER_MS = 10_000;

const parameters = { seed: SEED, numRuns: RUNS, endOnFailure: process.env['FUZZ_RUNS'] === undefined };
process.stdout.write(`fuzzing with FUZZ_SEED=${SEED} FUZZ_RUNS=${RUNS}\n`);

let target: TestKernel;
let admin: Person;
let apiKey: string;
const prototype = Object.getOwnPropertyNames(Object.prototype).sort().join();

beforeAll(async () => {
  target = await bootKernel({
    config: {
      logLevel: 'error',
      listener: { ...readConfig({}).listener, maxHeaderBytes: 8192, headersTimeoutMs: 1000, requestTimeoutMs: 2000 },
    },
  });
  admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
  const minted = await target.request('/api/v1/keys', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearer(admin.token) },
    body: '{"name":"of the fuzzer"}',
  });
  apiKey = ((await minted.json()) as { key: string }).key;
});
afterAll(async () => {
  await target[Symbol.asyncDispose]();
});

async function countKeys(): Promise<number> {
  const [row] = await target.sql('SELECT count(*) AS n FROM sys_api_key');
  return Number(row?.['n']);
}

async function send(request: FuzzedRequest, overSocket: boolean): Promise<Answered> {
  const { path, method, headers, body } = request;
  const init = {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.timeout(HANGS_AFTER_MS),
  };
  const response = overSocket ? await fetch(`${target.url}${path}`, init) : await target.request(path, init);
  return { status: response.status, headers: response.headers, body: await response.text() };
}

/** Whether a path is still one of an endpoint once it has been read as a URL: `..` leads elsewhere. */
function isAtEndpoint({ endpoint, path }: FuzzedRequest): boolean {
  const { pathname } = new URL(path, 'http://localhost');
  const at = endpoint === 'graphql' ? '/api/v1/graphql' : '/api/v1/keys';
  return pathname === at || pathname.startsWith(`${at}/`);
}

function assertContract(request: FuzzedRequest, answer: Answered, before: number, after: number): void {
  if (!isAtEndpoint(request)) return;
  expect(answer.status, 'a failure of the server').toBeLessThan(500);
  expect(answer.status, 'a client that was too slow').not.toBe(408);
  expect(answer.body).not.toContain(admin.token);
  expect(answer.body).not.toContain(apiKey);
  checkHeaders(answer);
  const isPage = answer.headers.get('content-type')?.startsWith('text/html') ?? false;
  if (request.method !== 'OPTIONS' && request.method !== 'HEAD' && !isPage) {
    if (request.endpoint === 'graphql') checkGraphQL(answer);
    else checkRest(answer);
  }
  // A row for each key that was answered, and none without.
  const keys = new Set(answer.body.match(/"osk_[\w-]{43}"/g));
  expect(after - before, 'rows').toBe(keys.size);
  expect(Object.getOwnPropertyNames(Object.prototype).sort().join()).toBe(prototype);
}

/** Chance does not always make a request that is right in every part. */
function rightAtRest({ token }: Person): FuzzedRequest {
  const headers = { 'content-type': 'application/json', ...bearer(token) };
  return { endpoint: 'rest', path: '/api/v1/keys', method: 'POST', headers, body: '{"name":"right"}' };
}

describe('fuzzing', { timeout: 3_600_000 }, () => {
  it.each([
    ['injected', false],
    ['over sockets', true],
  ] as const)(
    'requests by the grammar of both endpoints, %s: every answer is one of the contract',
    async (_how, overSocket) => {
      const seen = new Set<string>();
      let before = await countKeys();
      await fc.assert(
        fc.asyncProperty(requests(admin, apiKey), async (request) => {
          const answer = await send(request, overSocket);
          const after = await countKeys();
          const known = before;
          before = after;
          assertContract(request, answer, known, after);
          seen.add(`${request.endpoint} ${answer.status}`);
        }),
        { ...parameters, numRuns: Math.ceil(RUNS / 2), examples: [[rightAtRest(admin)]] },
      );
      // The generator reaches what it is for: successes and refusals of many kinds at both endpoints.
      for (const outcome of [
        'graphql 200',
        'graphql 400',
        'graphql 401',
        'rest 201',
        'rest 400',
        'rest 401',
        'rest 403',
        'rest 415',
      ]) {
        expect(seen).toContain(outcome);
      }
    },
  );

  it('bytes that are nearly HTTP: nothing is minted unseen, and the server goes on', async () => {
    const right =
      'POST /api/v1/keys HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n' +
      `Authorization: Bearer ${admin.token}\r\nContent-Length: 14\r\n\r\n{"name":"raw"}`;
    expect(await exchange(Buffer.from(right))).toContain('"key":"osk_');
    await fc.assert(
      fc.asyncProperty(fc.array(damagedHttp(admin), { minLength: BATCH, maxLength: BATCH }), async (batch) => {
        const before = await countKeys();
        const answers = await Promise.all(batch.map(exchange));
        const minted = answers.join('').match(/"key":"osk_[\w-]{43}","data"|"key":"osk_[\w-]{43}"\}\}\}/g) ?? [];
        expect(answers.join('')).not.toMatch(/HTTP\/1\.1 5(?!05)/);
        expect((await countKeys()) - before).toBe(minted.length);
      }),
      { ...parameters, numRuns: Math.ceil(RAW_RUNS / BATCH) },
    );
    const alive = await fetch(`${target.url}/api/v1/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer(admin.token) },
      body: '{"query":"{ viewer { id } }"}',
    });
    expect(await alive.json()).toEqual({ data: { viewer: { id: admin.id } } });
  });
});

async function exchange(bytes: Uint8Array): Promise<string> {
  using client = await RawClient.connect(target.url);
  client.send(bytes);
  // Awaited here: what is returned as a promise is answered after the client is gone.
  return await client.untilClosed();
}
