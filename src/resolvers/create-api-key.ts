import { parseCreateApiKeyInput } from '../keys/input.ts';
import { type MintedApiKey, mintApiKey } from '../keys/mint.ts';
import type { SessionContext } from '../schema/context.ts';

/** Checks the input, mints, and hands the key and its secret to the payload. */
export function createApiKey(input: unknown, { principal, platform }: SessionContext): Promise<MintedApiKey> {
  return mintApiKey(platform, principal, parseCreateApiKeyInput(input));
}
