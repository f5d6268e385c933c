import type { Plugin } from 'graphql-yoga';
import { ServiceError, toServiceError } from '../errors.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Authenticator } from './authenticator.ts';
import type { Principal } from './principal.ts';

/** What the door hands to yoga with a request; authentication adds the principal. */
export interface ServerContext {
  readonly exchange: Exchange;
  principal?: Principal;
}

/**
 * The auth plugin of the GraphQL door: a request without a principal ends here, before its body is
 * read, let alone parsed, validated or executed.
 *
 * @param refuse turns a refusal into the response.
 */
export function useAuthentication(
  authenticator: Authenticator,
  refuse: (request: Request, error: ServiceError) => Response,
): Plugin<object, ServerContext> {
  return {
    async onRequest({ request, serverContext, endResponse }) {
      try {
        if (request.method !== 'POST' && request.method !== 'GET') {
          throw new ServiceError('METHOD_NOT_ALLOWED', { headers: { Allow: 'GET, POST' } });
        }
        serverContext.principal = await authenticator.authenticate(request);
      } catch (error) {
        const refusal = toServiceError(error);
        serverContext.exchange.failed(refusal);
        endResponse(refuse(request, refusal));
      }
    },
  };
}
