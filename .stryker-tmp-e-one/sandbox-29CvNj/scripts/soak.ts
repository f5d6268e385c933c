// @ts-nocheck
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHistogram } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import type { DatabaseConfig } from '../src/standalone/config.ts';
import { TestPostgres } from '../test/support/postgres.ts';
import { type Replica, startReplica } from '../test/support/replica.ts';

/**
 * `npm run soak [-- --minutes 10 --database sqlite|postgres --clients 16]`: people who mint, use,
 * repeat and revoke keys at a server, for a long time. Exits with 1 when a request failed, or when
 * the server has more memory at the end than a quarter above what it had once it was warm.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    database: { type: 'string', default: 'sqlite' },
    clients: { type: 'string', default: '16' },
  },
});
const milliseconds = Number(values.minutes) * 60_000;
/** Part of the time in which the server gets warm: code is compiled, pools and caches fill. */
const WARM_UP = 0.2;
const GROWTH = 1.25;

const latency = createHistogram();
/** Answers that were not the right ones, by step and status. */
const errors = new Map<string, number>();

await using place = await openPlace(values.database);
const server = await startReplica(place.database);
const token = await server.signIn();
const end = performance.now() + milliseconds;
const clients = Array.from({ length: Number(values.clients) }, (_, index) => client(server, token, index, end));

const atStart = await memory(server);
await wait(milliseconds * WARM_UP);
const warm = await memory(server);
const watch = setInterval(() => void progress(server), 60_000);
await Promise.all(clients);
clearInterval(watch);
const atEnd = await memory(server);
await server.stop();

console.table({
  [values.database]: {
    minutes: Number(values.minutes),
    requests: latency.count,
    errors: errorCount(),
    'p50 ms': latency.percentile(50) / 1000,
    'p99 ms': latency.percentile(99) / 1000,
    'MB at start': atStart,
    'MB warm': warm,
    'MB at end': atEnd,
  },
});
if (errors.size > 0) console.table(Object.fromEntries(errors));
process.exitCode = errors.size > 0 || atEnd > warm * GROWTH ? 1 : 0;

/** One person's client: it mints a key, uses it, repeats the request, and revokes the key, over and over. */
async function client(target: Replica, session: string, index: number, until: number): Promise<void> {
  for (let turn = 0; performance.now() < until; turn++) {
    const name = `soak ${index} ${turn}`;
    const idempotencyKey = `${index}-${turn}`;
    const { key = '', apiKey } = await timed('mint', 201, () => target.mint(session, name, idempotencyKey));
    await timed('use', 200, async () => ({ status: await target.use(key) }));
    await timed('repeat', 200, () => target.mint(session, name, idempotencyKey));
    await timed('revoke', 200, async () => ({ status: await revoke(target, session, apiKey?.id) }));
    await timed('use revoked', 401, async () => ({ status: await target.use(key) }));
  }
}

async function revoke(target: Replica, session: string, id: string | undefined): Promise<number> {
  const response = await target.request(`/api/v1/data/sys_api_key/${id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${session}` },
    body: JSON.stringify({ revoked: true }),
  });
  await response.arrayBuffer();
  return response.status;
}

async function timed<T extends { status: number }>(step: string, expected: number, send: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const outcome = await send();
  latency.record(Math.max(1, Math.round((performance.now() - start) * 1000)));
  if (outcome.status !== expected) {
    const kind = `${step}: ${outcome.status}`;
    errors.set(kind, (errors.get(kind) ?? 0) + 1);
  }
  return outcome;
}

function errorCount(): number {
  return [...errors.values()].reduce((sum, count) => sum + count, 0);
}

/** The resident memory of the server, in megabytes. */
async function memory({ pid }: Replica): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Math.round(Number(stdout) / 1024);
}

async function progress(target: Replica): Promise<void> {
  console.log(`${latency.count} requests, ${errorCount()} errors, ${await memory(target)} MB`);
}

/** An empty database that goes with this process. */
async function openPlace(kind: string): Promise<AsyncDisposable & { database: DatabaseConfig }> {
  if (kind === 'postgres') {
    const postgres = await TestPostgres.start();
    return {
      database: { driver: 'postgres', url: postgres.url, poolSize: 10 },
      [Symbol.asyncDispose]: () => postgres[Symbol.asyncDispose](),
    };
  }
  const folder = await mkdtemp(join(tmpdir(), 'soak-'));
  return {
    database: { driver: 'sqlite', filename: join(folder, 'objectstack.db') },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
