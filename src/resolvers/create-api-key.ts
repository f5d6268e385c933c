import { parseCreateApiKeyInput } from '../keys/input.ts';
import { type MintedApiKey, mintApiKey } from '../keys/mint.ts';
import type { SessionContext } from '../schema/context.ts';
import { mintRequest } from './mint-request.ts';

/** Checks the input, mints, and hands the key and its secret to the payload. */
export async function createApiKey(
  input: unknown,
  { principal, minting, request }: SessionContext,
): Promise<MintedApiKey> {
  const start = performance.now();
  const minted = await mintApiKey(minting, principal, parseCreateApiKeyInput(input), mintRequest(request));
  request.replayed = minted.secret === undefined;
  if (!request.replayed) {
    request.minted({
      userId: principal.userId,
      organizationId: principal.organizationId,
      keyId: minted.apiKey.id,
      prefix: minted.apiKey.prefix,
      milliseconds: performance.now() - start,
    });
  }
  return minted;
}
