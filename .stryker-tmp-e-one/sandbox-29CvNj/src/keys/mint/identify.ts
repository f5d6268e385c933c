// @ts-nocheck
import { idempotentRequest, parseIdempotencyKey } from '../input/idempotency.ts';
import type { Caller } from './caller.ts';

/** The idempotent request, if the request has an `Idempotency-Key`. */
export function identify(
  { principal, request }: Caller,
  input: unknown,
): ReturnType<typeof idempotentRequest> | undefined {
  const value = parseIdempotencyKey(request.idempotencyKey);
  return value === undefined ? undefined : idempotentRequest(principal, value, input);
}
