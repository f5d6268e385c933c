import { strykerPlugins as plugins } from '@stryker-mutator/vitest-runner';
import type { PoolOptions, Vitest } from 'vitest/node';
import { KeptWorker } from './kept-worker.ts';

/**
 * How long a test without a kernel may take with a mutant, in milliseconds. A mutant that leaves a promise open then
 * fails its test and not the worker; to start another takes longer.
 */
const TEST_TIMEOUT = 8000;
/** A worker holds what each run has left behind. */
const RUNS_PER_WORKER = 300;

interface Mutant {
  readonly sandboxFileName: string;
  readonly mutantActivation: 'static' | 'runtime';
}

interface MutantResult {
  readonly status: 'killed' | 'survived' | 'timeout' | 'error';
  readonly killedBy?: string[];
}

interface TestRun {
  readonly status: string;
  readonly tests?: readonly { readonly status: number }[];
}

/** The part of Stryker's runner for vitest that is used here. */
interface VitestRunner {
  readonly ctx: Vitest;
  capabilities(): unknown;
  init(): Promise<void>;
  run(tests: { readonly testIds: string[] }): Promise<TestRun>;
  dryRun(options: unknown): Promise<unknown>;
  mutantRun(mutant: Mutant): Promise<MutantResult>;
  dispose(): Promise<void>;
}

/**
 * Stryker's runner for vitest, with a worker that is kept from one mutant to the next. What an earlier mutant left
 * behind must kill nobody: a mutant counts as killed only if the test that failed passes without it in the same
 * worker. If it does not, a new worker decides in the same way.
 */
class KeptRunner {
  readonly #vitest: VitestRunner;
  #worker: KeptWorker | undefined;

  constructor(vitest: VitestRunner) {
    this.#vitest = vitest;
  }

  capabilities(): unknown {
    return this.#vitest.capabilities();
  }

  async init(): Promise<void> {
    await this.#vitest.init();
    const createPoolWorker = (options: PoolOptions): KeptWorker => {
      this.#worker ??= new KeptWorker(options);
      return this.#worker;
    };
    for (const { config } of this.#vitest.ctx.projects) {
      Object.assign(config, { pool: 'kept', poolRunner: { name: 'kept', createPoolWorker } });
    }
  }

  dryRun(options: unknown): Promise<unknown> {
    return this.#vitest.dryRun(options);
  }

  async mutantRun(mutant: Mutant): Promise<MutantResult> {
    // For the order of the tests.
    process.env['MUTATED_FILE'] = mutant.sandboxFileName;
    if (process.env['MUTATION_TESTS'] === 'fast') {
      for (const { config } of this.#vitest.ctx.projects) config.testTimeout = TEST_TIMEOUT;
    }
    if ((this.#worker?.runs ?? 0) > RUNS_PER_WORKER) await this.#renew();
    const result = await this.#judge(mutant);
    if (result.isSure) return result;
    await this.#renew();
    const again = await this.#judge(mutant);
    return again.isSure || again.killedBy === undefined ? again : { ...again, status: 'survived' };
  }

  async #judge(mutant: Mutant): Promise<MutantResult & { readonly isSure: boolean }> {
    const result = await this.#vitest.mutantRun(mutant);
    // A mutant that acts while modules load has all of them loaded again.
    if (result.status === 'survived' || mutant.mutantActivation === 'static') return { ...result, isSure: true };
    return { ...result, isSure: result.killedBy !== undefined && (await this.#passWithoutMutant(result.killedBy)) };
  }

  async dispose(): Promise<void> {
    await this.#renew();
    await this.#vitest.dispose();
  }

  async #passWithoutMutant(testIds: string[]): Promise<boolean> {
    this.#vitest.ctx.provide('mode' as never, 'dry-run' as never);
    const { status, tests = [] } = await this.#vitest.run({ testIds });
    return status === 'complete' && tests.length > 0 && tests.every((test) => test.status === 0);
  }

  async #renew(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.end();
  }
}

function createRunner(injector: unknown): KeptRunner {
  const [create] = plugins.map(({ factory }) => factory as unknown as (injector: unknown) => VitestRunner);
  if (create === undefined) throw new TypeError('Stryker has no runner for vitest');
  return new KeptRunner(create(injector));
}
createRunner.inject = ['$injector'] as const;

export { strykerValidationSchema } from '@stryker-mutator/vitest-runner';
export const strykerPlugins = [{ kind: 'TestRunner', name: 'vitest', factory: createRunner }];
