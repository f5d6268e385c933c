import { ServiceError } from '../base/errors.ts';
import type { Principal, SessionPrincipal } from './principal.ts';

/**
 * The refusal of whoever is not signed in. A key that could make keys, widen one or end one would
 * outlive its own revocation: whoever stole it would make another first.
 */
export function sessionRequired(principal: Principal | undefined): ServiceError {
  return principal?.kind === 'apiKey'
    ? new ServiceError('FORBIDDEN', {
        message: 'An API key cannot create or change keys. Sign in and use your session.',
      })
    : new ServiceError('UNAUTHENTICATED');
}

/** @throws ServiceError `FORBIDDEN` for an API key, `UNAUTHENTICATED` for nobody. */
export function requireSession(principal: Principal | undefined): SessionPrincipal {
  if (principal?.kind !== 'session') throw sessionRequired(principal);
  return principal;
}
