/**
 * RFC 3339 section 5.6 `date-time`, and nothing else: `Date.parse` also takes dates without a time
 * and times without an offset, whose meaning depends on the time zone of the server. A leap second
 * (`:60`) is refused since no JavaScript date can hold it.
 */
const DATE_TIME =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)[Tt](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

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
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > daysInMonth) return undefined;
  const instant = new Date(text.toUpperCase());
  // An offset may carry the last year over into 10000, which RFC 3339 cannot write back.
  return Number.isNaN(instant.getTime()) || instant.getUTCFullYear() > 9999 ? undefined : instant;
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
  if (!Number.isFinite(epoch)) return undefined;
  const instant = new Date(epoch < FIRST_EPOCH_MILLISECOND ? epoch * 1000 : epoch);
  const year = instant.getUTCFullYear();
  return year >= 1 && year <= 9999 ? instant : undefined;
}
