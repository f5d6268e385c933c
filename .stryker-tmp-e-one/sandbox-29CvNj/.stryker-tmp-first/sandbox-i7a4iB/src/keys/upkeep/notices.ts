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
import { DAY } from '../../base/time.ts';
import type { SqlDriver } from '../../platform/engine.ts';
import { query } from '../../platform/sql.ts';
import { LEDGER_OBJECT, noticeEntry } from '../ledger/ledger.ts';

/** How long a notice is remembered, in milliseconds: longer than there is a reason to publish it again. */
const REMEMBERED = stryMutAct_9fa48("4710") ? 60 / DAY : (stryCov_9fa48("4710"), 60 * DAY);

/** Something that is published once, by the replica that finds it first. */
export interface Notice {
  readonly keyId: string;
  /** What it says of the key, such as `expired`. */
  readonly what: string;
  /** Whether it stays true, so that it must not be forgotten while the key exists. */
  readonly staysTrue?: boolean;
}

/** Marks notices as published, and returns those that no replica has published before. */
export async function takeNew<T extends Notice>(driver: SqlDriver, notices: readonly T[], now: number): Promise<T[]> {
  if (stryMutAct_9fa48("4711")) {
    {}
  } else {
    stryCov_9fa48("4711");
    const end = new Date(stryMutAct_9fa48("4712") ? now - REMEMBERED : (stryCov_9fa48("4712"), now + REMEMBERED)).toISOString();
    const rows = await query(driver, stryMutAct_9fa48("4713") ? `` : (stryCov_9fa48("4713"), `INSERT INTO ${LEDGER_OBJECT} (id, value, ends_at) VALUES ${notices.map(stryMutAct_9fa48("4714") ? () => undefined : (stryCov_9fa48("4714"), () => stryMutAct_9fa48("4715") ? "" : (stryCov_9fa48("4715"), "(?, '', ?)"))).join(stryMutAct_9fa48("4716") ? "" : (stryCov_9fa48("4716"), ', '))}
     ON CONFLICT (id) DO NOTHING RETURNING id`), notices.flatMap(stryMutAct_9fa48("4717") ? () => undefined : (stryCov_9fa48("4717"), notice => stryMutAct_9fa48("4718") ? [] : (stryCov_9fa48("4718"), [markOf(notice), notice.staysTrue ? null : end]))));
    const taken = new Set(rows.map(stryMutAct_9fa48("4719") ? () => undefined : (stryCov_9fa48("4719"), ({
      id
    }) => id)));
    return stryMutAct_9fa48("4720") ? notices : (stryCov_9fa48("4720"), notices.filter(stryMutAct_9fa48("4721") ? () => undefined : (stryCov_9fa48("4721"), notice => taken.has(markOf(notice)))));
  }
}

/** Takes the marks back, so that the notices are published the next time. */
export async function putBack(driver: SqlDriver, notices: readonly Notice[]): Promise<void> {
  if (stryMutAct_9fa48("4722")) {
    {}
  } else {
    stryCov_9fa48("4722");
    const places = notices.map(stryMutAct_9fa48("4723") ? () => undefined : (stryCov_9fa48("4723"), () => stryMutAct_9fa48("4724") ? "" : (stryCov_9fa48("4724"), '?'))).join(stryMutAct_9fa48("4725") ? "" : (stryCov_9fa48("4725"), ', '));
    await query(driver, stryMutAct_9fa48("4726") ? `` : (stryCov_9fa48("4726"), `DELETE FROM ${LEDGER_OBJECT} WHERE id IN (${places}) RETURNING id`), notices.map(markOf));
  }
}
function markOf({
  keyId,
  what
}: Notice): string {
  if (stryMutAct_9fa48("4727")) {
    {}
  } else {
    stryCov_9fa48("4727");
    return noticeEntry(what, keyId);
  }
}