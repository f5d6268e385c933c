import { idempotentRequest, parseIdempotencyKey } from '../input/idempotency.ts';
import type { Caller } from './caller.ts';

/** The request as one that has one outcome however often it is sent, if it carries an `Idempotency-Key`. */
export function identify(
  { principal, request }: Caller,
  input: unknown,
): ReturnType<typeof idempotentRequest> | undefined {
  const value = parseIdempotencyKey(request.idempotencyKey);
  return value === undefined ? undefined : idempotentRequest(principal, value, input);
}
