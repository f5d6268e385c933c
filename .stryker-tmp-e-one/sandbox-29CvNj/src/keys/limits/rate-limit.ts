// @ts-nocheck
import { formatDuration, parseDuration } from '../input/duration.ts';

/** At most `count` at once, refilled evenly over `period` milliseconds. */
export interface RateLimit {
  readonly count: number;
  readonly period: number;
}

/**
 * Reads `<count>/<ISO 8601 duration>`, such as `30/PT1M`.
 *
 * @returns the limit, or `undefined` if the text is not valid.
 */
export function parseRateLimit(text: string): RateLimit | undefined {
  const [, count, duration] = /^([1-9]\d{0,8})\/(P\S+)$/.exec(text) ?? [];
  const period = duration === undefined ? undefined : parseDuration(duration);
  return period === undefined || period <= 0 ? undefined : { count: Number(count), period };
}

export function formatRateLimit({ count, period }: RateLimit): string {
  return `${count}/${formatDuration(period)}`;
}

/**
 * A token bucket: it holds up to `count` tokens and refills at `count / period`. It is stored beside the
 * keys as `<tokens>@<milliseconds since the epoch>`, so that all replicas share it.
 */
export class TokenBucket {
  readonly #limit: RateLimit;
  #tokens: number;
  #filledAt: number;

  private constructor(limit: RateLimit, tokens: number, filledAt: number) {
    this.#limit = limit;
    this.#tokens = tokens;
    this.#filledAt = filledAt;
  }

  /**
   * Reads a stored bucket and refills it up to `now`. Empty text is a full bucket; text that cannot be
   * read is an empty bucket.
   */
  static read(text: string, limit: RateLimit, now: number): TokenBucket {
    if (text === '') return new TokenBucket(limit, limit.count, now);
    const [, tokens, filledAt] = /^(\d+(?:\.\d+)?)@(\d+)$/.exec(text) ?? [];
    const bucket = new TokenBucket(limit, Number(tokens ?? 0), Number(filledAt ?? now));
    bucket.#fill(now);
    return bucket;
  }

  /** The stored text of a full bucket. */
  static full(limit: RateLimit, now: number): string {
    return `${limit.count}@${now}`;
  }

  /** Whether there is a token. */
  get hasToken(): boolean {
    return this.#tokens >= 1;
  }

  /** Whether it is as one that nothing was taken from yet. */
  get isFull(): boolean {
    return this.#tokens >= this.#limit.count;
  }

  /** Seconds until there is a token. */
  get retryAfter(): number {
    const { count, period } = this.#limit;
    return Math.max(1, Math.ceil((((1 - this.#tokens) / count) * period) / 1000));
  }

  take(): void {
    this.#tokens -= 1;
  }

  toString(): string {
    return `${this.#tokens}@${this.#filledAt}`;
  }

  #fill(now: number): void {
    const { count, period } = this.#limit;
    // The clocks of two replicas differ; that must not empty a bucket.
    const elapsed = Math.max(0, now - this.#filledAt);
    this.#tokens = Math.min(count, this.#tokens + (elapsed / period) * count);
    this.#filledAt = Math.max(now, this.#filledAt);
  }
}
