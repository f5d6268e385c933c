import { expect, it } from 'vitest';
import { observed, observedUpdate } from '../../../src/keys/changes/observed-change.ts';
import { keyRow } from '../../support/minting.ts';

const key = keyRow('k', { active_organization_id: 'org' });
const change = { keyId: 'k', prefix: 'osk_k', ownerId: 'ada', organizationId: 'org' };

it.each([
  ['a revocation', { revoked: true }, { ...change, action: 'revoke' }],
  ['a revocation, as SQLite stores it', { revoked: 1 }, { ...change, action: 'revoke' }],
  ['another name', { name: 'other' }, { ...change, action: 'update' }],
  ['an end', { expires_at: '2031-01-01T00:00:00.000Z' }, { ...change, action: 'update' }],
  ['a use', { last_used_at: '2031-01-01T00:00:00.000Z' }, undefined],
  ['what is written with everything', { updated_at: 'now', updated_by: 'ada' }, undefined],
  ['the same moment as a date', { created_at: new Date('2030-01-01T00:00:00.000Z') }, undefined],
  ['nothing, where the column was empty', { expires_at: undefined, scopes: null }, undefined],
  ['nothing', { revoked: false, name: 'k' }, undefined],
])('an update is observed as what it does to the key: %s', (_what, after, expected) => {
  expect(observedUpdate(key, after)).toEqual(expected);
});

it('a restoration is one, also where the update is all that is known of the row', () => {
  expect(observedUpdate({ ...key, revoked: true }, { revoked: false })).toMatchObject({ action: 'restore' });
  expect(observedUpdate({ id: 'k', revoked: true }, { ...key, revoked: false })).toEqual({
    keyId: 'k',
    prefix: '',
    ownerId: undefined,
    organizationId: undefined,
    action: 'restore',
  });
});

it('a key of nobody in no organization is observed as one', () => {
  expect(observed({ id: 7, user_id: '', active_organization_id: null }, 'delete')).toEqual({
    keyId: '7',
    prefix: '',
    ownerId: undefined,
    organizationId: undefined,
    action: 'delete',
  });
});
