// @ts-nocheck
// 
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ServiceError } from '../../base/errors.ts';
import { refuseGraphQL } from '../../graphql/refusal.ts';
import { grantReading } from '../../http/cors.ts';
import { NodeRequest, send } from '../../http/node.ts';
import type { TrustedOrigins } from '../../http/origins.ts';
import { REQUEST_ID_HEADER, requestIdFrom } from '../../http/request-id.ts';
import { errorAnswer } from '../../rest/envelope.ts';

/** GraphQL's endpoint, and what is below it: its clients read errors in another shape than the platform's. */
const GRAPHQL = /^\/api\/v1\/graphql(?:[/?]|$)/;

/**
 * Answers a request that reaches no handler, in the shape for errors that its path has.
 *
 * @param origins whose pages may read why.
 */
export function refuse(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  error: ServiceError,
  origins: TrustedOrigins,
): void {
  const isGraphQL = GRAPHQL.test(incoming.url ?? '');
  const answer = isGraphQL ? refuseGraphQL(new NodeRequest(incoming), error) : errorAnswer(error);
  answer.headers.set('Cache-Control', 'no-store');
  answer.headers.set('X-Content-Type-Options', 'nosniff');
  answer.headers.set('Vary', 'Origin');
  const id = incoming.headers[REQUEST_ID_HEADER.toLowerCase()];
  answer.headers.set(REQUEST_ID_HEADER, requestIdFrom(typeof id === 'string' ? id : null));
  grantReading(answer.headers, origins, incoming.headers.origin ?? null);
  // What follows on the connection may be the rest of what was refused.
  if (!incoming.complete || error.status === 400) answer.headers.set('Connection', 'close');
  send(answer, incoming, outgoing);
}

/** The refusal of a head that can be read in two ways; it repeats nothing of it. */
export function ambiguous(): ServiceError {
  return new ServiceError('VALIDATION_FAILED', {
    message: 'The request line or the headers are ambiguous.',
  });
}
