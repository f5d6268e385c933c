/**
 * Whether a person is banned now. better-auth ends the sessions of a banned person, but the platform
 * does not check bans for keys. A request in flight, or one with a key, must not get through.
 *
 * @param expires when the ban ends. A ban without a readable end never ends.
 */
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
export function isBanned(banned: unknown, expires: unknown, now: number = Date.now()): boolean {
  if (stryMutAct_9fa48("50")) {
    {}
  } else {
    stryCov_9fa48("50");
    if (stryMutAct_9fa48("53") ? banned !== true || banned !== 1 : stryMutAct_9fa48("52") ? false : stryMutAct_9fa48("51") ? true : (stryCov_9fa48("51", "52", "53"), (stryMutAct_9fa48("55") ? banned === true : stryMutAct_9fa48("54") ? true : (stryCov_9fa48("54", "55"), banned !== (stryMutAct_9fa48("56") ? false : (stryCov_9fa48("56"), true)))) && (stryMutAct_9fa48("58") ? banned === 1 : stryMutAct_9fa48("57") ? true : (stryCov_9fa48("57", "58"), banned !== 1)))) return stryMutAct_9fa48("59") ? true : (stryCov_9fa48("59"), false);
    // `new Date(null)` would be 1970. An undefined or unreadable end becomes NaN, which is not in the past.
    if (stryMutAct_9fa48("62") ? expires !== null : stryMutAct_9fa48("61") ? false : stryMutAct_9fa48("60") ? true : (stryCov_9fa48("60", "61", "62"), expires === null)) return stryMutAct_9fa48("63") ? false : (stryCov_9fa48("63"), true);
    return stryMutAct_9fa48("64") ? new Date(expires as string | number | Date).getTime() <= now : (stryCov_9fa48("64"), !(stryMutAct_9fa48("68") ? new Date(expires as string | number | Date).getTime() > now : stryMutAct_9fa48("67") ? new Date(expires as string | number | Date).getTime() < now : stryMutAct_9fa48("66") ? false : stryMutAct_9fa48("65") ? true : (stryCov_9fa48("65", "66", "67", "68"), new Date(expires as string | number | Date).getTime() <= now)));
  }
}