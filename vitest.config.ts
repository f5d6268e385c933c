import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const globalSetup = ['test/support/databases.ts'];

/** What boots a kernel, or starts a process or a database: tests that import none of it take milliseconds. */
const BOOTS =
  /\/support\/(?:browser|chaos|databases|endpoints|host|kernel|leak-hunt|minting|packed|postgres|process|replica|served)\b|ObjectKernel|child_process/;
const unitTests = globSync('test/**/*.test.ts').filter((file) => !BOOTS.test(readFileSync(file, 'utf8')));

/**
 * In a worker in which many kernels have run, the platform sometimes sends no webhooks any more; why is not known.
 * In a process of its own, as in production, it does.
 */
const IN_OWN_PROCESS = ['test/plugin/webhooks.test.ts'];

export default defineConfig({
  // Node's own conditions, for Vite and for what it leaves to Node. With others `graphql` is there
  // twice (it has builds behind "development" and behind "module-sync"), and `require` in CommonJS
  // packages finds ES modules.
  ssr: { resolve: { conditions: ['node', 'module-sync'] } },
  test: {
    globalSetup: ['test/support/browser-notice.ts'],
    // A kernel takes a second and some hundred megabytes; the machines have two cores.
    maxWorkers: 2,
    // A worker keeps what it has imported: the platform's modules take longer to load than most files to run.
    isolate: false,
    setupFiles: ['test/support/clean-environment.ts'],
    hookTimeout: 60_000,
    testTimeout: 30_000,
    projects: [
      // What needs a kernel runs on both databases; the rest once.
      {
        extends: true,
        test: {
          name: 'sqlite',
          include: ['test/**/*.test.ts'],
          exclude: IN_OWN_PROCESS,
          provide: { database: 'sqlite' },
          globalSetup,
        },
      },
      {
        extends: true,
        test: {
          name: 'own-process',
          include: IN_OWN_PROCESS,
          isolate: true,
          provide: { database: 'sqlite' },
          globalSetup,
        },
      },
      {
        extends: true,
        test: { name: 'postgres', include: ['test/e2e/**/*.test.ts'], provide: { database: 'postgres' }, globalSetup },
      },
      // A part of the first, for every save: npm run test:unit.
      { extends: true, test: { name: 'unit', include: unitTests, provide: { database: 'sqlite' } } },
    ],
  },
});
