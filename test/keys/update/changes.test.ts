import { expect, it } from 'vitest';
import type { ApiKey } from '../../../src/keys/record/api-key.ts';
import type { ApiKeySettings } from '../../../src/keys/record/api-key-detail.ts';
import { changesOf } from '../../../src/keys/update/changes.ts';

const DAY = new Date('2030-01-01T00:00:00.000Z');
const KEY = { name: 'a key', scopes: ['a', 'b'], expiresAt: DAY } as unknown as ApiKey;
const FREE = { name: 'a key', scopes: [], expiresAt: undefined } as unknown as ApiKey;
const SETTINGS: ApiKeySettings = { description: 'words', allowedNetworks: ['10.0.0.0/8', '192.0.2.1'] };
const NONE: ApiKeySettings = { description: undefined, allowedNetworks: [] };
const changes = (key: ApiKey, settings: ApiKeySettings, asked: object) =>
  changesOf(key, settings, { id: 'k', ...asked } as Parameters<typeof changesOf>[2]);

it.each<[string, ApiKey, ApiKeySettings, object]>([
  ['nothing is said', KEY, SETTINGS, {}],
  ['the same is said', KEY, SETTINGS, { name: 'a key', description: 'words', scopes: ['a', 'b'], expiresAt: DAY }],
  [
    'the same is said in another order',
    KEY,
    SETTINGS,
    { scopes: ['b', 'a'], allowedNetworks: ['192.0.2.1', '10.0.0.0/8'] },
  ],
  [
    'what is not there is taken away',
    FREE,
    NONE,
    { description: null, scopes: null, expiresAt: null, allowedNetworks: null },
  ],
  ['an empty description is taken away that is not there', FREE, NONE, { description: '' }],
])('nothing changes where %s', (_what, key, settings, asked) => {
  expect(changes(key, settings, asked)).toEqual({ columns: undefined, settings: undefined, narrows: false });
});

it('what is different is written, and what lies beside the record is written whole', () => {
  expect(changes(KEY, SETTINGS, { name: 'b', scopes: ['a'], expiresAt: new Date(0) })).toEqual({
    columns: { name: 'b', scopes: '["a"]', expires_at: '1970-01-01T00:00:00.000Z' },
    settings: undefined,
    narrows: true,
  });
  expect(changes(FREE, NONE, { expiresAt: DAY }).columns).toEqual({ expires_at: DAY.toISOString() });
  expect(changes(KEY, SETTINGS, { description: '' })).toEqual({
    columns: undefined,
    settings: { description: undefined, allowedNetworks: SETTINGS.allowedNetworks },
    narrows: false,
  });
  expect(changes(KEY, SETTINGS, { allowedNetworks: ['10.0.0.0/9'] }).settings).toEqual({
    description: 'words',
    allowedNetworks: ['10.0.0.0/9'],
  });
  expect(changes(KEY, { ...NONE, allowedNetworks: 'unreadable' }, { description: 'x' }).settings).toEqual({
    description: 'x',
    allowedNetworks: 'unreadable',
  });
});

it('an expiry that is taken away is written as none', () => {
  expect(changes(KEY, SETTINGS, { expiresAt: null }).columns).toEqual({ expires_at: null });
});

it.each<[string, object, boolean]>([
  ['scopes', { scopes: ['a'] }, true],
  ['an expiry', { expiresAt: new Date(0) }, true],
  ['networks', { allowedNetworks: ['10.0.0.0/9'] }, true],
  ['a name and a description', { name: 'b', description: 'other words' }, false],
])('an update of %s narrows the key: %j, %j', (_what, asked, narrows) => {
  expect(changes(KEY, SETTINGS, asked).narrows).toBe(narrows);
});
