import type { IncomingMessage, ServerResponse } from 'node:http';
import { ServiceError } from '../../base/errors.ts';
import { grantReading } from '../../http/cors.ts';
import { send } from '../../http/node.ts';
import type { TrustedOrigins } from '../../http/origins.ts';
import { errorAnswer } from '../../rest/envelope.ts';

/**
 * Answers a request that reaches no handler, in the platform's own shape for errors.
 *
 * @param origins whose pages may read why.
 */
export function refuse(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  error: ServiceError,
  origins: TrustedOrigins,
): void {
  const answer = errorAnswer(error);
  answer.headers.set('Cache-Control', 'no-store');
  answer.headers.set('X-Content-Type-Options', 'nosniff');
  answer.headers.set('Vary', 'Origin');
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
