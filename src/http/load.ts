import { type ELDHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { z } from 'zod';
import { networkOf } from './client-network.ts';
import { Shares } from './shares.ts';

/** When a process has enough to do. */
export const loadLimits = z.strictObject({
  maxRequestsInFlight: z.int().min(1).max(100_000).default(1000),
  maxRequestsPerClient: z.int().min(1).max(100_000).default(500),
  maxEventLoopDelayMs: z.int().min(10).max(60_000).default(1000),
});

export type LoadLimits = z.output<typeof loadLimits>;

/** Those limits as a host may set them. Past either, requests are refused with 503. */
export interface LoadLimitOptions {
  /** Most requests that are being answered at a time. Default 1000. */
  readonly maxRequestsInFlight?: number;
  /** Most of them for one network, and for one credential. Default 500. */
  readonly maxRequestsPerClient?: number;
  /** How long a turn of the event loop may take, in milliseconds, in the median. Default 1000. */
  readonly maxEventLoopDelayMs?: number;
}

/** Who asks, as far as it can be told before a credential is looked up. */
export interface Client {
  readonly address: string | undefined;
  /** The header with the credential; counted as it is, kept while the request runs. */
  readonly credential: string | null;
}

/** How long turns of the event loop are measured before they are judged, in milliseconds. */
const WINDOW = 500;
const NANOSECONDS = 1e6;

/**
 * How busy this process is. A queue that is longer than what can be answered in time helps nobody:
 * its requests are answered after their clients have given up, and it grows until memory ends. So
 * what comes on top is refused, before any work is done for it. A flood from one network, or with
 * one credential from everywhere, ends before it has taken what others need.
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

  /** Runs `answer`, or `refuse` when there is enough to do. */
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

  /** Judged by the median, over half a second: one long turn is a pause, many are too much work. */
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
