import { execute, type GraphQLSchema, parse } from 'graphql';
import type { Authenticator } from '../auth/authenticator.ts';
import { ServiceError, toServiceError } from '../errors.ts';
import { toServiceErrorFromGraphQL } from '../graphql/errors.ts';
import { readJsonBody } from '../http/body.ts';
import type { Door } from '../http/door.ts';
import type { Exchange } from '../http/exchange.ts';
import type { RequestLimits } from '../http/limits.ts';
import { parseCreateApiKeyInput } from '../keys/input.ts';
import type { Minting } from '../keys/mint.ts';
import type { GraphQLContext } from '../schema/context.ts';
import { respelled, toMutationInput } from './body.ts';
import { type CreateApiKeyData, createdKeyResponse } from './created-key.ts';
import { errorResponse } from './envelope.ts';

export interface RestDoorOptions {
  readonly schema: GraphQLSchema;
  readonly minting: Minting;
  readonly authenticator: Authenticator;
  readonly limits: RequestLimits;
}

const CREATE_API_KEY = parse(`
  mutation CreateApiKey($input: CreateApiKeyInput!) {
    createApiKey(input: $input) {
      apiKey { id name prefix scopes expiresAt organizationId createdAt }
      key
    }
  }
`);

/**
 * The REST door: `POST /api/v1/keys`, for the platform's own clients. It is a shim: it reads the
 * body, runs the mutation of the GraphQL schema as the same principal, and spells the answer.
 */
export function createRestDoor(options: RestDoorOptions): Door {
  return async (request, exchange) => {
    try {
      return await createKey(request, exchange, options);
    } catch (thrown) {
      const error = respelled(toServiceError(thrown));
      exchange.failed(error);
      return errorResponse(error);
    }
  };
}

async function createKey(request: Request, exchange: Exchange, options: RestDoorOptions): Promise<Response> {
  if (request.method !== 'POST') throw new ServiceError('METHOD_NOT_ALLOWED', { headers: { Allow: 'POST' } });
  exchange.operation = 'createApiKey';
  const principal = await options.authenticator.authenticate(request);
  if (principal.kind !== 'session') {
    // The mutation refuses it as well; here the body need not be read.
    throw new ServiceError('FORBIDDEN', { message: 'An API key cannot create keys. Sign in and use your session.' });
  }
  const input = toMutationInput(await readJsonBody(request, options.limits));
  // The mutation checks the same schema; checked here first, a refusal names the fields of this door.
  parseCreateApiKeyInput(input);

  const contextValue: GraphQLContext = { principal, minting: options.minting, request: exchange };
  const result = await execute({
    schema: options.schema,
    document: CREATE_API_KEY,
    variableValues: { input },
    contextValue,
  });
  const [error] = result.errors ?? [];
  if (error !== undefined) throw toServiceErrorFromGraphQL(error);
  return createdKeyResponse(exchange.replayed, result.data as unknown as CreateApiKeyData);
}
