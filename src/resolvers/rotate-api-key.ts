import { parseInput, rotateApiKeyInput } from '../keys/input/input.ts';
import { type RotatedApiKey, rotateApiKey as rotate } from '../keys/mint/rotate.ts';
import type { SessionContext } from './context.ts';
import { mintRequest } from './mint-request.ts';
import { tellingOfMint } from './telling.ts';

/** Checks the input, replaces the key, and hands the new key and its secret to the payload. */
export function rotateApiKey(input: unknown, context: SessionContext): Promise<RotatedApiKey> {
  const { principal, minting, request } = context;
  return tellingOfMint(context, 'rotate', () =>
    rotate(minting, principal, parseInput(rotateApiKeyInput, input), mintRequest(request)),
  );
}
