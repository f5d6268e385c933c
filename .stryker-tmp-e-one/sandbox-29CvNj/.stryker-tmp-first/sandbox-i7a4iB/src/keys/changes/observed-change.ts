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
import type { KeyAction } from '../../observability/events.ts';
import type { Row } from '../../platform/engine.ts';
import { toApiKey } from '../record/api-key.ts';

/** A change of one key, as the database was told to make it. */
export interface ObservedChange {
  readonly keyId: string;
  readonly prefix: string;
  readonly ownerId: string | undefined;
  readonly organizationId: string | undefined;
  readonly action: KeyAction;
}

/** What is changed with every write, or tells of a use. */
const BOOKKEEPING: ReadonlySet<string> = new Set(stryMutAct_9fa48("1372") ? [] : (stryCov_9fa48("1372"), [stryMutAct_9fa48("1373") ? "" : (stryCov_9fa48("1373"), 'updated_at'), stryMutAct_9fa48("1374") ? "" : (stryCov_9fa48("1374"), 'updated_by'), stryMutAct_9fa48("1375") ? "" : (stryCov_9fa48("1375"), 'last_used_at')]));

/** @returns `undefined` where nothing about the key changed. */
export function observedUpdate(before: Row, after: Row): ObservedChange | undefined {
  if (stryMutAct_9fa48("1376")) {
    {}
  } else {
    stryCov_9fa48("1376");
    const [was, is] = stryMutAct_9fa48("1377") ? [] : (stryCov_9fa48("1377"), [toApiKey(stryMutAct_9fa48("1378") ? {} : (stryCov_9fa48("1378"), {
      ...after,
      ...before
    })).revoked, toApiKey(stryMutAct_9fa48("1379") ? {} : (stryCov_9fa48("1379"), {
      ...before,
      ...after
    })).revoked]);
    if (stryMutAct_9fa48("1382") ? was === is : stryMutAct_9fa48("1381") ? false : stryMutAct_9fa48("1380") ? true : (stryCov_9fa48("1380", "1381", "1382"), was !== is)) return observed(before, is ? stryMutAct_9fa48("1383") ? "" : (stryCov_9fa48("1383"), 'revoke') : stryMutAct_9fa48("1384") ? "" : (stryCov_9fa48("1384"), 'restore'));
    const changed = stryMutAct_9fa48("1385") ? Object.keys(after).every(column => !BOOKKEEPING.has(column) && !same(before[column], after[column])) : (stryCov_9fa48("1385"), Object.keys(after).some(stryMutAct_9fa48("1386") ? () => undefined : (stryCov_9fa48("1386"), column => stryMutAct_9fa48("1389") ? !BOOKKEEPING.has(column) || !same(before[column], after[column]) : stryMutAct_9fa48("1388") ? false : stryMutAct_9fa48("1387") ? true : (stryCov_9fa48("1387", "1388", "1389"), (stryMutAct_9fa48("1390") ? BOOKKEEPING.has(column) : (stryCov_9fa48("1390"), !BOOKKEEPING.has(column))) && (stryMutAct_9fa48("1391") ? same(before[column], after[column]) : (stryCov_9fa48("1391"), !same(before[column], after[column])))))));
    return changed ? observed(before, stryMutAct_9fa48("1392") ? "" : (stryCov_9fa48("1392"), 'update')) : undefined;
  }
}
export function observed(row: Row, action: KeyAction): ObservedChange {
  if (stryMutAct_9fa48("1393")) {
    {}
  } else {
    stryCov_9fa48("1393");
    return stryMutAct_9fa48("1394") ? {} : (stryCov_9fa48("1394"), {
      keyId: String(row[stryMutAct_9fa48("1395") ? "" : (stryCov_9fa48("1395"), 'id')]),
      prefix: stryMutAct_9fa48("1396") ? textOf(row['prefix']) && '' : (stryCov_9fa48("1396"), textOf(row[stryMutAct_9fa48("1397") ? "" : (stryCov_9fa48("1397"), 'prefix')]) ?? (stryMutAct_9fa48("1398") ? "Stryker was here!" : (stryCov_9fa48("1398"), ''))),
      ownerId: textOf(row[stryMutAct_9fa48("1399") ? "" : (stryCov_9fa48("1399"), 'user_id')]),
      organizationId: textOf(row[stryMutAct_9fa48("1400") ? "" : (stryCov_9fa48("1400"), 'active_organization_id')]),
      action
    });
  }
}

/** Drivers give the same moment back as text, as milliseconds and as a Date. */
function same(a: unknown, b: unknown): boolean {
  if (stryMutAct_9fa48("1401")) {
    {}
  } else {
    stryCov_9fa48("1401");
    return stryMutAct_9fa48("1404") ? comparable(a) !== comparable(b) : stryMutAct_9fa48("1403") ? false : stryMutAct_9fa48("1402") ? true : (stryCov_9fa48("1402", "1403", "1404"), comparable(a) === comparable(b));
  }
}
function comparable(value: unknown): string {
  if (stryMutAct_9fa48("1405")) {
    {}
  } else {
    stryCov_9fa48("1405");
    return value instanceof Date ? value.toISOString() : JSON.stringify(stryMutAct_9fa48("1406") ? value && null : (stryCov_9fa48("1406"), value ?? null)).replaceAll(stryMutAct_9fa48("1407") ? "" : (stryCov_9fa48("1407"), '"'), stryMutAct_9fa48("1408") ? "Stryker was here!" : (stryCov_9fa48("1408"), ''));
  }
}
function textOf(value: unknown): string | undefined {
  if (stryMutAct_9fa48("1409")) {
    {}
  } else {
    stryCov_9fa48("1409");
    return (stryMutAct_9fa48("1412") ? typeof value === 'string' || value !== '' : stryMutAct_9fa48("1411") ? false : stryMutAct_9fa48("1410") ? true : (stryCov_9fa48("1410", "1411", "1412"), (stryMutAct_9fa48("1414") ? typeof value !== 'string' : stryMutAct_9fa48("1413") ? true : (stryCov_9fa48("1413", "1414"), typeof value === (stryMutAct_9fa48("1415") ? "" : (stryCov_9fa48("1415"), 'string')))) && (stryMutAct_9fa48("1417") ? value === '' : stryMutAct_9fa48("1416") ? true : (stryCov_9fa48("1416", "1417"), value !== (stryMutAct_9fa48("1418") ? "Stryker was here!" : (stryCov_9fa48("1418"), '')))))) ? value : undefined;
  }
}