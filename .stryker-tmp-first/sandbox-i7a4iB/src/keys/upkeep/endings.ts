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
import { DAY } from '../../base/time.ts';

/** How long before the end of a key its owner is reminded, in days. */
const REMINDERS = [1, 7, 30] as const;
/** The first of them, in milliseconds. */
export const FIRST_REMINDER = stryMutAct_9fa48("4657") ? 30 / DAY : (stryCov_9fa48("4657"), 30 * DAY);

/**
 * Which reminder is due now, in days before the end: only the last one whose time has come. A key gets no
 * reminder that is earlier than its beginning.
 *
 * @param begins when the time that is about to end began.
 */
export function reminderDue(begins: number, ends: number, now: number): number | undefined {
  if (stryMutAct_9fa48("4658")) {
    {}
  } else {
    stryCov_9fa48("4658");
    if (stryMutAct_9fa48("4662") ? now < ends : stryMutAct_9fa48("4661") ? now > ends : stryMutAct_9fa48("4660") ? false : stryMutAct_9fa48("4659") ? true : (stryCov_9fa48("4659", "4660", "4661", "4662"), now >= ends)) return undefined;
    return REMINDERS.find(stryMutAct_9fa48("4663") ? () => undefined : (stryCov_9fa48("4663"), days => stryMutAct_9fa48("4666") ? ends - now <= days * DAY || ends - begins > days * DAY : stryMutAct_9fa48("4665") ? false : stryMutAct_9fa48("4664") ? true : (stryCov_9fa48("4664", "4665", "4666"), (stryMutAct_9fa48("4669") ? ends - now > days * DAY : stryMutAct_9fa48("4668") ? ends - now < days * DAY : stryMutAct_9fa48("4667") ? true : (stryCov_9fa48("4667", "4668", "4669"), (stryMutAct_9fa48("4670") ? ends + now : (stryCov_9fa48("4670"), ends - now)) <= (stryMutAct_9fa48("4671") ? days / DAY : (stryCov_9fa48("4671"), days * DAY)))) && (stryMutAct_9fa48("4674") ? ends - begins <= days * DAY : stryMutAct_9fa48("4673") ? ends - begins >= days * DAY : stryMutAct_9fa48("4672") ? true : (stryCov_9fa48("4672", "4673", "4674"), (stryMutAct_9fa48("4675") ? ends + begins : (stryCov_9fa48("4675"), ends - begins)) > (stryMutAct_9fa48("4676") ? days / DAY : (stryCov_9fa48("4676"), days * DAY)))))));
  }
}