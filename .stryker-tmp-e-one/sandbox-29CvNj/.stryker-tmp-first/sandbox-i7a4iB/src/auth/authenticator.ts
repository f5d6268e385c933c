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
import { ERRORS, ServiceError } from '../base/errors.ts';
import type { EndpointRequest } from '../http/endpoint.ts';
import type { TrustedOrigins } from '../http/origins.ts';
import type { ApiKeys } from './api-key.ts';
import { cookieCounts } from './cookie-origin.ts';
import { type Credential, readCredential } from './credential.ts';
import type { Principal } from './principal.ts';
import type { Sessions } from './session.ts';

/** What to do about each kind of credential. Why it failed is the same for all of a kind: it tells nothing of a key. */
const NOT_ACCEPTED: Readonly<Record<Credential['kind'], string>> = stryMutAct_9fa48("9") ? {} : (stryCov_9fa48("9"), {
  apiKey: (stryMutAct_9fa48("10") ? "" : (stryCov_9fa48("10"), 'This API key does not work: it is unknown, revoked or expired, its owner has left, or it may not be used from ')) + (stryMutAct_9fa48("11") ? "" : (stryCov_9fa48("11"), 'this network. Use another key, or sign in.')),
  bearer: stryMutAct_9fa48("12") ? "" : (stryCov_9fa48("12"), 'This session has ended, or belongs to another server. Sign in again.'),
  cookie: stryMutAct_9fa48("13") ? "" : (stryCov_9fa48("13"), 'The session cookie is invalid or has expired. Sign in again.'),
  none: ERRORS.UNAUTHENTICATED.message,
  ambiguous: stryMutAct_9fa48("14") ? "" : (stryCov_9fa48("14"), 'The credential is malformed or there is more than one. Send one: a session token as "Authorization: Bearer …", or an API key as "x-api-key: …".')
});

/** Authenticates a request from its method and headers. Both endpoints use it. */
export class Authenticator {
  readonly #sessions: Sessions;
  readonly #apiKeys: ApiKeys;
  readonly #origins: TrustedOrigins;
  constructor(sessions: Sessions, apiKeys: ApiKeys, origins: TrustedOrigins) {
    if (stryMutAct_9fa48("15")) {
      {}
    } else {
      stryCov_9fa48("15");
      this.#sessions = sessions;
      this.#apiKeys = apiKeys;
      this.#origins = origins;
    }
  }

  /**
   * The principal of a request. A credential that fails is not retried as another kind: a
   * request with a revoked API key and a valid cookie is rejected.
   *
   * @throws ServiceError `UNAUTHENTICATED`, `SERVICE_UNAVAILABLE`, or `FORBIDDEN` if a sign-in policy
   *   blocks the person or a page that is not trusted sent the session cookie.
   */
  async authenticate(request: Pick<EndpointRequest, 'method' | 'headers'>): Promise<Principal> {
    if (stryMutAct_9fa48("16")) {
      {}
    } else {
      stryCov_9fa48("16");
      const credential = readCredential(stryMutAct_9fa48("17") ? () => undefined : (stryCov_9fa48("17"), name => request.headers.get(name)));
      // Before the look-up, so that an untrusted page cannot learn from the response whether the person is signed in.
      if (stryMutAct_9fa48("20") ? credential.kind === 'cookie' || !cookieCounts(request, this.#origins) : stryMutAct_9fa48("19") ? false : stryMutAct_9fa48("18") ? true : (stryCov_9fa48("18", "19", "20"), (stryMutAct_9fa48("22") ? credential.kind !== 'cookie' : stryMutAct_9fa48("21") ? true : (stryCov_9fa48("21", "22"), credential.kind === (stryMutAct_9fa48("23") ? "" : (stryCov_9fa48("23"), 'cookie')))) && (stryMutAct_9fa48("24") ? cookieCounts(request, this.#origins) : (stryCov_9fa48("24"), !cookieCounts(request, this.#origins))))) {
        if (stryMutAct_9fa48("25")) {
          {}
        } else {
          stryCov_9fa48("25");
          throw new ServiceError(stryMutAct_9fa48("27") ? "" : (stryCov_9fa48("27"), 'FORBIDDEN'), stryMutAct_9fa48("28") ? {} : (stryCov_9fa48("28"), {
            message: (stryMutAct_9fa48("29") ? "" : (stryCov_9fa48("29"), 'A session cookie is accepted only from a trusted origin (BASE_URL and TRUSTED_ORIGINS). Ask the operator to ')) + (stryMutAct_9fa48("30") ? "" : (stryCov_9fa48("30"), 'trust the origin of this page, or send the session token as "Authorization: Bearer …".'))
          }));
        }
      }
      const principal = await this.#resolve(credential);
      if (stryMutAct_9fa48("33") ? principal !== undefined : stryMutAct_9fa48("32") ? false : stryMutAct_9fa48("31") ? true : (stryCov_9fa48("31", "32", "33"), principal === undefined)) {
        if (stryMutAct_9fa48("34")) {
          {}
        } else {
          stryCov_9fa48("34");
          throw new ServiceError(stryMutAct_9fa48("36") ? "" : (stryCov_9fa48("36"), 'UNAUTHENTICATED'), stryMutAct_9fa48("37") ? {} : (stryCov_9fa48("37"), {
            message: NOT_ACCEPTED[credential.kind],
            // RFC 9110 section 15.5.2: a 401 names an accepted scheme.
            headers: stryMutAct_9fa48("38") ? {} : (stryCov_9fa48("38"), {
              'WWW-Authenticate': stryMutAct_9fa48("39") ? "" : (stryCov_9fa48("39"), 'Bearer realm="ObjectStack"')
            })
          }));
        }
      }
      return principal;
    }
  }
  async #resolve(credential: ReturnType<typeof readCredential>): Promise<Principal | undefined> {
    if (stryMutAct_9fa48("40")) {
      {}
    } else {
      stryCov_9fa48("40");
      switch (credential.kind) {
        case stryMutAct_9fa48("42") ? "" : (stryCov_9fa48("42"), 'apiKey'):
          if (stryMutAct_9fa48("41")) {} else {
            stryCov_9fa48("41");
            return this.#apiKeys.resolve(credential.raw);
          }
        case stryMutAct_9fa48("44") ? "" : (stryCov_9fa48("44"), 'bearer'):
          if (stryMutAct_9fa48("43")) {} else {
            stryCov_9fa48("43");
            return this.#sessions.fromBearer(credential.token);
          }
        case stryMutAct_9fa48("46") ? "" : (stryCov_9fa48("46"), 'cookie'):
          if (stryMutAct_9fa48("45")) {} else {
            stryCov_9fa48("45");
            return this.#sessions.fromCookie(credential.header);
          }
        case stryMutAct_9fa48("47") ? "" : (stryCov_9fa48("47"), 'none'):
        case stryMutAct_9fa48("49") ? "" : (stryCov_9fa48("49"), 'ambiguous'):
          if (stryMutAct_9fa48("48")) {} else {
            stryCov_9fa48("48");
            return undefined;
          }
      }
    }
  }
}