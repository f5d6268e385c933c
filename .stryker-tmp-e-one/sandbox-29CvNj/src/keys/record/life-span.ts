// @ts-nocheck
import type { ApiKey } from './api-key.ts';

/** The expiry that gives a new key the same lifetime as another key. */
export function sameLifeSpan(
  { createdAt, expiresAt }: Pick<ApiKey, 'createdAt' | 'expiresAt'>,
  now: number,
): Date | undefined {
  return expiresAt === undefined ? undefined : new Date(now + expiresAt.getTime() - createdAt.getTime());
}
