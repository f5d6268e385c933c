import { parse, serialize } from 'tinyduration';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const part = (designator: string): string => String.raw`(?:\d+(?:[.,]\d+)?${designator})?`;
/** tinyduration starts at any `P` and stops at unexpected text: it reads `P1D1W` as one day. */
const DURATION = new RegExp(`^P(?=.)${part('W')}${part('D')}(?:T(?=.)${part('H')}${part('M')}${part('S')})?$`);

/**
 * Parses an ISO 8601 duration of weeks, days, hours, minutes and seconds. Years and months have no fixed
 * length, so they are rejected as ambiguous. Negative durations are rejected, too.
 *
 * @returns milliseconds, or `undefined` if the text is not valid.
 */
export function parseDuration(text: string): number | undefined {
  if (!DURATION.test(text)) return undefined;
  const { weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0 } = parse(text);
  const milliseconds = Math.round((weeks * 7 + days) * DAY + hours * HOUR + minutes * MINUTE + seconds * SECOND);
  return Number.isSafeInteger(milliseconds) ? milliseconds : undefined;
}

/** Formats milliseconds as an ISO 8601 duration of days, hours, minutes and seconds, such as `P90D` or `PT1M`. */
export function formatDuration(milliseconds: number): string {
  return serialize({
    days: Math.floor(milliseconds / DAY),
    hours: Math.floor((milliseconds % DAY) / HOUR),
    minutes: Math.floor((milliseconds % HOUR) / MINUTE),
    seconds: (milliseconds % MINUTE) / SECOND,
  });
}
