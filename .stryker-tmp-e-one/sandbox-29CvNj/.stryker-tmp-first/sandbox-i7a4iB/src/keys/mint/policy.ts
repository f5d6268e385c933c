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
import { postureEnforcesWall, type TenancyPosture } from '@objectstack/spec/security';
import { invalid, ServiceError } from '../../base/errors.ts';
import { CAPABILITY_SCOPES, isCapability } from '../record/ceiling.ts';
import { memberSince } from '../record/standing.ts';

/** The facts about a person that decide whether they may create a key. They are read for each request. */
export interface MintFacts {
  /** The active organization of the session, if it has one. */
  readonly organizationId: string | undefined;
  /** The person's `sys_member` rows in that organization. */
  readonly memberships: readonly Record<string, unknown>[];
  /** The current tenancy posture, or `undefined` without a tenancy service. */
  readonly posture: TenancyPosture | undefined;
}

/**
 * A key inherits the active organization of the session. A session can outlive the membership, so the
 * membership must be current. If organizations are walled off from each other, a key without one could
 * read nothing, so it is not created.
 *
 * @returns the start of the membership, in milliseconds since 1970; `undefined` without an organization.
 * @throws ServiceError `FORBIDDEN`
 */
export function assertMayMintIn(facts: MintFacts, now: number = Date.now()): number | undefined {
  if (stryMutAct_9fa48("2648")) {
    {}
  } else {
    stryCov_9fa48("2648");
    if (stryMutAct_9fa48("2651") ? facts.organizationId !== undefined : stryMutAct_9fa48("2650") ? false : stryMutAct_9fa48("2649") ? true : (stryCov_9fa48("2649", "2650", "2651"), facts.organizationId === undefined)) {
      if (stryMutAct_9fa48("2652")) {
        {}
      } else {
        stryCov_9fa48("2652");
        if (stryMutAct_9fa48("2655") ? facts.posture !== undefined || postureEnforcesWall(facts.posture) : stryMutAct_9fa48("2654") ? false : stryMutAct_9fa48("2653") ? true : (stryCov_9fa48("2653", "2654", "2655"), (stryMutAct_9fa48("2657") ? facts.posture === undefined : stryMutAct_9fa48("2656") ? true : (stryCov_9fa48("2656", "2657"), facts.posture !== undefined)) && postureEnforcesWall(facts.posture))) {
          if (stryMutAct_9fa48("2658")) {
            {}
          } else {
            stryCov_9fa48("2658");
            throw new ServiceError(stryMutAct_9fa48("2660") ? "" : (stryCov_9fa48("2660"), 'FORBIDDEN'), stryMutAct_9fa48("2661") ? {} : (stryCov_9fa48("2661"), {
              message: stryMutAct_9fa48("2662") ? "" : (stryCov_9fa48("2662"), 'Select an active organization first. Without one, the key could not read anything.')
            }));
          }
        }
        return undefined;
      }
    }
    const since = memberSince(facts.memberships, now);
    if (stryMutAct_9fa48("2665") ? since !== undefined : stryMutAct_9fa48("2664") ? false : stryMutAct_9fa48("2663") ? true : (stryCov_9fa48("2663", "2664", "2665"), since === undefined)) {
      if (stryMutAct_9fa48("2666")) {
        {}
      } else {
        stryCov_9fa48("2666");
        throw new ServiceError(stryMutAct_9fa48("2668") ? "" : (stryCov_9fa48("2668"), 'FORBIDDEN'), stryMutAct_9fa48("2669") ? {} : (stryCov_9fa48("2669"), {
          message: stryMutAct_9fa48("2670") ? "" : (stryCov_9fa48("2670"), 'You are not a member of the active organization. Switch to one that you belong to.')
        }));
      }
    }
    if (stryMutAct_9fa48("2673") ? false : stryMutAct_9fa48("2672") ? true : stryMutAct_9fa48("2671") ? Number.isFinite(since) : (stryCov_9fa48("2671", "2672", "2673"), !Number.isFinite(since))) {
      if (stryMutAct_9fa48("2674")) {
        {}
      } else {
        stryCov_9fa48("2674");
        throw new ServiceError(stryMutAct_9fa48("2676") ? "" : (stryCov_9fa48("2676"), 'FORBIDDEN'), stryMutAct_9fa48("2677") ? {} : (stryCov_9fa48("2677"), {
          message: stryMutAct_9fa48("2678") ? "" : (stryCov_9fa48("2678"), 'Your membership in the active organization does not say when it began. Ask an administrator to add you again.')
        }));
      }
    }
    return since;
  }
}

