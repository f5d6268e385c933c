import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Answer, bearer, type EndpointClient, graphqlEndpoint, restEndpoint } from '../support/endpoints.ts';
import { bootKernel, DEV_ADMIN, type Person, type TestKernel } from '../support/kernel.ts';
import { MEMORY } from '../support/memory.ts';
import { TestNetwork } from '../support/network.ts';
import { TestPostgres } from '../support/postgres.ts';

/** The time limit of the server under test, in milliseconds. */
const TIMEOUT = 1000;
/** Far beyond it: an answer that takes this long is one that hung. */
const HUNG = 10 * TIMEOUT;
const MAX_CONNECTIONS = 20;

let postgres: TestPostgres;
let network: TestNetwork;
let target: TestKernel;
let admin: Person;
let endpoints: EndpointClient[];

beforeAll(async () => {
  postgres = await TestPostgres.start({ in: MEMORY, settings: [`max_connections=${MAX_CONNECTIONS}`] });
  network = await TestNetwork.to(postgres.port);
  const url = new URL(postgres.url);
  url.port = String(network.port);
  target = await bootKernel({
    database: 'postgres',
    config: { database: { driver: 'postgres', url: url.href, poolSize: 4 }, databaseTimeoutMs: TIMEOUT },
  });
  admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
  const request = (path: string, init?: RequestInit): Promise<Response> =>
    fetch(`${target.url}${path}`, { ...init, signal: AbortSignal.timeout(HUNG) });
  endpoints = [graphqlEndpoint({ request }), restEndpoint({ request })];
});
afterAll(async () => {
  await target[Symbol.asyncDispose]();
  await network[Symbol.asyncDispose]();
  await postgres[Symbol.asyncDispose]();
});

interface Fault {
  readonly fault: string;
  begin(): Promise<void>;
  end(): Promise<void>;
}

const connections: pg.Client[] = [];

const FAULTS: Fault[] = [
  { fault: 'is stopped', begin: () => postgres.stop(), end: () => postgres.start() },
  { fault: 'crashes', begin: () => postgres.crash(), end: () => postgres.start() },
  { fault: 'is frozen', begin: () => postgres.freeze(), end: async () => postgres.thaw() },
  { fault: 'is behind a network that drops', begin: async () => network.drop(), end: async () => network.carry() },
  {
    fault: 'is out of connections',
    async begin() {
      await occupyAll();
      await connections[0]?.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1',
        ['objectstack-api-keys'],
      );
      await occupyAll();
    },
    async end() {
      await Promise.all(connections.splice(0).map((client) => client.end()));
    },
  },
  {
    fault: 'comes back empty-handed at the same address',
    async begin() {
      await postgres.stop();
      await postgres.empty();
      await postgres.start();
    },
    async end() {
      await postgres.stop();
      await postgres.refill();
      await postgres.start();
    },
  },
];

describe.each(FAULTS)('while PostgreSQL $fault', ({ begin, end }) => {
  it('requests get 503, nothing hangs, no key is created twice, and the service recovers', {
    timeout: 90_000,
  }, async () => {
    await returned();
    const asked = endpoints.flatMap((endpoint) => Array.from({ length: 8 }, () => ({ endpoint, name: randomUUID() })));
    const ask = ({ endpoint, name }: (typeof asked)[number]): Promise<Answer> =>
      endpoint.mint({ ...bearer(admin.token), 'idempotency-key': name }, { name });
    // Some are under way when it begins: they may be answered yet, but not wait for ever.
    const underWay = endpoints.flatMap((endpoint) => [1, 2].map(() => ask({ endpoint, name: randomUUID() })));
    await begin();
    try {
      for (const { status, key } of await Promise.all(underWay)) expect(status === 503 || key !== undefined).toBe(true);
      for (const { status, code, headers, key } of await Promise.all(asked.map(ask))) {
        expect({ status, code, key }).toEqual({ status: 503, code: 'SERVICE_UNAVAILABLE', key: undefined });
        expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      }
    } finally {
      await end();
    }

    await returned();
    // Whatever became of a request, its repeat tells; there is one key of each.
    for (const request of asked) {
      const { apiKey, status } = await ask(request);
      expect({ name: apiKey?.name, status }).toEqual({
        name: request.name,
        status: request.endpoint.name === 'REST' ? 201 : 200,
      });
    }
    const all = await names();
    for (const { name } of asked) expect(all.filter((other) => other === name)).toHaveLength(1);
  });
});

describe('a write that takes too long', () => {
  it('is cancelled in PostgreSQL, so that nothing is written after the caller got an error', async () => {
    await returned();
    const blocker = new pg.Client({ connectionString: postgres.url });
    await blocker.connect();
    await blocker.query('BEGIN');
    // Reads go on; whoever writes keys waits.
    await blocker.query('LOCK TABLE sys_api_key IN EXCLUSIVE MODE');
    try {
      for (const endpoint of endpoints) {
        const answer = await endpoint.mint(bearer(admin.token), { name: 'too late' });
        expect({ status: answer.status, code: answer.code }).toEqual({ status: 503, code: 'SERVICE_UNAVAILABLE' });
      }
      // What was not cancelled would wait for the lock, which is still held.
      await vi.waitFor(async () => {
        const { rows } = await blocker.query(
          "SELECT state, query FROM pg_stat_activity WHERE application_name = 'objectstack-api-keys' AND state <> 'idle'",
        );
        expect(rows).toEqual([]);
      }, 10_000);
    } finally {
      await blocker.query('ROLLBACK');
      await blocker.end();
    }
    await returned();
    expect(await names()).not.toContain('too late');
  });
});

/** Resolves once a key is minted again, and authenticates. */
async function returned(): Promise<void> {
  const end = Date.now() + 30_000;
  for (;;) {
    const [endpoint] = endpoints;
    const answer = await endpoint?.mint(bearer(admin.token), { name: 'returned' });
    if (answer?.key !== undefined) {
      const used = await target.request('/api/v1/data/sys_api_key?limit=1', { headers: { 'x-api-key': answer.key } });
      expect(used.status).toBe(200);
      return;
    }
    if (Date.now() > end) throw new Error(`service has not returned: ${answer?.text}`);
  }
}

/** The names of all keys, from the database itself. */
async function names(): Promise<string[]> {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>('SELECT name FROM sys_api_key').finally(() => client.end());
  return rows.map(({ name }) => name);
}

/** Takes every connection that is left. */
async function occupyAll(): Promise<void> {
  for (;;) {
    const client = new pg.Client({ connectionString: postgres.url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      connections.push(client);
    } catch {
      return;
    }
  }
}
