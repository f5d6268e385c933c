import { z } from 'zod';

/**
 * RFC 3339 section 5.6 `date-time`, with days that the calendar has: `Date` also takes dates without a
 * time and times without an offset, whose meaning depends on the time zone of the server, and rolls
 * the 30th of February over into March. A leap second (`:60`) is refused since no JavaScript date can
 * hold it.
 */
const DATE_TIME = z.iso.datetime({ offset: true });
/** RFC 3339 sets no bound to the digits of a fraction; nanoseconds are as fine as anybody writes. */
const FINER_THAN_NANOSECONDS = /\.\d{10}/;

/**
 * Reads an RFC 3339 date-time with an offset.
 *
 * @returns the instant, with a resolution of milliseconds (finer digits are cut), or `undefined`
 *   when the text is not one.
 */
export function parseDateTime(text: string): Date | undefined {
  // RFC 3339 allows `t` and `z`, which zod does not read.
  const written = text.replace(/[tz]/g, (letter) => letter.toUpperCase());
  if (FINER_THAN_NANOSECONDS.test(written) || !DATE_TIME.safeParse(written).success) return undefined;
  return writable(new Date(written));
}

/** Epoch numbers below this are seconds, the others milliseconds: the platform's own rule. */
const FIRST_EPOCH_MILLISECOND = 1e12;

/**
 * Reads a Unix time as the platform's clients send it: seconds below 1e12, else milliseconds.
 *
 * @returns the instant, or `undefined` when the number is no instant that RFC 3339 can write
 *   (`1e300` passes a comparison with the clock and then throws in `toISOString`).
 */
export function parseEpoch(epoch: number): Date | undefined {
  return writable(new Date(epoch < FIRST_EPOCH_MILLISECOND ? epoch * 1000 : epoch));
}

/** The instant, if RFC 3339 can write it: an offset carries the last year over into 10000, and the first one below 0. */
function writable(instant: Date): Date | undefined {
  const year = instant.getUTCFullYear();
  return year >= 0 && year <= 9999 ? instant : undefined;
}
