// @ts-nocheck
// 
import { styleText } from 'node:util';
import type { CliError } from './exit.ts';

/** Everything that a terminal could act on or hide: controls, formats, line separators, private use, lone surrogates. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;
/** In JSON text: the line feeds between the values are its own. */
const INVISIBLE_IN_JSON = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;

let asJson = false;

/** With `--json` standard error is for programs as well: nothing is written there but errors and warnings. */
export function writeJson(wanted: boolean): void {
  asJson = wanted;
}

/** Prints progress to stderr. stdout contains only the result, so that it can be piped. */
export function progress(line: string): void {
  if (!asJson) process.stderr.write(`${printable(line)}\n`);
}

/** Prints a warning, even with `--json`. */
export function warning(line: string): void {
  if (asJson) process.stderr.write(`${jsonText({ warning: line })}\n`);
  else process.stderr.write(`${styleText('yellow', 'Warning:', { stream: process.stderr })} ${printable(line)}\n`);
}

/** Prints the error that ends the command. */
export function failure({ code, exitCode, message }: Pick<CliError, 'code' | 'exitCode' | 'message'>): void {
  if (asJson) process.stderr.write(`${jsonText({ error: { code, message, exitCode } })}\n`);
  else process.stderr.write(`${printable(message)}\n`);
}

/** Writes a line of the result. The caller has made it printable. */
export function result(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Writes the result as JSON. */
export function resultJson(value: unknown): void {
  result(jsonText(value, 2));
}

/**
 * Text of a server as it may be shown on a terminal. A name or a message with control characters could
 * move the cursor, hide lines, set the window's title or fill the clipboard: they are written as `\u{1b}`.
 */
export function printable(text: string): string {
  return text.replaceAll(INVISIBLE, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** JSON with the same characters escaped, which changes nothing for whoever parses it. */
function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replaceAll(INVISIBLE_IN_JSON, (character) =>
    [...Array(character.length).keys()]
      .map((unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
