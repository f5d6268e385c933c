import { apiKeyIdInput, parseInput } from '../keys/input/input.ts';
import { setRevoked as set } from '../keys/mint/revocation.ts';
import type { ApiKey } from '../keys/record/api-key.ts';
import type { SessionContext } from './context.ts';
import { telling } from './telling.ts';

/** Checks the input and revokes or restores the key. */
export async function setRevoked(input: unknown, revoked: boolean, context: SessionContext): Promise<ApiKey> {
  const { principal, minting, request } = context;
  const { id } = parseInput(apiKeyIdInput, input);
  const { apiKey } = await telling(
    context,
    revoked ? 'revoke' : 'restore',
    () => set(minting, principal, id, revoked, request),
    (revocation) => revocation,
  );
  return apiKey;
}
