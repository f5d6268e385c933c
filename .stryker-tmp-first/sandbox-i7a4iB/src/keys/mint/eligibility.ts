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
import { assertPrincipal, type SessionPrincipal } from '../../auth/principal.ts';
import { requireSession } from '../../auth/session-required.ts';
import { ServiceError } from '../../base/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import type { ApiKey } from '../record/api-key.ts';
import { isCapability } from '../record/ceiling.ts';
import { heldScopes } from './held-scopes.ts';
import { assertHoldsScopes, assertMayMintIn } from './policy.ts';

/** Decides who may create or restore a key, before any lock is taken. */
export class Eligibility {
  readonly #platform: Platform;
  constructor(platform: Platform) {
    if (stryMutAct_9fa48("2280")) {
      {}
    } else {
      stryCov_9fa48("2280");
      this.#platform = platform;
    }
  }

  /**
   * The caller must be signed in without impersonation, be a member of their active organization now, and
   * hold each permission set among the scopes now.
   *
   * @returns the start of their membership; `undefined` without an organization.
   * @throws ServiceError `FORBIDDEN`, `SERVICE_UNAVAILABLE`; TypeError for a forged principal.
   */
  async assertMayMint(principal: SessionPrincipal, scopes: readonly string[]): Promise<number | undefined> {
    if (stryMutAct_9fa48("2281")) {
      {}
    } else {
      stryCov_9fa48("2281");
      if (stryMutAct_9fa48("2282")) {
        ;
      } else {
        stryCov_9fa48("2282");
        assertMayChange(principal);
      }
      if (stryMutAct_9fa48("2284") ? false : stryMutAct_9fa48("2283") ? true : (stryCov_9fa48("2283", "2284"), principal.impersonated)) {
        if (stryMutAct_9fa48("2285")) {
          {}
        } else {
          stryCov_9fa48("2285");
          // Otherwise a support person who impersonates a user could keep a credential of that user after
          // the impersonation ends.
          throw new ServiceError(stryMutAct_9fa48("2287") ? "" : (stryCov_9fa48("2287"), 'FORBIDDEN'), stryMutAct_9fa48("2288") ? {} : (stryCov_9fa48("2288"), {
            message: stryMutAct_9fa48("2289") ? "" : (stryCov_9fa48("2289"), 'You are impersonating this person. An impersonated session cannot create or restore keys: stop impersonating first.')
          }));
        }
      }
      const {
        userId,
        organizationId
      } = principal;
      const since = assertMayMintIn(stryMutAct_9fa48("2290") ? {} : (stryCov_9fa48("2290"), {
        organizationId,
        posture: await this.#platform.tenancyPosture(),
        memberships: (stryMutAct_9fa48("2293") ? organizationId !== undefined : stryMutAct_9fa48("2292") ? false : stryMutAct_9fa48("2291") ? true : (stryCov_9fa48("2291", "2292", "2293"), organizationId === undefined)) ? stryMutAct_9fa48("2294") ? ["Stryker was here"] : (stryCov_9fa48("2294"), []) : await this.#platform.memberships(userId, organizationId)
      }));
      if (stryMutAct_9fa48("2297") ? false : stryMutAct_9fa48("2296") ? true : stryMutAct_9fa48("2295") ? scopes.every(isCapability) : (stryCov_9fa48("2295", "2296", "2297"), !(stryMutAct_9fa48("2298") ? scopes.some(isCapability) : (stryCov_9fa48("2298"), scopes.every(isCapability))))) if (stryMutAct_9fa48("2299")) {
        ;
      } else {
        stryCov_9fa48("2299");
        assertHoldsScopes(scopes, await heldScopes(this.#platform, principal));
      }
      return since;
    }
  }

  /**
   * The same for a replaced or restored key. The caller must be a member of the organization of that key.
   */
  async assertMayMintLike(principal: SessionPrincipal, key: ApiKey, intent: 'rotate' | 'restore'): Promise<number | undefined> {
    if (stryMutAct_9fa48("2300")) {
      {}
    } else {
      stryCov_9fa48("2300");
      if (stryMutAct_9fa48("2303") ? key.organizationId === principal.organizationId : stryMutAct_9fa48("2302") ? false : stryMutAct_9fa48("2301") ? true : (stryCov_9fa48("2301", "2302", "2303"), key.organizationId !== principal.organizationId)) {
        if (stryMutAct_9fa48("2304")) {
          {}
        } else {
          stryCov_9fa48("2304");
          throw new ServiceError(stryMutAct_9fa48("2306") ? "" : (stryCov_9fa48("2306"), 'FORBIDDEN'), stryMutAct_9fa48("2307") ? {} : (stryCov_9fa48("2307"), {
            message: stryMutAct_9fa48("2308") ? `` : (stryCov_9fa48("2308"), `This key belongs to another organization. Switch to that organization to ${intent} it.`)
          }));
        }
      }
      return this.assertMayMint(principal, key.scopes);
    }
  }
}

/** Every change of a key requires a principal from authentication with a session. */
export function assertMayChange(principal: SessionPrincipal): void {
  if (stryMutAct_9fa48("2309")) {
    {}
  } else {
    stryCov_9fa48("2309");
    if (stryMutAct_9fa48("2310")) {
      ;
    } else {
      stryCov_9fa48("2310");
      assertPrincipal(principal);
    }
    if (stryMutAct_9fa48("2311")) {
      ;
    } else {
      stryCov_9fa48("2311");
      requireSession(principal);
    }
  }
}