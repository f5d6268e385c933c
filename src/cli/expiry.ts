import { Temporal } from 'temporal-polyfill';
import { parseDateTime } from '../keys/date-time.ts';
import { CliError, EXIT } from './exit.ts';

/**
 * The instant that `--expires` names: an RFC 3339 date-time, or an ISO 8601 duration from now
 * (`P90D`, `PT12H`, `P1Y`), counted in the calendar of UTC.
 *
 * @returns an RFC 3339 date-time in UTC.
 * @throws CliError for anything else, and for a duration that does not lead into the future.
 */
export function expiryInstant(text: string, now: Temporal.Instant = Temporal.Now.instant()): string {
  const instant = parseDateTime(text);
  if (instant !== undefined) return instant.toISOString();
  const duration = parseDuration(text);
  if (duration === undefined) {
    throw new CliError(
      EXIT.usage,
      '--expires must be an RFC 3339 date-time (2030-01-31T12:00:00Z) or an ISO 8601 duration (P90D, PT12H).',
    );
  }
  if (duration.sign <= 0) throw new CliError(EXIT.usage, '--expires must lie in the future.');
  try {
    const expiry = now.toZonedDateTimeISO('UTC').add(duration);
    if (expiry.year <= 9999) return new Date(expiry.epochMilliseconds).toISOString();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new CliError(EXIT.usage, '--expires is too far away to be written as a date.');
}

function parseDuration(text: string): Temporal.Duration | undefined {
  try {
    return Temporal.Duration.from(text);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
