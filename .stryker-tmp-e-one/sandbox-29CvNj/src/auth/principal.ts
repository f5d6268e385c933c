/**
 * The authenticated caller. Only this folder can construct a principal: the code that has just checked
 * a credential calls {@link sessionPrincipal} or {@link apiKeyPrincipal}. The private field keeps
 * structural copies from compiling, and {@link assertPrincipal} rejects them at run time.
 */
// @ts-nocheck

const GATE = Symbol('only auth/ constructs principals');

abstract class AuthenticatedPrincipal {
  /** The brand: a structural copy of a principal lacks it and does not type-check. */
  readonly #authenticated = true;
  /** `sys_user.id` of the person, or of the owner of the key. */
  readonly userId: string;
  readonly email: string;
  /** The active organization of the session, or the organization of the key. */
  readonly organizationId: string | undefined;

  protected constructor(gate: symbol, identity: Identity) {
    if (gate !== GATE) throw new TypeError('A principal is constructed by authentication only.');
    this.userId = identity.userId;
    this.email = identity.email;
    this.organizationId = identity.organizationId;
  }

  static isAuthenticated(value: unknown): value is Principal {
    return typeof value === 'object' && value !== null && #authenticated in value && value.#authenticated;
  }
}

export interface Identity {
  readonly userId: string;
  readonly email: string;
  readonly organizationId: string | undefined;
}

/** A person with a live better-auth session. */
export class SessionPrincipal extends AuthenticatedPrincipal {
  readonly kind = 'session';
  /** An administrator is impersonating this person. Such a session cannot create keys. */
  readonly impersonated: boolean;

  constructor(gate: symbol, identity: Identity, impersonated: boolean) {
    super(gate, identity);
    this.impersonated = impersonated;
  }
}

/** A program with a live API key. It can read; it cannot create or rotate keys. */
export class ApiKeyPrincipal extends AuthenticatedPrincipal {
  readonly kind = 'apiKey';
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
  const principal = new SessionPrincipal(GATE, identity, impersonated);
  Object.freeze(principal);
  return principal;
}

/** For `api-key.ts`, after it has verified a key. */
export function apiKeyPrincipal(identity: Identity, keyId: string): ApiKeyPrincipal {
  const principal = new ApiKeyPrincipal(GATE, identity, keyId);
  Object.freeze(principal);
  return principal;
}

/** Throws on anything that authentication did not construct. */
export function assertPrincipal(value: unknown): asserts value is Principal {
  if (!AuthenticatedPrincipal.isAuthenticated(value)) {
    throw new TypeError('This value was not constructed by authentication.');
  }
}
