// @ts-nocheck
import { z } from 'zod';

/** The longest name, in UTF-16 code units: the size of the `sys_api_key.name` column. */
export const MAX_NAME_LENGTH = 255;
/** The longest description, in UTF-16 code units. */
export const MAX_DESCRIPTION_LENGTH = 1000;

/**
 * Control characters, line and paragraph separators, halves of surrogate pairs, and the
 * bidirectional overrides of the "Trojan Source" attack (CVE-2021-42574), which make one key look
 * like another in a list.
 */
const FORBIDDEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/u;
/** A visible character: a name of only zero-width characters counts as empty. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

const NAME_TOO_LONG = `The name must be at most ${MAX_NAME_LENGTH} characters.`;

/** The name of a key. */
export const name = z
  .string({
    error: (issue) =>
      issue.input === undefined ? 'A name is required: say what the key is for.' : 'The name must be a string.',
  })
  .refine((value) => !FORBIDDEN.test(value), 'The name must not contain control characters.')
  .trim()
  .refine((value) => VISIBLE.test(value), 'The name must not be empty: say what the key is for.')
  .max(MAX_NAME_LENGTH, { error: NAME_TOO_LONG, abort: true })
  // Zod and PostgreSQL count an emoji as one character; the platform counts two, and would reject the row.
  .refine((value) => value.length <= MAX_NAME_LENGTH, NAME_TOO_LONG);

/** The description of a key: like a name, but longer and with line breaks. Empty means none. */
export const description = z
  .string('The description must be a string.')
  .transform((value) => value.replaceAll('\r\n', '\n').trim())
  .refine(
    (value) => !FORBIDDEN.test(value.replaceAll('\n', '')),
    'The description must not contain control characters.',
  )
  .refine((value) => value === '' || VISIBLE.test(value), 'The description must contain visible characters.')
  .refine(
    (value) => value.length <= MAX_DESCRIPTION_LENGTH,
    `The description must be at most ${MAX_DESCRIPTION_LENGTH} characters.`,
  );
