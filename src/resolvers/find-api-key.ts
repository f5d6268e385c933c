import { findOwnApiKey } from '../keys/read/find.ts';
import type { ApiKey } from '../keys/record/api-key.ts';
import type { AuthenticatedContext } from './context.ts';

/** A key of the caller by its id. */
export async function findApiKey(
  id: string,
  { principal, minting: { platform } }: AuthenticatedContext,
): Promise<ApiKey | null> {
  return (await findOwnApiKey(platform, principal, id)) ?? null;
}
