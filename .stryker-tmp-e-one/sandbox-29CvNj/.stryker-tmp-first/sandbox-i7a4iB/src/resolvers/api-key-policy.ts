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
import type { ApiKeyPolicy } from '../keys/policy/policy.ts';
import type { ApiKey } from '../keys/record/api-key.ts';
import type { AuthenticatedContext, SessionContext } from './context.ts';

/** The rules of the active organization. */
export function apiKeyPolicy({
  principal,
  keys
}: SessionContext): Promise<ApiKeyPolicy> {
  if (stryMutAct_9fa48("5048")) {
    {}
  } else {
    stryCov_9fa48("5048");
    return keys.organization.policy.find(principal);
  }
}

/** Whether a key breaks a rule; the policies of the keys of a page are looked up in one statement. */
export function violatesPolicy(key: ApiKey, {
  keys
}: AuthenticatedContext): Promise<boolean> {
  if (stryMutAct_9fa48("5049")) {
    {}
  } else {
    stryCov_9fa48("5049");
    return keys.organization.policy.isViolatedBy(key);
  }
}