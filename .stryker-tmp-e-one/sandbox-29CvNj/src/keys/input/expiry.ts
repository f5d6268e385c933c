// @ts-nocheck
import { z } from 'zod';
import { invalid } from '../../base/errors.ts';
import { parseDateTime } from './date-time.ts';
import { durationField } from './duration.ts';

const DATE_TIME = 'The expiry must be an RFC 3339 date-time with an offset, such as "2030-01-31T12:00:00Z".';
const LIFETIME =
  'The lifetime must be an ISO 8601 duration of weeks, days, hours, minutes and seconds, at most P36500D, such as "P90D".';

/**
 * When a key expires. Whether that is in the future is checked when the key is written, because the repeat of an
 * old request may come after it.
 */
export const expiresAt = z.string(DATE_TIME).transform((value, context) => {
  const instant = parseDateTime(value);
  if (instant !== undefined) return instant;
  context.addIssue({ code: 'custom', message: DATE_TIME });
  return z.NEVER;
});

/** How long a key lives, in milliseconds from when it is written. */
export const expiresIn = durationField(1, LIFETIME);

/** The requested expiry: a date, a lifetime, or neither, for a key that does not expire. */
export interface AskedExpiry {
  readonly expiresAt?: Date | undefined;
  /** Milliseconds. */
  readonly expiresIn?: number | undefined;
}

/**
 * The requested expiry as a date.
 *
 * @param now the start of a lifetime, in milliseconds since 1970.
 * @throws ServiceError `VALIDATION_FAILED` if both a date and a lifetime are given.
 */
export function askedExpiry({ expiresAt, expiresIn }: AskedExpiry, now: number): Date | undefined {
  if (expiresIn === undefined) return expiresAt;
  if (expiresAt === undefined) return new Date(now + expiresIn);
  throw invalid([
    {
      field: 'expiresIn',
      code: 'ambiguous',
      message: 'Give either the date on which the key expires or how long it lives, not both.',
    },
  ]);
}
