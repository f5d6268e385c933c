// @ts-nocheck
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Client, Load } from '../../src/http/load.ts';

const DELAY = 50;
const NOBODY = { address: undefined, credential: null };
const admitted = (load: Load, client: Client = NOBODY): Promise<boolean> =>
  load.admit(
    client,
    async () => true,
    async () => false,
  );

describe('a process that has enough to do', () => {
  it('refuses what comes on top, and takes on more when something is done', async () => {
    const load = new Load({ maxRequestsInFlight: 2, maxRequestsPerClient: 2, maxEventLoopDelayMs: 60_000 });
    const gate = Promise.withResolvers<boolean>();
    const running = [1, 2].map(() =>
      load.admit(
        NOBODY,
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
    const load = new Load({ maxRequestsInFlight: 1, maxRequestsPerClient: 1, maxEventLoopDelayMs: 60_000 });
    const failing = load.admit(
      NOBODY,
      () => Promise.reject(new Error('failed')),
      async () => false,
    );
    await expect(failing).rejects.toThrow('failed');
    expect(await admitted(load)).toBe(true);
  });

  it('refuses while the event loop is slow, and recovers with it', async () => {
    const load = new Load({ maxRequestsInFlight: 1000, maxRequestsPerClient: 1000, maxEventLoopDelayMs: DELAY });
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

describe('what one client may take', () => {
  const holding = (load: Load, client: Client, gate: Promise<boolean>): Promise<boolean> =>
    load.admit(
      client,
      () => gate,
      async () => false,
    );

  it.each<[string, Client, Client, Client]>([
    [
      'one network with many credentials',
      { address: '2001:db8::1', credential: 'a' },
      { address: '2001:db8::2', credential: 'b' },
      { address: '2001:db8:1::1', credential: 'c' },
    ],
    [
      'one credential from many networks',
      { address: '192.0.2.1', credential: 'a' },
      { address: '192.0.2.2', credential: 'a' },
      { address: '192.0.2.3', credential: '192.0.2.1' },
    ],
  ])('is bounded, and leaves the rest to others: %s', async (_case, first, second, other) => {
    const load = new Load({ maxRequestsInFlight: 10, maxRequestsPerClient: 1, maxEventLoopDelayMs: 60_000 });
    const gate = Promise.withResolvers<boolean>();
    const running = holding(load, first, gate.promise);
    expect(await admitted(load, second)).toBe(false);
    expect(await admitted(load, other)).toBe(true);

    gate.resolve(true);
    expect(await running).toBe(true);
    expect(await admitted(load, second)).toBe(true);
  });
});

/** Keeps the event loop from turning. */
function block(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
