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
import type { SqlDriver } from '../../platform/engine.ts';
import { ensureIndex } from '../../platform/sql.ts';
import { API_KEY_OBJECT } from '../record/api-key.ts';

/** The columns by which keys are listed, by the names of their indexes. */
const LISTS = {
  of_owner_by_age: 'user_id',
  of_organization_by_age: 'active_organization_id'
} as const;

/**
 * Creates the indexes for lists: the keys of a person and of an organization, in the order of the list, so
 * that reading a page does not read the keys before it. The platform indexes only the owner and the
 * organization, and would sort all of their keys for each page.
 */
export async function ensureListIndexes(driver: SqlDriver): Promise<void> {
  if (stryMutAct_9fa48("3597")) {
    {}
  } else {
    stryCov_9fa48("3597");
    for (const [name, column] of Object.entries(LISTS)) {
      if (stryMutAct_9fa48("3598")) {
        {}
      } else {
        stryCov_9fa48("3598");
        await ensureIndex(driver, stryMutAct_9fa48("3599") ? `` : (stryCov_9fa48("3599"), `${API_KEY_OBJECT}_${name}`), stryMutAct_9fa48("3600") ? `` : (stryCov_9fa48("3600"), `${API_KEY_OBJECT} (${column}, created_at, id)`));
      }
    }
  }
}