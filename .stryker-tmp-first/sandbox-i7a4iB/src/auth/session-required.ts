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
import { ServiceError } from '../base/errors.ts';
import type { Principal, SessionPrincipal } from './principal.ts';

/**
 * The error for a caller without a session. If a key could create or change keys, a thief could
 * create another key with it before it is revoked.
 */
export function sessionRequired(principal: Principal | undefined): ServiceError {
  if (stryMutAct_9fa48("219")) {
    {}
  } else {
    stryCov_9fa48("219");
    return (stryMutAct_9fa48("222") ? principal?.kind !== 'apiKey' : stryMutAct_9fa48("221") ? false : stryMutAct_9fa48("220") ? true : (stryCov_9fa48("220", "221", "222"), (stryMutAct_9fa48("223") ? principal.kind : (stryCov_9fa48("223"), principal?.kind)) === (stryMutAct_9fa48("224") ? "" : (stryCov_9fa48("224"), 'apiKey')))) ? new ServiceError(stryMutAct_9fa48("225") ? "" : (stryCov_9fa48("225"), 'FORBIDDEN'), stryMutAct_9fa48("226") ? {} : (stryCov_9fa48("226"), {
      message: stryMutAct_9fa48("227") ? "" : (stryCov_9fa48("227"), 'An API key cannot create or change keys. Sign in and use your session.')
    })) : new ServiceError(stryMutAct_9fa48("228") ? "" : (stryCov_9fa48("228"), 'UNAUTHENTICATED'));
  }
}

/** @throws ServiceError `FORBIDDEN` for an API key, `UNAUTHENTICATED` without a credential. */
export function requireSession(principal: Principal | undefined): SessionPrincipal {
  if (stryMutAct_9fa48("229")) {
    {}
  } else {
    stryCov_9fa48("229");
    if (stryMutAct_9fa48("232") ? principal?.kind === 'session' : stryMutAct_9fa48("231") ? false : stryMutAct_9fa48("230") ? true : (stryCov_9fa48("230", "231", "232"), (stryMutAct_9fa48("233") ? principal.kind : (stryCov_9fa48("233"), principal?.kind)) !== (stryMutAct_9fa48("234") ? "" : (stryCov_9fa48("234"), 'session')))) throw sessionRequired(principal);
    return principal;
  }
}