import { findOwnApiKey } from '../keys/find.ts';
import type { ApiKey } from '../keys/store.ts';
import type { AuthenticatedContext } from '../schema/context.ts';

/** A key of the caller by its id. */
export async function findApiKey(
  id: string,
  { principal, minting: { platform } }: AuthenticatedContext,
): Promise<ApiKey | null> {
  return (await findOwnApiKey(platform, principal, id)) ?? null;
}
