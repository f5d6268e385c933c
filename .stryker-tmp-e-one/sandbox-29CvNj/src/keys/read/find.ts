// @ts-nocheck
import type { ApiKeyPrincipal, Principal } from '../../auth/principal.ts';
import { ServiceError } from '../../base/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { isKeyId } from '../input/key-id.ts';
import { API_KEY_OBJECT, type ApiKey, toApiKey } from '../record/api-key.ts';

/**
 * A key of the caller by its id, read with their own rights. Another person's key and a key that does
 * not exist both return `undefined`, by the same query. Text that cannot be an id is not looked up.
 */
export async function findOwnApiKey(platform: Platform, principal: Principal, id: string): Promise<ApiKey | undefined> {
  if (!isKeyId(id)) return undefined;
  const context = await platform.contextOf(principal);
  const rows = await platform.inTime(() =>
    platform.engine.find(API_KEY_OBJECT, { where: { id, user_id: principal.userId }, limit: 1, context }),
  );
  return rows[0] && toApiKey(rows[0]);
}

/** The key that a request presents, whatever its scopes let it read: every key may know what it is. */
export async function findPresentedKey(
  platform: Platform,
  { userId, keyId }: ApiKeyPrincipal,
): Promise<ApiKey | undefined> {
  const where = { id: keyId, user_id: userId };
  const rows = await platform.inTime(() =>
    platform.engine.find(API_KEY_OBJECT, { where, limit: 1, context: { isSystem: true } }),
  );
  return rows[0] && toApiKey(rows[0]);
}

/** A key by its id, if it belongs to the organization. Only for administrators of that organization. */
export async function findKeyOfOrganization(
  platform: Platform,
  organizationId: string,
  id: string,
): Promise<ApiKey | undefined> {
  if (!isKeyId(id)) return undefined;
  const where = { id, active_organization_id: organizationId };
  const rows = await platform.inTime(() =>
    platform.engine.find(API_KEY_OBJECT, { where, limit: 1, context: { isSystem: true } }),
  );
  return rows[0] && toApiKey(rows[0]);
}

/** The error for an id that is not the id of a key of the caller. */
export function noSuchKey(): ServiceError {
  return new ServiceError('NOT_FOUND', {
    message: 'You have no key with this id. The list of keys shows the id of each.',
  });
}
