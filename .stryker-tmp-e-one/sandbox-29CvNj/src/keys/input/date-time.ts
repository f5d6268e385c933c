// @ts-nocheck
import { z } from 'zod';

/**
 * RFC 3339 section 5.6 `date-time`, with days that exist. `Date` also accepts dates without a time and
 * times without an offset, whose meaning depends on the time zone of the server, and turns February 30
 * into a day in March. A leap second (`:60`) is rejected because no JavaScript date can represent it.
 */
const DATE_TIME = z.iso.datetime({ offset: true });
/** RFC 3339 does not limit the digits of a fraction; this allows nanoseconds. */
const FINER_THAN_NANOSECONDS = /\.\d{10}/;

/**
 * Reads an RFC 3339 date-time with an offset.
 *
 * @returns the instant in milliseconds (finer digits are cut off), or `undefined` if the text is not
 *   valid.
 */
export function parseDateTime(text: string): Date | undefined {
  // RFC 3339 allows `t` and `z`, which zod does not read.
  const written = text.replace(/[tz]/g, (letter) => letter.toUpperCase());
  if (FINER_THAN_NANOSECONDS.test(written) || !DATE_TIME.safeParse(written).success) return undefined;
  return writable(new Date(written));
}

/** Epoch numbers below this are seconds, others milliseconds, as in the platform. */
const FIRST_EPOCH_MILLISECOND = 1e12;

/**
 * Reads a Unix time as the platform's clients send it: seconds below 1e12, else milliseconds.
 *
 * @returns the instant, or `undefined` if RFC 3339 cannot express it (`1e300` passes a comparison with
 *   the clock and then throws in `toISOString`).
 */
export function parseEpoch(epoch: number): Date | undefined {
  return writable(new Date(epoch < FIRST_EPOCH_MILLISECOND ? epoch * 1000 : epoch));
}

/** The instant, if RFC 3339 can express it: an offset can move it past the year 9999 or before the year 0. */
function writable(instant: Date): Date | undefined {
  const year = instant.getUTCFullYear();
  return year >= 0 && year <= 9999 ? instant : undefined;
}
