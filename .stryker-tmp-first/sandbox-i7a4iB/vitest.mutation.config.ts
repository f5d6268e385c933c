// @ts-nocheck
import { globSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
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

/**
 * A mutant ends with the first test that fails: first come the tests that boot no kernel, and among those the tests
 * of the folder that is mutated.
 */
class LikelyFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const mutated = dirname(process.env['MUTATED_FILE'] ?? '').replace(/^.*\/src\//, '/test/');
    const rank = ({ moduleId }: TestSpecification) =>
      (bootsKernel(moduleId) ? 2 : 0) + (dirname(moduleId).endsWith(mutated) ? 0 : 1);
    return files.toSorted((a, b) => rank(a) - rank(b));
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
    sequence: { sequencer: LikelyFirst },
    setupFiles: ['scripts/mutation/reload.ts'],
    hookTimeout: 60_000,
    testTimeout: 30_000,
  },
});
