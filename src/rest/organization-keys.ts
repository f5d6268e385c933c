import type { z } from 'zod';
import { requireSession } from '../auth/session-required.ts';
import type { Answer } from '../http/answer.ts';
import type { EndpointRequest } from '../http/endpoint.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Caller } from '../keys/mint/caller.ts';
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
export function revokeKeysOf(
  request: EndpointRequest,
  exchange: Exchange,
  options: RestOptions,
  userId: string,
): Promise<Answer> {
  return revokeAll(request, exchange, options, async () => userId);
}

/**
 * `POST /keys/{id}/owner/revoke`: the same for the owner of a key. The Console needs it: the row of a list has the id of
 * the key, but the whole person where the id of its owner was.
 */
export function revokeKeysOfOwner(
  request: EndpointRequest,
  exchange: Exchange,
  options: RestOptions,
  id: string,
): Promise<Answer> {
  return revokeAll(request, exchange, options, (caller) => options.keys.organization.ownerOf(caller, id));
}

async function revokeAll(
  request: EndpointRequest,
  exchange: Exchange,
  options: RestOptions,
  ownerOf: (caller: Caller) => Promise<string>,
): Promise<Answer> {
  exchange.operation = 'revokeApiKeysOf';
  const { caller, body } = await readChange(request, exchange, options);
  assertKnown(body, new Map());
  const userId = await ownerOf(caller);
  const answer: z.infer<typeof revokedKeys> = { revoked: await options.keys.revokeAllOf(caller, { userId }) };
  return jsonAnswer(200, answer);
}
