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
import type { RequestScope } from '../../http/request-scope.ts';
import type { ApiKeyDoor } from '../record/api-key-detail.ts';

/** The first part of the path below the base path of the platform's routes. */
const VIA_BY_PATH: Readonly<Record<string, ApiKeyDoor>> = stryMutAct_9fa48("987") ? {} : (stryCov_9fa48("987"), {
  data: stryMutAct_9fa48("988") ? "" : (stryCov_9fa48("988"), 'DATA'),
  batch: stryMutAct_9fa48("989") ? "" : (stryCov_9fa48("989"), 'DATA'),
  mcp: stryMutAct_9fa48("990") ? "" : (stryCov_9fa48("990"), 'MCP'),
  graphql: stryMutAct_9fa48("991") ? "" : (stryCov_9fa48("991"), 'GRAPHQL')
});

/**
 * The kind of route that a request uses, for display only.
 *
 * @param basePath the prefix of the platform's routes, such as `/api/v1`.
 */
export function usedVia({
  url
}: Pick<RequestScope, 'url'>, basePath: string): ApiKeyDoor {
  if (stryMutAct_9fa48("992")) {
    {}
  } else {
    stryCov_9fa48("992");
    const path = pathOf(url);
    if (stryMutAct_9fa48("995") ? false : stryMutAct_9fa48("994") ? true : stryMutAct_9fa48("993") ? path.startsWith(`${basePath}/`) : (stryCov_9fa48("993", "994", "995"), !(stryMutAct_9fa48("996") ? path.endsWith(`${basePath}/`) : (stryCov_9fa48("996"), path.startsWith(stryMutAct_9fa48("997") ? `` : (stryCov_9fa48("997"), `${basePath}/`)))))) return stryMutAct_9fa48("998") ? "" : (stryCov_9fa48("998"), 'OTHER');
    // The platform also serves most of its routes below an environment.
    const below = stryMutAct_9fa48("999") ? path.replace(/^\/environments\/[^/]+(?=\/)/, '') : (stryCov_9fa48("999"), path.slice(basePath.length).replace(stryMutAct_9fa48("1003") ? /^\/environments\/[^/]+(?!\/)/ : stryMutAct_9fa48("1002") ? /^\/environments\/[/]+(?=\/)/ : stryMutAct_9fa48("1001") ? /^\/environments\/[^/](?=\/)/ : stryMutAct_9fa48("1000") ? /\/environments\/[^/]+(?=\/)/ : (stryCov_9fa48("1000", "1001", "1002", "1003"), /^\/environments\/[^/]+(?=\/)/), stryMutAct_9fa48("1004") ? "Stryker was here!" : (stryCov_9fa48("1004"), '')));
    return stryMutAct_9fa48("1005") ? VIA_BY_PATH[below.split('/')[1] ?? ''] && 'OTHER' : (stryCov_9fa48("1005"), VIA_BY_PATH[stryMutAct_9fa48("1006") ? below.split('/')[1] && '' : (stryCov_9fa48("1006"), below.split(stryMutAct_9fa48("1007") ? "" : (stryCov_9fa48("1007"), '/'))[1] ?? (stryMutAct_9fa48("1008") ? "Stryker was here!" : (stryCov_9fa48("1008"), '')))] ?? (stryMutAct_9fa48("1009") ? "" : (stryCov_9fa48("1009"), 'OTHER')));
  }
}
function pathOf(url: string): string {
  if (stryMutAct_9fa48("1010")) {
    {}
  } else {
    stryCov_9fa48("1010");
    const {
      pathname
    } = new URL(url, stryMutAct_9fa48("1011") ? "" : (stryCov_9fa48("1011"), 'http://localhost'));
    try {
      if (stryMutAct_9fa48("1012")) {
        {}
      } else {
        stryCov_9fa48("1012");
        return decodeURI(pathname);
      }
    } catch {
      if (stryMutAct_9fa48("1013")) {
        {}
      } else {
        stryCov_9fa48("1013");
        return pathname;
      }
    }
  }
}