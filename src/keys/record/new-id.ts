import { randomFillSync } from 'node:crypto';

/** Hexadecimal digits of the time, in milliseconds: enough until the year 10889. */
const TIME_DIGITS = 12;
/** Random bytes in one id. */
const RANDOM_BYTES = 12;

/** Random bytes for the next ids: asking the system for 12 at a time takes 30 times as long. Ids are no secrets. */
const pool = Buffer.alloc(256 * RANDOM_BYTES);
let used = pool.length;

/**
 * The id of a new row: the time, a hyphen and 96 random bits, in hexadecimal. Ids that grow with time land at the
 * end of each index that has them, so that a commit writes fewer pages. An id that starts with a hyphen would be
 * read as an option on the command line, and one with 33 digits in a row would be taken for a secret in a log.
 */
export function newId(now: number): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.toString('hex', used, used + RANDOM_BYTES);
  used += RANDOM_BYTES;
  return `${now.toString(16).padStart(TIME_DIGITS, '0')}-${random}`;
}
