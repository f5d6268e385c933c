// @ts-nocheck
import { expect } from 'vitest';
import type { BootOptions, TestKernel } from '../../test/support/kernel.ts';

type Boot = (options: BootOptions) => Promise<TestKernel>;

/**
 * Kernels that a worker keeps from one mutant to the next: to boot one takes longer than most tests. They are
 * booted without a mutant; a mutant that acts at start-up has the modules, and so the kernels, made again.
 */
export class KeptKernels {
  readonly #kernels = new Map<string, TestKernel>();
  #inUse = new Map<string, number>();

  /** Before each test file. */
  reset(): void {
    this.#inUse = new Map();
  }

  async boot(options: BootOptions, boot: Boot): Promise<TestKernel> {
    if (!this.#canKeep(options)) return boot(options);
    const name = `${expect.getState().testPath} ${JSON.stringify(options, (_, value) => namedPlugin(value))}`;
    const count = this.#inUse.get(name) ?? 0;
    this.#inUse.set(name, count + 1);
    const key = `${name} ${count}`;
    const kernel = this.#kernels.get(key) ?? (await boot(options));
    this.#kernels.set(key, kernel);
    const before = kernel.output().length;
    return {
      ...kernel,
      output: () => kernel.output().slice(before),
      async [Symbol.asyncDispose]() {},
    };
  }

  async end(): Promise<void> {
    const kernels = [...this.#kernels.values()].reverse();
    this.#kernels.clear();
    for (const kernel of kernels) await kernel[Symbol.asyncDispose]().catch(() => undefined);
  }

  /** Not with plugins that write to variables of one run of a test file, and not on a database that it drops. */
  #canKeep({ plugins = [], config }: BootOptions): boolean {
    const databases = new Set([...this.#kernels.values()].map(({ database }) => database));
    return (
      plugins.every((plugin) => plugin.constructor !== Object) &&
      (config?.database === undefined || databases.has(config.database))
    );
  }
}

function namedPlugin(value: unknown): unknown {
  const isInstance = typeof value === 'object' && value !== null && !/^(?:Object|Array)$/.test(value.constructor?.name);
  return isInstance ? value.constructor.name : value;
}
