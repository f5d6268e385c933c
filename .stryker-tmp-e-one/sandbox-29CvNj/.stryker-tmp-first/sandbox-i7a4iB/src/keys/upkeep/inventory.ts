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
import { API_KEY_OBJECT } from '../record/api-key.ts';
import { FIRST_REMINDER } from './endings.ts';

/** How long counts are reused, in milliseconds: counting reads every key. */
const KEPT = stryMutAct_9fa48("4677") ? 5 / 60_000 : (stryCov_9fa48("4677"), 5 * 60_000);
const LONG = stryMutAct_9fa48("4678") ? 90 / DAY : (stryCov_9fa48("4678"), 90 * DAY);

/** How many keys there are that are neither revoked nor expired. */
export interface KeyCounts {
  readonly active: number;
  /** Without scopes. */
  readonly unlimited: number;
  /** Expire within 30 days. */
  readonly expiring: number;
  /** Neither made nor used within 90 days. */
  readonly unused: number;
}

/** Counts the keys of all organizations, at most once in five minutes. */
export class KeyInventory {
  readonly #driver: SqlDriver;
  #counted: {
    readonly at: number;
    readonly counts: Promise<KeyCounts>;
  } | undefined;
  constructor(driver: SqlDriver) {
    if (stryMutAct_9fa48("4679")) {
      {}
    } else {
      stryCov_9fa48("4679");
      this.#driver = driver;
    }
  }

  /** Concurrent callers share one count. A count that failed is not kept. */
  async count(now: number = Date.now()): Promise<KeyCounts> {
    if (stryMutAct_9fa48("4680")) {
      {}
    } else {
      stryCov_9fa48("4680");
      const known = this.#counted;
      if (stryMutAct_9fa48("4683") ? known !== undefined || now - known.at < KEPT : stryMutAct_9fa48("4682") ? false : stryMutAct_9fa48("4681") ? true : (stryCov_9fa48("4681", "4682", "4683"), (stryMutAct_9fa48("4685") ? known === undefined : stryMutAct_9fa48("4684") ? true : (stryCov_9fa48("4684", "4685"), known !== undefined)) && (stryMutAct_9fa48("4688") ? now - known.at >= KEPT : stryMutAct_9fa48("4687") ? now - known.at <= KEPT : stryMutAct_9fa48("4686") ? true : (stryCov_9fa48("4686", "4687", "4688"), (stryMutAct_9fa48("4689") ? now + known.at : (stryCov_9fa48("4689"), now - known.at)) < KEPT)))) return known.counts;
      const counted = stryMutAct_9fa48("4690") ? {} : (stryCov_9fa48("4690"), {
        at: now,
        counts: this.#read(now)
      });
      this.#counted = counted;
      try {
        if (stryMutAct_9fa48("4691")) {
          {}
        } else {
          stryCov_9fa48("4691");
          return await counted.counts;
        }
      } catch (error) {
        if (stryMutAct_9fa48("4692")) {
          {}
        } else {
          stryCov_9fa48("4692");
          if (stryMutAct_9fa48("4695") ? this.#counted !== counted : stryMutAct_9fa48("4694") ? false : stryMutAct_9fa48("4693") ? true : (stryCov_9fa48("4693", "4694", "4695"), this.#counted === counted)) this.#counted = undefined;
          throw error;
        }
      }
    }
  }
  async #read(now: number): Promise<KeyCounts> {
    if (stryMutAct_9fa48("4696")) {
      {}
    } else {
      stryCov_9fa48("4696");
      const at = stryMutAct_9fa48("4697") ? () => undefined : (stryCov_9fa48("4697"), (() => {
        const at = (moment: number): string => new Date(moment).toISOString();
        return at;
      })());
      const [row = {}] = await query(this.#driver, stryMutAct_9fa48("4698") ? `` : (stryCov_9fa48("4698"), `SELECT COUNT(*) AS active,
       SUM(CASE WHEN scopes IS NULL OR CAST(scopes AS TEXT) IN ('', '[]') THEN 1 ELSE 0 END) AS unlimited,
       SUM(CASE WHEN expires_at <= ? THEN 1 ELSE 0 END) AS expiring,
       SUM(CASE WHEN created_at <= ? AND (last_used_at IS NULL OR last_used_at <= ?) THEN 1 ELSE 0 END) AS unused
       FROM ${API_KEY_OBJECT} WHERE NOT COALESCE(revoked, FALSE) AND (expires_at IS NULL OR expires_at > ?)`), stryMutAct_9fa48("4699") ? [] : (stryCov_9fa48("4699"), [at(stryMutAct_9fa48("4700") ? now - FIRST_REMINDER : (stryCov_9fa48("4700"), now + FIRST_REMINDER)), at(stryMutAct_9fa48("4701") ? now + LONG : (stryCov_9fa48("4701"), now - LONG)), at(stryMutAct_9fa48("4702") ? now + LONG : (stryCov_9fa48("4702"), now - LONG)), at(now)]));
      const number = stryMutAct_9fa48("4703") ? () => undefined : (stryCov_9fa48("4703"), (() => {
        const number = (name: string): number => Number(stryMutAct_9fa48("4704") ? row[name] && 0 : (stryCov_9fa48("4704"), row[name] ?? 0));
        return number;
      })());
      return stryMutAct_9fa48("4705") ? {} : (stryCov_9fa48("4705"), {
        active: number(stryMutAct_9fa48("4706") ? "" : (stryCov_9fa48("4706"), 'active')),
        unlimited: number(stryMutAct_9fa48("4707") ? "" : (stryCov_9fa48("4707"), 'unlimited')),
        expiring: number(stryMutAct_9fa48("4708") ? "" : (stryCov_9fa48("4708"), 'expiring')),
        unused: number(stryMutAct_9fa48("4709") ? "" : (stryCov_9fa48("4709"), 'unused'))
      });
    }
  }
}