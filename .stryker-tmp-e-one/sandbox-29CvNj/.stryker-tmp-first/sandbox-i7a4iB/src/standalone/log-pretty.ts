// @ts-nocheck
// 
import { styleText } from 'node:util';

const COLORS = { debug: 'gray', info: 'green', warn: 'yellow', error: 'red' } as const;
type Level = keyof typeof COLORS;

/** A line of the log as a person reads it: the time of day, the level, the message, then the fields. */
export function prettyLine(json: string): string {
  const { time, level, msg, ...fields } = JSON.parse(json) as { time: string; level: Level; msg?: string };
  const shown = Object.entries(fields).map(([name, value]) => `${styleText('gray', `${name}=`)}${show(value)}`);
  const head = `${styleText('gray', time.slice(11, 23))} ${styleText(COLORS[level], level.padEnd(5))} ${msg ?? ''}`;
  return `${[head, ...shown].join(' ')}\n`;
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
