// @ts-nocheck
import { invalid, type ServiceError } from '../base/errors.ts';
import { quoteName } from './printable-name.ts';

export const NOT_JSON =
  'The request body is not valid JSON in UTF-8. Check its quotes, commas and brackets; put names and strings in double quotes.';

const NAME_ENDS = /[ \t\n\r]*:/y;

/**
 * Parses JSON (RFC 8259) and rejects duplicate names in an object, as RFC 7493 "I-JSON" does. Parsers
 * disagree on which duplicate wins, so an attacker could show one value to a proxy and another to the
 * server.
 *
 * @param maxDepth how deep objects and lists may nest, because code that reads the value may be recursive.
 * @throws ServiceError `VALIDATION_FAILED`, which repeats nothing of the text except printable names.
 */
export function parseJson(text: string, maxDepth: number): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The message of the parser quotes the text around the error.
    throw malformed('malformed_json', NOT_JSON);
  }
  checkShape(text, maxDepth);
  return value;
}

/** Checks depth and names in one pass. The text must be valid JSON. */
function checkShape(text: string, maxDepth: number): void {
  /** The names so far in each open object; `undefined` for an open list. */
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '{' || character === '[') {
      open.push(character === '{' ? new Set() : undefined);
      if (open.length > maxDepth) {
        throw malformed('too_deep', `The request body is nested deeper than ${maxDepth} levels. Send a flatter one.`);
      }
    } else if (character === '}' || character === ']') {
      open.pop();
    } else if (character === '"') {
      const end = endOfString(text, at);
      const names = open.at(-1);
      if (names !== undefined && isName(text, end)) addName(names, JSON.parse(text.slice(at, end)) as string);
      at = end - 1;
    }
  }
}

/** The index after the closing quote of the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function isName(text: string, end: number): boolean {
  NAME_ENDS.lastIndex = end;
  return NAME_ENDS.test(text);
}

function addName(names: Set<string>, name: string): void {
  if (names.has(name))
    throw malformed('duplicate_name', `The request body has ${quoteName(name)} twice. Send it once.`);
  names.add(name);
}

function malformed(code: string, message: string): ServiceError {
  return invalid([{ field: 'body', code, message }]);
}
