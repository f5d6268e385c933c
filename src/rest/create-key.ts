import type { z } from 'zod';
import type { Answer } from '../http/answer.ts';
import type { EndpointRequest } from '../http/endpoint.ts';
import type { Exchange } from '../http/exchange.ts';
import { toCreateInput } from './body.ts';
import { newKeyAnswer } from './envelope.ts';
import { type createdKey, spellNewKey } from './representation.ts';
import { type RestOptions, readChange } from './request.ts';

/**
 * `POST /keys`: the bare object, and the same object once more as `data`, which is where the
 * Console's "Integrations & APIs" page looks for the key and nowhere else. Without it the page says
 * that the request failed while a key was created that nobody has seen.
 */
export async function createKey(request: EndpointRequest, exchange: Exchange, options: RestOptions): Promise<Answer> {
  exchange.operation = 'createApiKey';
  const { caller, body } = await readChange(request, exchange, options);
  const created = spellNewKey(await options.keys.create(caller, toCreateInput(body)));
  const answer: z.infer<typeof createdKey> = { ...created, data: created };
  return newKeyAnswer(answer, exchange.replayed, options.basePath);
}
