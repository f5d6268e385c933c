import type { RotatedApiKey } from '../keys/service.ts';
import type { SessionContext } from './context.ts';

/** A replacement with its secret, and the key that it replaces. */
export function rotateApiKey(input: unknown, context: SessionContext): Promise<RotatedApiKey> {
  return context.keys.rotate(context, input);
}
