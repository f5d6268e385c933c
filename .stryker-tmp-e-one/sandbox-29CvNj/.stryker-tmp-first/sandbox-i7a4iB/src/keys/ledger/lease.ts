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
import type { SqlDriver } from '../../platform/engine.ts';
import { query } from '../../platform/sql.ts';
import { LEDGER_OBJECT, leaseEntry } from './ledger.ts';

/** Lets the first replica that asks do work for all of them. */
export class Leases {
  readonly #driver: () => SqlDriver;

  /** @param driver returns the driver of the ledger; called when there is work. */
  constructor(driver: () => SqlDriver) {
    if (stryMutAct_9fa48("1901")) {
      {}
    } else {
      stryCov_9fa48("1901");
      this.#driver = driver;
    }
  }

  /**
   * Takes a lease for a job. No other replica gets it before `until`, even if this one fails.
   *
   * @param until milliseconds since 1970.
   * @returns whether the lease was free.
   */
  async take(work: string, now: number, until: number): Promise<boolean> {
    if (stryMutAct_9fa48("1902")) {
      {}
    } else {
      stryCov_9fa48("1902");
      const rows = await query(this.#driver(), stryMutAct_9fa48("1903") ? `` : (stryCov_9fa48("1903"), `INSERT INTO ${LEDGER_OBJECT} (id, value) VALUES (?, ?)
       ON CONFLICT (id) DO UPDATE SET value = excluded.value WHERE ${LEDGER_OBJECT}.value <= ? RETURNING id`), stryMutAct_9fa48("1904") ? [] : (stryCov_9fa48("1904"), [leaseEntry(work), written(until), written(now)]));
      return stryMutAct_9fa48("1908") ? rows.length <= 0 : stryMutAct_9fa48("1907") ? rows.length >= 0 : stryMutAct_9fa48("1906") ? false : stryMutAct_9fa48("1905") ? true : (stryCov_9fa48("1905", "1906", "1907", "1908"), rows.length > 0);
    }
  }
}

/** Values are compared as text, so they must have the same length. */
function written(moment: number): string {
  if (stryMutAct_9fa48("1909")) {
    {}
  } else {
    stryCov_9fa48("1909");
    return String(moment).padStart(15, stryMutAct_9fa48("1910") ? "" : (stryCov_9fa48("1910"), '0'));
  }
}