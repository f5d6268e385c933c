// @ts-nocheck
// 
import { Shares } from '../../http/shares.ts';

/** Who waits for a turn, and what then happens. */
interface Waiting {
  readonly credential: string;
  readonly begin: () => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * Lets a few requests at a time into the platform, which puts each of its questions to the database
 * at once: two hundred reads with one key would stand in front of everybody who mints. Networks take
 * turns, and neither a network nor a credential has more than half of the places.
 */
export class Turns {
  readonly #places: number;
  readonly #patience: number;
  readonly #networks: Shares;
  readonly #credentials: Shares;
  /** In the order in which they are served: the network that was served last is at the end. */
  readonly #waiting = new Map<string, Waiting[]>();
  #running = 0;

  /**
   * @param places how many run at a time.
   * @param patience milliseconds after which waiting is given up.
   */
  constructor(places: number, patience: number) {
    const half = Math.max(1, Math.floor(places / 2));
    this.#places = places;
    this.#patience = patience;
    this.#networks = new Shares(half);
    this.#credentials = new Shares(half);
  }

  /**
   * @param run is called with what gives the place back, which may be called more than once.
   * @param refuse is called instead when no turn came in time.
   */
  enter(network: string, credential: string, run: (leave: () => void) => void, refuse: () => void): void {
    const waiting: Waiting = {
      credential,
      begin: () => this.#begin(network, credential, run),
      timer: setTimeout(() => {
        const queue = this.#waiting.get(network)?.filter((other) => other !== waiting) ?? [];
        if (queue.length === 0) this.#waiting.delete(network);
        else this.#waiting.set(network, queue);
        refuse();
      }, this.#patience),
    };
    const queue = this.#waiting.get(network);
    if (queue === undefined) this.#waiting.set(network, [waiting]);
    else queue.push(waiting);
    this.#serve();
  }

  #serve(): void {
    for (const [network, queue] of this.#waiting) {
      if (this.#running >= this.#places) return;
      if (this.#networks.isTaken(network)) continue;
      const index = queue.findIndex(({ credential }) => !this.#credentials.isTaken(credential));
      const [next] = index === -1 ? [] : queue.splice(index, 1);
      if (next === undefined) continue;
      this.#waiting.delete(network);
      // Behind the others; a map is walked in the order of insertion, so this loop comes to it again.
      if (queue.length > 0) this.#waiting.set(network, queue);
      clearTimeout(next.timer);
      next.begin();
    }
  }

  #begin(network: string, credential: string, run: (leave: () => void) => void): void {
    this.#running++;
    this.#networks.take(network);
    this.#credentials.take(credential);
    let isInside = true;
    run(() => {
      if (!isInside) return;
      isInside = false;
      this.#running--;
      this.#networks.give(network);
      this.#credentials.give(credential);
      this.#serve();
    });
  }
}
