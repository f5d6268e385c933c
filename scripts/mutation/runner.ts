import { strykerPlugins as plugins } from '@stryker-mutator/vitest-runner';
import type { PoolOptions, TestProject, Vitest } from 'vitest/node';
import { KeptWorker } from './kept-worker.ts';

/** A worker holds what each run has left behind. */
const RUNS_PER_WORKER = 300;

type Mutant = { sandboxFileName: string; mutantActivation: 'static' | 'runtime' };
type MutantResult = { status: 'killed' | 'survived' | 'timeout' | 'error'; killedBy?: string[] };
type ControlResult = { status: string; tests?: { status: number }[] };

/** What this file uses of the runner that Stryker has for vitest. */
type VitestRunner = {
  ctx: Vitest;
  init(): Promise<void>;
  run(tests: { testIds?: string[] }): Promise<ControlResult>;
  mutantRun(mutant: Mutant): Promise<MutantResult>;
  dispose(): Promise<void>;
};

/**
 * Stryker's runner for vitest, with a worker that is kept from one mutant to the next. A mutant counts as killed
 * only if the test that failed passes without it in the same worker, or if it fails in a new worker, too: what
 * an earlier mutant left behind kills nobody.
 */
function createRunner(injector: unknown): VitestRunner {
  const runner = (plugins[0]?.factory as unknown as (injector: unknown) => VitestRunner)(injector);
  const [init, mutantRun, dispose] = [runner.init, runner.mutantRun, runner.dispose].map((each) =>
    each.bind(runner),
  ) as [VitestRunner['init'], VitestRunner['mutantRun'], VitestRunner['dispose']];
  let worker: KeptWorker | undefined;

  async function renew(): Promise<void> {
    const old = worker;
    worker = undefined;
    await old?.end();
  }

  async function passesWithoutMutant(testIds: string[]): Promise<boolean> {
    runner.ctx.provide('mode' as never, 'dry-run' as never);
    const { status, tests = [] } = await runner.run({ testIds });
    return status === 'complete' && tests.length > 0 && tests.every((test) => test.status === 0);
  }

  return Object.assign(runner, {
    async init() {
      await init();
      for (const project of runner.ctx.projects) useWorker(project, (options) => (worker ??= new KeptWorker(options)));
    },

    async mutantRun(mutant: Mutant): Promise<MutantResult> {
      process.env['MUTATED_FILE'] = mutant.sandboxFileName;
      if ((worker?.runs ?? 0) > RUNS_PER_WORKER) await renew();
      // A mutant that acts while modules load has all of them loaded again.
      const isNew = worker === undefined || mutant.mutantActivation === 'static';
      const result = await mutantRun(mutant);
      if (result.status === 'survived' || isNew) return result;
      if (result.killedBy && (await passesWithoutMutant(result.killedBy))) return result;
      await renew();
      return mutantRun(mutant);
    },

    async dispose() {
      await renew();
      await dispose();
    },
  });
}
createRunner.inject = ['$injector'] as const;

function useWorker({ config }: TestProject, createPoolWorker: (options: PoolOptions) => KeptWorker): void {
  Object.assign(config, { pool: 'kept', poolRunner: { name: 'kept', createPoolWorker } });
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'kept-vitest', factory: createRunner }];
