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
import { API_KEY_PREFIX, extractApiKey } from '@objectstack/core';
interface RequestHeaders {
  get(name: string): string | null;
}

/** A key anywhere in `Authorization`, even after another credential, as when the header was sent twice. */
const KEY_IN_AUTHORIZATION = new RegExp(stryMutAct_9fa48("560") ? `` : (stryCov_9fa48("560"), `(?:^|[\\s,])(?:ApiKey(?=[\\s,]|$)|${API_KEY_PREFIX})`), stryMutAct_9fa48("561") ? "" : (stryCov_9fa48("561"), 'i'));

/**
 * Whether a request contains an API key, active or not, in any place where the platform accepts one, and in
 * similar spellings. A cookie or a session token beside the key makes no difference, because some routes
 * would use one and some the other.
 */
export function carriesApiKey(headers: RequestHeaders): boolean {
  if (stryMutAct_9fa48("562")) {
    {}
  } else {
    stryCov_9fa48("562");
    const xApiKey = headers.get(stryMutAct_9fa48("563") ? "" : (stryCov_9fa48("563"), 'x-api-key'));
    const authorization = headers.get(stryMutAct_9fa48("564") ? "" : (stryCov_9fa48("564"), 'authorization'));
    if (stryMutAct_9fa48("567") ? xApiKey === null || authorization === null : stryMutAct_9fa48("566") ? false : stryMutAct_9fa48("565") ? true : (stryCov_9fa48("565", "566", "567"), (stryMutAct_9fa48("569") ? xApiKey !== null : stryMutAct_9fa48("568") ? true : (stryCov_9fa48("568", "569"), xApiKey === null)) && (stryMutAct_9fa48("571") ? authorization !== null : stryMutAct_9fa48("570") ? true : (stryCov_9fa48("570", "571"), authorization === null)))) return stryMutAct_9fa48("572") ? true : (stryCov_9fa48("572"), false);
    return stryMutAct_9fa48("575") ? extractApiKey({
      'x-api-key': xApiKey,
      authorization
    }) !== undefined && KEY_IN_AUTHORIZATION.test(authorization ?? '') : stryMutAct_9fa48("574") ? false : stryMutAct_9fa48("573") ? true : (stryCov_9fa48("573", "574", "575"), (stryMutAct_9fa48("577") ? extractApiKey({
      'x-api-key': xApiKey,
      authorization
    }) === undefined : stryMutAct_9fa48("576") ? false : (stryCov_9fa48("576", "577"), extractApiKey(stryMutAct_9fa48("578") ? {} : (stryCov_9fa48("578"), {
      'x-api-key': xApiKey,
      authorization
    })) !== undefined)) || KEY_IN_AUTHORIZATION.test(stryMutAct_9fa48("579") ? authorization && '' : (stryCov_9fa48("579"), authorization ?? (stryMutAct_9fa48("580") ? "Stryker was here!" : (stryCov_9fa48("580"), '')))));
  }
}