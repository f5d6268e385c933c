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
import type { Principal } from '../../auth/principal.ts';
import type { Platform } from '../../platform/platform.ts';
import { SCOPE_PATTERN } from '../input/input.ts';

/** The permission sets that a person holds now and may use as scopes. */
export async function heldScopes(platform: Pick<Platform, 'permissionSetsOf'>, {
  userId,
  organizationId
}: Pick<Principal, 'userId' | 'organizationId'>): Promise<string[]> {
  if (stryMutAct_9fa48("2312")) {
    {}
  } else {
    stryCov_9fa48("2312");
    const held = await platform.permissionSetsOf(userId, organizationId);
    return stryMutAct_9fa48("2314") ? held.sort() : stryMutAct_9fa48("2313") ? held.filter(name => SCOPE_PATTERN.test(name)) : (stryCov_9fa48("2313", "2314"), held.filter(stryMutAct_9fa48("2315") ? () => undefined : (stryCov_9fa48("2315"), name => SCOPE_PATTERN.test(name))).sort());
  }
}