// @ts-nocheck
import type { Execute } from './connect.ts';
import { CliError, EXIT, usageError } from './exit.ts';
import { type ApiKey, FIND, LIST } from './key-operations.ts';
import { LIST_ALL, type OwnedKey } from './organization-operations.ts';

/** Keys asked for at once: the most that the server gives. */
const PAGE = 100;

/** With fewer characters, an id could soon match another key. */
const SHORTEST = 4;

/** The filters of `list`, with the server's names. */
export interface KeyFilter {
  readonly status?: ApiKey['status'] | undefined;
  readonly search?: string | undefined;
  /** ISO 8601 durations. */
  readonly expiresWithin?: string | undefined;
  readonly unusedFor?: string | undefined;
}

/** Reads the person's keys, newest first, page by page. */
export async function* keys(execute: Execute, filter: KeyFilter = {}): AsyncGenerator<ApiKey> {
  let after: string | null = null;
  do {
    const data: Awaited<ReturnType<typeof page>> = await page(execute, filter, after);
    yield* data.nodes;
    after = data.pageInfo.hasNextPage ? data.pageInfo.endCursor : null;
  } while (after !== null);
}

async function page(execute: Execute, filter: KeyFilter, after: string | null) {
  const { viewer } = await execute(LIST, { first: PAGE, after, ...filter });
  return viewer.apiKeys;
}

/** The keys of everybody in the active organization, or of one person in it. */
export async function* keysOfOrganization(
  execute: Execute,
  filter: KeyFilter & { readonly ownerId?: string | undefined },
): AsyncGenerator<OwnedKey> {
  let after: string | null = null;
  do {
    const data: Awaited<ReturnType<typeof pageOfOrganization>> = await pageOfOrganization(execute, filter, after);
    yield* data.nodes;
    after = data.pageInfo.hasNextPage ? data.pageInfo.endCursor : null;
  } while (after !== null);
}

async function pageOfOrganization(execute: Execute, filter: KeyFilter, after: string | null) {
  const { organization } = await execute(LIST_ALL, { first: PAGE, after, ...filter });
  if (organization !== null) return organization.apiKeys;
  throw new CliError(EXIT.refused, 'Your session has no active organization. Select one first.', 'NO_ORGANIZATION');
}

/**
 * The whole id of a key that is named by its id, or by the beginning of it where that is unique among
 * the person's keys. An id that nothing begins with is returned as it is, for the server to refuse.
 */
export async function wholeId(execute: Execute, given: string): Promise<string> {
  if (/^osk_[\w-]{20,}$/.test(given)) {
    throw usageError(
      'This is a key, not the id of a key. Give the id, which "list" shows; others can read what is on a command line.',
    );
  }
  const { apiKey } = await execute(FIND, { id: given });
  if (apiKey !== null || given.length < SHORTEST) return given;
  const found: ApiKey[] = [];
  for await (const key of keys(execute)) if (key.id.startsWith(given)) found.push(key);
  if (found.length > 1) {
    const named = found.map(({ id, name }) => `${id} ("${name}")`).join(', ');
    throw new CliError(
      EXIT.refused,
      `Several keys begin with "${given}": ${named}. Give more characters of the id.`,
      'AMBIGUOUS_ID',
    );
  }
  return found[0]?.id ?? given;
}
