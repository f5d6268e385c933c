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
const HOUR = 3_600_000;

/** What is done from time to time, as an operator writes it. */
export const upkeepSettings = stryMutAct_9fa48("4852") ? {} : (stryCov_9fa48("4852"), {
  idempotencyRetention: z.string().refine(stryMutAct_9fa48("4853") ? () => undefined : (stryCov_9fa48("4853"), text => stryMutAct_9fa48("4857") ? (parseDuration(text) ?? 0) < HOUR : stryMutAct_9fa48("4856") ? (parseDuration(text) ?? 0) > HOUR : stryMutAct_9fa48("4855") ? false : stryMutAct_9fa48("4854") ? true : (stryCov_9fa48("4854", "4855", "4856", "4857"), (stryMutAct_9fa48("4858") ? parseDuration(text) && 0 : (stryCov_9fa48("4858"), parseDuration(text) ?? 0)) >= HOUR)), stryMutAct_9fa48("4859") ? "" : (stryCov_9fa48("4859"), 'must be an ISO 8601 duration of at least PT1H, such as P30D')).default(stryMutAct_9fa48("4860") ? "" : (stryCov_9fa48("4860"), 'P30D')),
  keyReminders: z.enum(stryMutAct_9fa48("4861") ? [] : (stryCov_9fa48("4861"), [stryMutAct_9fa48("4862") ? "" : (stryCov_9fa48("4862"), 'on'), stryMutAct_9fa48("4863") ? "" : (stryCov_9fa48("4863"), 'off')])).default(stryMutAct_9fa48("4864") ? "" : (stryCov_9fa48("4864"), 'on')),
  keyMessages: z.enum(stryMutAct_9fa48("4865") ? [] : (stryCov_9fa48("4865"), [stryMutAct_9fa48("4866") ? "" : (stryCov_9fa48("4866"), 'all'), stryMutAct_9fa48("4867") ? "" : (stryCov_9fa48("4867"), 'others'), stryMutAct_9fa48("4868") ? "" : (stryCov_9fa48("4868"), 'off')])).default(stryMutAct_9fa48("4869") ? "" : (stryCov_9fa48("4869"), 'others'))
});

/** What is done from time to time, as an operator writes it. */
export interface UpkeepSettings {
  /** For how long a request with an `Idempotency-Key` is remembered, as an ISO 8601 duration. Default `P30D`. */
  readonly idempotencyRetention: string;
  /** Whether owners are reminded 30, 7 and 1 day before a key ends. Default `on`. */
  readonly keyReminders: 'on' | 'off';
  /**
   * What owners of keys get a message of, where the kernel has the messaging service: `all` that happens
   * to their keys, what `others` or the kernel did, or nothing. Default `others`.
   */
  readonly keyMessages: 'all' | 'others' | 'off';
}