import { describe, expect, it } from 'vitest';
import { Budget } from '../../../src/base/deadline.ts';
import { DAY } from '../../../src/base/time.ts';
import type { KeyLimits } from '../../../src/keys/limits/limits.ts';
import { NO_POLICY } from '../../../src/keys/policy/policy.ts';
import { toApiKey } from '../../../src/keys/record/api-key.ts';
import type { Row } from '../../../src/platform/engine.ts';
import { KeyDatabase, organizationOn } from '../../support/key-database.ts';
import { callerOf, keyRow, person } from '../../support/minting.ts';

const olga = person('olga', 'org');
const RULES = {
  id: 'org',
  max_lifetime: 'P90D',
  default_lifetime: 'P30D',
  revoke_unused_after: null,
  require_scopes: 1,
  who_may_mint: 'ADMINISTRATORS',
};

function organization(rules?: Row, limits: Partial<KeyLimits> = {}) {
  const database = new KeyDatabase().put(
    'sys_member',
    { user_id: 'olga', organization_id: 'org', role: 'owner' },
    { user_id: 'bob', organization_id: 'org', role: 'member' },
  );
  if (rules !== undefined) database.put('sys_api_key_policy', rules);
  const { keys, told } = organizationOn(database, limits);
  const stored = () => database.all('sys_api_key_policy');
  return { database, policy: keys.policy, told, stored };
}

describe('reading the rules', () => {
  it('is for every member', async () => {
    expect(await organization(RULES).policy.find(person('bob', 'org'))).toEqual({
      maxLifetime: 90 * DAY,
      defaultLifetime: 30 * DAY,
      revokeUnusedAfter: undefined,
      requireScopes: true,
      whoMayMint: 'ADMINISTRATORS',
    });
    expect(await organization().policy.find(person('bob', 'org'))).toEqual(NO_POLICY);
  });

  it.each([
    ['a stranger', person('eve', 'org')],
    ['somebody without an active organization', person('bob')],
  ])('is not for %s', async (_who, principal) => {
    await expect(organization(RULES).policy.find(principal)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: 'You are not a member of the active organization.',
    });
  });

  it('shows what the operator allows, where that is tighter', async () => {
    const bounded = (days: number) => organization(RULES, { maxKeyLifetime: days * DAY }).policy.find(olga);
    expect(await bounded(60)).toMatchObject({ maxLifetime: 60 * DAY, defaultLifetime: 30 * DAY, requireScopes: true });
    expect(await bounded(7)).toMatchObject({ maxLifetime: 7 * DAY, defaultLifetime: 7 * DAY });
    const without = organization(undefined, { maxKeyLifetime: DAY }).policy.find(olga);
    expect(await without).toEqual(NO_POLICY);
  });
});

describe('whether a key breaks a rule that is newer than it', () => {
  const key = (changes: Row = {}) => toApiKey(keyRow('k', { active_organization_id: 'org', ...changes }));

  it.each([
    ['a key without scopes, where they are required', key(), true],
    ['a key that lives too long', key({ scopes: '["data:read"]' }), true],
    ['a key within the rules', key({ scopes: '["data:read"]', expires_at: '2030-02-01T00:00:00.000Z' }), false],
    ['a revoked key', key({ revoked: true }), false],
    ['an expired key', key({ expires_at: '2020-01-01T00:00:00.000Z' }), false],
    ['a key of another organization', key({ active_organization_id: 'other' }), false],
    ['a key of no organization', key({ active_organization_id: null }), false],
  ])('%s', async (_which, of, expected) => {
    expect(await organization(RULES).policy.isViolatedBy(of)).toBe(expected);
  });
});

