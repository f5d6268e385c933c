// @ts-nocheck
import type { z } from 'zod';
import { invalid } from '../base/errors.ts';
import type { Answer } from '../http/answer.ts';
import type { EndpointRequest } from '../http/endpoint.ts';
import type { Exchange } from '../http/exchange.ts';
import { rotateApiKeyInput, unknownField } from '../keys/input/input.ts';
import { withoutEmpty } from './body.ts';
import { newKeyAnswer } from './envelope.ts';
import { type rotatedKey, spellKey, spellNewKey } from './representation.ts';
import { type RestOptions, readChange } from './request.ts';

/** The body of a rotation: the input without the id, which is in the path. */
export const rotateKeyBody = rotateApiKeyInput.omit({ id: true });

/** `POST /keys/{id}/rotate`: responds with the new key, its secret, and the old key. */
export async function rotateKey(
  request: EndpointRequest,
  exchange: Exchange,
  options: RestOptions,
  id: string,
): Promise<Answer> {
  exchange.operation = 'rotateApiKey';
  const { caller, body } = await readChange(request, exchange, options);
  const fields = Object.keys(rotateKeyBody.shape);
  const unknown = Object.keys(body).filter((key) => !fields.includes(key));
  if (unknown.length > 0) throw invalid(unknown.slice(0, 10).map((key) => unknownField(key, fields)));
  const rotated = await options.keys.rotate(caller, { ...withoutEmpty(body), id });
  const [detail, before, status] = await Promise.all([
    options.keys.detailOf(rotated.apiKey),
    options.keys.detailOf(rotated.previous),
    options.keys.statusOf(rotated.apiKey),
  ]);
  const answer: z.infer<typeof rotatedKey> = {
    ...spellNewKey(rotated, detail, status),
    previous: spellKey(rotated.previous, before),
  };
  return newKeyAnswer(answer, exchange.replayed, options.basePath);
}
