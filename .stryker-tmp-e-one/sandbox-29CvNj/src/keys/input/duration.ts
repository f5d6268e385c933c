// @ts-nocheck
import { parse, serialize } from 'tinyduration';
import { z } from 'zod';
import { DAY, HOUR, MINUTE, SECOND } from '../../base/time.ts';

/** The longest duration in an input, in milliseconds: a hundred years, so that now plus a duration is a valid date. */
export const LONGEST_DURATION = 36_500 * DAY;

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

/**
 * A field with a duration, read as milliseconds.
 *
 * @param shortest in milliseconds.
 * @param message what is said of every other value.
 */
export function durationField(shortest: number, message: string) {
  return z.string(message).transform((value, context) => {
    const milliseconds = parseDuration(value);
    if (milliseconds !== undefined && milliseconds >= shortest && milliseconds <= LONGEST_DURATION) return milliseconds;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}
