// @ts-nocheck
import { AsyncResource } from 'node:async_hooks';
import type { Leases } from '../ledger/lease.ts';

/** How often it is looked whether there is something to do, in milliseconds. */
const LOOK_INTERVAL = 60_000;

/** A piece of work that is done now and then, by one replica for all of them. */
export interface Chore {
  readonly name: string;
  /** How often it is done, in milliseconds. */
  readonly every: number;
  /** Does it, as of this moment. It may be done twice at once, where it takes longer than {@link every}. */
  run(now: number): Promise<unknown>;
}

/** Does what has to be done from time to time: each chore by one replica at a time. */
export class Upkeep {
  readonly #leases: Leases;
  readonly #chores: readonly Chore[];
  readonly #report: (chore: string, error: unknown) => void;
  /** It belongs to no request. */
  readonly #scope = new AsyncResource('Upkeep');
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #closed = false;

  /** @param report is told of a chore that failed; it is tried again when it is due the next time. */
  constructor(leases: Leases, chores: readonly Chore[], report: (chore: string, error: unknown) => void) {
    this.#leases = leases;
    this.#chores = chores;
    this.#report = report;
  }

  /** Begins to look, now and then. */
  start(): void {
    this.#timer = setInterval(() => void this.run(), LOOK_INTERVAL);
    this.#timer.unref();
  }

  /** Does the chores that are due and that no other replica does. */
  run(now: number = Date.now()): Promise<void> {
    this.#running = this.#running.then(() => this.#scope.runInAsyncScope(() => this.#run(now)));
    return this.#running;
  }

  /** Finishes the chore that is under way, and begins no other. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  async #run(now: number): Promise<void> {
    for (const { name, every, run } of this.#chores) {
      if (this.#closed) return;
      try {
        if (await this.#leases.take(name, now, now + every)) await run(now);
      } catch (error) {
        this.#report(name, error);
      }
    }
  }
}
