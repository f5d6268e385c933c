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
import { API_KEY_PREFIX } from '@objectstack/core';

/** The credential in the headers of a request, not verified yet. */
export type Credential = {
  readonly kind: 'apiKey';
  readonly raw: string;
} | {
  readonly kind: 'bearer';
  readonly token: string;
} | {
  readonly kind: 'cookie';
  readonly header: string;
}
/** The request has no credential. */ | {
  readonly kind: 'none';
}
/** The credential is malformed or can be read in several ways: it is rejected. */ | {
  readonly kind: 'ambiguous';
};

/** RFC 6750 section 2.1 `b64token`, plus `%`, because better-auth URL-encodes its signed tokens. */
const BEARER = stryMutAct_9fa48("111") ? /^Bearer +([A-Za-z0-9\-._~+/%]+=)$/i : stryMutAct_9fa48("110") ? /^Bearer +([^A-Za-z0-9\-._~+/%]+=*)$/i : stryMutAct_9fa48("109") ? /^Bearer +([A-Za-z0-9\-._~+/%]=*)$/i : stryMutAct_9fa48("108") ? /^Bearer ([A-Za-z0-9\-._~+/%]+=*)$/i : stryMutAct_9fa48("107") ? /^Bearer +([A-Za-z0-9\-._~+/%]+=*)/i : stryMutAct_9fa48("106") ? /Bearer +([A-Za-z0-9\-._~+/%]+=*)$/i : (stryCov_9fa48("106", "107", "108", "109", "110", "111"), /^Bearer +([A-Za-z0-9\-._~+/%]+=*)$/i);
/** The platform's own scheme for keys. */
const API_KEY = stryMutAct_9fa48("116") ? /^ApiKey +([^\x21-\x2b\x2d-\x7e]+)$/i : stryMutAct_9fa48("115") ? /^ApiKey +([\x21-\x2b\x2d-\x7e])$/i : stryMutAct_9fa48("114") ? /^ApiKey ([\x21-\x2b\x2d-\x7e]+)$/i : stryMutAct_9fa48("113") ? /^ApiKey +([\x21-\x2b\x2d-\x7e]+)/i : stryMutAct_9fa48("112") ? /ApiKey +([\x21-\x2b\x2d-\x7e]+)$/i : (stryCov_9fa48("112", "113", "114", "115", "116"), /^ApiKey +([\x21-\x2b\x2d-\x7e]+)$/i);
/** Visible ASCII without the comma: HTTP libraries join a header that was sent twice with a comma. */
const HEADER_TOKEN = stryMutAct_9fa48("120") ? /^[^\x21-\x2b\x2d-\x7e]+$/ : stryMutAct_9fa48("119") ? /^[\x21-\x2b\x2d-\x7e]$/ : stryMutAct_9fa48("118") ? /^[\x21-\x2b\x2d-\x7e]+/ : stryMutAct_9fa48("117") ? /[\x21-\x2b\x2d-\x7e]+$/ : (stryCov_9fa48("117", "118", "119", "120"), /^[\x21-\x2b\x2d-\x7e]+$/);

/**
 * Reads the credential of a request, with the platform's precedence: an API key outranks a session,
 * and a bearer token outranks a cookie. Where the platform guesses (a header that was sent twice, an
 * unknown scheme, an empty key), this rejects the request.
 *
 * @param header the value of a header by its lower-case name; `null` when absent, joined by `", "` when sent twice.
 */
