import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setImmediate, setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { HonoHttpServer } from '@objectstack/plugin-hono-server';
import type { ReadDriver, SqlDriver } from '../src/platform/engine.ts';
import { query } from '../src/platform/sql.ts';
import { readConfig } from '../src/standalone/config.ts';
import { createKernel } from '../src/standalone/kernel.ts';
import { DEV_ADMIN } from '../test/support/dev-admin.ts';
import { TestPostgres } from '../test/support/postgres.ts';

/**
 * `npm run scale [-- --keys 1000000 --database sqlite|postgres --rounds 200]` fills the tables and measures:
 * - a page of the keys of an organization that has 10,000, compared with one that has 1,000;
 * - creating keys while the ledger is cleaned of as many requests, and as many token buckets, as there are keys,
 *   and then three more times of a tenth as many: neither the table nor the database may grow any more;
 * - creating keys while all 500 keys of a person are revoked.
 *
 * Exits with 1 if the page costs more than 1.2 times as much, or if entries that are over stay in the ledger.
 */
const { values } = parseArgs({
  options: {
    keys: { type: 'string', default: '1000000' },
    database: { type: 'string', default: 'sqlite' },
    rounds: { type: 'string', default: '200' },
  },
});
const total = Number(values.keys);
const rounds = Number(values.rounds);
const FEW = 1000;
const MANY = 10_000;
/** The keys of the person whose keys are revoked. */
const LEAVING = 500;
/** Mints that were answered 503. */
let refused = 0;
const MOST_RATIO = 1.2;
/** The rows of one statement. */
const STEP = 20_000;
/** After the first one, the ledger is filled this often with a tenth as much. */
const REFILLS = 3;

