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
import { invalid, ServiceError } from '../../base/errors.ts';
import { formatDuration } from '../input/duration.ts';
import type { RateLimit } from './rate-limit.ts';

/** The limits on keys. `undefined` means no limit. */
export interface KeyLimits {
  /** Mints per person. */
  readonly mintLimitPerUser: RateLimit | undefined;
  /** Mints per client address. */
  readonly mintLimitPerAddress: RateLimit | undefined;
  /** The most active keys of one person. */
  readonly maxActiveKeys: number | undefined;
  /** The longest lifetime of a key, in milliseconds. */
  readonly maxKeyLifetime: number | undefined;
}

/**
 * The expiry of a new key. Without a requested expiry, the key gets the longest lifetime.
 *
 * @throws ServiceError `VALIDATION_FAILED` if the requested expiry is too late.
 */
export function expiryUnder(limits: KeyLimits, requested: Date | undefined, now: number): Date | undefined {
  if (stryMutAct_9fa48("2171")) {
    {}
  } else {
    stryCov_9fa48("2171");
    const {
      maxKeyLifetime
    } = limits;
    if (stryMutAct_9fa48("2174") ? maxKeyLifetime !== undefined : stryMutAct_9fa48("2173") ? false : stryMutAct_9fa48("2172") ? true : (stryCov_9fa48("2172", "2173", "2174"), maxKeyLifetime === undefined)) return requested;
    if (stryMutAct_9fa48("2177") ? requested !== undefined : stryMutAct_9fa48("2176") ? false : stryMutAct_9fa48("2175") ? true : (stryCov_9fa48("2175", "2176", "2177"), requested === undefined)) return new Date(stryMutAct_9fa48("2178") ? now - maxKeyLifetime : (stryCov_9fa48("2178"), now + maxKeyLifetime));
    if (stryMutAct_9fa48("2182") ? requested.getTime() > now + maxKeyLifetime : stryMutAct_9fa48("2181") ? requested.getTime() < now + maxKeyLifetime : stryMutAct_9fa48("2180") ? false : stryMutAct_9fa48("2179") ? true : (stryCov_9fa48("2179", "2180", "2181", "2182"), requested.getTime() <= (stryMutAct_9fa48("2183") ? now - maxKeyLifetime : (stryCov_9fa48("2183"), now + maxKeyLifetime)))) return requested;
    throw invalid(stryMutAct_9fa48("2184") ? [] : (stryCov_9fa48("2184"), [stryMutAct_9fa48("2185") ? {} : (stryCov_9fa48("2185"), {
      field: stryMutAct_9fa48("2186") ? "" : (stryCov_9fa48("2186"), 'expiresAt'),
      code: stryMutAct_9fa48("2187") ? "" : (stryCov_9fa48("2187"), 'exceeds_max_lifetime'),
      message: stryMutAct_9fa48("2188") ? `` : (stryCov_9fa48("2188"), `A key can live for at most ${formatDuration(maxKeyLifetime)}.`)
    })]));
  }
}

/** The expiry of a replacement: that of the old key, or the longest lifetime if that is shorter. */
export function expiryWithin(limits: KeyLimits, wanted: Date | undefined, now: number): Date | undefined {
  if (stryMutAct_9fa48("2189")) {
    {}
  } else {
    stryCov_9fa48("2189");
    if (stryMutAct_9fa48("2192") ? limits.maxKeyLifetime !== undefined : stryMutAct_9fa48("2191") ? false : stryMutAct_9fa48("2190") ? true : (stryCov_9fa48("2190", "2191", "2192"), limits.maxKeyLifetime === undefined)) return wanted;
    const latest = new Date(stryMutAct_9fa48("2193") ? now - limits.maxKeyLifetime : (stryCov_9fa48("2193"), now + limits.maxKeyLifetime));
    return (stryMutAct_9fa48("2196") ? wanted === undefined && wanted > latest : stryMutAct_9fa48("2195") ? false : stryMutAct_9fa48("2194") ? true : (stryCov_9fa48("2194", "2195", "2196"), (stryMutAct_9fa48("2198") ? wanted !== undefined : stryMutAct_9fa48("2197") ? false : (stryCov_9fa48("2197", "2198"), wanted === undefined)) || (stryMutAct_9fa48("2201") ? wanted <= latest : stryMutAct_9fa48("2200") ? wanted >= latest : stryMutAct_9fa48("2199") ? false : (stryCov_9fa48("2199", "2200", "2201"), wanted > latest)))) ? latest : wanted;
  }
}

/** The error for a key above {@link KeyLimits.maxActiveKeys}. */
export function capReached(maxActiveKeys: number): ServiceError {
  if (stryMutAct_9fa48("2202")) {
    {}
  } else {
    stryCov_9fa48("2202");
    return new ServiceError(stryMutAct_9fa48("2203") ? "" : (stryCov_9fa48("2203"), 'LIMIT_REACHED'), stryMutAct_9fa48("2204") ? {} : (stryCov_9fa48("2204"), {
      message: stryMutAct_9fa48("2205") ? `` : (stryCov_9fa48("2205"), `You have ${maxActiveKeys} active keys, which is the limit. Revoke one that you no longer need.`)
    }));
  }
}