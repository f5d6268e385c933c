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
import { currentRequest, type RequestScope } from '../../http/request-scope.ts';
import { carriesApiKey } from './carries-api-key.ts';

/** The verified key of a request. */
export interface AdmittedKey {
  /** `sys_api_key.id`. */
  readonly id: string;
  /** The first characters of the secret, to tell keys apart. */
  readonly prefix: string;
  /** `sys_user.id` of the owner. */
  readonly ownerId: string;
  /** The organization of the key. */
  readonly organizationId: string | undefined;
  /** The stored scopes, whether the owner holds them or not. If they are unreadable, the key must be allowed nothing. */
  readonly scopes: readonly string[] | 'unreadable';
}
interface KeyState {
  readonly presented: boolean;
  admitted: AdmittedKey | undefined;
}
const states = new WeakMap<RequestScope, KeyState>();

/** The verified key of the current request; `undefined` before verification. */
export function currentKey(): AdmittedKey | undefined {
  if (stryMutAct_9fa48("686")) {
    {}
  } else {
    stryCov_9fa48("686");
    return stryMutAct_9fa48("687") ? stateOf(currentRequest()).admitted : (stryCov_9fa48("687"), stateOf(currentRequest())?.admitted);
  }
}

/**
 * Whether the current request contains an API key, verified or not. Use this to close something to keys: a
 * request with a key that is not verified yet must not be treated like one with a session.
 */
export function requestCarriesKey(): boolean {
  if (stryMutAct_9fa48("688")) {
    {}
  } else {
    stryCov_9fa48("688");
    const state = stateOf(currentRequest());
    return stryMutAct_9fa48("691") ? state !== undefined || state.presented || state.admitted !== undefined : stryMutAct_9fa48("690") ? false : stryMutAct_9fa48("689") ? true : (stryCov_9fa48("689", "690", "691"), (stryMutAct_9fa48("693") ? state === undefined : stryMutAct_9fa48("692") ? true : (stryCov_9fa48("692", "693"), state !== undefined)) && (stryMutAct_9fa48("695") ? state.presented && state.admitted !== undefined : stryMutAct_9fa48("694") ? true : (stryCov_9fa48("694", "695"), state.presented || (stryMutAct_9fa48("697") ? state.admitted === undefined : stryMutAct_9fa48("696") ? false : (stryCov_9fa48("696", "697"), state.admitted !== undefined)))));
  }
}

/**
 * Records the verified key of the current request. Outside of a request, it does nothing.
 *
 * @returns whether the request may continue: it must not contain two different keys.
 */
export function recordAdmittedKey(key: AdmittedKey): boolean {
  if (stryMutAct_9fa48("698")) {
    {}
  } else {
    stryCov_9fa48("698");
    const state = stateOf(currentRequest());
    if (stryMutAct_9fa48("701") ? state !== undefined : stryMutAct_9fa48("700") ? false : stryMutAct_9fa48("699") ? true : (stryCov_9fa48("699", "700", "701"), state === undefined)) return stryMutAct_9fa48("702") ? false : (stryCov_9fa48("702"), true);
    if (stryMutAct_9fa48("705") ? state.admitted !== undefined || state.admitted.id !== key.id : stryMutAct_9fa48("704") ? false : stryMutAct_9fa48("703") ? true : (stryCov_9fa48("703", "704", "705"), (stryMutAct_9fa48("707") ? state.admitted === undefined : stryMutAct_9fa48("706") ? true : (stryCov_9fa48("706", "707"), state.admitted !== undefined)) && (stryMutAct_9fa48("709") ? state.admitted.id === key.id : stryMutAct_9fa48("708") ? true : (stryCov_9fa48("708", "709"), state.admitted.id !== key.id)))) return stryMutAct_9fa48("710") ? true : (stryCov_9fa48("710"), false);
    state.admitted = key;
    return stryMutAct_9fa48("711") ? false : (stryCov_9fa48("711"), true);
  }
}

/** For transports without HTTP headers, such as MCP over stdio. */
export function presentKey(scope: RequestScope): RequestScope {
  if (stryMutAct_9fa48("712")) {
    {}
  } else {
    stryCov_9fa48("712");
    states.set(scope, stryMutAct_9fa48("714") ? {} : (stryCov_9fa48("714"), {
      presented: stryMutAct_9fa48("715") ? false : (stryCov_9fa48("715"), true),
      admitted: undefined
    }));
    return scope;
  }
}
function stateOf(scope: RequestScope | undefined): KeyState | undefined {
  if (stryMutAct_9fa48("716")) {
    {}
  } else {
    stryCov_9fa48("716");
    if (stryMutAct_9fa48("719") ? scope !== undefined : stryMutAct_9fa48("718") ? false : stryMutAct_9fa48("717") ? true : (stryCov_9fa48("717", "718", "719"), scope === undefined)) return undefined;
    let state = states.get(scope);
    if (stryMutAct_9fa48("722") ? state !== undefined : stryMutAct_9fa48("721") ? false : stryMutAct_9fa48("720") ? true : (stryCov_9fa48("720", "721", "722"), state === undefined)) {
      if (stryMutAct_9fa48("723")) {
        {}
      } else {
        stryCov_9fa48("723");
        state = stryMutAct_9fa48("724") ? {} : (stryCov_9fa48("724"), {
          presented: carriesApiKey(scope.headers),
          admitted: undefined
        });
        if (stryMutAct_9fa48("725")) {
          ;
        } else {
          stryCov_9fa48("725");
          states.set(scope, state);
        }
      }
    }
    return state;
  }
}