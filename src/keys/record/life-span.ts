import type { ApiKey } from './api-key.ts';

/** When a key ends that lives as long from now as another one did from its beginning. */
export function sameLifeSpan(
  { createdAt, expiresAt }: Pick<ApiKey, 'createdAt' | 'expiresAt'>,
  now: number,
): Date | undefined {
  return expiresAt === undefined ? undefined : new Date(now + expiresAt.getTime() - createdAt.getTime());
}
