// @ts-nocheck
import type { ApiKey } from '../keys/record/api-key.ts';
import type { SessionContext } from './context.ts';

/** Revokes a key. */
export function revokeApiKey(input: unknown, context: SessionContext): Promise<ApiKey> {
  return context.keys.revoke(context, input);
}
