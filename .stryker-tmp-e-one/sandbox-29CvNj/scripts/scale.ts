// @ts-nocheck
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import type { HonoHttpServer } from '@objectstack/plugin-hono-server';
import type { SqlDriver } from '../src/platform/engine.ts';
import { query } from '../src/platform/sql.ts';
import { readConfig } from '../src/standalone/config.ts';
import { createKernel } from '../src/standalone/kernel.ts';
import { DEV_ADMIN } from '../test/support/dev-admin.ts';
import { TestPostgres } from '../test/support/postgres.ts';

/**
 * `npm run scale [-- --keys 1000000 --database sqlite|postgres --rounds 200]` fills the tables and measures:
 * - a page of the keys of an organization that has 10,000, compared with one that has 1,000;
 * - creating keys while the ledger is cleaned of as many requests, and as many token buckets, as there are keys;
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
const MOST_RATIO = 1.2;
/** The rows of one statement. */
const STEP = 50_000;

await using place = await openPlace();
process.env['NODE_ENV'] = 'development';
process.env['OS_REGISTRY_LOG'] = 'warn';
const ORIGIN = 'http://localhost:3000';
const settings = {
  MINT_LIMIT_PER_USER: '1000000/PT1H',
  MINT_LIMIT_PER_ADDRESS: '1000000/PT1H',
  MAX_ACTIVE_KEYS: 'off',
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

const before = await mints(rounds);
await seedLedger('request:', "'f'", new Date(Date.now() - 1000).toISOString());
await seedLedger('user:bulk', `'0@${Date.now() - 7_200_000}'`, null);
const filled = await ledgerRows();
const start = performance.now();
const cleaning = await mintsDuring(upkeep.run(Date.now() + 3_600_001));
const left = await ledgerRows();
console.table({
  ledger: { 'rows before': filled, 'rows after': left, seconds: rounded((performance.now() - start) / 1000) },
});
const leaving = await mintsDuring(revokeAllOf('usr_leaving'));
console.table({
  'before, ms a mint': spread(before),
  'while the ledger is cleaned': spread(cleaning),
  [`while ${LEAVING} keys are revoked`]: spread(leaving),
  'while messages about them are sent': spread(await mints(rounds)),
});
process.exitCode = worst > MOST_RATIO || left > 100 ? 1 : 0;
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

async function seedLedger(prefix: string, value: string, ends: string | null): Promise<void> {
  const end = ends === null ? 'NULL' : `'${ends}'`;
  for (let first = 0; first < total; first += STEP) {
    const last = Math.min(first + STEP, total) - 1;
    await sql(
      `INSERT INTO sys_api_key_ledger (id, value, ends_at)
       WITH RECURSIVE n(i) AS (SELECT ${first} UNION ALL SELECT i + 1 FROM n WHERE i < ${last})
       SELECT '${prefix}' || i, ${value}, ${end} FROM n`,
    );
  }
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
  const began = performance.now();
  const response = await send('/api/v1/keys', sessions.few, { name: 'measured' });
  await response.arrayBuffer();
  if (response.status !== 201) throw new Error(`mint: ${response.status} after ${performance.now() - began} ms`);
  return performance.now() - began;
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
