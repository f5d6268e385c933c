import { parseCreateApiKeyInput } from '../keys/input.ts';
import { type MintedApiKey, mintApiKey } from '../keys/mint.ts';
import type { SessionContext } from '../schema/context.ts';

/** Checks the input, mints, and hands the key and its secret to the payload. */
export async function createApiKey(
  input: unknown,
  { principal, platform, request }: SessionContext,
): Promise<MintedApiKey> {
  const start = performance.now();
  const minted = await mintApiKey(platform, principal, parseCreateApiKeyInput(input));
  request.minted({
    userId: principal.userId,
    organizationId: principal.organizationId,
    keyId: minted.apiKey.id,
    prefix: minted.apiKey.prefix,
    milliseconds: performance.now() - start,
  });
  return minted;
}
