// @ts-nocheck
// 
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
import { generateApiKey } from '@objectstack/core';
import type { Platform } from '../../platform/platform.ts';
import type { IdempotentRequest } from '../input/idempotency.ts';
import { type Administrators, withAdministration } from '../policy/policy-rules.ts';
import type { ApiKey } from '../record/api-key.ts';
import type { ApiKeySettings } from '../record/api-key-detail.ts';
import { Secret } from '../record/secret.ts';
import type { Caller } from './caller.ts';
import type { Replacement } from './mint-order.ts';
import type { MintWriter } from './mint-writer.ts';

/** A key to create, after all checks that need no lock. */
export interface NewKey extends ApiKeySettings {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | undefined;
  /** The caller gave no expiry, so the current policy decides. */
  readonly endsByDefault: boolean;
  /** The start of the owner's membership, in milliseconds since 1970; `undefined` without an organization. */
  readonly memberSince: number | undefined;
  /** The idempotent request, if the request has an `Idempotency-Key`. */
  readonly idempotent: IdempotentRequest | undefined;
  /** The key that it replaces. */
  readonly replaces: Replacement | undefined;
}

/** A key, and its secret if this request created it. Only here are the two together. */
export interface MintedApiKey {
  readonly apiKey: ApiKey;
  readonly secret: Secret | undefined;
}

/** Generates secrets, and passes their hashes on to be written. */
export class Minter {
  readonly #platform: Platform;
  readonly #writer: MintWriter;
  readonly #administrators: Administrators;
  constructor(platform: Platform, writer: MintWriter, administrators: Administrators) {
    if (stryMutAct_9fa48("2638")) {
      {}
    } else {
      stryCov_9fa48("2638");
      this.#platform = platform;
      this.#writer = writer;
      this.#administrators = administrators;
    }
  }

  /** Runs a mint. Other mints may wait a moment for it, to share its commit. */
  expecting<T>({
    request
  }: Caller, mint: () => Promise<T>): Promise<T> {
    if (stryMutAct_9fa48("2639")) {
      {}
    } else {
      stryCov_9fa48("2639");
      return this.#writer.expecting(request, mint);
    }
  }

  /**
   * Generates a secret and writes the row of its key, with the signed-in person as owner and their active
   * organization. A repeat returns the existing key without a secret.
   *
   * @throws ServiceError the error of a limit, `POLICY_VIOLATION`, `IDEMPOTENCY_KEY_REUSED`, `SERVICE_UNAVAILABLE`.
   */
  async mint({
    principal,
    request
  }: Caller, key: NewKey): Promise<MintedApiKey> {
    if (stryMutAct_9fa48("2640")) {
      {}
    } else {
      stryCov_9fa48("2640");
      const {
        raw,
        hash,
        prefix
      } = generateApiKey();
      const secret = new Secret(raw);
      const order = stryMutAct_9fa48("2641") ? {} : (stryCov_9fa48("2641"), {
        ...key,
        owner: principal,
        hash,
        prefix,
        requestId: request.id,
        endpoint: request.endpoint,
        address: request.address,
        deadline: request.budget.deadline
      });
      const write = stryMutAct_9fa48("2642") ? () => undefined : (stryCov_9fa48("2642"), (() => {
        const write = (administers: boolean) => this.#platform.inTime(stryMutAct_9fa48("2643") ? () => undefined : (stryCov_9fa48("2643"), () => request.during(stryMutAct_9fa48("2644") ? "" : (stryCov_9fa48("2644"), 'database insert'), stryMutAct_9fa48("2645") ? () => undefined : (stryCov_9fa48("2645"), () => this.#writer.submit(stryMutAct_9fa48("2646") ? {} : (stryCov_9fa48("2646"), {
          ...order,
          administers
        }), request)))));
        return write;
      })());
      const {
        apiKey,
        replayed
      } = await withAdministration(this.#administrators, principal, write);
      return stryMutAct_9fa48("2647") ? {} : (stryCov_9fa48("2647"), {
        apiKey,
        secret: replayed ? undefined : secret
      });
    }
  }
}