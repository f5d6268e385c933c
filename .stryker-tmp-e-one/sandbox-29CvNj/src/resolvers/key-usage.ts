// @ts-nocheck
import type { ApiKeyUse } from '../keys/read/usage.ts';
import type { ApiKey } from '../keys/record/api-key.ts';
import type { AuthenticatedContext } from './context.ts';

/** What a key was used for; the keys of a page are looked up in one statement. */
export function keyUsage(key: Pick<ApiKey, 'id'>, { keys }: AuthenticatedContext): Promise<ApiKeyUse[]> {
  return keys.usageOf(key);
}

/** The narrowest scopes that would have been sufficient. */
export async function suggestedScopes(
  key: Pick<ApiKey, 'id'>,
  { principal, keys }: AuthenticatedContext,
): Promise<string[] | null> {
  return (await keys.suggestedScopesOf(principal, key)) ?? null;
}
