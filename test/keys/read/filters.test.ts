import { describe, expect, it } from 'vitest';
import { MAX_SEARCH, whereFilters } from '../../../src/keys/read/filters.ts';
import { cursorOf, type ListQuery, listApiKeys } from '../../../src/keys/read/list.ts';
import { toApiKey } from '../../../src/keys/record/api-key.ts';
import { Standing } from '../../../src/keys/record/standing.ts';
import { KeyDatabase, platformOn } from '../../support/key-database.ts';
import { NO_FILTERS } from '../../support/list-query.ts';
import { keyRow, person } from '../../support/minting.ts';

const ago = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

async function listed(query: Partial<ListQuery>): Promise<{ ids: string[]; total: number; hasNextPage: boolean }> {
  const database = new KeyDatabase()
    .put('sys_member', { user_id: 'ada', organization_id: 'org', role: 'member', created_at: ago(60) })
    .putKeys(
      { id: 'k1', name: 'Deploy bot', created_at: ago(100), last_used_at: ago(1) },
      { id: 'k2', name: 'deploy_100%', created_at: ago(50), last_used_at: ago(40) },
      { id: 'k3', name: 'import', created_at: ago(40), expires_at: ago(-5) },
      { id: 'k4', name: 'export', created_at: ago(30), expires_at: ago(5) },
      { id: 'k5', name: 'other', created_at: ago(20), revoked: true },
      { id: 'k6', name: 'young', created_at: ago(1), expires_at: ago(-40) },
      { id: 'k7', name: 'of a former membership', created_at: ago(70), active_organization_id: 'org' },
      { id: 'b1', name: 'deploy of another', user_id: 'bob', created_at: ago(10) },
    )
    .put('sys_api_key_detail', { id: 'k6', description: 'Deploys at night' });
  const platform = platformOn(database);
  const page = await listApiKeys(platform, new Standing(platform), person('ada'), { ...NO_FILTERS, ...query });
  return { ids: page.keys.map(({ id }) => id), total: await page.totalCount(), hasNextPage: page.hasNextPage };
}

describe('a list of keys', () => {
  it.each<[string, Partial<ListQuery>, string[]]>([
    ['all', {}, ['k6', 'k5', 'k4', 'k3', 'k2', 'k7', 'k1']],
    ['revoked', { status: 'REVOKED' }, ['k5']],
    ['expired', { status: 'EXPIRED' }, ['k4']],
    ['active', { status: 'ACTIVE' }, ['k6', 'k3', 'k2', 'k1']],
    ['of people who left', { status: 'OWNER_LEFT' }, ['k7']],
    ['with a text in the name or the description', { search: 'DEPLOY' }, ['k6', 'k2', 'k1']],
    ['with a prefix', { search: 'osk_k3' }, ['k3']],
    ['not with the middle of a prefix', { search: 'sk_k3' }, []],
    ['with a text that has no meaning of its own', { search: '0%' }, ['k2']],
    ['expiring', { expiresWithin: 'P30D' }, ['k3']],
    ['expiring later', { expiresWithin: 'P41D' }, ['k6', 'k3']],
    ['unused', { unusedFor: 'P30D' }, ['k4', 'k3', 'k2', 'k7']],
    ['unused for longer', { unusedFor: 'P45D' }, ['k7']],
    ['by several filters', { unusedFor: 'P30D', status: 'ACTIVE', search: 'IMP' }, ['k3']],
  ])('is narrowed: %s', async (_which, query, expected) => {
    const { ids, total } = await listed(query);
    expect(ids).toEqual(expected);
    expect(total).toBe(expected.length);
    // The same, page by page.
    const first = await listed({ ...query, first: 1 });
    expect([first.ids, first.hasNextPage]).toEqual([expected.slice(0, 1), expected.length > 1]);
    expect(first.total).toBe(expected.length);
  });

  it('goes on after the cursor of a key', async () => {
    const k5 = cursorOf(toApiKey(keyRow('k5', { created_at: ago(20) })));
    expect((await listed({ after: k5, first: 2 })).ids).toEqual(['k4', 'k3']);
    expect((await listed({ after: k5, status: 'ACTIVE', first: 2 })).ids).toEqual(['k3', 'k2']);
  });

  it('names each filter that cannot be read', () => {
    const filters = { ...NO_FILTERS, search: 'x'.repeat(MAX_SEARCH + 1), expiresWithin: 'P1M', unusedFor: 'P36501D' };
    const duration = expect.stringContaining('ISO 8601');
    expect(() => whereFilters(filters, 0)).toThrow(
      expect.objectContaining({
        code: 'VALIDATION_FAILED',
        fields: [
          { field: 'search', code: 'out_of_range', message: 'A search can have at most 255 characters.' },
          { field: 'expiresWithin', code: 'invalid_duration', message: duration },
          { field: 'unusedFor', code: 'invalid_duration', message: duration },
        ],
      }),
    );
    const longest = { ...NO_FILTERS, search: 'x'.repeat(MAX_SEARCH), expiresWithin: 'P36500D', unusedFor: 'PT0S' };
    expect(whereFilters(longest, Date.now())).toHaveLength(2);
  });
});

it('two keys of the same moment are both on the pages, once', async () => {
  const at = ago(1);
  const database = new KeyDatabase().putKeys(...Array.from({ length: 7 }, (_, n) => ({ id: `k${n}`, created_at: at })));
  const platform = platformOn(database);
  const seen: string[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < 4; pages += 1) {
    const page = await listApiKeys(platform, new Standing(platform), person('ada'), { ...NO_FILTERS, first: 2, after });
    seen.push(...page.keys.map(({ id }) => id));
    const last = page.keys.at(-1);
    after = last && cursorOf(last);
  }
  expect(seen).toEqual(['k6', 'k5', 'k4', 'k3', 'k2', 'k1', 'k0']);
});

it('a list by membership reads on until its page is full', async () => {
  const active = Array.from({ length: 30 }, (_, n) => ({
    id: `k${String(n).padStart(2, '0')}`,
    created_at: ago(n + 1),
    active_organization_id: n % 10 === 9 ? null : 'left',
  }));
  const platform = platformOn(new KeyDatabase().putKeys(...active));
  const list = (first: number) =>
    listApiKeys(platform, new Standing(platform), person('ada'), { ...NO_FILTERS, first, status: 'ACTIVE' });
  const two = await list(2);
  expect([two.keys.map(({ id }) => id), two.hasNextPage]).toEqual([['k09', 'k19'], true]);
  const three = await list(3);
  expect([three.keys.length, three.hasNextPage, await three.totalCount()]).toEqual([3, false, 3]);
});
