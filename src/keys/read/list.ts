import type { Principal } from '../../auth/principal.ts';
import { invalid } from '../../base/errors.ts';
import type { EngineContext } from '../../platform/engine.ts';
import type { Platform } from '../../platform/platform.ts';
import { isKeyId } from '../input/key-id.ts';
import { API_KEY_OBJECT, type ApiKey, toApiKey } from '../record/api-key.ts';
import { type KeyFilters, whereFilters } from './filters.ts';

/** Keys of a page unless `first` says otherwise, and the most there may be. */
export const DEFAULT_PAGE = 20;
export const MAX_PAGE = 100;

export interface ListQuery extends KeyFilters {
  readonly first: number | undefined;
  readonly after: string | undefined;
}

export interface Page {
  readonly keys: readonly ApiKey[];
  readonly hasNextPage: boolean;
  /** Counts every key of the query, past this page; asked only when it is selected. */
  totalCount(): Promise<number>;
}

/**
 * A page of the caller's own keys, newest first, read with their own rights.
 *
 * @throws ServiceError `VALIDATION_FAILED` (`first` out of range, a filter or a cursor that cannot be read), `SERVICE_UNAVAILABLE`.
 */
export function listApiKeys(platform: Platform, principal: Principal, query: ListQuery): Promise<Page> {
  return readPage(platform, { user_id: principal.userId }, query, () => platform.contextOf(principal));
}

/**
 * A page of the keys of an organization, newest first, whoever they belong to; for whoever administers it.
 *
 * @param ownerId only the keys of this person.
 * @throws ServiceError as {@link listApiKeys}.
 */
export function listKeysOfOrganization(
  platform: Platform,
  organizationId: string,
  ownerId: string | undefined,
  query: ListQuery,
): Promise<Page> {
  const where = { active_organization_id: organizationId, ...(ownerId === undefined ? {} : { user_id: ownerId }) };
  return readPage(platform, where, query, async () => ({ isSystem: true }));
}

/** The cursor is the place of a key in the order of the list, so that a page costs the same wherever it is. */
async function readPage(
  platform: Platform,
  mine: Record<string, unknown>,
  query: ListQuery,
  contextOf: () => Promise<EngineContext>,
): Promise<Page> {
  const first = query.first ?? DEFAULT_PAGE;
  if (first < 0 || first > MAX_PAGE) {
    throw invalid([{ field: 'first', code: 'out_of_range', message: `A page can have 0 to ${MAX_PAGE} keys.` }]);
  }
  const filters = whereFilters(query, Date.now());
  const owned = filters.length === 0 ? mine : { $and: [mine, ...filters] };
  const after = query.after === undefined ? [] : [olderThan(readCursor(query.after))];
  const where = after.length === 0 ? owned : { $and: [mine, ...filters, ...after] };
  const context = await contextOf();
  const rows = await platform.inTime(() =>
    platform.engine.find(API_KEY_OBJECT, {
      where,
      orderBy: [
        { field: 'created_at', order: 'desc' },
        { field: 'id', order: 'desc' },
      ],
      limit: first + 1,
      context,
    }),
  );
  return {
    keys: rows.slice(0, first).map(toApiKey),
    hasNextPage: rows.length > first,
    totalCount: () => platform.inTime(() => platform.engine.count(API_KEY_OBJECT, { where: owned, context })),
  };
}

interface Place {
  readonly createdAt: string;
  readonly id: string;
}

/** The first condition says nothing new; with it, the index is entered at the place of the cursor and not at its beginning. */
function olderThan({ createdAt, id }: Place): Record<string, unknown> {
  return {
    created_at: { $lte: createdAt },
    $or: [{ created_at: { $lt: createdAt } }, { created_at: createdAt, id: { $lt: id } }],
  };
}

/** The cursor of a key: opaque to clients. */
export function cursorOf(key: ApiKey): string {
  return Buffer.from(JSON.stringify([key.createdAt.toISOString(), key.id])).toString('base64url');
}

function readCursor(cursor: string): Place {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parsed) && parsed.length === 2 && parsed.every((part) => typeof part === 'string')) {
      const [createdAt, id] = parsed as [string, string];
      if (isKeyId(id)) return { createdAt: new Date(createdAt).toISOString(), id };
    }
  } catch {
    // Not one of ours, whatever it is.
  }
  throw invalid([
    {
      field: 'after',
      code: 'invalid_cursor',
      message: 'The cursor is not valid. Use one that an earlier page returned.',
    },
  ]);
}
