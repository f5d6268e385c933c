// @ts-nocheck
import { AsyncLocalStorage } from 'node:async_hooks';

/** Thrown when an operation exceeds its time limit. */
export class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded';
}

const running = new AsyncLocalStorage<Budget>();

/**
 * One time limit for all queries of an operation. With a limit per query, a slow database that never
 * fails could hold a request for the sum of them.
 */
export class Budget {
  readonly #milliseconds: number;
  #since = performance.now();
  #exceeded: Promise<never> | undefined;

  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
  }

  /** When the time is up, on the clock of `performance.now()`. */
  get deadline(): number {
    return this.#since + this.#milliseconds;
  }

  /**
   * Runs `work` within the time limit, which starts now. Work that exceeds it keeps running, but its
   * result is ignored.
   *
   * @throws DeadlineExceeded
   */
  async within<T>(work: () => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    this.#since = performance.now();
    this.#exceeded = new Promise<never>((_, reject) => {
      const late = (): void => reject(new DeadlineExceeded(`no answer within ${this.#milliseconds} ms`));
      timer = setTimeout(late, this.#milliseconds);
    });
    try {
      return await Promise.race([running.run(this, work), this.#exceeded]);
    } finally {
      clearTimeout(timer);
      this.#exceeded = undefined;
    }
  }

  /** Waits for a promise that is part of the work; `undefined` once the work has ended. */
  ask<T>(pending: Promise<T>): Promise<T> | undefined {
    return this.#exceeded && Promise.race([pending, this.#exceeded]);
  }
}

/**
 * Waits for `pending`, or throws {@link DeadlineExceeded}: when the {@link Budget} of the current work
 * is used up, or after `milliseconds` if there is none. The pending operation keeps running, but its
 * result is ignored.
 */
export function withDeadline<T>(pending: Promise<T>, milliseconds: number): Promise<T> {
  return running.getStore()?.ask(pending) ?? new Budget(milliseconds).within(() => pending);
}
