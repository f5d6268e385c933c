/**
 * A caller's name for a field may be shown back so that a refusal can name it, but people paste
 * secrets in the wrong place: a key or a session token used as a field name must not come back in
 * an answer or a log. Short identifiers are names; anything else is not repeated.
 */
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]{0,39}$/;
const LONGEST_WORD = 24;
const LONGEST_WORD_WITH_DIGITS = 16;

/** The name itself, or `undefined` when it could be something other than a name. */
export function printableName(name: string): string | undefined {
  if (!IDENTIFIER.test(name) || /osk_/i.test(name)) return undefined;
  // Tokens are long runs that mix letters and digits; field names are words.
  const tokenLike = name
    .split('_')
    .some((run) => run.length > (/\d/.test(run) ? LONGEST_WORD_WITH_DIGITS : LONGEST_WORD));
  return tokenLike ? undefined : name;
}

/** {@link printableName} in quotes, or words that stand for it. */
export function quoteName(name: string): string {
  const printable = printableName(name);
  return printable === undefined ? 'a field with an unprintable name' : `"${printable}"`;
}
