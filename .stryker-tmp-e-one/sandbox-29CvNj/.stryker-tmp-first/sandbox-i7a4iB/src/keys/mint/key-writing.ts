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
import type { Budget } from '../../base/deadline.ts';
import { unavailable } from '../../base/errors.ts';
import type { DataEngine, EngineContext, Transaction } from '../../platform/engine.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { KeyLimits } from '../limits/limits.ts';
import type { Administrators } from '../policy/policy-rules.ts';
import type { PolicyTable } from '../policy/policy-table.ts';
import type { AuditTrail } from '../record/audit-trail.ts';

/** The dependencies for writing keys. */
export interface KeyWriting {
  readonly engine: DataEngine;
  readonly ledger: Ledger;
  readonly limits: KeyLimits;
  readonly policies: PolicyTable;
  readonly administrators: Administrators;
  readonly auditTrail: AuditTrail;
}

/** The same, inside one transaction. */
export interface KeyTransaction extends KeyWriting {
  readonly context: EngineContext & {
    transaction: Transaction;
  };
}

/**
 * After its time limit, a request has been answered with 503, and nothing more may be written.
 *
 * @throws ServiceError `SERVICE_UNAVAILABLE`
 */
export function assertInTime({
  deadline
}: Pick<Budget, 'deadline'>): void {
  if (stryMutAct_9fa48("2320")) {
    {}
  } else {
    stryCov_9fa48("2320");
    if (stryMutAct_9fa48("2324") ? performance.now() < deadline : stryMutAct_9fa48("2323") ? performance.now() > deadline : stryMutAct_9fa48("2322") ? false : stryMutAct_9fa48("2321") ? true : (stryCov_9fa48("2321", "2322", "2323", "2324"), performance.now() >= deadline)) throw unavailable();
  }
}