import type { ListView } from '@objectstack/spec/ui';
import { API_KEY_OBJECT } from '../keys/record/api-key.ts';

type Filter = NonNullable<ListView['filter']>;

const MINE: Filter = [{ field: 'user_id', operator: 'equals', value: '{current_user_id}' }];
const LIVE: Filter = [{ field: 'revoked', operator: 'equals', value: false }];

function view(name: string, label: string, columns: readonly string[], filter: Filter, sort: string): ListView {
  return {
    type: 'grid',
    name,
    label,
    data: { provider: 'object', object: API_KEY_OBJECT },
    columns: [...columns],
    filter,
    sort: [{ field: sort, order: sort === 'created_at' ? 'desc' : 'asc' }],
    pagination: { pageSize: 50 },
    emptyState: { title: 'No keys here', message: 'Use "Create API key" to create one.' },
  };
}

const COLUMNS = ['name', 'prefix', 'scopes', 'expires_at', 'last_used_at', 'revoked'];

/** The lists of keys. The platform's row-level rules decide which keys a person sees. */
export const LIST_VIEWS: Readonly<Record<string, ListView>> = {
  mine: view('mine', 'My keys', COLUMNS, MINE, 'created_at'),
  expiring: view(
    'expiring',
    'Expiring soon',
    COLUMNS,
    [
      ...MINE,
      ...LIVE,
      { field: 'expires_at', operator: 'greater_than', value: '{now}' },
      { field: 'expires_at', operator: 'less_than', value: '{30_days_from_now}' },
    ],
    'expires_at',
  ),
  unused: view(
    'unused',
    'Not used for 90 days',
    COLUMNS,
    [...MINE, ...LIVE, { field: 'last_used_at', operator: 'less_than', value: '{90_days_ago}' }],
    'last_used_at',
  ),
  never_used: view(
    'never_used',
    'Never used',
    COLUMNS,
    [...MINE, ...LIVE, { field: 'last_used_at', operator: 'is_null', value: true }],
    'created_at',
  ),
  revoked: view(
    'revoked',
    'Revoked',
    ['name', 'prefix', 'scopes', 'expires_at', 'updated_at'],
    [...MINE, { field: 'revoked', operator: 'equals', value: true }],
    'created_at',
  ),
};
