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
import { AsyncLocalStorage } from 'node:async_hooks';
import type { KeyAction } from '../../observability/events.ts';
import type { Row } from '../../platform/engine.ts';

/** A change of a key that is being written, and its origin. */
export interface KeyChange {
  readonly keyId: string;
  readonly prefix: string;
  readonly action: KeyAction;
  /** Who makes a new key, where one statement writes the keys of several people. */
  readonly actorId?: string | undefined;
  readonly requestId: string | undefined;
  readonly address: string | undefined;
  /** The endpoint, or the kind of platform route. */
  readonly endpoint?: string | undefined;
}
interface ChangeScope {
  /** Whether this service makes the write; it has checked it and logs it itself. */
  readonly own: boolean;
  /** By the id of the key. */
  readonly changes: Map<string, KeyChange>;
  /** The rows of the audit trail about them, where they are to be written together. */
  readonly recorded?: Row[] | undefined;
}
const scopes = new AsyncLocalStorage<ChangeScope>();

/**
 * Runs a write of this service. Nothing outside of this process can make its own look like one.
 *
 * @param recorded takes the rows of the audit trail, instead of their table.
 */
export function duringOwnChanges<T>(changes: readonly KeyChange[], write: () => Promise<T>, recorded?: Row[]): Promise<T> {
  if (stryMutAct_9fa48("4247")) {
    {}
  } else {
    stryCov_9fa48("4247");
    return scopes.run(stryMutAct_9fa48("4248") ? {} : (stryCov_9fa48("4248"), {
      own: stryMutAct_9fa48("4249") ? false : (stryCov_9fa48("4249"), true),
      changes: new Map(changes.map(stryMutAct_9fa48("4250") ? () => undefined : (stryCov_9fa48("4250"), change => stryMutAct_9fa48("4251") ? [] : (stryCov_9fa48("4251"), [change.keyId, change])))),
      recorded
    }), write);
  }
}

/** Runs a write from another source, and collects its changes in `changes`. */
export function duringForeignChanges<T>(changes: Map<string, KeyChange>, write: () => Promise<T>): Promise<T> {
  if (stryMutAct_9fa48("4252")) {
    {}
  } else {
    stryCov_9fa48("4252");
    return scopes.run(stryMutAct_9fa48("4253") ? {} : (stryCov_9fa48("4253"), {
      own: stryMutAct_9fa48("4254") ? true : (stryCov_9fa48("4254"), false),
      changes
    }), write);
  }
}

/** Whether this service is writing these keys right now. */
export function areOwnChanges(keyIds: readonly string[]): boolean {
  if (stryMutAct_9fa48("4255")) {
    {}
  } else {
    stryCov_9fa48("4255");
    const scope = scopes.getStore();
    return stryMutAct_9fa48("4258") ? scope?.own === true && keyIds.length > 0 || keyIds.every(id => scope.changes.has(id)) : stryMutAct_9fa48("4257") ? false : stryMutAct_9fa48("4256") ? true : (stryCov_9fa48("4256", "4257", "4258"), (stryMutAct_9fa48("4260") ? scope?.own === true || keyIds.length > 0 : stryMutAct_9fa48("4259") ? true : (stryCov_9fa48("4259", "4260"), (stryMutAct_9fa48("4262") ? scope?.own !== true : stryMutAct_9fa48("4261") ? true : (stryCov_9fa48("4261", "4262"), (stryMutAct_9fa48("4263") ? scope.own : (stryCov_9fa48("4263"), scope?.own)) === (stryMutAct_9fa48("4264") ? false : (stryCov_9fa48("4264"), true)))) && (stryMutAct_9fa48("4267") ? keyIds.length <= 0 : stryMutAct_9fa48("4266") ? keyIds.length >= 0 : stryMutAct_9fa48("4265") ? true : (stryCov_9fa48("4265", "4266", "4267"), keyIds.length > 0)))) && (stryMutAct_9fa48("4268") ? keyIds.some(id => scope.changes.has(id)) : (stryCov_9fa48("4268"), keyIds.every(stryMutAct_9fa48("4269") ? () => undefined : (stryCov_9fa48("4269"), id => scope.changes.has(id))))));
  }
}

/** Takes the rows of the audit trail about what is being written; `undefined` where their table does. */
export function recordedRows(): Row[] | undefined {
  if (stryMutAct_9fa48("4270")) {
    {}
  } else {
    stryCov_9fa48("4270");
    return stryMutAct_9fa48("4271") ? scopes.getStore().recorded : (stryCov_9fa48("4271"), scopes.getStore()?.recorded);
  }
}

/** The change of a key that is being written. */
export function changeOf(keyId: string): KeyChange | undefined {
  if (stryMutAct_9fa48("4272")) {
    {}
  } else {
    stryCov_9fa48("4272");
    return stryMutAct_9fa48("4273") ? scopes.getStore().changes.get(keyId) : (stryCov_9fa48("4273"), scopes.getStore()?.changes.get(keyId));
  }
}