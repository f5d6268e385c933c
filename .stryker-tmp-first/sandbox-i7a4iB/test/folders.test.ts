// @ts-nocheck
import { globSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cycles, folderOf, type Import, importsOfSrc } from './support/imports.ts';

/** The folders of `src`, from top to bottom. Each uses those below it and none above; types count. */
const ORDER = [
  // The entry points: `index.ts`, `server.ts`, `cli.ts`.
  '.',
  'cli',
  'operations',
  'standalone',
  'standalone/sign-in',
  'standalone/routes',
  'standalone/listener',
  'console',
  'plugin',
  'rest',
  'graphql',
  'schema',
  'resolvers',
  'keys',
  'keys/organization',
  'keys/upkeep',
  'keys/update',
  'keys/access',
  'keys/changes',
  'keys/admission',
  'keys/mint',
  'keys/policy',
  'keys/limits',
  'keys/ledger',
  'keys/read',
  'keys/record',
  'keys/input',
  'mcp',
  'auth',
  'platform/protection',
  'platform',
  'observability',
  'http',
  'base',
];

/** The folders of `test` for what no single folder of `src` does. `CONTRIBUTING.md` says what each is for. */
const CROSS_CUTTING = ['browser', 'deploy', 'docs', 'e2e', 'faults', 'package', 'replicas', 'security'];

/** The imports that go up, as a person would look for them. */
function upward(imports: readonly Import[]): string[] {
  return imports
    .filter(({ from, to }) => ORDER.indexOf(folderOf(from)) > ORDER.indexOf(folderOf(to)))
    .map(({ from, to }) => `src/${from} imports src/${to}, which is above it`);
}

const imports = await importsOfSrc();

describe('the folders of src', () => {
  it('are all in the order', () => {
    const folders = new Set(imports.flatMap(({ from, to }) => [folderOf(from), folderOf(to)]));
    expect([...folders].filter((folder) => !ORDER.includes(folder))).toEqual([]);
    expect(ORDER.filter((folder) => !folders.has(folder))).toEqual([]);
  });

  it('use the ones below them and none above', () => {
    expect(upward(imports)).toEqual([]);
  });

  it('make no cycle', () => {
    const between = imports.map(({ from, to }) => [folderOf(from), folderOf(to)] as const);
    expect(cycles(between.filter(([from, to]) => from !== to))).toEqual([]);
  });
});

it('the files of src make no cycle', () => {
  expect(imports.length).toBeGreaterThan(300);
  expect(cycles(imports.map(({ from, to }) => [from, to]))).toEqual([]);
});

it('the folders of test are those of src, or cut across them', () => {
  const folders = new Set(
    globSync('test/**/*.test.ts').flatMap((file) => {
      const folder = relative('test', dirname(file));
      return folder === '' || CROSS_CUTTING.includes(folder) ? [] : [folder];
    }),
  );
  expect(folders.size).toBeGreaterThan(15);
  expect([...folders].filter((folder) => !ORDER.includes(folder))).toEqual([]);
});

describe('this test', () => {
  it('names an import that goes up', () => {
    expect(upward([{ from: 'http/json.ts', to: 'keys/service.ts' }])).toEqual([
      'src/http/json.ts imports src/keys/service.ts, which is above it',
    ]);
  });

  it('sees imports of types alone, those of a module that is loaded later, and exports', () => {
    for (const to of ['resolvers/context.ts', 'observability/metrics.ts', 'standalone/kernel.ts']) {
      expect(imports.map((each) => each.to)).toContain(to);
    }
    expect(imports).toContainEqual({ from: 'standalone/telemetry.ts', to: 'observability/metrics.ts' });
  });

  it('finds a cycle, however long, and only those who are in it', () => {
    const edges = [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
      ['c', 'd'],
      ['e', 'a'],
    ] as const;
    expect(cycles(edges)).toEqual([['a', 'b', 'c']]);
    expect(cycles(edges.slice(3))).toEqual([]);
  });
});
