/**
 * Loaded into every measured process before anything else: it tells what the process used. Nothing
 * that is measured knows of it.
 */
// @ts-nocheck

export interface Usage {
  /** Milliseconds of processor time since the process began, user and system together. */
  readonly cpu: number;
  /** Resident memory, in bytes. */
  readonly rss: number;
}

/** What the driver may ask; `settled` collects garbage first, and more than once, so that what is left is in use. */
export type Question = 'usage' | 'settled';

/** Messages of a target to the driver. */
export type TargetMessage =
  | { readonly listening: number }
  | { readonly commits: string }
  | { readonly usage: Usage }
  | { readonly seeded: unknown };

process.on('message', async (question: Question) => {
  if (question === 'settled') {
    for (let round = 0; round < 3; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      globalThis.gc?.();
    }
  }
  const { user, system } = process.cpuUsage();
  const message: TargetMessage = { usage: { cpu: (user + system) / 1000, rss: process.memoryUsage.rss() } };
  process.send?.(message);
});
// The driver may be ended by a signal: nothing that it started outlives it.
process.on('disconnect', () => process.exit(0));