describe('changing the rules', () => {
  it('leaves the rules that are not given, removes those that are null, and tells what changed', async () => {
    const { policy, told, stored } = organization(RULES);
    const input = { maxLifetime: null, revokeUnusedAfter: 'P60D', requireScopes: true };
    const after = await policy.update(callerOf(olga), input);
    expect(after).toEqual({
      maxLifetime: undefined,
      defaultLifetime: 30 * DAY,
      revokeUnusedAfter: 60 * DAY,
      requireScopes: true,
      whoMayMint: 'ADMINISTRATORS',
    });
    expect(stored()).toEqual([{ ...RULES, max_lifetime: null, revoke_unused_after: 'P60D' }]);
    expect(told).toEqual([
      { userId: 'olga', organizationId: 'org', changes: { maxLifetime: null, revokeUnusedAfter: 'P60D' } },
    ]);
  });

  it('of an organization without any makes them, in the name of the administrator', async () => {
    const { database, policy, stored } = organization();
    await policy.update(callerOf(olga), { whoMayMint: 'ADMINISTRATORS', defaultLifetime: 'P1D' });
    expect(stored()).toEqual([
      { ...RULES, max_lifetime: null, default_lifetime: 'P1D', require_scopes: 0, who_may_mint: 'ADMINISTRATORS' },
    ]);
    expect(database.writes).toMatchObject([{ context: { isSystem: true, userId: 'olga' } }]);
    expect(await policy.update(callerOf(olga), { whoMayMint: null, defaultLifetime: null })).toEqual(NO_POLICY);
  });

  it('null takes back what is required and who may mint', async () => {
    const { policy } = organization(RULES);
    const after = await policy.update(callerOf(olga), { requireScopes: null, whoMayMint: null });
    expect(after).toMatchObject({ requireScopes: false, whoMayMint: 'MEMBERS', maxLifetime: 90 * DAY });
  });

  it('to what they are tells nothing', async () => {
    const { policy, told } = organization(RULES);
    await policy.update(callerOf(olga), { maxLifetime: 'P90D', whoMayMint: 'ADMINISTRATORS' });
    expect(told).toEqual([]);
  });

  it('locks before it reads, so that no key is being written under the rules before', async () => {
    const { database, policy } = organization(RULES);
    await policy.update(callerOf(olga), { requireScopes: false });
    expect(database.statements.map((statement) => statement.split(' ')[0])).toEqual(['DELETE', 'SELECT']);
  });

  it.each([
    ['a member', person('bob', 'org'), {}, { code: 'FORBIDDEN' }],
    ['an impersonated administrator', person('olga', 'org', true), {}, { code: 'FORBIDDEN' }],
    ['a duration that cannot be read', olga, { maxLifetime: 'soon' }, { code: 'VALIDATION_FAILED' }],
    [
      'a default above the maximum',
      olga,
      { maxLifetime: 'P29D' },
      {
        code: 'VALIDATION_FAILED',
        fields: [
          {
            field: 'defaultLifetime',
            code: 'exceeds_policy_lifetime',
            message: 'The default lifetime must not exceed the maximum lifetime, which is P29D. Give a shorter one.',
          },
        ],
      },
    ],
  ])('is refused for %s, and nothing is written or told', async (_why, principal, input, error) => {
    const { database, policy, told, stored } = organization(RULES);
    await expect(policy.update(callerOf(principal), input)).rejects.toMatchObject(error);
    expect([database.writes, told, stored()]).toEqual([[], [], [RULES]]);
  });

  it.each([
    [{ maxLifetime: 'P101D' }, 'maxLifetime'],
    [{ maxLifetime: null, defaultLifetime: 'P101D' }, 'defaultLifetime'],
  ])('beyond what the operator allows is refused: %j', async (input, field) => {
    const { policy, stored } = organization(RULES, { maxKeyLifetime: 100 * DAY });
    await expect(policy.update(callerOf(olga), input)).rejects.toMatchObject({
      fields: [{ field, code: 'exceeds_max_lifetime', message: 'This server limits the lifetime of a key to P100D.' }],
    });
    expect(stored()).toEqual([RULES]);
    // The bound itself is allowed, and a default as long as the maximum.
    const atBound = { maxLifetime: 'P100D', defaultLifetime: 'P100D' };
    expect(await policy.update(callerOf(olga), atBound)).toMatchObject({ maxLifetime: 100 * DAY });
  });

  it('after the time of the request is not written', async () => {
    const { policy, told, stored } = organization(RULES);
    const late = callerOf(olga, { budget: new Budget(0) });
    await expect(policy.update(late, { requireScopes: false })).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect([told, stored()]).toEqual([[], [RULES]]);
  });
});
