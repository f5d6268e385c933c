import { parse } from 'graphql';
import type { z } from 'zod';
import type { Answer } from '../http/answer.ts';
import type { EndpointRequest } from '../http/endpoint.ts';
import type { Exchange } from '../http/exchange.ts';
import { parseCreateApiKeyInput } from '../keys/input/input.ts';
import { toMutationInput } from './body.ts';
import { newKeyAnswer } from './envelope.ts';
import { type createdKey, KEY_SELECTION, type KeyFields, spellKey } from './representation.ts';
import { runMutation, type ShimmedMutation, type ShimOptions } from './shim.ts';

const CREATE: ShimmedMutation = {
  field: 'createApiKey',
  document: parse(`mutation ($input: CreateApiKeyInput!) {
    createApiKey(input: $input) { apiKey ${KEY_SELECTION} key }
  }`),
  toInput(body) {
    const input = toMutationInput(body);
    // The mutation checks the same schema; checked here first, a refusal names the fields of this endpoint.
    parseCreateApiKeyInput(input);
    return input;
  },
};

/**
 * `POST /keys`: the bare object, and the same object once more as `data`, which is where the
 * Console's "Integrations & APIs" page looks for the key and nowhere else. Without it the page says
 * that the request failed while a key was created that nobody has seen.
 */
export async function createKey(request: EndpointRequest, exchange: Exchange, options: ShimOptions): Promise<Answer> {
  const data = (await runMutation(request, exchange, CREATE, options)) as {
    createApiKey: { apiKey: KeyFields; key: string | null };
  };
  const created = { ...spellKey(data.createApiKey.apiKey), key: data.createApiKey.key };
  const body: z.infer<typeof createdKey> = { ...created, data: created };
  return newKeyAnswer(body, exchange.replayed, options.basePath);
}
