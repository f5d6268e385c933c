import { toServiceError } from '../base/errors.ts';
import type { Answer } from '../http/answer.ts';
import type { EndpointRequest, Handler } from '../http/endpoint.ts';
import type { Exchange } from '../http/exchange.ts';
import { respelled } from './body.ts';
import { createKey } from './create-key.ts';
import { errorAnswer, jsonAnswer } from './envelope.ts';
import { readOpenApi } from './openapi.ts';
import { rotateKey } from './rotate-key.ts';
import { type FoundRoute, routeAt } from './routes.ts';
import type { ShimOptions } from './shim.ts';

/**
 * The REST endpoint, for the platform's own clients. It is a shim: it reads the body, runs the mutation
 * of the GraphQL schema as the same principal, and spells the answer. What it can do is described
 * at `/keys/openapi.json`.
 */
export function createRestEndpoint(options: ShimOptions): Handler {
  const description = readOpenApi(options.basePath);
  const answer = ({ name, id }: FoundRoute, request: EndpointRequest, exchange: Exchange): Promise<Answer> | Answer => {
    switch (name) {
      case 'createKey':
        return createKey(request, exchange, options);
      case 'rotateKey':
        return rotateKey(request, exchange, options, id);
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
