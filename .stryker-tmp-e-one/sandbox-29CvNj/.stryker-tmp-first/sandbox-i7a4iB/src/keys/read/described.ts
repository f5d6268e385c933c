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
import type { DataEngine } from '../../platform/engine.ts';
import { query, sqlDriverOf } from '../../platform/sql.ts';
import { API_KEY_OBJECT } from '../record/api-key.ts';
import { API_KEY_DETAIL_OBJECT } from '../record/api-key-detail.ts';

/** Most keys that one search finds by their description: the newest. A statement has room for so many ids. */
const MAX_FOUND = 1000;

/** Whose keys are searched. */
export type SearchedKeys = {
  readonly user_id?: string;
  readonly active_organization_id?: string;
};

/**
 * The ids of keys whose description contains a text, ignoring case. Descriptions are in a table of their own,
 * which the engine does not join; what is found is read with the caller's rights afterwards.
 */
export async function keysDescribedWith(engine: Pick<DataEngine, 'getDriverForObject'>, {
  user_id,
  active_organization_id
}: SearchedKeys, text: string): Promise<string[]> {
  if (stryMutAct_9fa48("3425")) {
    {}
  } else {
    stryCov_9fa48("3425");
    const driver = sqlDriverOf(engine, API_KEY_DETAIL_OBJECT);
    if (stryMutAct_9fa48("3428") ? driver !== undefined : stryMutAct_9fa48("3427") ? false : stryMutAct_9fa48("3426") ? true : (stryCov_9fa48("3426", "3427", "3428"), driver === undefined)) return stryMutAct_9fa48("3429") ? ["Stryker was here"] : (stryCov_9fa48("3429"), []);
    const owned = stryMutAct_9fa48("3430") ? Object.entries({
      user_id,
      active_organization_id
    }) : (stryCov_9fa48("3430"), Object.entries(stryMutAct_9fa48("3431") ? {} : (stryCov_9fa48("3431"), {
      user_id,
      active_organization_id
    })).filter(stryMutAct_9fa48("3432") ? () => undefined : (stryCov_9fa48("3432"), ([, value]) => stryMutAct_9fa48("3435") ? value === undefined : stryMutAct_9fa48("3434") ? false : stryMutAct_9fa48("3433") ? true : (stryCov_9fa48("3433", "3434", "3435"), value !== undefined))));
    const rows = await query(driver, stryMutAct_9fa48("3436") ? `` : (stryCov_9fa48("3436"), `SELECT k.id FROM ${API_KEY_OBJECT} k JOIN ${API_KEY_DETAIL_OBJECT} d ON d.id = k.id
     WHERE ${owned.map(stryMutAct_9fa48("3437") ? () => undefined : (stryCov_9fa48("3437"), ([column]) => stryMutAct_9fa48("3438") ? `` : (stryCov_9fa48("3438"), `k.${column} = ?`))).join(stryMutAct_9fa48("3439") ? "" : (stryCov_9fa48("3439"), ' AND '))}
     AND d.description ${driver.isPostgres ? stryMutAct_9fa48("3440") ? "" : (stryCov_9fa48("3440"), 'ILIKE') : stryMutAct_9fa48("3441") ? "" : (stryCov_9fa48("3441"), 'LIKE')} ? ESCAPE '!'
     ORDER BY k.created_at DESC LIMIT ${MAX_FOUND}`), stryMutAct_9fa48("3442") ? [] : (stryCov_9fa48("3442"), [...owned.map(stryMutAct_9fa48("3443") ? () => undefined : (stryCov_9fa48("3443"), ([, value]) => value)), stryMutAct_9fa48("3444") ? `` : (stryCov_9fa48("3444"), `%${text.replace(stryMutAct_9fa48("3445") ? /[^!%_]/g : (stryCov_9fa48("3445"), /[!%_]/g), stryMutAct_9fa48("3446") ? "" : (stryCov_9fa48("3446"), '!$&'))}%`)]));
    return rows.map(stryMutAct_9fa48("3447") ? () => undefined : (stryCov_9fa48("3447"), ({
      id
    }) => String(id)));
  }
}