// @ts-nocheck
import type { Principal } from '../../auth/principal.ts';
import { invalid } from '../../base/errors.ts';
import type { EngineContext, Row } from '../../platform/engine.ts';
import type { Platform } from '../../platform/platform.ts';
import { isKeyId } from '../input/key-id.ts';
import { API_KEY_OBJECT, type ApiKey, toApiKey } from '../record/api-key.ts';
import type { Standing } from '../record/standing.ts';
import { keysDescribedWith, type SearchedKeys } from './described.ts';
import { type KeyFilters, matching, whereFilters } from './filters.ts';

/** The default and the maximum number of keys on a page. */
export const DEFAULT_PAGE = 20;
export const MAX_PAGE = 100;

export interface ListQuery extends KeyFilters {
  readonly first: number | undefined;
  readonly after: string | undefined;
}

export interface Page {
  readonly keys: readonly ApiKey[];
  readonly hasNextPage: boolean;
  /** Counts the keys on all pages. Called only if the field is selected. */
  totalCount(): Promise<number>;
}

/**
 * A page of the caller's own keys, newest first, read with their own rights.
 *
 * @throws ServiceError `VALIDATION_FAILED` (`first` out of range, a filter or a cursor that cannot be read), `SERVICE_UNAVAILABLE`.
 */
export function listApiKeys(
  platform: Platform,
  standing: Standing,
  principal: Principal,
  query: ListQuery,
): Promise<Page> {
  const mine = { user_id: principal.userId };
  return readPage(platform, standing, mine, query, () => platform.contextOf(principal));
}

/**
 * A page of all keys of an organization, newest first. Only for administrators of that organization.
 *
 * @param ownerId only the keys of this person.
 * @throws ServiceError as {@link listApiKeys}.
 */
export function listKeysOfOrganization(
  platform: Platform,
  standing: Standing,
  organizationId: string,
  ownerId: string | undefined,
  query: ListQuery,
): Promise<Page> {
  const where = { active_organization_id: organizationId, ...(ownerId === undefined ? {} : { user_id: ownerId }) };
  return readPage(platform, standing, where, query, async () => ({ isSystem: true }));
}

/** The cursor is the position of a key in the list, so that every page costs the same. */
async function readPage(
  platform: Platform,
  standing: Standing,
  mine: SearchedKeys,
  query: ListQuery,
  contextOf: () => Promise<EngineContext>,
): Promise<Page> {
  const first = query.first ?? DEFAULT_PAGE;
  if (first < 0 || first > MAX_PAGE) {
    throw invalid([
      {
        field: 'first',
        code: 'out_of_range',
        message: `A page can have 0 to ${MAX_PAGE} keys. Ask for more page by page, with the cursor of each page.`,
      },
    ]);
  }
  const now = Date.now();
  const filters = whereFilters(query, now);
  const after = query.after === undefined ? undefined : readCursor(query.after);
  const { search = '' } = query;
  if (search !== '') {
    filters.push(matching(search, await platform.inTime(() => keysDescribedWith(platform.engine, mine, search))));
  }
  const context = await contextOf();
  const find = (from: Place | undefined, limit: number): Promise<Row[]> => {
    const conditions = from === undefined ? filters : [...filters, olderThan(from)];
    const where = conditions.length === 0 ? mine : { $and: [mine, ...conditions] };
    return platform.inTime(() =>
      platform.engine.find(API_KEY_OBJECT, { where, orderBy: NEWEST_FIRST, limit, context }),
    );
  };
  const { status } = query;
  if (status === 'ACTIVE' || status === 'OWNER_LEFT') {
    const found = new Membership(find, async (key) => (await standing.statusOf(key)) === status);
    const keys = await found.read(after, first + 1, first + 1);
    return {
      keys: keys.slice(0, first),
      hasNextPage: keys.length > first,
      totalCount: async () => (await found.read(undefined, Number.POSITIVE_INFINITY, BATCH)).length,
    };
  }
  const owned = filters.length === 0 ? mine : { $and: [mine, ...filters] };
  const rows = await find(after, first + 1);
  return {
    keys: rows.slice(0, first).map(toApiKey),
    hasNextPage: rows.length > first,
    totalCount: () => platform.inTime(() => platform.engine.count(API_KEY_OBJECT, { where: owned, context })),
  };
}

const NEWEST_FIRST = [
  { field: 'created_at', order: 'desc' },
  { field: 'id', order: 'desc' },
] as const;
/** The rows of each further statement, if the first did not return enough. */
const BATCH = 500;

/**
 * Reads a list of keys with a condition on the membership of their owner. The engine does not join keys and
 * memberships, so this reads keys in batches and leaves out those that do not match.
 */
class Membership {
  readonly #find: (from: Place | undefined, limit: number) => Promise<Row[]>;
  readonly #isMeant: (key: ApiKey) => Promise<boolean>;

  constructor(
    find: (from: Place | undefined, limit: number) => Promise<Row[]>,
    isMeant: (key: ApiKey) => Promise<boolean>,
  ) {
    this.#find = find;
    this.#isMeant = isMeant;
  }

  async read(after: Place | undefined, wanted: number, firstBatch: number): Promise<ApiKey[]> {
    const found: ApiKey[] = [];
    let from = after;
    for (let limit = firstBatch; ; limit = BATCH) {
      const keys = (await this.#find(from, limit)).map(toApiKey);
      const meant = await Promise.all(keys.map(this.#isMeant));
      found.push(...keys.filter((_key, index) => meant[index]));
      const last = keys.at(-1);
      if (found.length >= wanted || keys.length < limit || last === undefined) return found.slice(0, wanted);
      from = placeOf(last);
    }
  }
}

interface Place {
  readonly createdAt: string;
  readonly id: string;
}

/** The first condition is redundant, but lets the database start in the index at the cursor instead of at its beginning. */
function olderThan({ createdAt, id }: Place): Record<string, unknown> {
  return {
    created_at: { $lte: createdAt },
    $or: [{ created_at: { $lt: createdAt } }, { created_at: createdAt, id: { $lt: id } }],
  };
}

/** The cursor of a key: opaque to clients. */
export function cursorOf(key: ApiKey): string {
  const { createdAt, id } = placeOf(key);
  return Buffer.from(JSON.stringify([createdAt, id])).toString('base64url');
}

function placeOf({ createdAt, id }: ApiKey): Place {
  return { createdAt: createdAt.toISOString(), id };
}

function readCursor(cursor: string): Place {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parsed) && parsed.length === 2 && parsed.every((part) => typeof part === 'string')) {
      const [createdAt, id] = parsed as [string, string];
      if (isKeyId(id)) return { createdAt: new Date(createdAt).toISOString(), id };
    }
  } catch {
    // Not a cursor of ours.
  }
  throw invalid([
    {
      field: 'after',
      code: 'invalid_cursor',
      message: 'The cursor is not valid. Use one that an earlier page returned.',
    },
  ]);
}
