import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';

/**
 * `npm run mutation [-- --mutate src/auth/session.ts] [--fast]`: changes the code in many ways, one at a time, and
 * checks whether a test fails. Most tests take milliseconds and some boot a kernel, so each pass asks other tests
 * about the mutants that survived the passes before. `--fast` leaves out the last one. Exits with 1 if the tests
 * kill less than 95 % of the mutants.
 */
const THRESHOLD = 95;
const REPORT = 'reports/mutation/survivors.txt';

const { values } = parseArgs({
  options: { mutate: { type: 'string' }, fast: { type: 'boolean', default: false } },
});

interface Pass {
  readonly name: string;
  readonly tests: 'fast' | 'end-to-end';
  /** What acts while modules load. Each of these mutants needs all tests, with all modules loaded again. */
  readonly isStatic: boolean;
}

const PASSES: readonly Pass[] = [
  { name: 'fast', tests: 'fast', isStatic: false },
  { name: 'while modules load', tests: 'fast', isStatic: true },
  { name: 'end to end', tests: 'end-to-end', isStatic: false },
];

type Mutant = Awaited<ReturnType<Stryker['runMutationTest']>>[number];

/** The last result of each mutant, and the pass that killed it. */
const results = new Map<string, { mutant: Mutant; pass: string }>();

for (const pass of PASSES.slice(0, values.fast ? 2 : undefined)) {
  const mutate = patternsOf(pass);
  if (mutate?.length === 0) continue;
  process.env['MUTATION_TESTS'] = pass.tests;
  const isEndToEnd = pass.tests === 'end-to-end';
  const stryker = new Stryker({
    ...(mutate && { mutate }),
    ignoreStatic: !pass.isStatic,
    dryRunTimeoutMinutes: 30,
    ...(isEndToEnd && { timeoutMS: 60_000 }),
    reporters: ['progress'],
    thresholds: { high: 98, low: THRESHOLD, break: null },
  });
  for (const mutant of await stryker.runMutationTest()) {
    const key = keyOf(mutant);
    const before = results.get(key);
    // A range has other mutants in it, too: what one pass has killed is killed.
    if (before === undefined || !isKilled(before.mutant)) results.set(key, { mutant, pass: pass.name });
  }
}

report();

/** The mutants of a pass: all, and then those that no test has killed. */
function patternsOf({ isStatic }: Pass): string[] | undefined {
  if (results.size === 0) return values.mutate?.split(',');
  return [...results.values()]
    .filter(({ mutant }) => isAlive(mutant) && (!isStatic || mutant.static))
    .map(({ mutant: { fileName, location } }) => {
      const { start, end } = location;
      return `${relative('.', fileName)}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`;
    });
}

function report(): void {
  const folders = Map.groupBy(results.values(), ({ mutant }) => dirname(relative('.', mutant.fileName)));
  const table = [...folders].map(([folder, each]) => ({ folder, ...countsOf(each) }));
  const all = countsOf([...results.values()]);
  console.table([...table.sort((a, b) => (a.folder < b.folder ? -1 : 1)), { folder: 'all', ...all }]);
  const alive = [...results.values()].filter(({ mutant }) => isAlive(mutant)).map(({ mutant }) => mutant);
  mkdirSync(dirname(REPORT), { recursive: true });
  writeFileSync(REPORT, alive.map((mutant) => `${inWords(mutant)}\n`).join(''));
  console.log(`The ${alive.length} mutants that survive are listed in ${REPORT}.`);
  if (all.score < THRESHOLD) {
    console.error(`The score is below ${THRESHOLD} %.`);
    process.exitCode = 1;
  }
}

function countsOf(each: readonly { mutant: Mutant; pass: string }[]) {
  const killed = each.filter(({ mutant }) => isKilled(mutant));
  const survivors = each.filter(({ mutant }) => isAlive(mutant)).length;
  return {
    killed: killed.length,
    ofThemEndToEnd: killed.filter(({ pass }) => pass === 'end to end').length,
    survivors,
    doNotLoad: each.length - killed.length - survivors,
    score: Math.floor((1000 * killed.length) / (killed.length + survivors)) / 10,
  };
}

function isKilled({ status }: Mutant): boolean {
  return status === 'Killed' || status === 'Timeout';
}

/** The others do not load or do not compile, and count neither way. */
function isAlive({ status }: Mutant): boolean {
  return status === 'Survived' || status === 'NoCoverage' || status === 'Ignored';
}

function keyOf(mutant: Mutant): string {
  return JSON.stringify([mutant.fileName, mutant.location, mutant.mutatorName, mutant.replacement]);
}

function inWords({ fileName, location: { start }, mutatorName, replacement = '', status }: Mutant): string {
  const change = replacement.replaceAll(/\s+/g, ' ');
  return `${relative('.', fileName)}:${start.line}:${start.column} ${status} ${mutatorName}: ${change}`;
}
