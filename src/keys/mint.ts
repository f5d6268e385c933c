import { generateApiKey } from '@objectstack/core';
import { assertPrincipal, type SessionPrincipal } from '../auth/principal.ts';
import { ServiceError } from '../errors.ts';
import type { Platform } from '../platform/platform.ts';
import type { CreateApiKeyInput } from './input.ts';
import { assertHoldsScopes, assertMayMintIn } from './policy.ts';
import { Secret } from './secret.ts';
import { type ApiKey, insertApiKey } from './store.ts';

/** A key that has just been written, and its secret: the only time that the two are together. */
export interface MintedApiKey {
  readonly apiKey: ApiKey;
  readonly secret: Secret;
}

/**
 * Mints an API key for the person who is signed in: every check first, then one elevated insert,
 * with the owner and the organization taken from the principal and from nowhere else.
 *
 * @param principal who asks. Only `auth/` can construct one, and a forged one throws here.
 * @throws ServiceError `FORBIDDEN` (not a member, a scope not held, an impersonated session),
 *   `SERVICE_UNAVAILABLE` (the database or the tenancy service did not answer).
 */
export async function mintApiKey(
  platform: Platform,
  principal: SessionPrincipal,
  input: CreateApiKeyInput,
): Promise<MintedApiKey> {
  assertPrincipal(principal);
  if (principal.impersonated) {
    // A support person looking through somebody's eyes would walk away with a credential of
    // theirs that outlives the impersonation.
    throw new ServiceError('FORBIDDEN', { message: 'An impersonated session cannot create a key.' });
  }
  const { userId, organizationId } = principal;
  assertMayMintIn({
    organizationId,
    posture: await platform.tenancyPosture(),
    memberships: organizationId === undefined ? [] : await platform.memberships(userId, organizationId),
  });
  if (input.scopes.length > 0) {
    assertHoldsScopes(input.scopes, new Set(await platform.scopesHeldBy(userId, organizationId)));
  }

  const generated = generateApiKey();
  const secret = new Secret(generated.raw);
  const apiKey = await platform.asking(() =>
    insertApiKey(platform.engine, {
      name: input.name,
      hash: generated.hash,
      prefix: generated.prefix,
      userId,
      organizationId,
      scopes: input.scopes,
      expiresAt: input.expiresAt,
    }),
  );
  return { apiKey, secret };
}
