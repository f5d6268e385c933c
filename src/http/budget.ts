import { DeadlineExceeded } from '../base/deadline.ts';

/**
 * The time that the service takes for one request, over all the questions that it asks in turn: each
 * of them has a deadline of its own, and a database that is slow and never fails would add those up.
 * It begins when the body of the request is here; the server bounds the time that this takes.
 */
export class Budget {
  readonly #left: number;
  #since = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #exceeded: (() => void) | undefined;

  constructor(milliseconds: number) {
    this.#left = milliseconds;
  }

  /** When the time is up, on the clock of `performance.now()`. */
  get deadline(): number {
    return this.#since + this.#left;
  }

  /**
   * The outcome of `work`, while there is time. What is under way goes on; its late outcome is ignored.
   *
   * @throws DeadlineExceeded
   */
  async within<T>(work: () => Promise<T>): Promise<T> {
    const exceeded = new Promise<never>((_, reject) => {
      this.#exceeded = () => reject(new DeadlineExceeded('the request took too long'));
    });
    this.#run();
    try {
      return await Promise.race([work(), exceeded]);
    } finally {
      clearTimeout(this.#timer);
      this.#exceeded = undefined;
    }
  }

  #run(): void {
    this.#since = performance.now();
    if (this.#exceeded !== undefined) this.#timer = setTimeout(this.#exceeded, this.#left);
  }
}
