import { DeadlineExceeded } from '../base/deadline.ts';
import type { EndpointRequest } from './endpoint.ts';

/**
 * The time that the service takes for one request, over all the questions that it asks in turn: each
 * of them has a deadline of its own, and a database that is slow and never fails would add those up.
 * The time in which the client sends its body does not count; the server bounds that.
 */
export class Budget {
  #left: number;
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

  /** Runs what does not count. */
  async outside<T>(work: () => Promise<T>): Promise<T> {
    clearTimeout(this.#timer);
    this.#left = Math.max(0, this.deadline - performance.now());
    try {
      return await work();
    } finally {
      this.#run();
    }
  }

  /** The request, with the time that its body takes left out. */
  leavingOutBody(request: EndpointRequest): EndpointRequest {
    return {
      method: request.method,
      url: request.url,
      headers: request.headers,
      readBody: (limit) => this.outside(() => request.readBody(limit)),
    };
  }

  #run(): void {
    this.#since = performance.now();
    if (this.#exceeded !== undefined) this.#timer = setTimeout(this.#exceeded, this.#left);
  }
}
