/**
 * The id of a key. Conditions of the platform are templates: it replaces `{current_user_id}`, and fails on
 * `{anything}`. An id from a caller must contain neither.
 */
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
const KEY_ID = stryMutAct_9fa48("1759") ? /^[^A-Za-z0-9_.:-]{1,64}$/ : stryMutAct_9fa48("1758") ? /^[A-Za-z0-9_.:-]$/ : stryMutAct_9fa48("1757") ? /^[A-Za-z0-9_.:-]{1,64}/ : stryMutAct_9fa48("1756") ? /[A-Za-z0-9_.:-]{1,64}$/ : (stryCov_9fa48("1756", "1757", "1758", "1759"), /^[A-Za-z0-9_.:-]{1,64}$/);

/** Whether a text can be the id of a key. Other texts are never looked up. */
export function isKeyId(text: string): boolean {
  if (stryMutAct_9fa48("1760")) {
    {}
  } else {
    stryCov_9fa48("1760");
    return KEY_ID.test(text);
  }
}