import { printableName } from '../http/printable-name.ts';
import type { KnownNames } from './known-names.ts';

/**
 * The sentences of graphql-js and of the GraphQL server that are sent, with `"*"` for a name in
 * quotes, `#` for a number and `@` for a word of the language itself. It is a list of what may
 * pass: a sentence that is not in it, or that a value has broken up, is replaced as a whole.
 */
const SENTENCES = [
  'Syntax Error: Unexpected @.',
  'Syntax Error: Expected @.',
  'Syntax Error: Expected "*".',
  'Syntax Error: Unterminated string.',
  'Syntax Error: Unexpected "..".',
  'Syntax Error: Document contains more than # tokens. Parsing aborted.',
  'Syntax Error: Document contains more than # comments. Parsing aborted.',
  'Cannot query field "*" on type "*".',
  'Unknown argument "*" on field "*".',
  'Unknown argument "*" on directive "*".',
  'Unknown argument "*" on fragment "*".',
  'Unknown directive "*".',
  'Unknown fragment "*".',
  'Unknown type "*".',
  'Directive "*" may not be used on @.',
  'The directive "*" can only be used once at this location.',
  'This anonymous operation must be the only defined operation.',
  'The @ operation is not supported by the schema.',
  'The "*" definition is not executable.',
  'The schema definition is not executable.',
  'Maximum introspection depth exceeded',
  'GraphQL introspection has been disabled, but the requested query contained the field "*".',
  'Cannot spread fragment "*" within itself.',
  'Fragment "*" is never used.',
  'Fragment cannot condition on non composite type "*".',
  'Fragment "*" cannot condition on non composite type "*".',
  'Fragment cannot be spread here as objects of type "*" can never be of type "*".',
  'Fragment "*" cannot be spread here as objects of type "*" can never be of type "*".',
  'Fields "*" conflict.',
  'Field "*" must not have a selection since type "*" has no subfields.',
  'Field "*" of type "*" must have a selection of subfields.',
  'Field "*" of type "*" must have at least one field selected.',
  'Argument "*" of type "*" is required, but it was not provided.',
  'Argument "*" of required type "*" was not provided.',
  'There can be only one argument named "*".',
  'There can be only one directive named "*".',
  'There can be only one fragment named "*".',
  'There can be only one input field named "*".',
  'There can be only one operation named "*".',
  'There can be only one variable named "*".',
  'Variable "*" is not defined.',
  'Variable "*" is not defined by operation "*".',
  'Variable "*" is never used.',
  'Variable "*" is never used in operation "*".',
  'Variable "*" cannot be non-input type "*".',
  'Variable "*" expected value of type "*" which cannot be used as an input type.',
  'Variable "*" of type "*" used in position expecting type "*".',
  'Variable "*" of required type "*" was not provided.',
  'Variable "*" of non-null type "*" must not be null.',
  'Expected variable "*" provided to type "*" to provide a runtime value.',
  'Expected variable "*" provided to non-null type "*" not to be null.',
  'Expected value of type "*".',
  'Expected value of type "*" to be an object.',
  'Expected value of type "*" to include required field "*".',
  'Expected value of type "*" not to include unknown field "*".',
  'Expected value of non-null type "*" not to be null.',
  'Expected a value of non-null type "*" to be provided.',
  'Int cannot represent non-integer value.',
  'Int cannot represent non 32-bit signed integer value.',
  'Float cannot represent non numeric value.',
  'String cannot represent a non string value.',
  'Boolean cannot represent a non boolean value.',
  'ID cannot represent value.',
  'ID cannot represent a non-string and non-integer value.',
  'Enum "*" cannot represent non-string value.',
  'Enum "*" cannot represent non-enum value.',
  'Value "*" does not exist in "*" enum.',
  'Unknown operation named "*".',
  'Must provide operation name if query contains multiple operations.',
  'Must provide an operation.',
  'Could not determine what operation to execute.',
  'Can only perform a mutation operation from a POST request.',
  'Too many validation errors, error limit reached. Validation aborted.',
  'Too many errors processing variables, error limit reached. Execution aborted.',
].map(toPattern);

