export default {
  plugins: ['./scripts/mutation/runner.ts'],
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts', related: false, pool: 'threads' },
  // A file that does not exist: Stryker 10 rewrites the one that there is with the API of TypeScript 6,
  // and TypeScript 7 has none. Nothing here is compiled before it runs.
  tsconfigFile: 'none.json',
  mutate: ['src/{auth,keys,resolvers,rest}/**/*.ts'],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // Beyond what the tests take: a mutant that leaves a promise open is waited for so long.
  timeoutMS: 10_000,
  tempDirName: '.stryker-tmp',
};
