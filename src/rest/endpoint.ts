import { toServiceError } from '../base/errors.ts';
import type { Answer } from '../http/answer.ts';
import type { Endpoint, EndpointRequest, Handler } from '../http/endpoint.ts';
import type { Exchange } from '../http/exchange.ts';
import { respelled } from './body.ts';
import { createKey } from './create-key.ts';
import { errorAnswer, jsonAnswer } from './envelope.ts';
import { listKeys } from './list-keys.ts';
import { readOpenApi } from './openapi.ts';
import { listOrganizationKeys, revokeKeysOf, revokeKeysOfOwner } from './organization-keys.ts';
import { readPolicy, updatePolicy } from './policy.ts';
import type { RestOptions } from './request.ts';
import { rotateKey } from './rotate-key.ts';
import { type FoundRoute, methodsAt, routeAt } from './routes.ts';
import { updateKey } from './update-key.ts';

/** The path, methods and errors of the REST endpoint. */
export function restEndpointAt(basePath: string): Endpoint<'rest'> {
  return {
    name: 'rest',
    path: `${basePath}/keys`,
    methods: methodsAt,
    nothingHere: `There is nothing at this address. GET ${basePath}/keys/openapi.json lists the routes.`,
    refuse: (_request, error) => errorAnswer(error),
  };
}

/**
 * The handler of the REST endpoint, for the platform's own clients. It calls the same `KeyService` as the
 * GraphQL endpoint. `/keys/openapi.json` describes its routes.
 */
export function createRestHandler(options: RestOptions): Handler {
  const description = readOpenApi(options.basePath);
  const answer = ({ name, id }: FoundRoute, request: EndpointRequest, exchange: Exchange): Promise<Answer> | Answer => {
    switch (name) {
      case 'listKeys':
        return listKeys(request, exchange, options);
      case 'updateKey':
        return updateKey(request, exchange, options, id);
      case 'createKey':
        return createKey(request, exchange, options);
      case 'rotateKey':
        return rotateKey(request, exchange, options, id);
      case 'listOrganizationKeys':
        return listOrganizationKeys(request, exchange, options);
      case 'readPolicy':
        return readPolicy(request, exchange, options);
      case 'updatePolicy':
        return updatePolicy(request, exchange, options);
      case 'revokeKeysOf':
        return revokeKeysOf(request, exchange, options, id);
      case 'revokeKeysOfOwner':
        return revokeKeysOfOwner(request, exchange, options, id);
      case 'describe':
        return jsonAnswer(200, description);
    }
  };
  return async (request, exchange, below) => {
    try {
      return await answer(routeAt(request.method, below), request, exchange);
    } catch (thrown) {
      const error = respelled(toServiceError(thrown));
      exchange.failed(error);
      return errorAnswer(error);
    }
  };
}
