// @ts-nocheck
import type { ApiKey } from '../keys/record/api-key.ts';
import type { SessionContext } from './context.ts';

/** Restores a key. */
export function restoreApiKey(input: unknown, context: SessionContext): Promise<ApiKey> {
  return context.keys.restore(context, input);
}
