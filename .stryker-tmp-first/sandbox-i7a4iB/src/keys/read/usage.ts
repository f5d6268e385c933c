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
import { AsyncResource } from 'node:async_hooks';
import DataLoader from 'dataloader';
import type { Row, SqlDriver } from '../../platform/engine.ts';
import { query } from '../../platform/sql.ts';
import { API_KEY_USAGE_OBJECT, firstDayAt, type KeyOperation } from '../record/api-key-usage.ts';

/** What a key did to an object in the last 30 days. */
export interface ApiKeyUse {
  /** Empty for operations without an object. */
  readonly object: string;
  readonly operation: KeyOperation;
  readonly count: number;
  /** `YYYY-MM-DD`, in UTC. */
  readonly lastUsedOn: string;
}

/** Reads what keys were used for. Look-ups in the same turn of the event loop share one statement. */
export class UsageReader {
  readonly #driver: SqlDriver;
  readonly #loader: DataLoader<string, ApiKeyUse[]>;
  /** A shared statement belongs to no single request. */
  readonly #scope = new AsyncResource(stryMutAct_9fa48("3752") ? "" : (stryCov_9fa48("3752"), 'UsageReader'));
  constructor(driver: SqlDriver) {
    if (stryMutAct_9fa48("3753")) {
      {}
    } else {
      stryCov_9fa48("3753");
      this.#driver = driver;
      this.#loader = new DataLoader(stryMutAct_9fa48("3754") ? () => undefined : (stryCov_9fa48("3754"), keyIds => this.#select(stryMutAct_9fa48("3755") ? [] : (stryCov_9fa48("3755"), [...new Set(keyIds)]), keyIds)), stryMutAct_9fa48("3756") ? {} : (stryCov_9fa48("3756"), {
        cache: stryMutAct_9fa48("3757") ? true : (stryCov_9fa48("3757"), false),
        maxBatchSize: 200,
        batchScheduleFn: stryMutAct_9fa48("3758") ? () => undefined : (stryCov_9fa48("3758"), send => this.#scope.runInAsyncScope(stryMutAct_9fa48("3759") ? () => undefined : (stryCov_9fa48("3759"), () => setImmediate(send))))
      }));
    }
  }

  /**
   * The uses of a key, by object and operation. Uses recorded under `*` apply to every key.
   */
  async find(keyId: string): Promise<ApiKeyUse[]> {
    if (stryMutAct_9fa48("3760")) {
      {}
    } else {
      stryCov_9fa48("3760");
      return this.#loader.load(keyId);
    }
  }
  async #select(keyIds: readonly string[], asked: readonly string[]): Promise<ApiKeyUse[][]> {
    if (stryMutAct_9fa48("3761")) {
      {}
    } else {
      stryCov_9fa48("3761");
      const rows = await query(this.#driver, stryMutAct_9fa48("3762") ? `` : (stryCov_9fa48("3762"), `SELECT key_id, object, operation, MAX(day) AS last_day, SUM(uses) AS uses FROM ${API_KEY_USAGE_OBJECT}
       WHERE key_id IN (${keyIds.map(stryMutAct_9fa48("3763") ? () => undefined : (stryCov_9fa48("3763"), () => stryMutAct_9fa48("3764") ? "" : (stryCov_9fa48("3764"), '?'))).join(stryMutAct_9fa48("3765") ? "" : (stryCov_9fa48("3765"), ', '))}) AND day >= ?
       GROUP BY key_id, object, operation ORDER BY object, operation`), stryMutAct_9fa48("3766") ? [] : (stryCov_9fa48("3766"), [...keyIds, firstDayAt(Date.now())]));
      const found = Map.groupBy(rows, stryMutAct_9fa48("3767") ? () => undefined : (stryCov_9fa48("3767"), row => String(row[stryMutAct_9fa48("3768") ? "" : (stryCov_9fa48("3768"), 'key_id')])));
      return asked.map(stryMutAct_9fa48("3769") ? () => undefined : (stryCov_9fa48("3769"), keyId => (stryMutAct_9fa48("3770") ? found.get(keyId) && [] : (stryCov_9fa48("3770"), found.get(keyId) ?? (stryMutAct_9fa48("3771") ? ["Stryker was here"] : (stryCov_9fa48("3771"), [])))).map(toUse)));
    }
  }
}
function toUse(row: Row): ApiKeyUse {
  if (stryMutAct_9fa48("3772")) {
    {}
  } else {
    stryCov_9fa48("3772");
    return stryMutAct_9fa48("3773") ? {} : (stryCov_9fa48("3773"), {
      object: String(stryMutAct_9fa48("3774") ? row['object'] && '' : (stryCov_9fa48("3774"), row[stryMutAct_9fa48("3775") ? "" : (stryCov_9fa48("3775"), 'object')] ?? (stryMutAct_9fa48("3776") ? "Stryker was here!" : (stryCov_9fa48("3776"), '')))),
      operation: row['operation'] as KeyOperation,
      count: Number(row[stryMutAct_9fa48("3777") ? "" : (stryCov_9fa48("3777"), 'uses')]),
      lastUsedOn: String(row[stryMutAct_9fa48("3778") ? "" : (stryCov_9fa48("3778"), 'last_day')])
    });
  }
}