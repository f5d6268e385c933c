// @ts-nocheck
import { printableName } from '../http/printable-name.ts';

/** Replaces a name that could be a secret. */
const UNPRINTABLE = '…';
const MAX_LENGTH = 300;
/** Callers can send long values; the patterns run only over this many characters. */
const MAX_READ = 1000;

/** The part of a graphql-js message that repeats a value, which may be a secret in the wrong place. */
const VALUE =
  /[,.;:]?\s*(?:but )?(?:found|got|received|encountered)\b[\s\S]*$|(?<=\bvalue): [\s\S]*$| because [\s\S]*$| via "[\s\S]*$/i;
const TOKEN = /^(Syntax Error: Unexpected (?:Name|Int|Float|String|BlockString|directive))\b[\s\S]*$/;
const WORD = /^[A-Za-z'-]{0,20}[.,:;?]*$|^\d{1,6}$|^<EOF>\.$/;
/** In these messages, graphql-js puts the value before the reason. */
const SUBJECT = /^(?:Variable|Argument) "[^"]+"(?= (?:has|got) invalid )/;

/**
 * Removes the caller's values from a message of graphql-js. Short identifiers stay, because a developer
 * needs to know which field was misspelled.
 *
 * @param reason the message of the original error, if graphql-js wraps one.
 */
export function withoutValues(message: string, reason?: string): string {
  const subject = SUBJECT.exec(message)?.[0];
  const said = subject === undefined ? message : (reason ?? message.slice(message.indexOf(': ') + 2));
  const cut = said.slice(0, MAX_READ).replace(VALUE, '.').replace(/\?\.$/, '?').replace(TOKEN, '$1.');
  return (subject === undefined ? cut : `${subject}: ${cut}`)
    .split(/("[^"]*")/)
    .map((part) => (part.startsWith('"') ? quoted(part.slice(1, -1)) : words(part)))
    .join('')
    .slice(0, MAX_LENGTH);
}

/** `createApiKey`, `$input`, `[String!]!`, `Mutation.createApiKey(input:)` and `viewer { ... }` are names. */
function quoted(text: string): string {
  const parts = text.replace(/ \{ \.\.\. \}$/, '').split(/[$@[\]!.():]+/);
  const isPunctuation = /^[^\w\s]{1,3}$/.test(text);
  return `"${isPunctuation || parts.every((part) => part === '' || printableName(part)) ? text : UNPRINTABLE}"`;
}

/** Text outside quotes is English, unless a quote in a value has broken up the message. */
function words(text: string): string {
  return text.replace(/\S+/g, (word) => (WORD.test(word) ? word : UNPRINTABLE));
}
