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
import type { ListQuery, Page } from '../keys/read/list.ts';
import type { ApiKeyStatus } from '../keys/record/api-key.ts';
import type { AuthenticatedContext, SessionContext } from './context.ts';
interface ListArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly status?: ApiKeyStatus | null | undefined;
  readonly search?: string | null | undefined;
  readonly expiresWithin?: string | null | undefined;
  readonly unusedFor?: string | null | undefined;
}

/** A page of the caller's keys. */
export function listApiKeys(args: ListArguments, {
  principal,
  keys
}: AuthenticatedContext): Promise<Page> {
  if (stryMutAct_9fa48("5081")) {
    {}
  } else {
    stryCov_9fa48("5081");
    return keys.list(principal, queryOf(args));
  }
}

/** A page of the keys of the caller's organization. */
export function listOrganizationKeys({
  ownerId,
  ...args
}: ListArguments & {
  readonly ownerId?: string | null | undefined;
}, {
  principal,
  keys
}: SessionContext): Promise<Page> {
  if (stryMutAct_9fa48("5082")) {
    {}
  } else {
    stryCov_9fa48("5082");
    return keys.organization.list(principal, stryMutAct_9fa48("5083") ? {} : (stryCov_9fa48("5083"), {
      ...queryOf(args),
      ownerId: stryMutAct_9fa48("5084") ? ownerId && undefined : (stryCov_9fa48("5084"), ownerId ?? undefined)
    }));
  }
}
function queryOf({
  first,
  after,
  status,
  search,
  expiresWithin,
  unusedFor
}: ListArguments): ListQuery {
  if (stryMutAct_9fa48("5085")) {
    {}
  } else {
    stryCov_9fa48("5085");
    return stryMutAct_9fa48("5086") ? {} : (stryCov_9fa48("5086"), {
      first: stryMutAct_9fa48("5087") ? first && undefined : (stryCov_9fa48("5087"), first ?? undefined),
      after: stryMutAct_9fa48("5088") ? after && undefined : (stryCov_9fa48("5088"), after ?? undefined),
      status: stryMutAct_9fa48("5089") ? status && undefined : (stryCov_9fa48("5089"), status ?? undefined),
      search: stryMutAct_9fa48("5090") ? search && undefined : (stryCov_9fa48("5090"), search ?? undefined),
      expiresWithin: stryMutAct_9fa48("5091") ? expiresWithin && undefined : (stryCov_9fa48("5091"), expiresWithin ?? undefined),
      unusedFor: stryMutAct_9fa48("5092") ? unusedFor && undefined : (stryCov_9fa48("5092"), unusedFor ?? undefined)
    });
  }
}