// @ts-nocheck
import type { z } from 'zod';
import { requireSession } from '../auth/session-required.ts';
import type { Answer } from '../http/answer.ts';
import type { EndpointRequest } from '../http/endpoint.ts';
import type { Exchange } from '../http/exchange.ts';
import { assertKnown } from './body.ts';
import { jsonAnswer } from './envelope.ts';
import { spellPage, spellWithDetails } from './list-keys.ts';
import { organizationListParameters, readListQuery } from './list-query.ts';
import type { organizationKeyList, revokedKeys } from './representation.ts';
import { type RestOptions, readChange } from './request.ts';

/** `GET /keys/organization`: a page of the keys of all members, for administrators of the active organization. */
export async function listOrganizationKeys(
  request: EndpointRequest,
  exchange: Exchange,
  options: RestOptions,
): Promise<Answer> {
  exchange.operation = 'listOrganizationApiKeys';
  const { authenticator, keys } = options;
  const principal = requireSession(await exchange.during('authenticate', () => authenticator.authenticate(request)));
  const page = await keys.organization.list(principal, readListQuery(request.url, organizationListParameters));
  const answer: z.infer<typeof organizationKeyList> = await spellPage(page, async (apiKey) => {
    const [spelled, owner, violates_policy] = await Promise.all([
      spellWithDetails(apiKey, options),
      keys.ownerOf(apiKey),
      keys.organization.policy.isViolatedBy(apiKey),
    ]);
    return { ...spelled, owner, violates_policy };
  });
  return jsonAnswer(200, answer);
}

/** `POST /keys/organization/owners/{user_id}/revoke`: revokes all keys of a person in the active organization. */
export async function revokeKeysOf(
  request: EndpointRequest,
  exchange: Exchange,
  options: RestOptions,
  userId: string,
): Promise<Answer> {
  exchange.operation = 'revokeApiKeysOf';
  const { caller, body } = await readChange(request, exchange, options);
  assertKnown(body, new Map());
  const answer: z.infer<typeof revokedKeys> = { revoked: await options.keys.revokeAllOf(caller, { userId }) };
  return jsonAnswer(200, answer);
}
