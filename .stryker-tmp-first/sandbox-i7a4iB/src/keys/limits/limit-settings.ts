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
import { z } from 'zod';
import { parseDuration } from '../input/duration.ts';
import type { KeyLimits } from './limits.ts';
import { parseRateLimit } from './rate-limit.ts';
const OFF = stryMutAct_9fa48("2135") ? "" : (stryCov_9fa48("2135"), 'off');
const rateLimit = z.string().refine(stryMutAct_9fa48("2136") ? () => undefined : (stryCov_9fa48("2136"), text => stryMutAct_9fa48("2139") ? text === OFF && parseRateLimit(text) !== undefined : stryMutAct_9fa48("2138") ? false : stryMutAct_9fa48("2137") ? true : (stryCov_9fa48("2137", "2138", "2139"), (stryMutAct_9fa48("2141") ? text !== OFF : stryMutAct_9fa48("2140") ? false : (stryCov_9fa48("2140", "2141"), text === OFF)) || (stryMutAct_9fa48("2143") ? parseRateLimit(text) === undefined : stryMutAct_9fa48("2142") ? false : (stryCov_9fa48("2142", "2143"), parseRateLimit(text) !== undefined)))), stryMutAct_9fa48("2144") ? "" : (stryCov_9fa48("2144"), 'must be <count>/<duration>, such as 30/PT1M, or off'));
const count = z.string().regex(stryMutAct_9fa48("2149") ? /^([1-9]\D{0,8}|off)$/ : stryMutAct_9fa48("2148") ? /^([1-9]\d|off)$/ : stryMutAct_9fa48("2147") ? /^([^1-9]\d{0,8}|off)$/ : stryMutAct_9fa48("2146") ? /^([1-9]\d{0,8}|off)/ : stryMutAct_9fa48("2145") ? /([1-9]\d{0,8}|off)$/ : (stryCov_9fa48("2145", "2146", "2147", "2148", "2149"), /^([1-9]\d{0,8}|off)$/), stryMutAct_9fa48("2150") ? "" : (stryCov_9fa48("2150"), 'must be a count, or off'));
const lifetime = z.string().refine(stryMutAct_9fa48("2151") ? () => undefined : (stryCov_9fa48("2151"), text => stryMutAct_9fa48("2154") ? text === OFF && (parseDuration(text) ?? 0) > 0 : stryMutAct_9fa48("2153") ? false : stryMutAct_9fa48("2152") ? true : (stryCov_9fa48("2152", "2153", "2154"), (stryMutAct_9fa48("2156") ? text !== OFF : stryMutAct_9fa48("2155") ? false : (stryCov_9fa48("2155", "2156"), text === OFF)) || (stryMutAct_9fa48("2159") ? (parseDuration(text) ?? 0) <= 0 : stryMutAct_9fa48("2158") ? (parseDuration(text) ?? 0) >= 0 : stryMutAct_9fa48("2157") ? false : (stryCov_9fa48("2157", "2158", "2159"), (stryMutAct_9fa48("2160") ? parseDuration(text) && 0 : (stryCov_9fa48("2160"), parseDuration(text) ?? 0)) > 0)))), stryMutAct_9fa48("2161") ? "" : (stryCov_9fa48("2161"), 'must be an ISO 8601 duration, such as P90D, or off'));

/** The settings of the limits. An honest person never reaches the defaults. */
export const limitSettings = stryMutAct_9fa48("2162") ? {} : (stryCov_9fa48("2162"), {
  mintLimitPerUser: rateLimit.default(stryMutAct_9fa48("2163") ? "" : (stryCov_9fa48("2163"), '30/PT1M')),
  mintLimitPerAddress: rateLimit.default(stryMutAct_9fa48("2164") ? "" : (stryCov_9fa48("2164"), '300/PT1M')),
  maxActiveKeys: count.default(stryMutAct_9fa48("2165") ? "" : (stryCov_9fa48("2165"), '500')),
  maxKeyLifetime: lifetime.default(OFF)
});

/** The settings of the limits; each may be `off`. */
export interface LimitSettings {
  /** Mints per person, as `<count>/<ISO 8601 duration>`. Default `30/PT1M`. */
  readonly mintLimitPerUser: string;
  /** Mints per client address, as `<count>/<ISO 8601 duration>`. Default `300/PT1M`. */
  readonly mintLimitPerAddress: string;
  /** The most active keys of one person. Default `500`. */
  readonly maxActiveKeys: string;
  /** The longest lifetime of a key, as an ISO 8601 duration such as `P90D`. Default `off`. */
  readonly maxKeyLifetime: string;
}

/** Parses the settings; `off` becomes `undefined`. */
export function toKeyLimits(settings: LimitSettings): KeyLimits {
  if (stryMutAct_9fa48("2166")) {
    {}
  } else {
    stryCov_9fa48("2166");
    return stryMutAct_9fa48("2167") ? {} : (stryCov_9fa48("2167"), {
      mintLimitPerUser: parseRateLimit(settings.mintLimitPerUser),
      mintLimitPerAddress: parseRateLimit(settings.mintLimitPerAddress),
      maxActiveKeys: (stryMutAct_9fa48("2170") ? settings.maxActiveKeys !== OFF : stryMutAct_9fa48("2169") ? false : stryMutAct_9fa48("2168") ? true : (stryCov_9fa48("2168", "2169", "2170"), settings.maxActiveKeys === OFF)) ? undefined : Number(settings.maxActiveKeys),
      maxKeyLifetime: parseDuration(settings.maxKeyLifetime)
    });
  }
}