/**
 * Files of a worker share a process. What one of them, or a kernel that it booted, put into the environment
 * would configure the servers that the next one starts.
 */
// @ts-nocheck

// 

const worker = globalThis as { environmentAtStart?: NodeJS.ProcessEnv };
worker.environmentAtStart ??= { ...process.env };
for (const name of Object.keys(process.env)) {
  if (!(name in worker.environmentAtStart)) delete process.env[name];
}
Object.assign(process.env, worker.environmentAtStart);
