// @ts-nocheck
import { type Logger, pino } from 'pino';
import { prettyLine } from './log-pretty.ts';

export interface LogOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** For a person at a terminal, instead of one JSON object a line. */
  readonly pretty: boolean;
}

/**
 * The log of the standalone server, on standard output. The lines have the form of the platform's
 * own (`time`, `level`, `msg`), so that one rule reads both. There is no worker and no buffer: what
 * was logged is out when the process is killed.
 */
export function createLog({ level, pretty }: LogOptions): Logger {
  const write = pretty
    ? (line: string) => process.stdout.write(prettyLine(line))
    : (line: string) => process.stdout.write(line);
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write },
  );
}
