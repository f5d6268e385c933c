/** Counts how many units each party holds. The empty name (`''`) stands for an unknown party and is not counted. */
// @ts-nocheck

export class Shares {
  readonly #most: number;
  readonly #held = new Map<string, number>();

  /** @param most the most units that one party may hold. */
  constructor(most: number) {
    this.#most = most;
  }

  isTaken(party: string): boolean {
    return (this.#held.get(party) ?? 0) >= this.#most;
  }

  /** Whether a party holds too much, for amounts that are not known in advance. */
  isOver(party: string): boolean {
    return (this.#held.get(party) ?? 0) > this.#most;
  }

  take(party: string, amount = 1): void {
    if (party !== '') this.#held.set(party, (this.#held.get(party) ?? 0) + amount);
  }

  /** Gives units back. A party that holds none is removed, so that the map does not grow. */
  give(party: string, amount = 1): void {
    const held = this.#held.get(party);
    if (held === undefined) return;
    if (held <= amount) this.#held.delete(party);
    else this.#held.set(party, held - amount);
  }
}