export function readCredential(header: (name: string) => string | null): Credential {
  if (stryMutAct_9fa48("121")) {
    {}
  } else {
    stryCov_9fa48("121");
    const authorization = stryMutAct_9fa48("122") ? header('authorization')?.trim() && null : (stryCov_9fa48("122"), (stryMutAct_9fa48("124") ? header('authorization').trim() : stryMutAct_9fa48("123") ? header('authorization') : (stryCov_9fa48("123", "124"), header(stryMutAct_9fa48("125") ? "" : (stryCov_9fa48("125"), 'authorization'))?.trim())) ?? null);
    const xApiKey = stryMutAct_9fa48("126") ? header('x-api-key')?.trim() && null : (stryCov_9fa48("126"), (stryMutAct_9fa48("128") ? header('x-api-key').trim() : stryMutAct_9fa48("127") ? header('x-api-key') : (stryCov_9fa48("127", "128"), header(stryMutAct_9fa48("129") ? "" : (stryCov_9fa48("129"), 'x-api-key'))?.trim())) ?? null);
    const authorizationKey = (stryMutAct_9fa48("132") ? authorization !== null : stryMutAct_9fa48("131") ? false : stryMutAct_9fa48("130") ? true : (stryCov_9fa48("130", "131", "132"), authorization === null)) ? undefined : keyInAuthorization(authorization);
    if (stryMutAct_9fa48("135") ? xApiKey === null : stryMutAct_9fa48("134") ? false : stryMutAct_9fa48("133") ? true : (stryCov_9fa48("133", "134", "135"), xApiKey !== null)) {
      if (stryMutAct_9fa48("136")) {
        {}
      } else {
        stryCov_9fa48("136");
        if (stryMutAct_9fa48("139") ? false : stryMutAct_9fa48("138") ? true : stryMutAct_9fa48("137") ? HEADER_TOKEN.test(xApiKey) : (stryCov_9fa48("137", "138", "139"), !HEADER_TOKEN.test(xApiKey))) return stryMutAct_9fa48("140") ? {} : (stryCov_9fa48("140"), {
          kind: stryMutAct_9fa48("141") ? "" : (stryCov_9fa48("141"), 'ambiguous')
        });
        if (stryMutAct_9fa48("144") ? authorizationKey !== undefined || authorizationKey !== xApiKey : stryMutAct_9fa48("143") ? false : stryMutAct_9fa48("142") ? true : (stryCov_9fa48("142", "143", "144"), (stryMutAct_9fa48("146") ? authorizationKey === undefined : stryMutAct_9fa48("145") ? true : (stryCov_9fa48("145", "146"), authorizationKey !== undefined)) && (stryMutAct_9fa48("148") ? authorizationKey === xApiKey : stryMutAct_9fa48("147") ? true : (stryCov_9fa48("147", "148"), authorizationKey !== xApiKey)))) return stryMutAct_9fa48("149") ? {} : (stryCov_9fa48("149"), {
          kind: stryMutAct_9fa48("150") ? "" : (stryCov_9fa48("150"), 'ambiguous')
        });
        return stryMutAct_9fa48("151") ? {} : (stryCov_9fa48("151"), {
          kind: stryMutAct_9fa48("152") ? "" : (stryCov_9fa48("152"), 'apiKey'),
          raw: xApiKey
        });
      }
    }
    if (stryMutAct_9fa48("155") ? authorizationKey === undefined : stryMutAct_9fa48("154") ? false : stryMutAct_9fa48("153") ? true : (stryCov_9fa48("153", "154", "155"), authorizationKey !== undefined)) return stryMutAct_9fa48("156") ? {} : (stryCov_9fa48("156"), {
      kind: stryMutAct_9fa48("157") ? "" : (stryCov_9fa48("157"), 'apiKey'),
      raw: authorizationKey
    });
    if (stryMutAct_9fa48("160") ? authorization === null : stryMutAct_9fa48("159") ? false : stryMutAct_9fa48("158") ? true : (stryCov_9fa48("158", "159", "160"), authorization !== null)) {
      if (stryMutAct_9fa48("161")) {
        {}
      } else {
        stryCov_9fa48("161");
        const token = stryMutAct_9fa48("162") ? BEARER.exec(authorization)[1] : (stryCov_9fa48("162"), BEARER.exec(authorization)?.[1]);
        return (stryMutAct_9fa48("165") ? token !== undefined : stryMutAct_9fa48("164") ? false : stryMutAct_9fa48("163") ? true : (stryCov_9fa48("163", "164", "165"), token === undefined)) ? stryMutAct_9fa48("166") ? {} : (stryCov_9fa48("166"), {
          kind: stryMutAct_9fa48("167") ? "" : (stryCov_9fa48("167"), 'ambiguous')
        }) : stryMutAct_9fa48("168") ? {} : (stryCov_9fa48("168"), {
          kind: stryMutAct_9fa48("169") ? "" : (stryCov_9fa48("169"), 'bearer'),
          token
        });
      }
    }
    const cookie = header(stryMutAct_9fa48("170") ? "" : (stryCov_9fa48("170"), 'cookie'));
    return (stryMutAct_9fa48("173") ? cookie !== null : stryMutAct_9fa48("172") ? false : stryMutAct_9fa48("171") ? true : (stryCov_9fa48("171", "172", "173"), cookie === null)) ? stryMutAct_9fa48("174") ? {} : (stryCov_9fa48("174"), {
      kind: stryMutAct_9fa48("175") ? "" : (stryCov_9fa48("175"), 'none')
    }) : stryMutAct_9fa48("176") ? {} : (stryCov_9fa48("176"), {
      kind: stryMutAct_9fa48("177") ? "" : (stryCov_9fa48("177"), 'cookie'),
      header: cookie
    });
  }
}
function keyInAuthorization(authorization: string): string | undefined {
  if (stryMutAct_9fa48("178")) {
    {}
  } else {
    stryCov_9fa48("178");
    const apiKey = stryMutAct_9fa48("179") ? API_KEY.exec(authorization)[1] : (stryCov_9fa48("179"), API_KEY.exec(authorization)?.[1]);
    if (stryMutAct_9fa48("182") ? apiKey === undefined : stryMutAct_9fa48("181") ? false : stryMutAct_9fa48("180") ? true : (stryCov_9fa48("180", "181", "182"), apiKey !== undefined)) return apiKey;
    const bearer = stryMutAct_9fa48("183") ? BEARER.exec(authorization)[1] : (stryCov_9fa48("183"), BEARER.exec(authorization)?.[1]);
    return (stryMutAct_9fa48("185") ? bearer.startsWith(API_KEY_PREFIX) : stryMutAct_9fa48("184") ? bearer?.endsWith(API_KEY_PREFIX) : (stryCov_9fa48("184", "185"), bearer?.startsWith(API_KEY_PREFIX))) ? bearer : undefined;
  }
}