/** Stands for a name that could be something other than a name. */
const UNPRINTABLE = '…';
const NOT_SAID = 'The request is not valid GraphQL.';
/** Longest message that is sent: names have a limit, and sentences of variables hold a path. */
const MAX_LENGTH = 300;
/** As much of a message is looked at: the rest is values, which a caller can make long to keep the patterns busy. */
const MAX_LOOKED_AT = 1000;

const SUGGESTION = / Did you mean (?:the enum value |to use an inline fragment on )?(?:"[^"]*"(?:, or | or |, )?)+\?/;
/** From here on a message of graphql-js shows what it has found, which may be a secret in the wrong place. */
const VALUE =
  /[,.;:]?\s*(?:but )?(?:found|got|received|encountered)\b[\s\S]*$|(?<=\bvalue): [\s\S]*$| because [\s\S]*$| via "[\s\S]*$/i;
const TOKEN = /^(Syntax Error: Unexpected (?:Name|Int|Float|String|BlockString|directive))\b[\s\S]*$/;
const VARIABLE = /^(?<what>Variable|Argument) "(?<name>[^"]+)" (?:has|got) invalid (?:default )?value/;

/**
 * A message of graphql-js without anything of what it was given: names of the schema and short
 * identifiers stay, values go.
 *
 * @param reason the message of the original error, where graphql-js wraps one: what stands before
 *   it is then the value that was refused.
 */
export function safeMessage(message: string, names: KnownNames, options: SafeMessageOptions): string {
  const { what, name } = VARIABLE.exec(message)?.groups ?? {};
  if (what === undefined || name === undefined) return withoutValues(message, names, options.suggestions);
  // `... at "input.name"; <reason>` or `... at .name: <reason>`
  const reason = options.reason ?? message.slice(message.indexOf(': ') + 2);
  const path = / at "?([\w.[\]]+)"?[;:] $/
    .exec(message.slice(0, -reason.length).slice(-MAX_LENGTH))?.[1]
    ?.replace(/^[^.[]*\.?/, '');
  const where = path === undefined || !isPrintablePath(path) ? '' : ` at "${path}"`;
  return `${what} ${quote(name, names)}${where}: ${withoutValues(reason, names, options.suggestions)}`.slice(
    0,
    MAX_LENGTH,
  );
}

export interface SafeMessageOptions {
  readonly reason?: string | undefined;
  /** Keep `Did you mean "..."?`, which tells names of the schema. */
  readonly suggestions: boolean;
}

function withoutValues(message: string, names: KnownNames, suggestions: boolean): string {
  const start = message.slice(0, MAX_LOOKED_AT);
  const suggested = SUGGESTION.exec(start);
  const text = (suggested === null ? start : start.slice(0, suggested.index)).replace(VALUE, '.').replace(TOKEN, '$1.');
  if (!SENTENCES.some((sentence) => sentence.test(text))) return NOT_SAID;
  const hint = suggestions && suggested !== null && isOfSchema(suggested[0], names) ? suggested[0] : '';
  const shown = text.replace(/"([^"]*)"/g, (_, name: string) => quote(name, names));
  return `${shown}${hint}`.slice(0, MAX_LENGTH);
}

function toPattern(sentence: string): RegExp {
  const escaped = sentence.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const source = escaped
    .replaceAll(String.raw`"\*"`, '"[^"]*"')
    .replaceAll('#', String.raw`\d+`)
    .replaceAll('@', '(?:<EOF>|"[^"\\w\\s]{1,3}"|[A-Za-z_]{2,24})');
  return new RegExp(`^${source}$`);
}

function quote(name: string, names: KnownNames): string {
  const [, sigil = '', bare = ''] = /^([$@]?)([\s\S]*)$/.exec(name) ?? [];
  const isPunctuation = /^[^\w\s]{1,3}$/.test(name);
  return `"${sigil}${names.has(bare) || isPunctuation ? bare : (printableName(bare) ?? UNPRINTABLE)}"`;
}

function isOfSchema(suggestion: string, names: KnownNames): boolean {
  return [...suggestion.matchAll(/"([^"]*)"/g)].every(([, name = '']) => names.has(name.replace(/ \{ \.\.\. \}$/, '')));
}

function isPrintablePath(path: string): boolean {
  return path
    .split(/[.[\]]+/)
    .filter((name) => name !== '' && !/^\d+$/.test(name))
    .every((name) => printableName(name) !== undefined);
}
