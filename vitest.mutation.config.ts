import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The tests that `npm run mutation` sets on each mutant: those of the mutated code, and end to end on SQLite. */
const tests = globSync([
  'test/{auth,keys,resolvers,rest}/**/*.test.ts',
  'test/e2e/{create-api-key,lifecycle,idempotency,limits,last-used,audit-trail,unavailable}.test.ts',
  'test/platform/tenancy.test.ts',
  'test/security/browsers.test.ts',
]).filter((file) => !/differential|scoped-routes/.test(file)); // These take minutes, for each mutant.

function bootsKernel(file: string): boolean {
  return /bootKernel|bootHost|\bsupport\/stdio-server/.test(readFileSync(file, 'utf8'));
}

/** A mutant ends with the first test that fails: the tests that need milliseconds come before those that boot a kernel. */
class FastFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const slow = new Set(files.filter(({ moduleId }) => bootsKernel(moduleId)));
    return [...files.filter((file) => !slow.has(file)), ...slow];
  }
}

export default defineConfig({
  ssr: { resolve: { conditions: ['node', 'module-sync'] } },
  test: {
    // `MUTATION_TESTS=fast`: a first answer within seconds, while a test is being written.
    include: process.env['MUTATION_TESTS'] === 'fast' ? tests.filter((file) => !bootsKernel(file)) : tests,
    provide: { database: 'sqlite', postgresStarter: '' },
    // The platform's modules, a second or more to load, stay loaded from one file to the next.
    isolate: false,
    sequence: { sequencer: FastFirst },
    hookTimeout: 60_000,
    testTimeout: 30_000,
  },
});
