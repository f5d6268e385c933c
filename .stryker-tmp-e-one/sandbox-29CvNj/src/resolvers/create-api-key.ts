// @ts-nocheck
import type { MintedApiKey } from '../keys/mint/minter.ts';
import type { SessionContext } from './context.ts';

/** A new key, and its secret once. */
export function createApiKey(input: unknown, context: SessionContext): Promise<MintedApiKey> {
  return context.keys.create(context, input);
}
