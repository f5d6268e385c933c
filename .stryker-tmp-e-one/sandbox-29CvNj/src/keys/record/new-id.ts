// @ts-nocheck
import { randomBytes } from 'node:crypto';

/** Hexadecimal digits of the time, in milliseconds: enough until the year 10889. */
const TIME_DIGITS = 12;

/**
 * The id of a new row: the time, a hyphen and 96 random bits, in hexadecimal. Ids that grow with time land at the
 * end of each index that has them, so that a commit writes fewer pages. An id that starts with a hyphen would be
 * read as an option on the command line, and one with 33 digits in a row would be taken for a secret in a log.
 */
export function newId(now: number): string {
  return `${now.toString(16).padStart(TIME_DIGITS, '0')}-${randomBytes(12).toString('hex')}`;
}
