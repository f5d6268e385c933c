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
import { currentRequest } from '../../http/request-scope.ts';
import type { HookContext, HookEngine } from '../../platform/engine.ts';
import { AUDIT_LOG_OBJECT } from '../record/audit-trail.ts';
import { currentKey } from './current-key.ts';

/** Before the hooks of other plugins, which have a priority of 100 unless they say otherwise. */
const FIRST = 0;

/**
 * Adds the key to the rows of the platform's audit trail. A row names the person whose rights were used;
 * the key shows which of their programs wrote the record.
 */
export function nameKeysInAudit(engine: HookEngine): void {
  if (stryMutAct_9fa48("524")) {
    {}
  } else {
    stryCov_9fa48("524");
    engine.registerHook(stryMutAct_9fa48("526") ? "" : (stryCov_9fa48("526"), 'beforeInsert'), nameKey, stryMutAct_9fa48("527") ? {} : (stryCov_9fa48("527"), {
      object: AUDIT_LOG_OBJECT,
      priority: FIRST
    }));
  }
}
function nameKey({
  input
}: HookContext): void {
  if (stryMutAct_9fa48("528")) {
    {}
  } else {
    stryCov_9fa48("528");
    const key = currentKey();
    const row = stryMutAct_9fa48("529") ? input.data : (stryCov_9fa48("529"), input?.data);
    if (stryMutAct_9fa48("532") ? key === undefined && row === undefined : stryMutAct_9fa48("531") ? false : stryMutAct_9fa48("530") ? true : (stryCov_9fa48("530", "531", "532"), (stryMutAct_9fa48("534") ? key !== undefined : stryMutAct_9fa48("533") ? false : (stryCov_9fa48("533", "534"), key === undefined)) || (stryMutAct_9fa48("536") ? row !== undefined : stryMutAct_9fa48("535") ? false : (stryCov_9fa48("535", "536"), row === undefined)))) return;
    const request = currentRequest();
    stryMutAct_9fa48("537") ? row['ip_address'] &&= request?.address ?? null : (stryCov_9fa48("537"), row[stryMutAct_9fa48("538") ? "" : (stryCov_9fa48("538"), 'ip_address')] ??= stryMutAct_9fa48("539") ? request?.address && null : (stryCov_9fa48("539"), (stryMutAct_9fa48("540") ? request.address : (stryCov_9fa48("540"), request?.address)) ?? null));
    row[stryMutAct_9fa48("541") ? "" : (stryCov_9fa48("541"), 'metadata')] = JSON.stringify(stryMutAct_9fa48("542") ? {} : (stryCov_9fa48("542"), {
      ...parsed(row[stryMutAct_9fa48("543") ? "" : (stryCov_9fa48("543"), 'metadata')]),
      api_key: key.id,
      api_key_prefix: key.prefix,
      request_id: stryMutAct_9fa48("544") ? request.id : (stryCov_9fa48("544"), request?.id)
    }));
  }
}
function parsed(metadata: unknown): object {
  if (stryMutAct_9fa48("545")) {
    {}
  } else {
    stryCov_9fa48("545");
    if (stryMutAct_9fa48("548") ? typeof metadata === 'string' : stryMutAct_9fa48("547") ? false : stryMutAct_9fa48("546") ? true : (stryCov_9fa48("546", "547", "548"), typeof metadata !== (stryMutAct_9fa48("549") ? "" : (stryCov_9fa48("549"), 'string')))) return {};
    try {
      if (stryMutAct_9fa48("550")) {
        {}
      } else {
        stryCov_9fa48("550");
        const value: unknown = JSON.parse(metadata);
        return (stryMutAct_9fa48("553") ? typeof value === 'object' || value !== null : stryMutAct_9fa48("552") ? false : stryMutAct_9fa48("551") ? true : (stryCov_9fa48("551", "552", "553"), (stryMutAct_9fa48("555") ? typeof value !== 'object' : stryMutAct_9fa48("554") ? true : (stryCov_9fa48("554", "555"), typeof value === (stryMutAct_9fa48("556") ? "" : (stryCov_9fa48("556"), 'object')))) && (stryMutAct_9fa48("558") ? value === null : stryMutAct_9fa48("557") ? true : (stryCov_9fa48("557", "558"), value !== null)))) ? value : {};
      }
    } catch {
      if (stryMutAct_9fa48("559")) {
        {}
      } else {
        stryCov_9fa48("559");
        return {};
      }
    }
  }
}