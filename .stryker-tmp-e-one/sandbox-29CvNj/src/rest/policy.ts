// @ts-nocheck
import { z } from 'zod';
import { requireSession } from '../auth/session-required.ts';
import type { Answer } from '../http/answer.ts';
import type { EndpointRequest } from '../http/endpoint.ts';
import type { Exchange } from '../http/exchange.ts';
import { formatDuration } from '../keys/input/duration.ts';
import type { ApiKeyPolicy } from '../keys/policy/policy.ts';
import { toPolicyInput } from './body.ts';
import { jsonAnswer } from './envelope.ts';
import { type RestOptions, readChange } from './request.ts';

const duration = (description: string) =>
  z.iso.duration().nullable().describe(`${description} Null if there is no such rule.`);

/** The rules of an organization in REST: in snake case, and with null for a rule that it does not have. */
export const keyPolicy = z.strictObject({
  max_lifetime: duration('The longest lifetime of a new key.'),
  default_lifetime: duration('The lifetime of a key created without an expiry.'),
  revoke_unused_after: duration('A key that has not been used for this long is revoked.'),
  require_scopes: z.boolean().describe('Whether every new key must have scopes.'),
  who_may_mint: z.enum(['MEMBERS', 'ADMINISTRATORS']).describe('Who may create and restore keys.'),
});

/** `GET /keys/organization/policy`: the rules of the active organization, for every member. */
export async function readPolicy(
  request: EndpointRequest,
  exchange: Exchange,
  { authenticator, keys }: RestOptions,
): Promise<Answer> {
  exchange.operation = 'apiKeyPolicy';
  const principal = requireSession(await exchange.during('authenticate', () => authenticator.authenticate(request)));
  return jsonAnswer(200, spellPolicy(await keys.organization.policy.find(principal)));
}

/** `PATCH /keys/organization/policy`: changes rules of the active organization, for its administrators. */
export async function updatePolicy(
  request: EndpointRequest,
  exchange: Exchange,
  options: RestOptions,
): Promise<Answer> {
  exchange.operation = 'updateApiKeyPolicy';
  const { caller, body } = await readChange(request, exchange, options);
  return jsonAnswer(200, spellPolicy(await options.keys.organization.policy.update(caller, toPolicyInput(body))));
}

function spellPolicy(policy: ApiKeyPolicy): z.infer<typeof keyPolicy> {
  const written = (milliseconds: number | undefined): string | null =>
    milliseconds === undefined ? null : formatDuration(milliseconds);
  return {
    max_lifetime: written(policy.maxLifetime),
    default_lifetime: written(policy.defaultLifetime),
    revoke_unused_after: written(policy.revokeUnusedAfter),
    require_scopes: policy.requireScopes,
    who_may_mint: policy.whoMayMint,
  };
}
