// @ts-nocheck
function stryNS_9fa48() {
  var g = typeof globalThis === 'object' && globalThis && globalThis.Math === Math && globalThis || new Function("return this")();
  var ns = g.__stryker__ || (g.__stryker__ = {});
  if (ns.activeMutant === undefined && g.process && g.process.env && g.process.env.__STRYKER_ACTIVE_MUTANT__) {
    ns.activeMutant = g.process.env.__STRYKER_ACTIVE_MUTANT__;
  }
  function retrieveNS() {
    return ns;
  }
  stryNS_9fa48 = retrieveNS;
  return retrieveNS();
}
stryNS_9fa48();
function stryCov_9fa48() {
  var ns = stryNS_9fa48();
  var cov = ns.mutantCoverage || (ns.mutantCoverage = {
    static: {},
    perTest: {}
  });
  function cover() {
    var c = cov.static;
    if (ns.currentTestId) {
      c = cov.perTest[ns.currentTestId] = cov.perTest[ns.currentTestId] || {};
    }
    var a = arguments;
    for (var i = 0; i < a.length; i++) {
      c[a[i]] = (c[a[i]] || 0) + 1;
    }
  }
  stryCov_9fa48 = cover;
  cover.apply(null, arguments);
}
function stryMutAct_9fa48(id) {
  var ns = stryNS_9fa48();
  function isActive(id) {
    if (ns.activeMutant === id) {
      if (ns.hitCount !== void 0 && ++ns.hitCount > ns.hitLimit) {
        throw new Error('Stryker: Hit count limit reached (' + ns.hitCount + ')');
      }
      return true;
    }
    return false;
  }
  stryMutAct_9fa48 = isActive;
  return isActive(id);
}
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
export function carriedOver(key: ApiKey, {
  description,
  allowedNetworks
}: ApiKeySettings): string {
  if (stryMutAct_9fa48("2325")) {
    {}
  } else {
    stryCov_9fa48("2325");
    const {
      name,
      scopes,
      expiresAt
    } = key;
    return JSON.stringify(stryMutAct_9fa48("2326") ? [] : (stryCov_9fa48("2326"), [name, scopes, stryMutAct_9fa48("2327") ? expiresAt?.getTime() && null : (stryCov_9fa48("2327"), (stryMutAct_9fa48("2328") ? expiresAt.getTime() : (stryCov_9fa48("2328"), expiresAt?.getTime())) ?? null), stryMutAct_9fa48("2329") ? description && null : (stryCov_9fa48("2329"), description ?? null), allowedNetworks]));
  }
}

/** The result of an order. */
export interface MintOutcome {
  readonly apiKey: ApiKey;
  /** The key already existed: this order is a repeat, and the secret was shown before. */
  readonly replayed: boolean;
}