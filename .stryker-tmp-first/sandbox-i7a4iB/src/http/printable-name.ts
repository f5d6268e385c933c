/**
 * An error may repeat the name of an unknown field. But people paste secrets in the wrong place, and a
 * key or session token used as a field name must not appear in a response or a log. So only short
 * identifiers are repeated.
 */
// @ts-nocheck

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]{0,39}$/;
const LONGEST_WORD = 24;
const LONGEST_WORD_WITH_DIGITS = 16;

/** The name itself, or `undefined` if it could be a secret. */
export function printableName(name: string): string | undefined {
  if (!IDENTIFIER.test(name) || /osk_/i.test(name)) return undefined;
  // Tokens are long runs that mix letters and digits; field names are words.
  const tokenLike = name
    .split('_')
    .some((run) => run.length > (/\d/.test(run) ? LONGEST_WORD_WITH_DIGITS : LONGEST_WORD));
  return tokenLike ? undefined : name;
}

/** {@link printableName} in quotes, or a description in its place. */
export function quoteName(name: string): string {
  const printable = printableName(name);
  return printable === undefined ? 'a field with an unprintable name' : `"${printable}"`;
}
