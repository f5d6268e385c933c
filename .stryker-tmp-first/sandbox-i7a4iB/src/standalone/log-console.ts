// @ts-nocheck
import { format, stripVTControlCharacters } from 'node:util';
import type { Logger } from 'pino';

const LEVELS = { debug: 'debug', log: 'info', info: 'info', warn: 'warn', error: 'error' } as const;

/**
 * Libraries that write to the console write into the log instead: a collector gets one object a
 * line. The platform's database driver prints the statements that failed, with the values that some
 * databases put into them; they are cut off.
 */
export function consoleInto(log: Logger): void {
  for (const [method, level] of Object.entries(LEVELS) as [
    keyof typeof LEVELS,
    (typeof LEVELS)[keyof typeof LEVELS],
  ][]) {
    console[method] = (...values: unknown[]) =>
      log[level](withoutStatement(stripVTControlCharacters(format(...values)).trimEnd()));
  }
}

function withoutStatement(text: string): string {
  return text.replace(/\bstatement: [\s\S]*$/, 'statement: [redacted]');
}
