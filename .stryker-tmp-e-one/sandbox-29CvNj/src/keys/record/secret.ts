// @ts-nocheck
import { inspect } from 'node:util';

const REDACTED = '[redacted]';

/**
 * A raw API key between its generation and the response body. It prints as `[redacted]` in string
 * concatenation, `JSON.stringify`, `console.log` and loggers. Only {@link reveal} returns the value.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The raw value. Call this once, when you build the response. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [Symbol.toPrimitive](): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}
