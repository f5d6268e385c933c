// @ts-nocheck
import type { ApiKey } from '../keys/record/api-key.ts';
import type { ApiKeyOwner } from '../keys/record/owner.ts';
import type { AuthenticatedContext } from './context.ts';

/** The owner of a key; those of a page are looked up in one statement. */
export function apiKeyOwner(key: Pick<ApiKey, 'ownerId'>, { keys }: AuthenticatedContext): Promise<ApiKeyOwner> {
  return keys.ownerOf(key);
}
