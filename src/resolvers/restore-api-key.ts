import type { ApiKey } from '../keys/record/api-key.ts';
import type { SessionContext } from './context.ts';

/** The key, which authenticates again. */
export function restoreApiKey(input: unknown, context: SessionContext): Promise<ApiKey> {
  return context.keys.restore(context, input);
}
