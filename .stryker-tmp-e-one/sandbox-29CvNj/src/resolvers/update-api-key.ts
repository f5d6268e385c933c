// @ts-nocheck
import type { ApiKey } from '../keys/record/api-key.ts';
import type { SessionContext } from './context.ts';

/** The key after it was changed. */
export function updateApiKey(input: unknown, context: SessionContext): Promise<ApiKey> {
  return context.keys.update(context, input);
}
