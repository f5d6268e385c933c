import { describe, expect, it, vi } from 'vitest';
import { sessionPrincipal } from '../../../src/auth/principal.ts';
import { unavailable } from '../../../src/base/errors.ts';
import { cursorOf, type ListQuery, listApiKeys } from '../../../src/keys/read/list.ts';
import { type ApiKey, statusOf, toApiKey } from '../../../src/keys/record/api-key.ts';
import type { Standing } from '../../../src/keys/record/standing.ts';
import type { DataEngine, EngineContext, Row } from '../../../src/platform/engine.ts';
import type { Platform } from '../../../src/platform/platform.ts';
import { NO_FILTERS } from '../../support/list-query.ts';
import { matches } from '../../support/rows.ts';

const principal = sessionPrincipal({ userId: 'usr_1', email: 'a@example.test', organizationId: 'org_1' }, false);
const context: EngineContext = { userId: 'usr_1' };

const key = (id: string, second: number, more: Row = {}): Row => ({
  id,
  name: id,
  user_id: 'usr_1',
  created_at: new Date(Date.UTC(2030, 0, 1, 0, 0, second)).toISOString(),
  revoked: false,
  ...more,
});

/** The rows, in a table of their own. */
function tableOf(rows: Row[]) {
  const find = vi.fn<DataEngine['find']>(async (_object, { where = {}, orderBy = [], limit }) =>
    rows
      .filter((row) => matches(row, where))
      .sort((one, other) => {
        const field = orderBy.map((by) => by.field).find((name) => one[name] !== other[name]);
        if (field === undefined) return 0;
        const ascending = String(one[field]) < String(other[field]) ? -1 : 1;
        return orderBy.find((by) => by.field === field)?.order === 'desc' ? -ascending : ascending;
      })
      .slice(0, limit),
  );
  const count = vi.fn<DataEngine['count']>(
    async (_object, { where = {} }) => rows.filter((row) => matches(row, where)).length,
  );
  const contextOf = vi.fn<Platform['contextOf']>(async () => context);
  const inTime: Platform['inTime'] = async (read) => {
    try {
      return await read();
    } catch (error) {
      throw unavailable(error);
    }
  };
  const platform = { engine: { find, count }, contextOf, inTime } as unknown as Platform;
  return {
    find,
    count,
    contextOf,
    list: (query: Partial<ListQuery>) =>
      listApiKeys(platform, { statusOf: async (key: ApiKey) => statusOf(key) } as unknown as Standing, principal, {
        ...NO_FILTERS,
        ...query,
      }),
  };
}

/** The ids of all pages, from the first to the last. */
async function pages({ list }: ReturnType<typeof tableOf>, first: number): Promise<string[][]> {
  const ids: string[][] = [];
  let after: string | undefined;
  while (ids.length < 10) {
    const page = await list({ first, after });
    ids.push(page.keys.map(({ id }) => id));
    if (!page.hasNextPage) return ids;
    after = cursorOf(page.keys.at(-1) ?? expect.unreachable('a page without keys before the last'));
  }
  throw new Error('there is always another page');
}

