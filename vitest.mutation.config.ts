import { globSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const END_TO_END =
  'admission,audit-trail,create-api-key,idempotency,key-changes,key-events,last-used,leavers,lifecycle,limits,' +
  'list-filters,membership,organization,policy,restore,unavailable,update-api-key,upkeep';

/** The tests that `npm run mutation` sets on each mutant: those of the mutated code, and end to end on SQLite. */
const tests = globSync([
  'test/{auth,keys,resolvers,rest}/**/*.test.ts',
  `test/e2e/{${END_TO_END}}.test.ts`,
  'test/platform/tenancy.test.ts',
  'test/security/browsers.test.ts',
]).filter((file) => !/differential|scoped-routes/.test(file)); // These take minutes, for each mutant.

/** `npm run mutation` asks the tests that boot no kernel about every mutant, and then the others about what is left. */
const selected: Record<string, (file: string) => boolean> = {
  fast: (file) => !bootsKernel(file),
  'end-to-end': bootsKernel,
};

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
    include: tests.filter(selected[process.env['MUTATION_TESTS'] ?? ''] ?? (() => true)),
    provide: { database: 'sqlite', postgresStarter: '' },
    // The platform's modules, a second or more to load, stay loaded from one file to the next.
    isolate: false,
    sequence: { sequencer: LikelyFirst },
    setupFiles: ['scripts/mutation/setup.ts'],
    hookTimeout: 60_000,
    testTimeout: 30_000,
  },
});
