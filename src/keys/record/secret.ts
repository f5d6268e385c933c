import { inspect } from 'node:util';

const REDACTED = '[redacted]';

/**
 * A raw API key between its generation and the response body. It prints as `[redacted]` wherever
 * values are printed by accident (string concatenation, `JSON.stringify`, `console.log`, a logger's
 * serializer); {@link reveal} is the one way to the value.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The raw value. Call it once, where the response is built. */
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
