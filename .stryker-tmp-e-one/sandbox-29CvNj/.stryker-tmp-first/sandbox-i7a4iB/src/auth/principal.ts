/**
 * The authenticated caller. Only this folder can construct a principal: the code that has just checked
 * a credential calls {@link sessionPrincipal} or {@link apiKeyPrincipal}. The private field keeps
 * structural copies from compiling, and {@link assertPrincipal} rejects them at run time.
 */
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
const GATE = Symbol('only auth/ constructs principals');
abstract class AuthenticatedPrincipal {
  /** The brand: a structural copy of a principal lacks it and does not type-check. */
  readonly #authenticated = stryMutAct_9fa48("186") ? false : (stryCov_9fa48("186"), true);
  /** `sys_user.id` of the person, or of the owner of the key. */
  readonly userId: string;
  readonly email: string;
  /** The active organization of the session, or the organization of the key. */
  readonly organizationId: string | undefined;
  protected constructor(gate: symbol, identity: Identity) {
    if (stryMutAct_9fa48("187")) {
      {}
    } else {
      stryCov_9fa48("187");
      if (stryMutAct_9fa48("190") ? gate === GATE : stryMutAct_9fa48("189") ? false : stryMutAct_9fa48("188") ? true : (stryCov_9fa48("188", "189", "190"), gate !== GATE)) throw new TypeError(stryMutAct_9fa48("192") ? "" : (stryCov_9fa48("192"), 'A principal is constructed by authentication only.'));
      this.userId = identity.userId;
      this.email = identity.email;
      this.organizationId = identity.organizationId;
    }
  }
  static isAuthenticated(value: unknown): value is Principal {
    if (stryMutAct_9fa48("193")) {
      {}
    } else {
      stryCov_9fa48("193");
      return stryMutAct_9fa48("196") ? typeof value === 'object' && value !== null && #authenticated in value || value.#authenticated : stryMutAct_9fa48("195") ? false : stryMutAct_9fa48("194") ? true : (stryCov_9fa48("194", "195", "196"), (stryMutAct_9fa48("198") ? typeof value === 'object' && value !== null || #authenticated in value : stryMutAct_9fa48("197") ? true : (stryCov_9fa48("197", "198"), (stryMutAct_9fa48("200") ? typeof value === 'object' || value !== null : stryMutAct_9fa48("199") ? true : (stryCov_9fa48("199", "200"), (stryMutAct_9fa48("202") ? typeof value !== 'object' : stryMutAct_9fa48("201") ? true : (stryCov_9fa48("201", "202"), typeof value === (stryMutAct_9fa48("203") ? "" : (stryCov_9fa48("203"), 'object')))) && (stryMutAct_9fa48("205") ? value === null : stryMutAct_9fa48("204") ? true : (stryCov_9fa48("204", "205"), value !== null)))) && #authenticated in value)) && value.#authenticated);
    }
  }
}
export interface Identity {
  readonly userId: string;
  readonly email: string;
  readonly organizationId: string | undefined;
}

/** A person with a live better-auth session. */
export class SessionPrincipal extends AuthenticatedPrincipal {
  readonly kind = stryMutAct_9fa48("206") ? "" : (stryCov_9fa48("206"), 'session');
  /** An administrator is impersonating this person. Such a session cannot create keys. */
  readonly impersonated: boolean;
  constructor(gate: symbol, identity: Identity, impersonated: boolean) {
    super(gate, identity);
    this.impersonated = impersonated;
  }
}

/** A program with a live API key. It can read; it cannot create or rotate keys. */
export class ApiKeyPrincipal extends AuthenticatedPrincipal {
  readonly kind = stryMutAct_9fa48("207") ? "" : (stryCov_9fa48("207"), 'apiKey');
  /** `sys_api_key.id` of the key in the request. */
  readonly keyId: string;
  constructor(gate: symbol, identity: Identity, keyId: string) {
    super(gate, identity);
    this.keyId = keyId;
  }
}
export type Principal = SessionPrincipal | ApiKeyPrincipal;

/** For `session.ts`, after it has verified a session. */
export function sessionPrincipal(identity: Identity, impersonated: boolean): SessionPrincipal {
  if (stryMutAct_9fa48("208")) {
    {}
  } else {
    stryCov_9fa48("208");
    const principal = new SessionPrincipal(GATE, identity, impersonated);
    if (stryMutAct_9fa48("209")) {
      ;
    } else {
      stryCov_9fa48("209");
      Object.freeze(principal);
    }
    return principal;
  }
}

/** For `api-key.ts`, after it has verified a key. */
export function apiKeyPrincipal(identity: Identity, keyId: string): ApiKeyPrincipal {
  if (stryMutAct_9fa48("210")) {
    {}
  } else {
    stryCov_9fa48("210");
    const principal = new ApiKeyPrincipal(GATE, identity, keyId);
    if (stryMutAct_9fa48("211")) {
      ;
    } else {
      stryCov_9fa48("211");
      Object.freeze(principal);
    }
    return principal;
  }
}

/** Throws on anything that authentication did not construct. */
export function assertPrincipal(value: unknown): asserts value is Principal {
  if (stryMutAct_9fa48("212")) {
    {}
  } else {
    stryCov_9fa48("212");
    if (stryMutAct_9fa48("215") ? false : stryMutAct_9fa48("214") ? true : stryMutAct_9fa48("213") ? AuthenticatedPrincipal.isAuthenticated(value) : (stryCov_9fa48("213", "214", "215"), !AuthenticatedPrincipal.isAuthenticated(value))) {
      if (stryMutAct_9fa48("216")) {
        {}
      } else {
        stryCov_9fa48("216");
        throw new TypeError(stryMutAct_9fa48("218") ? "" : (stryCov_9fa48("218"), 'This value was not constructed by authentication.'));
      }
    }
  }
}