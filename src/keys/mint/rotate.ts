import type { SessionPrincipal } from '../../auth/principal.ts';
import { ServiceError } from '../../base/errors.ts';
import type { RotateApiKeyInput } from '../input/input.ts';
import { expiryWithin } from '../limits/limits.ts';
import { findOwnApiKey } from '../read/find.ts';
import type { ApiKey } from '../record/api-key.ts';
import { assertMayMint, identify, type MintedApiKey, type Minting, type MintRequest, write } from './mint.ts';

/** A replacement, its secret where this is the request that made it, and the key that it replaces. */
export interface RotatedApiKey extends MintedApiKey {
  readonly previous: ApiKey;
}

/**
 * Replaces a key by one with the same name, scopes and life span, and ends the old one: at once, or
 * after the overlap. Both happen in one transaction.
 *
 * @throws ServiceError as {@link mintApiKey}, and `NOT_FOUND` (no such key of this person),
 *   `KEY_NOT_ACTIVE` (revoked, expired, or replaced before), `FORBIDDEN` (a key of another organization).
 */
export async function rotateApiKey(
  minting: Minting,
  principal: SessionPrincipal,
  { id, overlap }: RotateApiKeyInput,
  request: MintRequest,
): Promise<RotatedApiKey> {
  const old = await findOwnApiKey(minting.platform, principal, id);
  if (old === undefined) throw new ServiceError('NOT_FOUND', { message: 'You have no such key.' });
  if (old.organizationId !== principal.organizationId) {
    // The new key would reach another organization than the one it replaces.
    throw new ServiceError('FORBIDDEN', { message: 'Switch to the organization of this key to rotate it.' });
  }
  await assertMayMint(minting.platform, principal, old.scopes);
  const now = Date.now();
  const expiresAt =
    old.expiresAt === undefined ? undefined : new Date(now + old.expiresAt.getTime() - old.createdAt.getTime());
  const minted = await write(minting, principal, request, {
    name: old.name,
    scopes: old.scopes,
    expiresAt: expiryWithin(minting.limits, expiresAt, now),
    idempotent: identify(principal, request, ['rotate', id, overlap]),
    replaces: { id, prefix: old.prefix, overlap },
  });
  return { ...minted, previous: (await findOwnApiKey(minting.platform, principal, id)) ?? old };
}
