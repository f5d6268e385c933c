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
import type { Authenticator } from '../auth/authenticator.ts';
import { requireSession } from '../auth/session-required.ts';
import { invalid } from '../base/errors.ts';
import { readJsonBody } from '../http/body.ts';
import type { EndpointRequest } from '../http/endpoint.ts';
import type { Exchange } from '../http/exchange.ts';
import type { RequestLimits } from '../http/limits.ts';
import type { Caller } from '../keys/mint/caller.ts';
import type { KeyService } from '../keys/service.ts';
export interface RestOptions {
  /** The path of the API, including the data API: `/api/v1`. */
  readonly basePath: string;
  readonly keys: KeyService;
  readonly authenticator: Authenticator;
  readonly limits: RequestLimits;
}

/**
 * Authenticates a request that changes a key, and reads its JSON object. Without a session, the body is
 * not read.
 *
 * @throws ServiceError
 */
export async function readChange(request: EndpointRequest, exchange: Exchange, {
  authenticator,
  limits
}: RestOptions): Promise<{
  readonly caller: Caller;
  readonly body: object;
}> {
  if (stryMutAct_9fa48("5587")) {
    {}
  } else {
    stryCov_9fa48("5587");
    const principal = requireSession(await exchange.during(stryMutAct_9fa48("5588") ? "" : (stryCov_9fa48("5588"), 'authenticate'), stryMutAct_9fa48("5589") ? () => undefined : (stryCov_9fa48("5589"), () => authenticator.authenticate(request))));
    const body = await readJsonBody(request, limits);
    if (stryMutAct_9fa48("5592") ? (typeof body !== 'object' || body === null) && Array.isArray(body) : stryMutAct_9fa48("5591") ? false : stryMutAct_9fa48("5590") ? true : (stryCov_9fa48("5590", "5591", "5592"), (stryMutAct_9fa48("5594") ? typeof body !== 'object' && body === null : stryMutAct_9fa48("5593") ? false : (stryCov_9fa48("5593", "5594"), (stryMutAct_9fa48("5596") ? typeof body === 'object' : stryMutAct_9fa48("5595") ? false : (stryCov_9fa48("5595", "5596"), typeof body !== (stryMutAct_9fa48("5597") ? "" : (stryCov_9fa48("5597"), 'object')))) || (stryMutAct_9fa48("5599") ? body !== null : stryMutAct_9fa48("5598") ? false : (stryCov_9fa48("5598", "5599"), body === null)))) || Array.isArray(body))) {
      if (stryMutAct_9fa48("5600")) {
        {}
      } else {
        stryCov_9fa48("5600");
        throw invalid(stryMutAct_9fa48("5601") ? [] : (stryCov_9fa48("5601"), [stryMutAct_9fa48("5602") ? {} : (stryCov_9fa48("5602"), {
          field: stryMutAct_9fa48("5603") ? "" : (stryCov_9fa48("5603"), 'body'),
          code: stryMutAct_9fa48("5604") ? "" : (stryCov_9fa48("5604"), 'invalid_type'),
          message: stryMutAct_9fa48("5605") ? "" : (stryCov_9fa48("5605"), 'The request body must be a JSON object, such as { "name": "CI" }.')
        })]));
      }
    }
    return stryMutAct_9fa48("5606") ? {} : (stryCov_9fa48("5606"), {
      caller: stryMutAct_9fa48("5607") ? {} : (stryCov_9fa48("5607"), {
        principal,
        request: exchange
      }),
      body
    });
  }
}