// @ts-nocheck
import type { ObjectAccess } from '../keys/access/preview.ts';
import type { SessionContext } from './context.ts';

/** What a key could do, object by object. */
export function apiKeyAccess(input: unknown, { keys, principal }: SessionContext): Promise<ObjectAccess[]> {
  return keys.accessUnder(principal, input);
}
