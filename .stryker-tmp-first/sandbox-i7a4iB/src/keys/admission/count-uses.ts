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
import type { MiddlewareEngine } from '../../platform/middleware.ts';
import type { KeyOperation } from '../record/api-key-usage.ts';
import { currentKey } from './current-key.ts';
import type { KeyUses } from './key-uses.ts';
const OPERATIONS: Readonly<Record<string, KeyOperation>> = stryMutAct_9fa48("660") ? {} : (stryCov_9fa48("660"), {
  find: stryMutAct_9fa48("661") ? "" : (stryCov_9fa48("661"), 'READ'),
  findOne: stryMutAct_9fa48("662") ? "" : (stryCov_9fa48("662"), 'READ'),
  count: stryMutAct_9fa48("663") ? "" : (stryCov_9fa48("663"), 'READ'),
  aggregate: stryMutAct_9fa48("664") ? "" : (stryCov_9fa48("664"), 'READ'),
  insert: stryMutAct_9fa48("665") ? "" : (stryCov_9fa48("665"), 'CREATE'),
  update: stryMutAct_9fa48("666") ? "" : (stryCov_9fa48("666"), 'EDIT'),
  delete: stryMutAct_9fa48("667") ? "" : (stryCov_9fa48("667"), 'DELETE')
});

/**
 * Counts the operations of keys at the data engine that the rights of the owner and the scopes of the key
 * decide. Rejected operations do not count, nor do operations of the system itself. Register this before
 * other middlewares, so that it wraps them.
 */
export function countUses(engine: MiddlewareEngine, uses: Pick<KeyUses, 'note'>): void {
  if (stryMutAct_9fa48("668")) {
    {}
  } else {
    stryCov_9fa48("668");
    engine.registerMiddleware(async (operation, next) => {
      if (stryMutAct_9fa48("670")) {
        {}
      } else {
        stryCov_9fa48("670");
        await next();
        const {
          context
        } = operation;
        if (stryMutAct_9fa48("673") ? context?.userId === undefined && context.isSystem === true : stryMutAct_9fa48("672") ? false : stryMutAct_9fa48("671") ? true : (stryCov_9fa48("671", "672", "673"), (stryMutAct_9fa48("675") ? context?.userId !== undefined : stryMutAct_9fa48("674") ? false : (stryCov_9fa48("674", "675"), (stryMutAct_9fa48("676") ? context.userId : (stryCov_9fa48("676"), context?.userId)) === undefined)) || (stryMutAct_9fa48("678") ? context.isSystem !== true : stryMutAct_9fa48("677") ? false : (stryCov_9fa48("677", "678"), context.isSystem === (stryMutAct_9fa48("679") ? false : (stryCov_9fa48("679"), true)))))) return;
        const key = currentKey();
        if (stryMutAct_9fa48("682") ? key === undefined : stryMutAct_9fa48("681") ? false : stryMutAct_9fa48("680") ? true : (stryCov_9fa48("680", "681", "682"), key !== undefined)) uses.note(key.id, operation.object, stryMutAct_9fa48("684") ? OPERATIONS[operation.operation] && 'OTHER' : (stryCov_9fa48("684"), OPERATIONS[operation.operation] ?? (stryMutAct_9fa48("685") ? "" : (stryCov_9fa48("685"), 'OTHER'))));
      }
    });
  }
}