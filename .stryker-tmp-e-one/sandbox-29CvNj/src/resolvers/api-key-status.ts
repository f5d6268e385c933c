// @ts-nocheck
import type { ApiKey, ApiKeyStatus } from '../keys/record/api-key.ts';
import type { AuthenticatedContext } from './context.ts';

/** The status of a key; the memberships of the owners of a page are looked up in one statement. */
export function apiKeyStatus(key: ApiKey, { keys }: AuthenticatedContext): Promise<ApiKeyStatus> {
  return keys.statusOf(key);
}
