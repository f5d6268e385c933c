import { parseCreateApiKeyInput } from '../keys/input/input.ts';
import { type MintedApiKey, mintApiKey } from '../keys/mint/mint.ts';
import type { SessionContext } from './context.ts';
import { mintRequest } from './mint-request.ts';
import { tellingOfMint } from './telling.ts';

/** Checks the input, mints, and hands the key and its secret to the payload. */
export function createApiKey(input: unknown, context: SessionContext): Promise<MintedApiKey> {
  const { principal, minting, request } = context;
  return tellingOfMint(context, 'create', () =>
    mintApiKey(minting, principal, parseCreateApiKeyInput(input), mintRequest(request)),
  );
}
