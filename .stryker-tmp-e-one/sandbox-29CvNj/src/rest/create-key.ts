// @ts-nocheck
import type { z } from 'zod';
import type { Answer } from '../http/answer.ts';
import type { EndpointRequest } from '../http/endpoint.ts';
import type { Exchange } from '../http/exchange.ts';
import { toCreateInput } from './body.ts';
import { newKeyAnswer } from './envelope.ts';
import { type createdKey, NO_DETAIL, spellNewKey } from './representation.ts';
import { type RestOptions, readChange } from './request.ts';

/**
 * `POST /keys`. The response contains the same object again in `data`, the only place where the
 * Console's "Integrations & APIs" page looks for the key. Without it, the page would report a failure
 * although a key was created.
 */
export async function createKey(request: EndpointRequest, exchange: Exchange, options: RestOptions): Promise<Answer> {
  exchange.operation = 'createApiKey';
  const { caller, body } = await readChange(request, exchange, options);
  const minted = await options.keys.create(caller, toCreateInput(body));
  // Most new keys have no details, so the look-up can be skipped.
  const isPlain = !exchange.replayed && !('description' in body) && !('allowed_networks' in body);
  const detail = isPlain ? NO_DETAIL : await options.keys.detailOf(minted.apiKey);
  const created = spellNewKey(minted, detail, await options.keys.statusOf(minted.apiKey));
  const answer: z.infer<typeof createdKey> = { ...created, data: created };
  return newKeyAnswer(answer, exchange.replayed, options.basePath);
}
