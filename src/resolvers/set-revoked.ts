import { apiKeyIdInput, parseInput } from '../keys/input.ts';
import { setRevoked as set } from '../keys/revocation.ts';
import type { ApiKey } from '../keys/store.ts';
import type { SessionContext } from '../schema/context.ts';

/** Checks the input and revokes or restores the key. */
export function setRevoked(input: unknown, revoked: boolean, { principal, minting }: SessionContext): Promise<ApiKey> {
  const { id } = parseInput(apiKeyIdInput, input);
  return set(minting, principal, id, revoked);
}
