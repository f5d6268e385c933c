/** Numbers below it are seconds since 1970, the others milliseconds: the platform's own rule. */
// @ts-nocheck

const SECONDS_BELOW = 1e12;

/**
 * Whether the expiry in a row has passed. One that cannot be read has: to the platform such a key
 * would never end.
 */
export function hasEnded(value: unknown, now: number): boolean {
  if (value === null || value === undefined) return false;
  return !(momentOf(value) > now);
}

/** How SQL writes a time: without a zone, which is UTC. */
const SQL_TIME = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d+)?$/;

/** A time in a row, in milliseconds since 1970; NaN when it cannot be read. */
export function momentOf(value: unknown): number {
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'number') return value < SECONDS_BELOW ? value * 1000 : value;
  if (typeof value !== 'string') return Number.NaN;
  return Date.parse(SQL_TIME.test(value) ? `${value.replace(' ', 'T')}Z` : value);
}

/** The scopes in a row: a JSON array of names, in a text column. */
export function readScopes(value: unknown): readonly string[] | 'unreadable' {
  if (value === null || value === undefined || value === '') return [];
  const parsed = typeof value === 'string' ? parse(value) : value;
  const readable = Array.isArray(parsed) && parsed.every((scope) => typeof scope === 'string' && scope !== '');
  return readable ? parsed : 'unreadable';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
