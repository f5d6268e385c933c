import { formatDuration, parseDuration } from '../input/duration.ts';

/** At most `count` at once, refilled evenly over `period` milliseconds. */
export interface RateLimit {
  readonly count: number;
  readonly period: number;
}

/**
 * Reads `<count>/<ISO 8601 duration>`, such as `30/PT1M`.
 *
 * @returns the limit, or `undefined` when the text is not one.
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
 * A token bucket: it holds up to `count` tokens and fills at `count / period`. It is written as
 * `<tokens>@<milliseconds since the epoch>`, so that it can be kept beside the keys and shared by
 * every replica.
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
   * The bucket as it was written, filled up to `now`. No text is a bucket that nothing was taken
   * from yet; text that cannot be read is an empty one.
   */
  static read(text: string, limit: RateLimit, now: number): TokenBucket {
    if (text === '') return new TokenBucket(limit, limit.count, now);
    const [, tokens, filledAt] = /^(\d+(?:\.\d+)?)@(\d+)$/.exec(text) ?? [];
    const bucket = new TokenBucket(limit, Number(tokens ?? 0), Number(filledAt ?? now));
    bucket.#fill(now);
    return bucket;
  }

  /** A full bucket, as it is written. */
  static full(limit: RateLimit, now: number): string {
    return `${limit.count}@${now}`;
  }

  /** Whether there is a token to take. */
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
    // The clocks of two replicas differ; a bucket never empties for that.
    const elapsed = Math.max(0, now - this.#filledAt);
    this.#tokens = Math.min(count, this.#tokens + (elapsed / period) * count);
    this.#filledAt = Math.max(now, this.#filledAt);
  }
}
