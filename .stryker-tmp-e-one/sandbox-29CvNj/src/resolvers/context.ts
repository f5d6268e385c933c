// @ts-nocheck
import type { ApiKeyPrincipal, Principal, SessionPrincipal } from '../auth/principal.ts';
import type { Exchange } from '../http/exchange.ts';
import type { KeyService } from '../keys/service.ts';
import type { Platform } from '../platform/platform.ts';

/** The context of a resolver: the caller and the services. Created once per request, after authentication. */
export interface GraphQLContext {
  readonly principal: Principal;
  readonly keys: KeyService;
  readonly platform: Pick<Platform, 'mcpEndpoint'>;
  /** The current request, with its id and the address of the client. */
  readonly request: Exchange;
}

/** The context behind `withAuth({ session: true })`. */
export interface SessionContext extends GraphQLContext {
  readonly principal: SessionPrincipal;
}

/** The context behind `withAuth({ authenticated: true })`. */
export interface AuthenticatedContext extends GraphQLContext {
  readonly principal: SessionPrincipal | ApiKeyPrincipal;
}
