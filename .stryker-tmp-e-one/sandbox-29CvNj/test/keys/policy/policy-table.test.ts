// @ts-nocheck
import { expect, it } from 'vitest';
import { NO_POLICY } from '../../../src/keys/policy/policy.ts';
import { HeldPolicies } from '../../../src/keys/policy/policy-table.ts';

it('a policy that cannot be read fails its own organization, and no other', () => {
  const rules = { require_scopes: 0, who_may_mint: 'MEMBERS' };
  const held = new HeldPolicies([
    { ...rules, id: 'broken', max_lifetime: 'P1M' },
    { ...rules, id: 'whole', max_lifetime: 'P30D' },
  ]);
  expect(() => held.of('broken')).toThrow(expect.objectContaining({ code: 'SERVICE_UNAVAILABLE' }));
  expect(held.of('whole')).toMatchObject({ maxLifetime: 30 * 86_400_000 });
  expect([held.of('another'), held.of(undefined)]).toEqual([NO_POLICY, NO_POLICY]);
  expect(['broken', 'whole', 'another'].map((id) => held.has(id))).toEqual([true, true, false]);
});
