import { type DocumentNode, execute, type GraphQLSchema } from 'graphql';
import type { Authenticator } from '../auth/authenticator.ts';
import { ServiceError } from '../base/errors.ts';
import { toServiceErrorFromGraphQL } from '../graphql/errors.ts';
import { readJsonBody } from '../http/body.ts';
import type { EndpointRequest } from '../http/endpoint.ts';
import type { Exchange } from '../http/exchange.ts';
import type { RequestLimits } from '../http/limits.ts';
import type { Minting } from '../keys/mint/mint.ts';
import type { GraphQLContext } from '../resolvers/context.ts';

export interface ShimOptions {
  /** Where the endpoints are, and the data API with its records: `/api/v1`. */
  readonly basePath: string;
  readonly schema: GraphQLSchema;
  readonly minting: Minting;
  readonly authenticator: Authenticator;
  readonly limits: RequestLimits;
}

/** A mutation that REST runs, and how its input is read from a body. */
export interface ShimmedMutation {
  readonly field: string;
  readonly document: DocumentNode;
  /** @throws ServiceError `VALIDATION_FAILED`, naming the fields as this endpoint spells them. */
  readonly toInput: (body: unknown) => Record<string, unknown>;
}

/**
 * Runs a mutation of the GraphQL schema for a REST request: the same authentication, the same
 * checks, the same function that mints.
 *
 * @returns the `data` of the answer, which has the shape that the document asks for.
 * @throws ServiceError
 */
export async function runMutation(
  request: EndpointRequest,
  exchange: Exchange,
  { field, document, toInput }: ShimmedMutation,
  { schema, minting, authenticator, limits }: ShimOptions,
): Promise<unknown> {
  exchange.operation = field;
  const principal = await exchange.during('authenticate', () => authenticator.authenticate(request));
  if (principal.kind !== 'session') {
    // The mutation refuses it as well; here the body need not be read.
    throw new ServiceError('FORBIDDEN', { message: 'An API key cannot create keys. Sign in and use your session.' });
  }
  const input = toInput(await readJsonBody(request, limits));
  const contextValue: GraphQLContext = { principal, minting, request: exchange };
  const result = await execute({ schema, document, variableValues: { input }, contextValue });
  const [error] = result.errors ?? [];
  if (error !== undefined) throw toServiceErrorFromGraphQL(error);
  return result.data;
}
