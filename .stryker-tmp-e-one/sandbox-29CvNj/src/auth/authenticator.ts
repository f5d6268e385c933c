// @ts-nocheck
import { ERRORS, ServiceError } from '../base/errors.ts';
import type { EndpointRequest } from '../http/endpoint.ts';
import type { TrustedOrigins } from '../http/origins.ts';
import type { ApiKeys } from './api-key.ts';
import { cookieCounts } from './cookie-origin.ts';
import { type Credential, readCredential } from './credential.ts';
import type { Principal } from './principal.ts';
import type { Sessions } from './session.ts';

/** What to do about each kind of credential. Why it failed is the same for all of a kind: it tells nothing of a key. */
const NOT_ACCEPTED: Readonly<Record<Credential['kind'], string>> = {
  apiKey:
    'This API key does not work: it is unknown, revoked or expired, its owner has left, or it may not be used from ' +
    'this network. Use another key, or sign in.',
  bearer: 'This session has ended, or belongs to another server. Sign in again.',
  cookie: 'The session cookie is invalid or has expired. Sign in again.',
  none: ERRORS.UNAUTHENTICATED.message,
  ambiguous:
    'The credential is malformed or there is more than one. Send one: a session token as "Authorization: Bearer …", or an API key as "x-api-key: …".',
};

/** Authenticates a request from its method and headers. Both endpoints use it. */
export class Authenticator {
  readonly #sessions: Sessions;
  readonly #apiKeys: ApiKeys;
  readonly #origins: TrustedOrigins;

  constructor(sessions: Sessions, apiKeys: ApiKeys, origins: TrustedOrigins) {
    this.#sessions = sessions;
    this.#apiKeys = apiKeys;
    this.#origins = origins;
  }

  /**
   * The principal of a request. A credential that fails is not retried as another kind: a
   * request with a revoked API key and a valid cookie is rejected.
   *
   * @throws ServiceError `UNAUTHENTICATED`, `SERVICE_UNAVAILABLE`, or `FORBIDDEN` if a sign-in policy
   *   blocks the person or a page that is not trusted sent the session cookie.
   */
  async authenticate(request: Pick<EndpointRequest, 'method' | 'headers'>): Promise<Principal> {
    const credential = readCredential((name) => request.headers.get(name));
    // Before the look-up, so that an untrusted page cannot learn from the response whether the person is signed in.
    if (credential.kind === 'cookie' && !cookieCounts(request, this.#origins)) {
      throw new ServiceError('FORBIDDEN', {
        message:
          'A session cookie is accepted only from a trusted origin (BASE_URL and TRUSTED_ORIGINS). Ask the operator to ' +
          'trust the origin of this page, or send the session token as "Authorization: Bearer …".',
      });
    }
    const principal = await this.#resolve(credential);
    if (principal === undefined) {
      throw new ServiceError('UNAUTHENTICATED', {
        message: NOT_ACCEPTED[credential.kind],
        // RFC 9110 section 15.5.2: a 401 names an accepted scheme.
        headers: { 'WWW-Authenticate': 'Bearer realm="ObjectStack"' },
      });
    }
    return principal;
  }

  async #resolve(credential: ReturnType<typeof readCredential>): Promise<Principal | undefined> {
    switch (credential.kind) {
      case 'apiKey':
        return this.#apiKeys.resolve(credential.raw);
      case 'bearer':
        return this.#sessions.fromBearer(credential.token);
      case 'cookie':
        return this.#sessions.fromCookie(credential.header);
      case 'none':
      case 'ambiguous':
        return undefined;
    }
  }
}
