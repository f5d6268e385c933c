import type { SessionPrincipal } from '../../auth/principal.ts';
import type { IdempotentRequest } from '../input/idempotency.ts';
import type { ApiKey } from '../record/api-key.ts';
import type { ApiKeySettings } from '../record/api-key-detail.ts';

/** A key to be written, after every check that needs no lock. */
export interface MintOrder extends ApiKeySettings {
  readonly owner: SessionPrincipal;
  readonly name: string;
  readonly hash: string;
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | undefined;
  /** Nobody said when it is to expire: the policy in force does. */
  readonly endsByDefault: boolean;
  /** The owner is known to administer the organization. */
  readonly administers: boolean;
  /** The request that asks, for the audit trail. */
  readonly requestId: string;
  /** The name of the endpoint. */
  readonly endpoint?: string | undefined;
  /** Where the request came from, for the limit per address. */
  readonly address: string | undefined;
  /** Since when the owner is a member, in milliseconds since 1970; `undefined` without an organization. */
  readonly memberSince: number | undefined;
  readonly idempotent: IdempotentRequest | undefined;
  /** Its row exists, and the request is remembered no more: it is a new request. */
  readonly isForgotten?: boolean;
  /** The key that the new one takes the place of. */
  readonly replaces: Replacement | undefined;
  /** The moment after which nothing may be written for this order any more, on the clock of `performance.now()`. */
  readonly deadline: number;
}

export interface Replacement {
  readonly id: string;
  readonly prefix: string;
  /** How long the old key keeps working, in milliseconds. */
  readonly overlap: number;
  /** What the replacement takes over, as {@link carriedOver} says it: the old key must still be so when it is written. */
  readonly carries: string;
}

/**
 * What a replacement takes over from a key, as one text. A key that is narrowed while it is rotated must
 * not live on, as it was before, in its replacement.
 */
export function carriedOver(key: ApiKey, { description, allowedNetworks }: ApiKeySettings): string {
  const { name, scopes, expiresAt } = key;
  return JSON.stringify([name, scopes, expiresAt?.getTime() ?? null, description ?? null, allowedNetworks]);
}

/** What became of an order. */
export interface MintOutcome {
  readonly apiKey: ApiKey;
  /** The key was there already: this order is a repeat, and its secret was shown before. */
  readonly replayed: boolean;
}
