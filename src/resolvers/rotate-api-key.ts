import { parseInput, rotateApiKeyInput } from '../keys/input.ts';
import { type RotatedApiKey, rotateApiKey as rotate } from '../keys/rotate.ts';
import type { SessionContext } from '../schema/context.ts';
import { mintRequest } from './mint-request.ts';

/** Checks the input, replaces the key, and hands the new key and its secret to the payload. */
export async function rotateApiKey(
  input: unknown,
  { principal, minting, request }: SessionContext,
): Promise<RotatedApiKey> {
  const rotated = await rotate(minting, principal, parseInput(rotateApiKeyInput, input), mintRequest(request));
  request.replayed = rotated.secret === undefined;
  return rotated;
}
