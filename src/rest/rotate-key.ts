import { parse } from 'graphql';
import type { z } from 'zod';
import { invalid } from '../base/errors.ts';
import type { Answer } from '../http/answer.ts';
import type { EndpointRequest } from '../http/endpoint.ts';
import type { Exchange } from '../http/exchange.ts';
import { parseInput, rotateApiKeyInput } from '../keys/input/input.ts';
import { newKeyAnswer } from './envelope.ts';
import { KEY_SELECTION, type KeyFields, type rotatedKey, spellKey } from './representation.ts';
import { runMutation, type ShimmedMutation, type ShimOptions } from './shim.ts';

const ROTATE_API_KEY = parse(`mutation ($input: RotateApiKeyInput!) {
  rotateApiKey(input: $input) { apiKey ${KEY_SELECTION} key previous ${KEY_SELECTION} }
}`);

/** The body of a rotation: what the mutation takes, without the id, which is in the path. */
export const rotateKeyBody = rotateApiKeyInput.omit({ id: true });

/** `POST /keys/{id}/rotate`: the replacement with its secret, and the key that it replaces. */
export async function rotateKey(
  request: EndpointRequest,
  exchange: Exchange,
  options: ShimOptions,
  id: string,
): Promise<Answer> {
  const rotate: ShimmedMutation = {
    field: 'rotateApiKey',
    document: ROTATE_API_KEY,
    toInput(body) {
      if (typeof body !== 'object' || body === null || Array.isArray(body)) {
        throw invalid([{ field: 'body', code: 'invalid_type', message: 'The request body must be a JSON object.' }]);
      }
      parseInput(rotateKeyBody, body);
      return { ...body, id };
    },
  };
  const data = (await runMutation(request, exchange, rotate, options)) as {
    rotateApiKey: { apiKey: KeyFields; key: string | null; previous: KeyFields };
  };
  const { apiKey, key, previous } = data.rotateApiKey;
  const body: z.infer<typeof rotatedKey> = { ...spellKey(apiKey), key, previous: spellKey(previous) };
  return newKeyAnswer(body, exchange.replayed, options.basePath);
}
