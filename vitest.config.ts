import { defineConfig } from 'vitest/config';

export default defineConfig({
  // `graphql` has a second build behind the condition "development", which Vite sets and Node does
  // not: the tests and the packages they load would each have their own graphql.
  ssr: { resolve: { conditions: ['node', 'import', 'module', 'default'] } },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/browser-notice.ts'],
    // A kernel takes a second and some hundred megabytes; the machines have two cores.
    maxWorkers: 2,
    hookTimeout: 60_000,
    testTimeout: 30_000,
  },
});
