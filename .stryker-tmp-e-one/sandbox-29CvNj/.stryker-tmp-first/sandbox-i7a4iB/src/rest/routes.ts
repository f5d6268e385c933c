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
import { ServiceError } from '../base/errors.ts';

/** The routes at and below `/api/v1/keys`. */
const ROUTES = [{
  name: 'listKeys',
  method: 'GET',
  path: /^$/
}, {
  name: 'createKey',
  method: 'POST',
  path: /^$/
}, {
  name: 'updateKey',
  method: 'PATCH',
  path: /^\/(?!(?:openapi\.json|organization)$)(?<id>[^/]+)$/
}, {
  name: 'rotateKey',
  method: 'POST',
  path: /^\/(?<id>[^/]+)\/rotate$/
}, {
  name: 'listOrganizationKeys',
  method: 'GET',
  path: /^\/organization$/
}, {
  name: 'readPolicy',
  method: 'GET',
  path: /^\/organization\/policy$/
}, {
  name: 'updatePolicy',
  method: 'PATCH',
  path: /^\/organization\/policy$/
}, {
  name: 'revokeKeysOf',
  method: 'POST',
  path: /^\/organization\/owners\/(?<id>[^/]+)\/revoke$/
}, {
  name: 'describe',
  method: 'GET',
  path: /^\/openapi\.json$/
}] as const;
export type RouteName = typeof ROUTES[number]['name'];

/** The route of a request, with the id in its path if it has one. */
export interface FoundRoute {
  readonly name: RouteName;
  readonly id: string;
}

/** The methods at a path, in the form of `Allow` (RFC 9110 section 10.2.1); `undefined` if the path does not exist. */
export function methodsAt(below: string): string | undefined {
  if (stryMutAct_9fa48("5624")) {
    {}
  } else {
    stryCov_9fa48("5624");
    const methods = stryMutAct_9fa48("5625") ? ROUTES.map(({
      method
    }) => method) : (stryCov_9fa48("5625"), ROUTES.filter(stryMutAct_9fa48("5626") ? () => undefined : (stryCov_9fa48("5626"), ({
      path
    }) => path.test(below))).map(stryMutAct_9fa48("5627") ? () => undefined : (stryCov_9fa48("5627"), ({
      method
    }) => method)));
    if (stryMutAct_9fa48("5630") ? methods.length !== 0 : stryMutAct_9fa48("5629") ? false : stryMutAct_9fa48("5628") ? true : (stryCov_9fa48("5628", "5629", "5630"), methods.length === 0)) return undefined;
    // HEAD is GET without the body (RFC 9110 section 9.3.2).
    return (stryMutAct_9fa48("5631") ? [] : (stryCov_9fa48("5631"), [...methods.flatMap(stryMutAct_9fa48("5632") ? () => undefined : (stryCov_9fa48("5632"), method => (stryMutAct_9fa48("5635") ? method !== 'GET' : stryMutAct_9fa48("5634") ? false : stryMutAct_9fa48("5633") ? true : (stryCov_9fa48("5633", "5634", "5635"), method === (stryMutAct_9fa48("5636") ? "" : (stryCov_9fa48("5636"), 'GET')))) ? stryMutAct_9fa48("5637") ? [] : (stryCov_9fa48("5637"), [stryMutAct_9fa48("5638") ? "" : (stryCov_9fa48("5638"), 'GET'), stryMutAct_9fa48("5639") ? "" : (stryCov_9fa48("5639"), 'HEAD')]) : stryMutAct_9fa48("5640") ? [] : (stryCov_9fa48("5640"), [method]))), stryMutAct_9fa48("5641") ? "" : (stryCov_9fa48("5641"), 'OPTIONS')])).join(stryMutAct_9fa48("5642") ? "" : (stryCov_9fa48("5642"), ', '));
  }
}

/**
 * Finds the route of a request whose method is in {@link methodsAt}.
 *
 * @throws ServiceError `NOT_FOUND`
 */
export function routeAt(method: string, below: string): FoundRoute {
  if (stryMutAct_9fa48("5643")) {
    {}
  } else {
    stryCov_9fa48("5643");
    const asked = (stryMutAct_9fa48("5646") ? method !== 'HEAD' : stryMutAct_9fa48("5645") ? false : stryMutAct_9fa48("5644") ? true : (stryCov_9fa48("5644", "5645", "5646"), method === (stryMutAct_9fa48("5647") ? "" : (stryCov_9fa48("5647"), 'HEAD')))) ? stryMutAct_9fa48("5648") ? "" : (stryCov_9fa48("5648"), 'GET') : method;
    for (const route of ROUTES) {
      if (stryMutAct_9fa48("5649")) {
        {}
      } else {
        stryCov_9fa48("5649");
        const match = (stryMutAct_9fa48("5652") ? route.method !== asked : stryMutAct_9fa48("5651") ? false : stryMutAct_9fa48("5650") ? true : (stryCov_9fa48("5650", "5651", "5652"), route.method === asked)) ? route.path.exec(below) : null;
        if (stryMutAct_9fa48("5655") ? match === null : stryMutAct_9fa48("5654") ? false : stryMutAct_9fa48("5653") ? true : (stryCov_9fa48("5653", "5654", "5655"), match !== null)) return stryMutAct_9fa48("5656") ? {} : (stryCov_9fa48("5656"), {
          name: route.name,
          id: stryMutAct_9fa48("5657") ? match.groups?.['id'] && '' : (stryCov_9fa48("5657"), (stryMutAct_9fa48("5658") ? match.groups['id'] : (stryCov_9fa48("5658"), match.groups?.[stryMutAct_9fa48("5659") ? "" : (stryCov_9fa48("5659"), 'id')])) ?? (stryMutAct_9fa48("5660") ? "Stryker was here!" : (stryCov_9fa48("5660"), '')))
        });
      }
    }
    throw new ServiceError(stryMutAct_9fa48("5662") ? "" : (stryCov_9fa48("5662"), 'NOT_FOUND'));
  }
}