// @ts-nocheck
// 
import { createHash, randomUUID } from 'node:crypto';
import type { Lab } from '../lab/database.ts';
import { load, type Workload } from '../lab/load.ts';
import type { Seed } from '../lab/seed.ts';
import { SqliteDatabase } from '../lab/sqlite.ts';
import { Target } from '../lab/target.ts';
import { mintGraphQL, verifyGraphQL } from '../lab/workloads.ts';
import type { Plan } from '../plan.ts';
import { median } from '../report/median.ts';
import type { Report } from '../report/report.ts';
import { atMost } from '../report/verdict.ts';

/** Keys of one person in a large table; a person may have 500 that are active. */
const KEYS_PER_PERSON = 20;

const verifyOnly: Workload = {
  ...verifyGraphQL,
  body: JSON.stringify({ query: '{ viewer { id } }' }),
  isAnswer: (body) => body.includes('"id":"usr_'),
};
const firstPage: Workload = {
  ...verifyGraphQL,
  body: JSON.stringify({ query: '{ viewer { apiKeys(first: 20) { nodes { id name prefix createdAt } } } }' }),
};
const WORKLOADS: readonly (readonly [name: string, workload: Workload])[] = [
  ['verify', verifyOnly],
  ['first page', firstPage],
  ['mint', mintGraphQL],
];

/** Whether what a key costs depends on how many there are: one connection, tables of several sizes, in turn. */
export async function tableSizePart(lab: Lab, seeded: SqliteDatabase, seed: Seed, plan: Plan): Promise<Report> {
  await using stack = new AsyncDisposableStack();
  const sizes: { readonly size: number; readonly target: Target }[] = [];
  for (const size of plan.tableSizes) {
    const database = await lab.copy(seeded);
    if (!(database instanceof SqliteDatabase)) throw new TypeError('this part fills SQLite files');
    fill(database, size, seed);
    sizes.push({ size, target: stack.use(await Target.start('service', database.url)) });
  }
  const measured = new Map<string, number[]>();
  const one = { connections: 1, seconds: plan.secondsPerRound };
  for (const { target } of sizes) {
    for (const [, workload] of WORKLOADS) await load(target.port, workload, seed, { ...one, connections: 32 });
  }
  for (const [name, workload] of WORKLOADS) {
    for (let round = 0; round < plan.rounds; round += 1) {
      for (const { size, target } of sizes) {
        const { p50 } = await load(target.port, workload, seed, one);
        measured.set(`${name} ${size}`, [...(measured.get(`${name} ${size}`) ?? []), p50]);
      }
    }
  }
  const p50 = (name: string, size: number): number => median(measured.get(`${name} ${size}`) ?? []);
  const [smallest = 0] = plan.tableSizes;
  return {
    part: 'table-size',
    title: 'p50 in milliseconds by the size of the table, at one connection',
    figures: WORKLOADS.map(([name]) => ({
      name,
      ...Object.fromEntries(plan.tableSizes.map((size) => [`${size} keys`, p50(name, size)])),
    })),
    verdicts: WORKLOADS.flatMap(([name]) =>
      plan.tableSizes
        .slice(1)
        .map((size) =>
          atMost(`${name}: p50 at ${size} keys / ${smallest}`, p50(name, size) / p50(name, smallest), 1.2),
        ),
    ),
  };
}

/** Fills the table to a size, a thousandth of the time that the engine would take. */
function fill(database: SqliteDatabase, size: number, { organizationId, credentials }: Seed): void {
  database.open((open) => {
    const count = open.prepare<[], { n: number }>('SELECT count(*) AS n FROM sys_api_key').get()?.n ?? 0;
    const insert = open.prepare(
      `INSERT INTO sys_api_key (id, name, prefix, user_id, active_organization_id, revoked, key, created_at, updated_at)
       VALUES (?, 'filled', 'osk_filled__', ?, ?, 0, ?, ?, ?)`,
    );
    const people = credentials.map(({ userId }) => userId);
    while (people.length * KEYS_PER_PERSON < size) people.push(`usr_${randomUUID()}`);
    open.transaction(() => {
      for (let index = count; index < size; index += 1) {
        const createdAt = new Date(Date.now() - (size - index) * 1000).toISOString();
        const hash = createHash('sha256').update(`filled ${index}`).digest('hex');
        insert.run(randomUUID(), people[index % people.length], organizationId, hash, createdAt, createdAt);
      }
    })();
    open.exec('ANALYZE');
  });
  database.checkpoint();
}
