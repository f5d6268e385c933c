import { ServiceError } from '../errors.ts';
import type { ApiKeys } from './api-key.ts';
import { readCredential } from './credential.ts';
import type { Principal } from './principal.ts';
import type { Sessions } from './session.ts';

/** Turns the headers of a request into a principal. The one way in, for both doors. */
export class Authenticator {
  readonly #sessions: Sessions;
  readonly #apiKeys: ApiKeys;

  constructor(sessions: Sessions, apiKeys: ApiKeys) {
    this.#sessions = sessions;
    this.#apiKeys = apiKeys;
  }

  /**
   * The principal of a request. A credential of one kind that fails is not retried as another: a
   * request with a dead API key and a live cookie is refused.
   *
   * @throws ServiceError `UNAUTHENTICATED`, `SERVICE_UNAVAILABLE`, or `FORBIDDEN` where a sign-in policy blocks the person.
   */
  async authenticate(headers: Headers): Promise<Principal> {
    const credential = readCredential((name) => headers.get(name));
    const principal = await this.#resolve(credential);
    if (principal === undefined) {
      throw new ServiceError('UNAUTHENTICATED', {
        // RFC 9110 section 15.5.2: a 401 names a scheme that would do.
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