await using place = await openPlace();
process.env['NODE_ENV'] = 'development';
process.env['OS_REGISTRY_LOG'] = 'warn';
const ORIGIN = 'http://localhost:3000';
const settings = {
  MINT_LIMIT_PER_USER: '1000000/PT1H',
  MINT_LIMIT_PER_ADDRESS: '1000000/PT1H',
  MAX_ACTIVE_KEYS: 'off',
  // What takes long is shown as what it took, and not as an error.
  DATABASE_TIMEOUT_MS: '60000',
};
const kernel = await createKernel(
  readConfig({
    ...settings,
    PORT: '0',
    BASE_URL: ORIGIN,
    LOG_LEVEL: 'error',
    NODE_ENV: 'development',
    DATABASE_URL: place.url,
  }),
  randomBytes(32).toString('base64'),
);
await kernel.bootstrap();
const server = await kernel.getServiceAsync<HonoHttpServer>('http-server');
const driver = await kernel.getServiceAsync<SqlDriver>('driver.com.objectstack.driver.sql');
const upkeep = await kernel.getServiceAsync<{ run(now?: number): Promise<void> }>('api-keys-upkeep');
const send = (path: string, token: string | undefined, body: object) =>
  server.getRawApp().request(`${ORIGIN}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
const sql = (statement: string, parameters: readonly unknown[] = []) => query(driver, statement, parameters);

const sessions = { few: await session('org_few'), many: await session('org_many') };
await seedKeys(0, total - FEW - MANY, "'org_' || (i % 1000)", "'usr_' || (i % 100000)", true);
await seedKeys(total, FEW, "'org_few'", "'usr_' || (i % 100)");
await seedKeys(total + FEW, MANY, "'org_many'", "'usr_' || (i % 1000)");
await seedKeys(total + FEW + MANY, LEAVING, "'org_few'", "'usr_leaving'");
for (const organization of ["'org_few'", "'org_many'"]) await seedMembers(organization);
await sql(place.isPostgres ? 'ANALYZE sys_api_key' : 'ANALYZE');

await settle();

const PAGES = {
  'first page': 'first: 50',
  'active, first page': 'first: 50, status: ACTIVE',
  'unused, first page': 'first: 50, unusedFor: "P90D"',
};
const ratios: Record<string, object> = {};
let worst = 0;
for (const [name, args] of Object.entries(PAGES)) {
  const few: number[] = [];
  const many: number[] = [];
  for (const token of Object.values(sessions)) await page(token, args);
  // Take turns, so that other load on the machine affects both.
  for (let round = 0; round < rounds; round += 1) {
    few.push(await page(sessions.few, args));
    many.push(await page(sessions.many, args));
  }
  const ratio = median(many) / median(few);
  worst = Math.max(worst, ratio);
  ratios[name] = {
    [`ms of ${FEW}`]: rounded(median(few)),
    [`ms of ${MANY}`]: rounded(median(many)),
    ratio: rounded(ratio),
  };
}
console.table(ratios);

await settle();
const before = await mints(rounds);
const statements = slowStatements();
const ledger: Record<string, object> = {};
const cleaning: number[] = [];
let mostLeft = 0;
for (let round = 0; round <= REFILLS; round += 1) {
  const count = round === 0 ? total : total / 10;
  await seedLedger('request:', "'f'", new Date(Date.now() - 1000).toISOString(), count);
  await seedLedger('user:bulk', `'0@${Date.now() - 7_200_000}'`, null, count);
  const filled = await ledgerRows();
  await settle();
  const start = performance.now();
  statements.start();
  // Upkeep does each of its jobs once an hour.
  cleaning.push(...(await mintsDuring(upkeep.run(Date.now() + (round + 1) * 3_600_001))));
  statements.stop();
  const left = await ledgerRows();
  mostLeft = Math.max(mostLeft, left);
  ledger[`clean-up ${round + 1}`] = {
    'rows before': filled,
    'rows after': left,
    seconds: rounded((performance.now() - start) / 1000),
    'database, MB': await databaseSize(),
  };
}
console.table(ledger);
console.table(statements.slowest());
const leaving = await mintsDuring(revokeAllOf('usr_leaving'));
console.table({
  'before, ms a mint': spread(before),
  'while the ledger is cleaned': spread(cleaning),
  [`while ${LEAVING} keys are revoked`]: spread(leaving),
  'while messages about them are sent': spread(await mints(rounds)),
});
console.log({ refused });
process.exitCode = worst > MOST_RATIO || mostLeft > 100 || refused > 0 ? 1 : 0;
await server.close();
await kernel.shutdown();

/** A session of the administrator in an organization of this name. */
async function session(organizationId: string): Promise<string> {
  await sql('INSERT INTO sys_organization (id, name, slug) VALUES (?, ?, ?)', [
    organizationId,
    organizationId,
    organizationId,
  ]);
  const response = await send('/api/v1/auth/sign-in/email', undefined, DEV_ADMIN);
  const { token, user } = (await response.json()) as { token: string; user: { id: string } };
  const now = new Date().toISOString();
  await sql("INSERT INTO sys_member (id, user_id, organization_id, role, created_at) VALUES (?, ?, ?, 'owner', ?)", [
    `mem_${organizationId}`,
    user.id,
    organizationId,
    now,
  ]);
  await sql('UPDATE sys_session SET active_organization_id = ? WHERE token = ?', [organizationId, token]);
  return token;
}

async function seedKeys(
  from: number,
  count: number,
  organization: string,
  owner: string,
  revoked = false,
): Promise<void> {
  const created = place.isPostgres
    ? 'to_timestamp(1600000000 + i)'
    : "strftime('%Y-%m-%dT%H:%M:%fZ', 1600000000 + i, 'unixepoch')";
  // Revoked, unless their owners become members: upkeep would report that the owners have left.
  const isRevoked = place.isPostgres ? String(revoked) : Number(revoked);
  for (let done = 0; done < count; done += STEP) {
    const first = from + done;
    const last = first + Math.min(STEP, count - done) - 1;
    await sql(
      `INSERT INTO sys_api_key (id, name, key, prefix, user_id, active_organization_id, revoked, created_at)
       WITH RECURSIVE n(i) AS (SELECT ${first} UNION ALL SELECT i + 1 FROM n WHERE i < ${last})
       SELECT 'bulk' || i, 'key ' || i, 'hash' || i, 'osk_' || i, ${owner}, ${organization}, ${isRevoked}, ${created} FROM n`,
    );
  }
}

/** Makes the owners of the keys members, so that their keys work. */
async function seedMembers(organization: string): Promise<void> {
  await sql(
    `INSERT INTO sys_member (id, user_id, organization_id, role, created_at)
     SELECT 'mem_' || user_id || active_organization_id, user_id, active_organization_id, 'member', MIN(created_at)
     FROM sys_api_key WHERE active_organization_id = ${organization} GROUP BY user_id, active_organization_id`,
  );
}

async function seedLedger(prefix: string, value: string, ends: string | null, count: number): Promise<void> {
  const end = ends === null ? 'NULL' : `'${ends}'`;
  for (let first = 0; first < count; first += STEP) {
    const last = Math.min(first + STEP, count) - 1;
    await sql(
      `INSERT INTO sys_api_key_ledger (id, value, ends_at)
       WITH RECURSIVE n(i) AS (SELECT ${first} UNION ALL SELECT i + 1 FROM n WHERE i < ${last})
       SELECT '${prefix}' || i, ${value}, ${end} FROM n`,
    );
  }
}

/**
 * What filling the tables leaves behind must not count as the cost of what is measured next: a write-ahead log of a
 * hundred megabytes, which the next commit would move into the database, and long turns, which look like overload.
 */
async function settle(): Promise<void> {
  await sql(place.isPostgres ? 'CHECKPOINT' : 'PRAGMA wal_checkpoint(TRUNCATE)');
  await wait(1500);
  await mint();
}

async function databaseSize(): Promise<number> {
  const statement = place.isPostgres
    ? 'SELECT pg_database_size(current_database()) AS bytes'
    : 'SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()';
  return Math.round(Number((await sql(statement))[0]?.['bytes']) / 1e6);
}

/** Times the statements of the database driver, those of the engine and those that go past it. */
function slowStatements(): { start(): void; stop(): void; slowest(): object[] } {
  const seen: { ms: number; statement: string }[] = [];
  const reads = driver as SqlDriver & ReadDriver;
  const { execute, find } = reads;
  const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    try {
      return await work();
    } finally {
      seen.push({ ms: rounded(performance.now() - began), statement: what.replace(/\s+/g, ' ').slice(0, 150) });
    }
  };
  return {
    start() {
      reads.execute = (statement, ...rest) => timed(statement, () => execute.call(reads, statement, ...rest));
      reads.find = (object, query, ...rest) =>
        timed(`${object} ${JSON.stringify(query.where)}`, () => find.call(reads, object, query, ...rest));
    },
    stop() {
      Object.assign(reads, { execute, find });
    },
    slowest: () => seen.sort((a, b) => b.ms - a.ms).slice(0, 12),
  };
}

async function ledgerRows(): Promise<number> {
  return Number((await sql('SELECT COUNT(*) AS rows_there FROM sys_api_key_ledger'))[0]?.['rows_there']);
}

async function page(token: string, args: string): Promise<number> {
  const text = `{ organization { apiKeys(${args}) { nodes { id name status lastUsedAt owner { email } } } } }`;
  const began = performance.now();
  const response = await send('/api/v1/graphql', token, { query: text });
  const { data } = (await response.json()) as { data: { organization: { apiKeys: { nodes: unknown[] } } } | null };
  const took = performance.now() - began;
  if (data?.organization.apiKeys.nodes.length !== 50) throw new Error(`no whole page: ${args}`);
  return took;
}

async function mint(): Promise<number> {
  // Requests of clients come from sockets, in a turn of their own. Without one, SQLite runs one mint after the other in the
  // same turn of the event loop, for seconds: upkeep gets none, and the server takes itself for overloaded.
  await setImmediate();
  const began = performance.now();
  const response = await send('/api/v1/keys', sessions.few, { name: 'measured' });
  await response.arrayBuffer();
  const took = performance.now() - began;
  if (response.status === 503) refused += 1;
  else if (response.status !== 201) throw new Error(`mint: ${response.status} after ${took} ms`);
  return took;
}

async function mints(count: number): Promise<number[]> {
  const took: number[] = [];
  for (let n = 0; n < count; n += 1) took.push(await mint());
  return took;
}

/** The times of creating one key after the other until the work is done, and at least one. */
async function mintsDuring(work: Promise<unknown>): Promise<number[]> {
  let isDone = false;
  const done = work.finally(() => {
    isDone = true;
  });
  const took: number[] = [];
  do took.push(await mint());
  while (!isDone);
  await done;
  return took;
}

async function revokeAllOf(userId: string): Promise<void> {
  const mutation = `mutation { revokeApiKeysOf(input: { userId: "${userId}" }) { revoked } }`;
  const response = await send('/api/v1/graphql', sessions.few, { query: mutation });
  const text = await response.text();
  if (!text.includes(`"revoked":${LEAVING}`)) throw new Error(`revoking all keys of a person: ${text}`);
}

function spread(all: readonly number[]): object {
  const sorted = [...all].sort((a, b) => a - b);
  const at = (share: number): number => rounded(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
  return { mints: all.length, p50: at(0.5), p99: at(0.99), max: at(1) };
}

function median(all: readonly number[]): number {
  return [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
}

function rounded(number: number): number {
  return Math.round(number * 100) / 100;
}

/** An empty database that goes with this process. */
async function openPlace(): Promise<AsyncDisposable & { url: string; isPostgres: boolean }> {
  if (values.database === 'postgres') {
    const postgres = await TestPostgres.start();
    return { url: postgres.url, isPostgres: true, [Symbol.asyncDispose]: () => postgres[Symbol.asyncDispose]() };
  }
  const folder = await mkdtemp(join(tmpdir(), 'scale-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  return { url: `file:${join(folder, 'objectstack.db')}`, isPostgres: false, [Symbol.asyncDispose]: remove };
}
