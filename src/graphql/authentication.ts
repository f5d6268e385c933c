import type { Plugin } from 'graphql-yoga';
import type { Authenticator } from '../auth/authenticator.ts';
import type { Principal } from '../auth/principal.ts';
import { type ServiceError, toServiceError } from '../base/errors.ts';
import type { EndpointRequest } from '../http/endpoint.ts';
import type { Exchange } from '../http/exchange.ts';

/** What the endpoint passes to yoga with a request; authentication adds the principal. */
export interface ServerContext {
  readonly exchange: Exchange;
  /** The original request; yoga's own request has no body to read. */
  readonly received: EndpointRequest;
  principal?: Principal;
}

/**
 * The authentication plugin of the GraphQL endpoint. It rejects a request without a principal before
 * its body is read, parsed, validated or executed.
 *
 * @param refuse turns an error into the response.
 */
export function useAuthentication(
  authenticator: Pick<Authenticator, 'authenticate'>,
  refuse: (request: EndpointRequest, error: ServiceError) => Response,
): Plugin<object, ServerContext> {
  return {
    async onRequest({ serverContext, endResponse }) {
      const { received } = serverContext;
      try {
        serverContext.principal = await serverContext.exchange.during('authenticate', () =>
          authenticator.authenticate(received),
        );
      } catch (error) {
        const refusal = toServiceError(error);
        serverContext.exchange.failed(refusal);
        endResponse(refuse(received, refusal));
      }
    },
  };
}
