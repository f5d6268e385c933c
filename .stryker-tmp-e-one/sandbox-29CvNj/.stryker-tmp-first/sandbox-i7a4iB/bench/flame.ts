// @ts-nocheck
// 
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load, type Workload } from './lab/load.ts';
import type { Seed } from './lab/seed.ts';
import { sqliteLab } from './lab/sqlite.ts';
import { runSeed, Target } from './lab/target.ts';
import { mintGraphQL, mintRest } from './lab/workloads.ts';
import { type CpuProfile, callTree } from './report/call-tree.ts';
import { flameGraph } from './report/flame-graph.ts';

/**
 * `npm run flame`: profiles the server while it mints at 32 connections, at each endpoint, and writes
 * `docs/images/mint-<endpoint>.svg`.
 */
const MINTS: readonly (readonly [endpoint: string, workload: Workload])[] = [
  ['graphql', mintGraphQL],
  ['rest', mintRest],
];
const WARM_UP = { connections: 32, seconds: 10 };
const MEASURED = { connections: 32, seconds: 8 };
const IMAGES = new URL('../docs/images/', import.meta.url);

await using lab = await sqliteLab();
const seeded = await lab.createEmpty();
const seed = await runSeed<Seed>(seeded.url);
await mkdir(IMAGES, { recursive: true });
for (const [endpoint, workload] of MINTS) {
  const profile = await profileOf(workload);
  // The start and the warm-up are not what a mint costs.
  const tree = callTree(profile, MEASURED.seconds * 1_000_000);
  const title = `One mint at the ${endpoint === 'rest' ? 'REST' : 'GraphQL'} endpoint, at 32 connections, on SQLite`;
  await writeFile(new URL(`mint-${endpoint}.svg`, IMAGES), flameGraph(tree, title));
  process.stdout.write(`docs/images/mint-${endpoint}.svg\n`);
}

async function profileOf(workload: Workload): Promise<CpuProfile> {
  const folder = await mkdtemp(join(tmpdir(), 'api-keys-flame-'));
  try {
    const { url } = await lab.copy(seeded);
    const target = await Target.start('service', url, ['--cpu-prof', `--cpu-prof-dir=${folder}`]);
    for (const part of [WARM_UP, MEASURED]) await load(target.port, workload, seed, part);
    await target[Symbol.asyncDispose]();
    const [file = ''] = await readdir(folder);
    return JSON.parse(await readFile(join(folder, file), 'utf8')) as CpuProfile;
  } finally {
    await rm(folder, { recursive: true });
  }
}
