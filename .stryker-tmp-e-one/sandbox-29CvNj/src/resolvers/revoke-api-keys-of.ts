// @ts-nocheck
import type { SessionContext } from './context.ts';

/** Revokes all keys of a person, and returns how many. */
export async function revokeApiKeysOf(input: unknown, context: SessionContext): Promise<{ readonly revoked: number }> {
  return { revoked: await context.keys.revokeAllOf(context, input) };
}
