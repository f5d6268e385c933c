// @ts-nocheck
import { styleText } from 'node:util';
import { connected, type ServerOptions } from './connect.ts';
import { keys, keysOfOrganization } from './find-key.ts';
import type { ApiKey } from './key-operations.ts';
import type { OwnedKey } from './organization-operations.ts';
import { STATUSES } from './statuses.ts';
import { table } from './table.ts';
import { progress, result, resultJson } from './terminal.ts';

const COLOURS = { ACTIVE: 'green', EXPIRED: 'yellow', REVOKED: 'red', OWNER_LEFT: 'red' } as const;
const HEADINGS = ['ID', 'NAME', 'PREFIX', 'STATUS', 'EXPIRES', 'LAST USED'];
const STATUS_COLUMN = HEADINGS.indexOf('STATUS');

export interface ListOptions extends ServerOptions {
  readonly status?: keyof typeof STATUSES;
  readonly search?: string;
  readonly expiresWithin?: string;
  readonly unusedFor?: string;
  readonly limit?: number;
  /** Those of everybody in the active organization. */
  readonly organization?: boolean;
  /** Only those of this person. */
  readonly owner?: string;
}

/** Lists the person's keys, or those of their organization: all of them, or as many as `--limit` says. */
export async function list(options: ListOptions): Promise<void> {
  const { limit = Number.POSITIVE_INFINITY, search, expiresWithin, unusedFor } = options;
  const filter = { status: options.status && STATUSES[options.status], search, expiresWithin, unusedFor };
  const found = await connected(options, async (execute) => {
    const listed: (ApiKey | OwnedKey)[] = [];
    const wanted =
      options.organization === true || options.owner !== undefined
        ? keysOfOrganization(execute, { ...filter, ownerId: options.owner })
        : keys(execute, filter);
    for await (const key of wanted) {
      if (listed.push(key) >= limit) break;
    }
    return listed;
  });
  if (options.json) return resultJson(found);
  if (found.length === 0) return progress('No keys.');
  show(found);
}

function show(found: readonly (ApiKey | OwnedKey)[]): void {
  // A pipe gets everything in full; a terminal what fits into a line.
  const width = process.stdout.isTTY ? process.stdout.columns : undefined;
  const instant = width === undefined ? (text: string) => text : inMinutes;
  const ids = found.map(({ id }) => id);
  const idLength = width === undefined ? undefined : uniqueLength(ids);
  const rows = found.map((key) => [
    key.id.slice(0, idLength),
    key.name,
    key.prefix,
    key.status,
    key.expiresAt === null ? 'never' : instant(key.expiresAt),
    key.lastUsedAt === null ? 'unknown' : instant(key.lastUsedAt),
    ...('owner' in key ? [key.owner.email] : []),
  ]);
  const headings = found.some((key) => 'owner' in key) ? [...HEADINGS, 'OWNER'] : HEADINGS;
  const paint = (text: string, row: number, column: number): string => {
    const key = found[row];
    if (key === undefined) return coloured('bold', text);
    return column === STATUS_COLUMN ? coloured(COLOURS[key.status], text) : text;
  };
  for (const line of table(headings, rows, { width, paint })) result(line);
}

/** How many characters of the ids tell these keys apart, 8 at least; the other commands take an id so shortened. */
function uniqueLength(ids: readonly string[]): number {
  const different = new Set(ids).size;
  let length = 8;
  while (new Set(ids.map((id) => id.slice(0, length))).size < different) length += 1;
  return length;
}

/** `2031-01-01 00:00`, in UTC, out of an RFC 3339 date-time. */
function inMinutes(instant: string): string {
  return instant.slice(0, 16).replace('T', ' ');
}

/** In colour where standard output is a terminal that has some, and neither `NO_COLOR` nor anybody else is against it. */
function coloured(format: 'bold' | 'green' | 'yellow' | 'red', text: string): string {
  return styleText(format, text, { stream: process.stdout });
}
