import { invalid, ServiceError } from '../../base/errors.ts';
import { formatDuration } from '../input/duration.ts';
import type { RateLimit } from './rate-limit.ts';

/** How much one person may have, and how fast. `undefined` is without a limit. */
export interface KeyLimits {
  /** Mints per person. */
  readonly mintLimitPerUser: RateLimit | undefined;
  /** Mints per client address. */
  readonly mintLimitPerAddress: RateLimit | undefined;
  /** Keys of one person that authenticate at the same time. */
  readonly maxActiveKeys: number | undefined;
  /** Longest life of a key, in milliseconds. */
  readonly maxKeyLifetime: number | undefined;
}

/**
 * The expiry of a new key under the policy: a key that states none gets the longest life there is.
 *
 * @throws ServiceError `VALIDATION_FAILED` when it is to live longer.
 */
export function expiryUnder(limits: KeyLimits, requested: Date | undefined, now: number): Date | undefined {
  const { maxKeyLifetime } = limits;
  if (maxKeyLifetime === undefined) return requested;
  if (requested === undefined) return new Date(now + maxKeyLifetime);
  if (requested.getTime() <= now + maxKeyLifetime) return requested;
  throw invalid([
    {
      field: 'expiresAt',
      code: 'exceeds_max_lifetime',
      message: `A key can live for at most ${formatDuration(maxKeyLifetime)}.`,
    },
  ]);
}

/** The expiry of a replacement: that of the key it replaces, or the longest life there is now. */
export function expiryWithin(limits: KeyLimits, wanted: Date | undefined, now: number): Date | undefined {
  if (limits.maxKeyLifetime === undefined) return wanted;
  const latest = new Date(now + limits.maxKeyLifetime);
  return wanted === undefined || wanted > latest ? latest : wanted;
}

/** The refusal of a key past {@link KeyLimits.maxActiveKeys}. */
export function capReached(maxActiveKeys: number): ServiceError {
  return new ServiceError('LIMIT_REACHED', {
    message: `You have ${maxActiveKeys} active keys, which is the limit. Revoke one that you no longer need.`,
  });
}
