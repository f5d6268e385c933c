import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const SHARED_MEMORY = '/dev/shm';

/**
 * Where the databases of tests are. Linux keeps this folder in memory: a synced commit costs nothing there, and
 * some milliseconds on a disk. Elsewhere it is the system's folder for what is temporary.
 */
export const MEMORY = existsSync(SHARED_MEMORY) ? SHARED_MEMORY : tmpdir();
