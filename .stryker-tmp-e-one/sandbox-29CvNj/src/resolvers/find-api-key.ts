// @ts-nocheck
import type { ApiKey } from '../keys/record/api-key.ts';
import type { AuthenticatedContext } from './context.ts';

/** A key of the caller by its id. */
export async function findApiKey(id: string, { principal, keys }: AuthenticatedContext): Promise<ApiKey | null> {
  return (await keys.find(principal, id)) ?? null;
}
