import type { ApiKey, ApiKeyStatus } from '../keys/record/api-key.ts';
import type { AuthenticatedContext } from './context.ts';

/** Whether a key authenticates; the memberships of the owners of a page are looked up in one statement. */
export function apiKeyStatus(key: ApiKey, { keys }: AuthenticatedContext): Promise<ApiKeyStatus> {
  return keys.statusOf(key);
}