/**
 * Scopes only limit a key, so the platform's three capabilities may be put on any key. A permission set must
 * be held by the caller; otherwise callers could probe which permission sets exist.
 *
 * @throws ServiceError `FORBIDDEN`, naming the first scope that is not held, and the scopes that are.
 */
export function assertHoldsScopes(requested: readonly string[], held: readonly string[]): void {
  if (stryMutAct_9fa48("2679")) {
    {}
  } else {
    stryCov_9fa48("2679");
    const missing = stryMutAct_9fa48("2680") ? requested : (stryCov_9fa48("2680"), requested.filter(stryMutAct_9fa48("2681") ? () => undefined : (stryCov_9fa48("2681"), scope => stryMutAct_9fa48("2684") ? !isCapability(scope) || !held.includes(scope) : stryMutAct_9fa48("2683") ? false : stryMutAct_9fa48("2682") ? true : (stryCov_9fa48("2682", "2683", "2684"), (stryMutAct_9fa48("2685") ? isCapability(scope) : (stryCov_9fa48("2685"), !isCapability(scope))) && (stryMutAct_9fa48("2686") ? held.includes(scope) : (stryCov_9fa48("2686"), !held.includes(scope)))))));
    if (stryMutAct_9fa48("2689") ? missing.length !== 0 : stryMutAct_9fa48("2688") ? false : stryMutAct_9fa48("2687") ? true : (stryCov_9fa48("2687", "2688", "2689"), missing.length === 0)) return;
    const choice = (stryMutAct_9fa48("2690") ? [] : (stryCov_9fa48("2690"), [...CAPABILITY_SCOPES, ...held])).map(stryMutAct_9fa48("2691") ? () => undefined : (stryCov_9fa48("2691"), scope => stryMutAct_9fa48("2692") ? `` : (stryCov_9fa48("2692"), `"${scope}"`))).join(stryMutAct_9fa48("2693") ? "" : (stryCov_9fa48("2693"), ', '));
    throw new ServiceError(stryMutAct_9fa48("2695") ? "" : (stryCov_9fa48("2695"), 'FORBIDDEN'), stryMutAct_9fa48("2696") ? {} : (stryCov_9fa48("2696"), {
      message: stryMutAct_9fa48("2697") ? `` : (stryCov_9fa48("2697"), `You do not hold the scope "${missing[0]}", so you cannot put it on a key. You may use ${choice}.`),
      fields: missing.map(stryMutAct_9fa48("2698") ? () => undefined : (stryCov_9fa48("2698"), scope => stryMutAct_9fa48("2699") ? {} : (stryCov_9fa48("2699"), {
        field: stryMutAct_9fa48("2700") ? "" : (stryCov_9fa48("2700"), 'scopes'),
        code: stryMutAct_9fa48("2701") ? "" : (stryCov_9fa48("2701"), 'scope_not_held'),
        message: stryMutAct_9fa48("2702") ? `` : (stryCov_9fa48("2702"), `You do not hold the scope "${scope}".`)
      })))
    }));
  }
}

/**
 * Rejects an expiry in the past.
 *
 * @throws ServiceError `VALIDATION_FAILED`
 */
export function assertInFuture(expiresAt: Date | undefined, now: number): void {
  if (stryMutAct_9fa48("2703")) {
    {}
  } else {
    stryCov_9fa48("2703");
    if (stryMutAct_9fa48("2706") ? expiresAt === undefined && expiresAt.getTime() > now : stryMutAct_9fa48("2705") ? false : stryMutAct_9fa48("2704") ? true : (stryCov_9fa48("2704", "2705", "2706"), (stryMutAct_9fa48("2708") ? expiresAt !== undefined : stryMutAct_9fa48("2707") ? false : (stryCov_9fa48("2707", "2708"), expiresAt === undefined)) || (stryMutAct_9fa48("2711") ? expiresAt.getTime() <= now : stryMutAct_9fa48("2710") ? expiresAt.getTime() >= now : stryMutAct_9fa48("2709") ? false : (stryCov_9fa48("2709", "2710", "2711"), expiresAt.getTime() > now)))) return;
    throw invalid(stryMutAct_9fa48("2712") ? [] : (stryCov_9fa48("2712"), [stryMutAct_9fa48("2713") ? {} : (stryCov_9fa48("2713"), {
      field: stryMutAct_9fa48("2714") ? "" : (stryCov_9fa48("2714"), 'expiresAt'),
      code: stryMutAct_9fa48("2715") ? "" : (stryCov_9fa48("2715"), 'in_the_past'),
      message: stryMutAct_9fa48("2716") ? "" : (stryCov_9fa48("2716"), 'The expiry must be in the future. Give a later date, or leave it out for a key that does not expire.')
    })]));
  }
}