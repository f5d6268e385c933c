// @ts-nocheck
import { invalid, ServiceError } from '../../base/errors.ts';
import { formatDuration } from '../input/duration.ts';
import type { RateLimit } from './rate-limit.ts';

/** The limits on keys. `undefined` means no limit. */
export interface KeyLimits {
  /** Mints per person. */
  readonly mintLimitPerUser: RateLimit | undefined;
  /** Mints per client address. */
  readonly mintLimitPerAddress: RateLimit | undefined;
  /** The most active keys of one person. */
  readonly maxActiveKeys: number | undefined;
  /** The longest lifetime of a key, in milliseconds. */
  readonly maxKeyLifetime: number | undefined;
}

/**
 * The expiry of a new key. Without a requested expiry, the key gets the longest lifetime.
 *
 * @throws ServiceError `VALIDATION_FAILED` if the requested expiry is too late.
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

/** The expiry of a replacement: that of the old key, or the longest lifetime if that is shorter. */
export function expiryWithin(limits: KeyLimits, wanted: Date | undefined, now: number): Date | undefined {
  if (limits.maxKeyLifetime === undefined) return wanted;
  const latest = new Date(now + limits.maxKeyLifetime);
  return wanted === undefined || wanted > latest ? latest : wanted;
}

/** The error for a key above {@link KeyLimits.maxActiveKeys}. */
export function capReached(maxActiveKeys: number): ServiceError {
  return new ServiceError('LIMIT_REACHED', {
    message: `You have ${maxActiveKeys} active keys, which is the limit. Revoke one that you no longer need.`,
  });
}
