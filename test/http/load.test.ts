import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Load } from '../../src/http/load.ts';

const DELAY = 50;
const admitted = (load: Load): Promise<boolean> =>
  load.admit(
    async () => true,
    async () => false,
  );

describe('a process that has enough to do', () => {
  it('refuses what comes on top, and takes on more when something is done', async () => {
    const load = new Load({ requestsInFlight: 2, eventLoopDelay: 60_000 });
    const gate = Promise.withResolvers<boolean>();
    const running = [1, 2].map(() =>
      load.admit(
        () => gate.promise,
        async () => false,
      ),
    );
    expect(await admitted(load)).toBe(false);

    gate.resolve(true);
    expect(await Promise.all(running)).toEqual([true, true]);
    expect(await admitted(load)).toBe(true);
  });

  it('does not count an answer that failed as running', async () => {
    const load = new Load({ requestsInFlight: 1, eventLoopDelay: 60_000 });
    const failing = load.admit(
      () => Promise.reject(new Error('failed')),
      async () => false,
    );
    await expect(failing).rejects.toThrow('failed');
    expect(await admitted(load)).toBe(true);
  });

  it('refuses while the event loop is slow, and recovers with it', async () => {
    const load = new Load({ requestsInFlight: 1000, eventLoopDelay: DELAY });
    let refused = false;
    for (let i = 0; i < 100 && !refused; i++) {
      block(2 * DELAY);
      await wait(1);
      refused = !(await admitted(load));
    }
    expect(refused).toBe(true);

    while (!(await admitted(load))) await wait(10);
    await turn();
    expect(await admitted(load)).toBe(true);
  });
});

/** Keeps the event loop from turning. */
function block(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
