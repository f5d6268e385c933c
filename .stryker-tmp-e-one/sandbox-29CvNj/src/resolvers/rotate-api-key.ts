// @ts-nocheck
import type { RotatedApiKey } from '../keys/service.ts';
import type { SessionContext } from './context.ts';

/** Replaces a key, and returns the new key with its secret and the old key. */
export function rotateApiKey(input: unknown, context: SessionContext): Promise<RotatedApiKey> {
  return context.keys.rotate(context, input);
}
