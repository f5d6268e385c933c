// @ts-nocheck
import type { SessionPrincipal } from '../../auth/principal.ts';
import type { IdempotentRequest } from '../input/idempotency.ts';
import type { ApiKey } from '../record/api-key.ts';
import type { ApiKeySettings } from '../record/api-key-detail.ts';

/** A key to write, after all checks that need no lock. */
export interface MintOrder extends ApiKeySettings {
  readonly owner: SessionPrincipal;
  readonly name: string;
  readonly hash: string;
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | undefined;
  /** The caller gave no expiry, so the current policy decides. */
  readonly endsByDefault: boolean;
  /** The owner is known to administer the organization. */
  readonly administers: boolean;
  /** The id of the request, for the audit trail. */
  readonly requestId: string;
  /** The name of the endpoint. */
  readonly endpoint?: string | undefined;
  /** Where the request came from, for the limit per address. */
  readonly address: string | undefined;
  /** The start of the owner's membership, in milliseconds since 1970; `undefined` without an organization. */
  readonly memberSince: number | undefined;
  readonly idempotent: IdempotentRequest | undefined;
  /** Its row exists, and the request is remembered no more: it is a new request. */
  readonly isForgotten?: boolean;
  /** The key that the new one replaces. */
  readonly replaces: Replacement | undefined;
  /** The time after which nothing may be written for this order, on the clock of `performance.now()`. */
  readonly deadline: number;
}

export interface Replacement {
  readonly id: string;
  readonly prefix: string;
  /** How long the old key keeps working, in milliseconds. */
  readonly overlap: number;
  /** What the replacement copies, from {@link carriedOver}. The old key must still match when the new one is written. */
  readonly carries: string;
}

/**
 * The properties that a replacement copies from a key, as text. If a key is narrowed while it is rotated,
 * its replacement must not have the old, wider rights.
 */
export function carriedOver(key: ApiKey, { description, allowedNetworks }: ApiKeySettings): string {
  const { name, scopes, expiresAt } = key;
  return JSON.stringify([name, scopes, expiresAt?.getTime() ?? null, description ?? null, allowedNetworks]);
}

/** The result of an order. */
export interface MintOutcome {
  readonly apiKey: ApiKey;
  /** The key already existed: this order is a repeat, and the secret was shown before. */
  readonly replayed: boolean;
}
