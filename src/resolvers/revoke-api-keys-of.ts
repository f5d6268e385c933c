import type { SessionContext } from './context.ts';

/** How many keys of a person have ended. */
export async function revokeApiKeysOf(input: unknown, context: SessionContext): Promise<{ readonly revoked: number }> {
  return { revoked: await context.keys.revokeAllOf(context, input) };
}
