/**
 * RFC 3339 section 5.6 `date-time`, and nothing else: `Date.parse` also takes dates without a time
 * and times without an offset, whose meaning depends on the time zone of the server. A leap second
 * (`:60`) is refused since no JavaScript date can hold it.
 */
const DATE_TIME =
  /^(?<year>\d{4})-(?<month>0[1-9]|1[0-2])-(?<day>0[1-9]|[12]\d|3[01])[Tt](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/**
 * Reads an RFC 3339 date-time with an offset.
 *
 * @returns the instant, with a resolution of milliseconds (finer digits are cut), or `undefined`
 *   when the text is not one.
 */
export function parseDateTime(text: string): Date | undefined {
  const groups = DATE_TIME.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const { year, month, day } = groups as Record<'year' | 'month' | 'day', string>;
  // Date rolls the 30th of February over into March.
  const daysInMonth = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return Number(day) > daysInMonth ? undefined : writable(new Date(text.toUpperCase()));
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
