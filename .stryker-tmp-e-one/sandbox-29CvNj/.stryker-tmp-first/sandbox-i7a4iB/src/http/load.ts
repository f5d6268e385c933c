// @ts-nocheck
// 
import { type ELDHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { z } from 'zod';
import { networkOf } from './client-network.ts';
import { Shares } from './shares.ts';

/** The load above which a process rejects requests. */
export const loadLimits = z.strictObject({
  maxRequestsInFlight: z.int().min(1).max(100_000).default(1000),
  maxRequestsPerClient: z.int().min(1).max(100_000).default(500),
  maxEventLoopDelayMs: z.int().min(10).max(60_000).default(1000),
});

export type LoadLimits = z.output<typeof loadLimits>;

/** These limits as options. Above any of them, requests get a 503. */
export interface LoadLimitOptions {
  /** The most requests handled at a time. Default 1000. */
  readonly maxRequestsInFlight?: number;
  /** The most requests handled at a time for one network, and for one credential. Default 500. */
  readonly maxRequestsPerClient?: number;
  /** How long a turn of the event loop may take, in milliseconds, in the median. Default 1000. */
  readonly maxEventLoopDelayMs?: number;
}

/** What is known of a client before its credential is verified. */
export interface Client {
  readonly address: string | undefined;
  /** The raw credential header, used only for counting while the request runs. */
  readonly credential: string | null;
}

/** How long turns of the event loop are measured before they are judged, in milliseconds. */
const WINDOW = 500;
const NANOSECONDS = 1e6;

/**
 * Limits the load of this process. A queue of requests that cannot be answered in time helps nobody:
 * clients give up before they are answered, and the queue grows until memory runs out. So excess
 * requests are rejected before any work is done for them. One network, or one credential, cannot take
 * all slots from other clients.
 */
export class Load {
  readonly #limits: LoadLimits;
  readonly #turns: ELDHistogram = monitorEventLoopDelay({ resolution: 20 });
  readonly #networks: Shares;
  readonly #credentials: Shares;
  #inFlight = 0;
  #measuredSince = performance.now();
  #isBehind = false;

  constructor(limits: LoadLimits) {
    this.#limits = limits;
    this.#networks = new Shares(limits.maxRequestsPerClient);
    this.#credentials = new Shares(limits.maxRequestsPerClient);
    this.#turns.enable();
  }

  /** Runs `answer`, or `refuse` if the process is overloaded. */
  async admit<T>(client: Client, answer: () => Promise<T>, refuse: () => Promise<T>): Promise<T> {
    if (this.#inFlight >= this.#limits.maxRequestsInFlight || this.#isTooSlow()) return refuse();
    const network = client.address === undefined ? '' : networkOf(client.address);
    const credential = client.credential ?? '';
    if (this.#networks.isTaken(network) || this.#credentials.isTaken(credential)) return refuse();
    this.#inFlight++;
    this.#networks.take(network);
    this.#credentials.take(credential);
    try {
      return await answer();
    } finally {
      this.#inFlight--;
      this.#networks.give(network);
      this.#credentials.give(credential);
    }
  }

  /** Uses the median over half a second: a single long turn is a pause, many mean overload. */
  #isTooSlow(): boolean {
    const now = performance.now();
    if (now - this.#measuredSince >= WINDOW && this.#turns.count > 0) {
      this.#isBehind = this.#turns.percentile(50) > this.#limits.maxEventLoopDelayMs * NANOSECONDS;
      this.#turns.reset();
      this.#measuredSince = now;
    }
    return this.#isBehind;
  }
}
