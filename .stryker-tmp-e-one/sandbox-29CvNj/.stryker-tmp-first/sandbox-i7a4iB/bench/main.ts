// @ts-nocheck
// 
import { parseArgs } from 'node:util';
import type { Lab } from './lab/database.ts';
import { postgresLab } from './lab/postgres.ts';
import type { Seed } from './lab/seed.ts';
import { SqliteDatabase, sqliteLab } from './lab/sqlite.ts';
import { runSeed } from './lab/target.ts';
import { keyedPart } from './parts/keyed.ts';
import { mintPart } from './parts/mint.ts';
import { processPart } from './parts/process.ts';
import { tableSizePart } from './parts/table-size.ts';
import { verifyPart } from './parts/verify.ts';
import { FULL, QUICK } from './plan.ts';
import { markdown, save } from './report/print.ts';
import type { Report } from './report/report.ts';

/** `npm run bench [-- --quick] [part...]`: the parts are sqlite, postgres, verify, keyed, size and process. */
const PARTS = ['sqlite', 'postgres', 'verify', 'keyed', 'size', 'process'] as const;

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !PARTS.some((part) => part === name));
if (unknown.length > 0) {
  process.stderr.write(`There is no part ${unknown.join(', ')}. The parts are ${PARTS.join(', ')}.\n`);
  process.exit(1);
}
const wanted = (part: (typeof PARTS)[number]): boolean => positionals.length === 0 || positionals.includes(part);
const plan = values.quick ? QUICK : FULL;
const reports: Report[] = [];

async function add(report: Promise<Report>): Promise<void> {
  const done = await report;
  reports.push(done);
  process.stdout.write(`\n${markdown(done)}\n`);
  await save(done, values.quick);
}

async function seeded(lab: Lab) {
  const database = await lab.createEmpty();
  return { database, seed: await runSeed<Seed>(database.url) };
}

if (wanted('sqlite') || wanted('verify') || wanted('keyed') || wanted('size') || wanted('process')) {
  await using lab = await sqliteLab();
  const { database, seed } = await seeded(lab);
  if (wanted('sqlite')) await add(mintPart(lab, database, seed, plan));
  if (wanted('verify')) await add(verifyPart(lab, database, seed, plan));
  if (wanted('keyed')) await add(keyedPart(lab, database, seed, plan));
  if (wanted('size') && database instanceof SqliteDatabase) await add(tableSizePart(lab, database, seed, plan));
  if (wanted('process')) await add(processPart(lab, database, seed, plan));
}
if (wanted('postgres') || wanted('keyed')) {
  await using lab = await postgresLab();
  const { database, seed } = await seeded(lab);
  if (wanted('postgres')) await add(mintPart(lab, database, seed, plan));
  if (wanted('keyed')) await add(keyedPart(lab, database, seed, plan));
}

const missed = reports.flatMap(({ verdicts }) => verdicts.filter(({ met }) => !met));
process.stdout.write(
  missed.length === 0
    ? '\nEvery target is met.\n'
    : `\n${missed.length} targets are missed:\n${missed.map(({ what, value, target }) => `  ${what}: ${value.toFixed(2)}, ${target}`).join('\n')}\n`,
);
