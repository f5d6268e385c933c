// @ts-nocheck
import { ServiceError } from '../base/errors.ts';
import type { Principal, SessionPrincipal } from './principal.ts';

/**
 * The error for a caller without a session. If a key could create or change keys, a thief could
 * create another key with it before it is revoked.
 */
export function sessionRequired(principal: Principal | undefined): ServiceError {
  return principal?.kind === 'apiKey'
    ? new ServiceError('FORBIDDEN', {
        message: 'An API key cannot create or change keys. Sign in and use your session.',
      })
    : new ServiceError('UNAUTHENTICATED');
}

/** @throws ServiceError `FORBIDDEN` for an API key, `UNAUTHENTICATED` without a credential. */
export function requireSession(principal: Principal | undefined): SessionPrincipal {
  if (principal?.kind !== 'session') throw sessionRequired(principal);
  return principal;
}
