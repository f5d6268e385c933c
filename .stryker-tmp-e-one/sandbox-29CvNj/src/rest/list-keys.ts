// @ts-nocheck
import type { z } from 'zod';
import type { Answer } from '../http/answer.ts';
import type { EndpointRequest } from '../http/endpoint.ts';
import type { Exchange } from '../http/exchange.ts';
import { cursorOf, type Page } from '../keys/read/list.ts';
import type { ApiKey } from '../keys/record/api-key.ts';
import { jsonAnswer } from './envelope.ts';
import { listParameters, readListQuery } from './list-query.ts';
import { type key, type keyList, spellKey } from './representation.ts';
import type { RestOptions } from './request.ts';

/** `GET /keys`: a page of the caller's own keys, newest first. */
export async function listKeys(request: EndpointRequest, exchange: Exchange, options: RestOptions): Promise<Answer> {
  exchange.operation = 'listApiKeys';
  const { authenticator, keys } = options;
  const principal = await exchange.during('authenticate', () => authenticator.authenticate(request));
  const page = await keys.list(principal, readListQuery(request.url, listParameters));
  const answer: z.infer<typeof keyList> = await spellPage(page, (apiKey) => spellWithDetails(apiKey, options));
  return jsonAnswer(200, answer);
}

/** A key in REST, with its details and its current status. */
export async function spellWithDetails(
  apiKey: ApiKey,
  { keys }: Pick<RestOptions, 'keys'>,
): Promise<z.infer<typeof key>> {
  const [detail, status] = await Promise.all([keys.detailOf(apiKey), keys.statusOf(apiKey)]);
  return spellKey(apiKey, detail, status);
}

/** A page of keys in REST. */
export async function spellPage<T>(
  page: Page,
  spellOne: (key: ApiKey) => Promise<T>,
): Promise<{ data: T[]; has_more: boolean; next_cursor?: string }> {
  const data = await Promise.all(page.keys.map(spellOne));
  const last = page.keys.at(-1);
  return {
    data,
    has_more: page.hasNextPage,
    ...(page.hasNextPage && last !== undefined ? { next_cursor: cursorOf(last) } : {}),
  };
}
