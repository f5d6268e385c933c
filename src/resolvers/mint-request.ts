import type { Exchange } from '../http/exchange.ts';
import { parseIdempotencyKey } from '../keys/idempotency.ts';
import type { MintRequest } from '../keys/mint.ts';

/**
 * What minting has to know of the request beside its input.
 *
 * @throws ServiceError `VALIDATION_FAILED` when its `Idempotency-Key` is not one.
 */
export function mintRequest({ idempotencyKey, address }: Exchange): MintRequest {
  return { idempotencyKey: parseIdempotencyKey(idempotencyKey), address };
}
