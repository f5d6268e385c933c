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
import { DAY, SECOND } from '../../base/time.ts';
import { durationField } from './duration.ts';
const lifetime = durationField(SECOND, stryMutAct_9fa48("1837") ? "" : (stryCov_9fa48("1837"), 'The lifetime must be an ISO 8601 duration from PT1S to P36500D, such as "P90D".'));
/** At least a day: uses are recorded with a delay, and a key may be idle overnight. */
const disuse = durationField(DAY, stryMutAct_9fa48("1838") ? "" : (stryCov_9fa48("1838"), 'The time without use must be an ISO 8601 duration from P1D to P36500D, such as "P90D".'));

/** The rules that are to change. */
export const updateApiKeyPolicyInput = z.strictObject(stryMutAct_9fa48("1839") ? {} : (stryCov_9fa48("1839"), {
  maxLifetime: lifetime.nullish(),
  defaultLifetime: lifetime.nullish(),
  revokeUnusedAfter: disuse.nullish(),
  requireScopes: z.boolean(stryMutAct_9fa48("1840") ? "" : (stryCov_9fa48("1840"), 'Whether scopes are required must be true or false.')).nullish(),
  whoMayMint: z.enum(stryMutAct_9fa48("1841") ? [] : (stryCov_9fa48("1841"), [stryMutAct_9fa48("1842") ? "" : (stryCov_9fa48("1842"), 'MEMBERS'), stryMutAct_9fa48("1843") ? "" : (stryCov_9fa48("1843"), 'ADMINISTRATORS')]), stryMutAct_9fa48("1844") ? "" : (stryCov_9fa48("1844"), 'Who may mint must be MEMBERS or ADMINISTRATORS.')).nullish()
}));

/** Durations are in milliseconds. A missing rule stays unchanged; `null` removes it. */
export type PolicyChange = z.output<typeof updateApiKeyPolicyInput>;