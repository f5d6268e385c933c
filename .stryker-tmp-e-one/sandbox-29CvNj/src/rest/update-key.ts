// @ts-nocheck
import { z } from 'zod';
import { invalid, type ServiceError } from '../base/errors.ts';
import type { Answer } from '../http/answer.ts';
import type { EndpointRequest } from '../http/endpoint.ts';
import type { Exchange } from '../http/exchange.ts';
import { updateApiKeyInput } from '../keys/input/input.ts';
import type { Caller } from '../keys/mint/caller.ts';
import type { ApiKey } from '../keys/record/api-key.ts';
import { toUpdateInput } from './body.ts';
import { jsonAnswer } from './envelope.ts';
import { spellWithDetails } from './list-keys.ts';
import { type RestOptions, readChange } from './request.ts';

/** The body of an update: the input without the id, which is in the path, or a revocation. */
export const updateKeyBody = updateApiKeyInput.omit({ id: true }).extend({
  revoked: z.literal(true).optional().describe('Revokes the key: its next request fails. Send it alone.'),
});

/** `PATCH /keys/{id}`: renames, describes or narrows a key, or revokes it. */
export async function updateKey(
  request: EndpointRequest,
  exchange: Exchange,
  options: RestOptions,
  id: string,
): Promise<Answer> {
  const { keys } = options;
  exchange.operation = 'updateApiKey';
  const { caller, body } = await readChange(request, exchange, options);
  const apiKey =
    'revoked' in body
      ? await revoke(caller, id, body, options)
      : await keys.update(caller, { ...toUpdateInput(body), id });
  return jsonAnswer(200, await spellWithDetails(apiKey, options));
}

function revoke(
  caller: Caller,
  id: string,
  body: { readonly revoked: unknown },
  { keys }: RestOptions,
): Promise<ApiKey> {
  caller.request.operation = 'revokeApiKey';
  if (body.revoked !== true) {
    throw fault(
      'invalid_value',
      'Only true is possible here: it revokes the key. To restore a key, use restoreApiKey of GraphQL.',
    );
  }
  // Two changes would be two transactions, and one of them could fail.
  if (Object.keys(body).length > 1)
    throw fault('ambiguous', 'Revoke a key by a request of its own, without other changes.');
  return keys.revoke(caller, { id });
}

function fault(code: string, message: string): ServiceError {
  return invalid([{ field: 'revoked', code, message }]);
}
