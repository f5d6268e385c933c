import { AsyncLocalStorage } from 'node:async_hooks';

/** Thrown when something did not answer in time. */
export class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded';
}

const running = new AsyncLocalStorage<Budget>();

/**
 * The time for a piece of work, over all the questions that it asks in turn: a database that is slow
 * and never fails would add up deadlines that each of them has to itself.
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
   * The outcome of `work`, while there is time, which begins now. What is under way goes on; its late
   * outcome is ignored.
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

  /** The outcome of a question that is part of the work; `undefined` once the work has ended. */
  ask<T>(pending: Promise<T>): Promise<T> | undefined {
    return this.#exceeded && Promise.race([pending, this.#exceeded]);
  }
}

/**
 * The outcome of `pending`, or a {@link DeadlineExceeded}: when the time of the work that it is part
 * of is up, or after `milliseconds` where it is part of none. What is under way goes on; its late
 * outcome is ignored.
 */
export function withDeadline<T>(pending: Promise<T>, milliseconds: number): Promise<T> {
  return running.getStore()?.ask(pending) ?? new Budget(milliseconds).within(() => pending);
}
