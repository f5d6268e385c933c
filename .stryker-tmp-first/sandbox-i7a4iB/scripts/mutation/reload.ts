// @ts-nocheck
import { inject, vi } from 'vitest';

/**
 * A mutant that acts while a module loads needs the modules loaded again, with it and after it. The packages
 * stay loaded.
 */
const worker = globalThis as { loadedWith?: string };
const provided = inject as (key: string) => string;
const loadedWith =
  provided('mode') === 'mutant' && provided('mutantActivation') === 'static' ? provided('activeMutant') : 'nothing';
if ((worker.loadedWith ??= 'nothing') !== loadedWith) vi.resetModules();
worker.loadedWith = loadedWith;
