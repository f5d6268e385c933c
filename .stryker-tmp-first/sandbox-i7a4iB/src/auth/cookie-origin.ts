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
import type { EndpointRequest } from '../http/endpoint.ts';
import type { TrustedOrigins } from '../http/origins.ts';

/**
 * Whether to accept the session cookie of a request. A browser attaches the cookie to requests from
 * any page (cross-site request forgery), so the request must prove that a trusted page sent it:
 *
 * - `Origin`, which browsers put on every request that is not a GET and on every CORS request, must
 *   be a trusted origin. A page cannot set, remove or forge it; a sandboxed one sends `null`.
 * - Without it, `Sec-Fetch-Site` must say `same-origin`, or `none` (typed into the address bar) for a
 *   request that changes nothing. `same-site` is not enough: a sibling domain is not trusted.
 * - Without both, a `Referer` must have a trusted origin.
 * - With none of the three, a POST cannot come from a browser: it comes from a program, such as curl,
 *   that holds the cookie itself. A GET could come from a browser (an image on a plain http page, in a
 *   browser that sends `Sec-Fetch-*` only to secure URLs), so it is rejected.
 *
 * This does not apply to bearer tokens and API keys: browsers do not attach them by themselves.
 */
export function cookieCounts({
  method,
  headers
}: Pick<EndpointRequest, 'method' | 'headers'>, origins: TrustedOrigins): boolean {
  if (stryMutAct_9fa48("69")) {
    {}
  } else {
    stryCov_9fa48("69");
    const origin = headers.get(stryMutAct_9fa48("70") ? "" : (stryCov_9fa48("70"), 'origin'));
    if (stryMutAct_9fa48("73") ? origin === null : stryMutAct_9fa48("72") ? false : stryMutAct_9fa48("71") ? true : (stryCov_9fa48("71", "72", "73"), origin !== null)) return origins.has(origin);
    const safe = stryMutAct_9fa48("76") ? method === 'GET' && method === 'HEAD' : stryMutAct_9fa48("75") ? false : stryMutAct_9fa48("74") ? true : (stryCov_9fa48("74", "75", "76"), (stryMutAct_9fa48("78") ? method !== 'GET' : stryMutAct_9fa48("77") ? false : (stryCov_9fa48("77", "78"), method === (stryMutAct_9fa48("79") ? "" : (stryCov_9fa48("79"), 'GET')))) || (stryMutAct_9fa48("81") ? method !== 'HEAD' : stryMutAct_9fa48("80") ? false : (stryCov_9fa48("80", "81"), method === (stryMutAct_9fa48("82") ? "" : (stryCov_9fa48("82"), 'HEAD')))));
    const site = headers.get(stryMutAct_9fa48("83") ? "" : (stryCov_9fa48("83"), 'sec-fetch-site'));
    if (stryMutAct_9fa48("86") ? site === null : stryMutAct_9fa48("85") ? false : stryMutAct_9fa48("84") ? true : (stryCov_9fa48("84", "85", "86"), site !== null)) return stryMutAct_9fa48("89") ? site === 'same-origin' && site === 'none' && safe : stryMutAct_9fa48("88") ? false : stryMutAct_9fa48("87") ? true : (stryCov_9fa48("87", "88", "89"), (stryMutAct_9fa48("91") ? site !== 'same-origin' : stryMutAct_9fa48("90") ? false : (stryCov_9fa48("90", "91"), site === (stryMutAct_9fa48("92") ? "" : (stryCov_9fa48("92"), 'same-origin')))) || (stryMutAct_9fa48("94") ? site === 'none' || safe : stryMutAct_9fa48("93") ? false : (stryCov_9fa48("93", "94"), (stryMutAct_9fa48("96") ? site !== 'none' : stryMutAct_9fa48("95") ? true : (stryCov_9fa48("95", "96"), site === (stryMutAct_9fa48("97") ? "" : (stryCov_9fa48("97"), 'none')))) && safe)));
    const referer = headers.get(stryMutAct_9fa48("98") ? "" : (stryCov_9fa48("98"), 'referer'));
    if (stryMutAct_9fa48("101") ? referer === null : stryMutAct_9fa48("100") ? false : stryMutAct_9fa48("99") ? true : (stryCov_9fa48("99", "100", "101"), referer !== null)) return stryMutAct_9fa48("104") ? URL.canParse(referer) || origins.has(new URL(referer).origin) : stryMutAct_9fa48("103") ? false : stryMutAct_9fa48("102") ? true : (stryCov_9fa48("102", "103", "104"), URL.canParse(referer) && origins.has(new URL(referer).origin));
    return stryMutAct_9fa48("105") ? safe : (stryCov_9fa48("105"), !safe);
  }
}