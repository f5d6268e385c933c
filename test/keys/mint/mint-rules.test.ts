import { describe, expect, it } from 'vitest';
import { assertHoldsScopes, assertInFuture, assertMayMintIn } from '../../../src/keys/mint/mint-rules.ts';

const NOW = Date.parse('2030-01-01T00:00:00Z');
const active = { id: 'm', created_at: '2020-01-01T00:00:00Z' };
const ended = { id: 'm', created_at: '2020-01-01T00:00:00Z', valid_until: new Date(NOW - 1).toISOString() };

describe('where a person may mint', () => {
  it.each([
    ['no tenancy service', undefined],
    ['one organization', 'single'],
  ] as const)('without an active organization, with %s', (_case, posture) => {
    expect(() => assertMayMintIn({ organizationId: undefined, memberships: [], posture }, NOW)).not.toThrow();
  });

  it.each(['group', 'isolated'] as const)('not without an active organization behind a wall (%s)', (posture) => {
    expect(() => assertMayMintIn({ organizationId: undefined, memberships: [], posture }, NOW)).toThrow(
      expect.objectContaining({
        code: 'FORBIDDEN',
        message: 'Select an active organization first. Without one, the key could not read anything.',
      }),
    );
  });

  it.each([undefined, 'single', 'group', 'isolated'] as const)('as an active member only (%s)', (posture) => {
    const facts = { organizationId: 'o', posture };
    expect(() => assertMayMintIn({ ...facts, memberships: [active] }, NOW)).not.toThrow();
    expect(() => assertMayMintIn({ ...facts, memberships: [ended, active] }, NOW)).not.toThrow();
    for (const memberships of [[], [ended]]) {
      expect(() => assertMayMintIn({ ...facts, memberships }, NOW)).toThrow(
        expect.objectContaining({
          code: 'FORBIDDEN',
          message: 'You are not a member of the active organization. Switch to one that you belong to.',
        }),
      );
    }
  });
});

it('a membership that ends is one until it has ended', () => {
  const ending = {
    id: 'm',
    created_at: '2020-01-01T00:00:00Z',
    valid_until: new Date(Date.now() + 3_600_000).toISOString(),
  };
  const facts = { organizationId: 'o', posture: undefined };
  expect(() => assertMayMintIn({ ...facts, memberships: [ending] })).not.toThrow();
  expect(() => assertMayMintIn({ ...facts, memberships: [ended] }, NOW - 2)).not.toThrow();
});

describe('scopes', () => {
  const held = ['a', 'b'];

  it('may be put on a key when they are held', () => {
    expect(() => assertHoldsScopes([], [])).not.toThrow();
    expect(() => assertHoldsScopes(['a', 'b'], held)).not.toThrow();
  });

  it('that are capabilities may be put on any key', () => {
    expect(() => assertHoldsScopes(['data:read', 'data:write', 'actions:execute'], [])).not.toThrow();
  });

  it('are refused when one is not, and each of those is named', () => {
    expect(() => assertHoldsScopes(['a', 'x', 'y'], held)).toThrow(
      expect.objectContaining({
        code: 'FORBIDDEN',
        message:
          'You do not hold the scope "x", so you cannot put it on a key. You may use "data:read", "data:write", "actions:execute", "a", "b".',
        fields: [
          { field: 'scopes', code: 'scope_not_held', message: 'You do not hold the scope "x".' },
          { field: 'scopes', code: 'scope_not_held', message: 'You do not hold the scope "y".' },
        ],
      }),
    );
  });
});

it('a key may expire in the future or never, and not now', () => {
  expect(() => assertInFuture(undefined, NOW)).not.toThrow();
  expect(() => assertInFuture(new Date(NOW + 1), NOW)).not.toThrow();
  for (const expiry of [NOW, NOW - 1]) {
    expect(() => assertInFuture(new Date(expiry), NOW)).toThrow(
      expect.objectContaining({
        code: 'VALIDATION_FAILED',
        fields: [
          {
            field: 'expiresAt',
            code: 'in_the_past',
            message:
              'The expiry must be in the future. Give a later date, or leave it out for a key that does not expire.',
          },
        ],
      }),
    );
  }
});
