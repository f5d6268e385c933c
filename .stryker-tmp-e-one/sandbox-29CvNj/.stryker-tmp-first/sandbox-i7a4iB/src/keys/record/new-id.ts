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
import { randomBytes } from 'node:crypto';

/** Hexadecimal digits of the time, in milliseconds: enough until the year 10889. */
const TIME_DIGITS = 12;

/**
 * The id of a new row: the time, a hyphen and 96 random bits, in hexadecimal. Ids that grow with time land at the
 * end of each index that has them, so that a commit writes fewer pages. An id that starts with a hyphen would be
 * read as an option on the command line, and one with 33 digits in a row would be taken for a secret in a log.
 */
export function newId(now: number): string {
  if (stryMutAct_9fa48("4280")) {
    {}
  } else {
    stryCov_9fa48("4280");
    return stryMutAct_9fa48("4281") ? `` : (stryCov_9fa48("4281"), `${now.toString(16).padStart(TIME_DIGITS, stryMutAct_9fa48("4282") ? "" : (stryCov_9fa48("4282"), '0'))}-${randomBytes(12).toString(stryMutAct_9fa48("4283") ? "" : (stryCov_9fa48("4283"), 'hex'))}`);
  }
}