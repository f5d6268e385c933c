// @ts-nocheck
// 
import { z } from 'zod';

/** An origin as browsers write it in the `Origin` header (RFC 6454 section 6.2): scheme, host and port, nothing after. */
export const origin = z
  .string()
  .refine(isOrigin, 'must be an origin such as https://app.example.com, without a path or a wildcard')
  .transform((value) => new URL(value).origin);

function isOrigin(value: string): boolean {
  if (!URL.canParse(value) || value.includes('*')) return false;
  const { protocol, origin } = new URL(value);
  return /^https?:$/.test(protocol) && origin === value.replace(/\/$/, '');
}

/**
 * The origins whose pages may use a person's session cookie and read responses. Origins are compared
 * in full: a pattern such as `https://*.example.com` would trust any page that an attacker manages to
 * host there.
 */
export class TrustedOrigins {
  readonly #origins: Set<string>;

  constructor(origins: Iterable<string> = []) {
    this.#origins = new Set(origins);
  }

  /** @param url a URL whose origin is trusted from now on. */
  add(url: string): void {
    this.#origins.add(new URL(url).origin);
  }

  /** Whether a value of the `Origin` header is one of them. `null`, which sandboxed pages send, never is. */
  has(value: string): boolean {
    return this.#origins.has(value);
  }
}
