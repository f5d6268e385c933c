import type { Exchange } from '../http/exchange.ts';
import { parseIdempotencyKey } from '../keys/input/idempotency.ts';
import type { MintRequest } from '../keys/mint/mint.ts';

/**
 * What minting has to know of the request beside its input.
 *
 * @throws ServiceError `VALIDATION_FAILED` when its `Idempotency-Key` is not one.
 */
export function mintRequest(exchange: Exchange): MintRequest {
  return {
    id: exchange.id,
    idempotencyKey: parseIdempotencyKey(exchange.idempotencyKey),
    address: exchange.address,
    deadline: exchange.budget.deadline,
    step: (write) => exchange.during('database insert', write),
  };
}
