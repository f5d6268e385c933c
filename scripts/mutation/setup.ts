import { inject, vi } from 'vitest';
import { KeptKernels } from './keep-kernels.ts';

/**
 * A mutant that acts while a module loads needs the modules loaded again, with it and after it. The packages
 * stay loaded.
 */
const worker = globalThis as { loadedWith?: string; keptKernels?: KeptKernels | undefined };
const provided = inject as (key: string) => string;
const isStatic = provided('mode') === 'mutant' && provided('mutantActivation') === 'static';
const loadsWith = isStatic ? provided('activeMutant') : 'no mutant';
if (loadsWith !== (worker.loadedWith ?? 'no mutant')) {
  await worker.keptKernels?.end();
  worker.keptKernels = undefined;
  vi.resetModules();
}
worker.loadedWith = loadsWith;
worker.keptKernels ??= new KeptKernels();
worker.keptKernels.reset();
