// @ts-nocheck
// 
import { parseDateTime } from '../keys/input/date-time.ts';
import { parseDuration } from '../keys/input/duration.ts';
import { usageError } from './exit.ts';

/**
 * The instant that `--expires` names: an RFC 3339 date-time, or an ISO 8601 duration from now
 * (`P90D`, `PT12H`). Whether it is acceptable is for the server to say.
 *
 * @returns an RFC 3339 date-time in UTC.
 * @throws CliError for anything else, and for a duration that leads past the year 9999.
 */
export function expiryInstant(text: string, now: number = Date.now()): string {
  const instant = parseDateTime(text) ?? after(text, now);
  if (instant !== undefined) return instant.toISOString();
  throw usageError(
    '--expires must be an RFC 3339 date-time (2030-01-31T12:00:00Z), or an ISO 8601 duration of weeks, days, hours, ' +
      'minutes and seconds (P90D, PT12H).',
  );
}

function after(duration: string, now: number): Date | undefined {
  const milliseconds = parseDuration(duration);
  if (milliseconds === undefined || milliseconds === 0) return undefined;
  const instant = new Date(now + milliseconds);
  // Past the last instant that a Date can hold the year is NaN.
  return instant.getUTCFullYear() <= 9999 ? instant : undefined;
}
