/** How many of something each of several parties holds; what nobody is known by (`''`) is not counted. */
export class Shares {
  readonly #most: number;
  readonly #held = new Map<string, number>();

  /** @param most that one party may hold. */
  constructor(most: number) {
    this.#most = most;
  }

  isTaken(party: string): boolean {
    return (this.#held.get(party) ?? 0) >= this.#most;
  }

  /** Whether a party holds more than it may, where what it takes is not known before. */
  isOver(party: string): boolean {
    return (this.#held.get(party) ?? 0) > this.#most;
  }

  take(party: string, amount = 1): void {
    if (party !== '') this.#held.set(party, (this.#held.get(party) ?? 0) + amount);
  }

  /** Gives some back. Parties that hold nothing are forgotten, so that there are no more than things held. */
  give(party: string, amount = 1): void {
    const held = this.#held.get(party);
    if (held === undefined) return;
    if (held <= amount) this.#held.delete(party);
    else this.#held.set(party, held - amount);
  }
}