describe('a list of keys', () => {
  it('has each key once, newest first, also where several are of one moment', async () => {
    const table = tableOf([key('z', 1), key('d', 3), key('b', 3), key('a', 9), key('c', 3)]);
    expect(await pages(table, 2)).toEqual([['a', 'd'], ['c', 'b'], ['z']]);
    expect(await pages(table, 1)).toEqual([['a'], ['d'], ['c'], ['b'], ['z']]);
    expect(await pages(table, 5)).toEqual([['a', 'd', 'c', 'b', 'z']]);
  });

  it("contains only the caller's keys, read with their rights, with any cursor", async () => {
    const foreign = key('foreign', 5, { user_id: 'usr_2' });
    const table = tableOf([key('a', 1), foreign, key('b', 9)]);
    expect(await pages(table, 10)).toEqual([['b', 'a']]);
    const after = await table.list({ after: cursorOf(toApiKey(foreign)) });
    expect(after.keys.map(({ id }) => id)).toEqual(['a']);
    expect(await after.totalCount()).toBe(2);
    expect(table.contextOf.mock.calls).toEqual([[principal], [principal]]);
    for (const [object, query] of [...table.find.mock.calls, ...table.count.mock.calls]) {
      expect(object).toBe('sys_api_key');
      expect(query.context).toBe(context);
    }
  });

  it('has 20 keys on a page unless it says otherwise, and up to 100', async () => {
    const table = tableOf(Array.from({ length: 120 }, (_, index) => key(`key_${index}`, index)));
    expect((await table.list({})).keys).toHaveLength(20);
    expect((await table.list({ first: 100 })).keys).toHaveLength(100);
    expect(await table.list({ first: 0 })).toMatchObject({ keys: [], hasNextPage: true });
    // One more than the page tells whether there is another.
    expect(table.find.mock.calls.map(([, { limit }]) => limit)).toEqual([21, 101, 1]);
  });

  it.each([-1, 101])('of %i keys is refused before anything is asked', async (first) => {
    const table = tableOf([key('a', 1)]);
    await expect(table.list({ first })).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      fields: [
        {
          field: 'first',
          code: 'out_of_range',
          message: 'A page can have 0 to 100 keys. Ask for more page by page, with the cursor of each page.',
        },
      ],
    });
    expect(table.contextOf).not.toHaveBeenCalled();
    expect(table.find).not.toHaveBeenCalled();
  });

  it('may be of one status, and then counts those', async () => {
    const table = tableOf([
      key('active', 1, { expires_at: '9999-01-01T00:00:00.000Z' }),
      key('expired', 2, { expires_at: '2020-01-01T00:00:00.000Z' }),
      key('revoked', 3, { revoked: true }),
      key('unlimited', 4),
    ]);
    const found = async (status: ListQuery['status']) => {
      const page = await table.list({ status });
      return [await page.totalCount(), ...page.keys.map(({ id }) => id)];
    };
    expect(await found('ACTIVE')).toEqual([2, 'unlimited', 'active']);
    expect(await found('EXPIRED')).toEqual([1, 'expired']);
    expect(await found('REVOKED')).toEqual([1, 'revoked']);
    expect(await found(undefined)).toEqual([4, 'unlimited', 'revoked', 'expired', 'active']);
  });

  it('counts every key of the query, whatever page it is, and only when it is asked to', async () => {
    const table = tableOf([key('a', 1), key('b', 2), key('c', 3)]);
    const { keys } = await table.list({ first: 1 });
    const second = await table.list({ first: 1, after: keys.map(cursorOf)[0] });
    expect(table.count).not.toHaveBeenCalled();
    expect(await second.totalCount()).toBe(3);
  });

  it('is unavailable where the database fails', async () => {
    const table = tableOf([key('a', 1)]);
    const page = await table.list({});
    table.count.mockRejectedValueOnce(new Error('down'));
    await expect(page.totalCount()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    table.find.mockRejectedValueOnce(new Error('down'));
    await expect(table.list({})).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });
});

describe('a cursor', () => {
  const at = '2030-01-01T00:00:03.000Z';
  const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

  it('is the place of a key, also of one that is gone', async () => {
    const table = tableOf([key('a', 1), key('b', 3), key('d', 3), key('e', 9)]);
    const gone = toApiKey(key('c', 3));
    expect(cursorOf(gone)).toBe(encoded([at, 'c']));
    const { keys } = await table.list({ after: cursorOf(gone) });
    expect(keys.map(({ id }) => id)).toEqual(['b', 'a']);
  });

  it.each([
    ['an empty text', ''],
    ['any text', 'nonsense'],
    ['nothing', encoded(null)],
    ['a text', encoded('ab')],
    ['an object like a list', encoded({ 0: at, 1: 'c', length: 2 })],
    ['an empty list', encoded([])],
    ['one part', encoded([at])],
    ['three parts', encoded([at, 'c', 'd'])],
    ['a moment that is none', encoded(['yesterday', 'c'])],
    ['a number as its moment', encoded([1_893_456_000_000, 'c'])],
    ['a condition as its id', encoded([at, { $ne: '' }])],
  ])('that is %s is refused, and nothing is read', async (_what, after) => {
    const table = tableOf([key('a', 1)]);
    await expect(table.list({ after })).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      fields: [
        {
          field: 'after',
          code: 'invalid_cursor',
          message: 'The cursor is not valid. Use one that an earlier page returned.',
        },
      ],
    });
    expect(table.find).not.toHaveBeenCalled();
  });
});
