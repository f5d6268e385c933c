// @ts-nocheck
import type { GraphQLParams, Plugin } from 'graphql-yoga';
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
  /** The parameters in the body, where they have been read before yoga asks for them. */
  parameters?: Promise<GraphQLParams>;
}

/** Adds the principal to the context. @returns the error of a request without one, which the exchange has noted. */
export async function authenticateIn(
  context: ServerContext,
  authenticator: Pick<Authenticator, 'authenticate'>,
): Promise<ServiceError | undefined> {
  const { exchange, received } = context;
  try {
    context.principal = await exchange.during('authenticate', () => authenticator.authenticate(received));
    return undefined;
  } catch (error) {
    const refusal = toServiceError(error);
    exchange.failed(refusal);
    return refusal;
  }
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
      if (serverContext.principal !== undefined) return;
      const refusal = await authenticateIn(serverContext, authenticator);
      if (refusal !== undefined) endResponse(refuse(serverContext.received, refusal));
    },
  };
}
