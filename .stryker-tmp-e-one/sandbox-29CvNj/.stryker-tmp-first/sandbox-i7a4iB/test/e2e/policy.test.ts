// @ts-nocheck
// 
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HookEngine, Row } from '../../src/platform/engine.ts';
import { bearer, graphqlEndpoint, restEndpoint } from '../support/endpoints.ts';
import { type GraphQLAnswer, graphql } from '../support/graphql.ts';
import {
  bootKernel,
  DEV_ADMIN,
  NO_LIMITS,
  newOrganization,
  type Person,
  sessionOf,
  setActiveOrganization,
  type TestKernel,
} from '../support/kernel.ts';
import { waitsForLock } from '../support/lock-wait.ts';

const DAY = 86_400_000;
/** What the operator of this server allows. */
const OPERATOR = 'P400D';
const NOTHING = {
  maxLifetime: null,
  defaultLifetime: null,
  revokeUnusedAfter: null,
  requireScopes: null,
  whoMayMint: null,
};

let target: TestKernel;
let organizationId: string;
let owner: Person;
let member: Person;

beforeAll(async () => {
  target = await bootKernel({ config: { keyLimits: { ...NO_LIMITS, maxKeyLifetime: OPERATOR } } });
  organizationId = await newOrganization(target.engine);
  owner = await target.newPerson({ organizationId, role: 'owner' });
  member = await target.newPerson({ organizationId });
});
afterAll(() => target[Symbol.asyncDispose]());
beforeEach(() => setPolicy(NOTHING));

interface Policy {
  maxLifetime: string | null;
  defaultLifetime: string | null;
  revokeUnusedAfter: string | null;
  requireScopes: boolean;
  whoMayMint: string;
}
const FIELDS = 'maxLifetime defaultLifetime revokeUnusedAfter requireScopes whoMayMint';
const update = (headers: Record<string, string>, input: object) =>
  graphql<{ updateApiKeyPolicy: { apiKeyPolicy: Policy } }>(
    target,
    headers,
    `mutation ($input: UpdateApiKeyPolicyInput!) { updateApiKeyPolicy(input: $input) { apiKeyPolicy { ${FIELDS} } } }`,
    { input },
  );
async function setPolicy(input: object): Promise<Policy | undefined> {
  const { data, text } = await update(bearer(owner.token), input);
  expect(data, text).not.toBeNull();
  return data?.updateApiKeyPolicy.apiKeyPolicy;
}
const policyOf = (who: Person): Promise<GraphQLAnswer<{ organization: { apiKeyPolicy: Policy } | null }>> =>
  graphql(target, bearer(who.token), `{ organization { apiKeyPolicy { ${FIELDS} } } }`);
const storedPolicies = (): Promise<Row[]> => target.sql('SELECT * FROM sys_api_key_policy ORDER BY id');

const change = (who: Person, operation: string, id: string) =>
  graphql<Record<string, { apiKey: { id: string; expiresAt: string | null } }>>(
    target,
    bearer(who.token),
    `mutation { ${operation}(input: { id: "${id}" }) { apiKey { id expiresAt } } }`,
  );
async function newKey(input: object = {}, who = member): Promise<{ id: string; raw: string }> {
  const { apiKey, key, text } = await graphqlEndpoint(target).mint(bearer(who.token), { name: 'a key', ...input });
  if (apiKey === undefined || key === undefined) throw new Error(text);
  return { id: apiKey.id, raw: key };
}
const inDays = (days: number): string => new Date(Date.now() + days * DAY).toISOString();
const daysUntil = (instant: string | null | undefined): number | undefined =>
  instant ? Math.round((Date.parse(instant) - Date.now()) / DAY) : undefined;

describe('who may set the rules', () => {
  const people: Record<string, Person> = {};
  beforeAll(async () => {
    const administrator = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
    await setActiveOrganization(target.engine, administrator, organizationId);
    const impersonated = await target.newPerson({ organizationId, role: 'owner' });
    const session = await sessionOf(target.engine, impersonated);
    const context = { isSystem: true };
    await target.engine.update('sys_session', { id: session['id'], impersonated_by: 'usr_x' }, { context });
    const former = await target.newPerson({ organizationId, role: 'admin' });
    await target.sql('DELETE FROM sys_member WHERE user_id = ?', [former.id]);
    Object.assign(people, {
      'an owner': owner,
      'an administrator': await target.newPerson({ organizationId, role: 'admin' }),
      'an administrator of the platform': administrator,
      'a member': member,
      'a former administrator': former,
      'an impersonated owner': impersonated,
      'an owner of another organization': await target.newPerson({ role: 'owner' }),
    });
  });
  const someone = (who: string): Person => people[who] ?? expect.unreachable(who);

  it.each(['an owner', 'an administrator', 'an administrator of the platform'])('%s does', async (who) => {
    const { data, text } = await update(bearer(someone(who).token), { maxLifetime: 'P30D' });
    expect(data?.updateApiKeyPolicy.apiKeyPolicy, text).toEqual({
      maxLifetime: 'P30D',
      defaultLifetime: null,
      revokeUnusedAfter: null,
      requireScopes: false,
      whoMayMint: 'MEMBERS',
    });
    expect((await policyOf(member)).data?.organization?.apiKeyPolicy.maxLifetime).toBe('P30D');
    const line = target
      .output()
      .split('\n')
      .filter((text) => text.includes('key policy changed'))
      .at(-1);
    expect(JSON.parse(line ?? '{}')).toMatchObject({ user: someone(who).id, organization: organizationId });
  });

  it.each(['a member', 'a former administrator', 'an impersonated owner'])('%s does not', async (who) => {
    const before = await storedPolicies();
    const refused = await update(bearer(someone(who).token), { maxLifetime: 'P30D' });
    expect(refused).toMatchObject({ status: 403, code: 'FORBIDDEN', data: null });
    expect(await storedPolicies()).toEqual(before);
  });

  it('an owner of another organization sets those of theirs', async () => {
    await update(bearer(someone('an owner of another organization').token), { maxLifetime: 'P30D' });
    expect((await policyOf(member)).data?.organization?.apiKeyPolicy.maxLifetime).toBeNull();
  });

  it('an API key may not, nor may a request without a session', async () => {
    const { raw } = await newKey({}, owner);
    const before = await storedPolicies();
    expect(await update({ 'x-api-key': raw }, { maxLifetime: 'P30D' })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await update({}, { maxLifetime: 'P30D' })).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await storedPolicies()).toEqual(before);
  });

  it('nobody may through the data API', async () => {
    await setPolicy({ maxLifetime: 'P30D' });
    const before = await storedPolicies();
    for (const who of [owner, someone('an administrator of the platform')]) {
      for (const [method, path, body] of [
        ['PATCH', `/${organizationId}`, { max_lifetime: null }],
        ['DELETE', `/${organizationId}`, undefined],
        ['POST', '', { id: 'org_x', who_may_mint: 'MEMBERS' }],
      ] as const) {
        const response = await target.request(`/api/v1/data/sys_api_key_policy${path}`, {
          method,
          headers: { 'content-type': 'application/json', ...bearer(who.token) },
          ...(body && { body: JSON.stringify(body) }),
        });
        expect(response.ok).toBe(false);
      }
    }
    expect(await storedPolicies()).toEqual(before);
  });
});

describe('the rules', () => {
  it('that are left out stay as they are, and null takes one back', async () => {
    await setPolicy({ maxLifetime: 'P60D', defaultLifetime: 'P7D', requireScopes: true });
    expect(await setPolicy({ maxLifetime: null, whoMayMint: 'ADMINISTRATORS', revokeUnusedAfter: 'P90D' })).toEqual({
      maxLifetime: null,
      defaultLifetime: 'P7D',
      revokeUnusedAfter: 'P90D',
      requireScopes: true,
      whoMayMint: 'ADMINISTRATORS',
    });
  });

  it.each([
    ['a default above the longest life', { maxLifetime: 'P7D', defaultLifetime: 'P8D' }, 'defaultLifetime'],
    ['more than the operator allows', { maxLifetime: 'P401D' }, 'maxLifetime'],
    ['an end for disuse within hours', { revokeUnusedAfter: 'PT12H' }, 'revokeUnusedAfter'],
    ['no duration', { maxLifetime: 'soon' }, 'maxLifetime'],
    ['an unknown rule', { maxKeys: 5 }, undefined],
  ])('are not %s', async (_case, input, field) => {
    const before = await storedPolicies();
    const refused = await update(bearer(owner.token), input);
    expect(refused).toMatchObject({ status: 400, data: null });
    if (field !== undefined) expect(refused.text).toContain(`"field":"${field}"`);
    expect(await storedPolicies()).toEqual(before);
  });
});

describe.each(['GraphQL', 'REST'])('a new key through %s', (name) => {
  const mint = (who: Person, input: object) =>
    (name === 'REST' ? restEndpoint(target) : graphqlEndpoint(target)).mint(bearer(who.token), { name: 'x', ...input });

  it.each([
    [
      'the longest life',
      { maxLifetime: 'P30D' },
      { expiresAt: inDays(31) },
      { expiresAt: inDays(29) },
      'a key to P30D',
    ],
    ['scopes', { requireScopes: true }, {}, { scopes: ['data:read'] }, 'requires scopes'],
  ])('obeys the rule of %s', async (_rule, policy, forbidden, allowed, words) => {
    expect((await mint(member, forbidden)).status).toBeLessThan(300);
    await setPolicy(policy);
    const before = await target.storedKeys();
    // Also an owner, and also what comes along in one batch.
    for (const who of [member, owner]) {
      const [refused, made] = await Promise.all([mint(who, forbidden), mint(who, allowed)]);
      expect(refused).toMatchObject({ status: 403, code: 'POLICY_VIOLATION' });
      expect(refused.text).toContain(words);
      expect(made.status, made.text).toBeLessThan(300);
    }
    expect(await target.storedKeys()).toHaveLength(before.length + 2);
  });

  it('can be created only by owners and administrators if the rule says so', async () => {
    await setPolicy({ whoMayMint: 'ADMINISTRATORS' });
    const before = await target.storedKeys();
    expect(await mint(member, {})).toMatchObject({ status: 403, code: 'POLICY_VIOLATION' });
    expect(await target.storedKeys()).toEqual(before);
    expect((await mint(owner, {})).status).toBeLessThan(300);
  });

  it('without an expiry gets the default, or else the longest life, or that of the operator', async () => {
    const days = async (): Promise<number | undefined> => daysUntil((await mint(member, {})).apiKey?.expiresAt);
    expect(await days()).toBe(400);
    await setPolicy({ maxLifetime: 'P30D' });
    expect(await days()).toBe(30);
    await setPolicy({ defaultLifetime: 'P7D' });
    expect(await days()).toBe(7);
    await setPolicy({ maxLifetime: null });
    expect(await days()).toBe(7);
    expect(daysUntil((await mint(member, { expiresAt: inDays(20) })).apiKey?.expiresAt)).toBe(20);
  });
});

describe('a key from before', () => {
  const violating = async (id: string): Promise<boolean | undefined> =>
    (
      await graphql<{ apiKey: { violatesPolicy: boolean } }>(
        target,
        bearer(member.token),
        `{ apiKey(id: "${id}") { violatesPolicy } }`,
      )
    ).data?.apiKey.violatesPolicy;

  it('keeps working, and is shown as one that breaks the rule', async () => {
    const wide = await newKey();
    const narrow = await newKey({ scopes: ['data:read'], expiresAt: inDays(5) });
    expect([await violating(wide.id), await violating(narrow.id)]).toEqual([false, false]);
    await setPolicy({ requireScopes: true });
    expect([await violating(wide.id), await violating(narrow.id)]).toEqual([true, false]);
    await setPolicy({ requireScopes: false, maxLifetime: 'P4D' });
    expect([await violating(wide.id), await violating(narrow.id)]).toEqual([true, true]);
    expect((await graphql(target, { 'x-api-key': wide.raw }, '{ viewer { id } }')).status).toBe(200);
    await change(member, 'revokeApiKey', wide.id);
    expect(await violating(wide.id)).toBe(false);
  });

  it('is rotated into one that obeys, or not at all', async () => {
    const wide = await newKey();
    await setPolicy({ requireScopes: true });
    const before = await target.storedKeys();
    expect(await change(member, 'rotateApiKey', wide.id)).toMatchObject({ status: 403, code: 'POLICY_VIOLATION' });
    expect(await target.storedKeys()).toEqual(before);
    await setPolicy({ requireScopes: false, maxLifetime: 'P9D', defaultLifetime: 'P2D' });
    const { data } = await change(member, 'rotateApiKey', wide.id);
    expect(daysUntil(data?.['rotateApiKey']?.apiKey.expiresAt)).toBe(9);
  });

  it.each([
    ['without scopes', { requireScopes: true }],
    ['that lives for too long', { maxLifetime: 'P9D' }],
    ['of a member where only administrators may', { whoMayMint: 'ADMINISTRATORS' }],
  ])('%s does not come back, through no endpoint', async (_case, policy) => {
    const { id } = await newKey();
    await change(member, 'revokeApiKey', id);
    await setPolicy(policy);
    const before = await target.storedKeys();
    const patch = () =>
      target.request(`/api/v1/data/sys_api_key/${id}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json', ...bearer(member.token) },
        body: '{"revoked":false}',
      });
    expect(await change(member, 'restoreApiKey', id)).toMatchObject({ status: 403, code: 'POLICY_VIOLATION' });
    const patched = await patch();
    expect([patched.status, await patched.text()]).toEqual([403, expect.stringContaining('POLICY_VIOLATION')]);
    expect(await target.storedKeys()).toEqual(before);
    await setPolicy(NOTHING);
    expect((await patch()).status).toBe(200);
  });

  it('of an administrator comes back where only administrators may', async () => {
    const { id } = await newKey({}, owner);
    await change(owner, 'revokeApiKey', id);
    await setPolicy({ whoMayMint: 'ADMINISTRATORS' });
    expect((await change(owner, 'restoreApiKey', id)).data).not.toBeNull();
  });
});

it('a policy that cannot be read stops keys from being made', async () => {
  await setPolicy({ maxLifetime: 'P30D' });
  await target.sql('UPDATE sys_api_key_policy SET max_lifetime = ? WHERE id = ?', ['P1M', organizationId]);
  const before = await target.storedKeys();
  expect(await restEndpoint(target).mint(bearer(member.token), { name: 'x' })).toMatchObject({ status: 503 });
  expect(await target.storedKeys()).toEqual(before);
  await target.sql('UPDATE sys_api_key_policy SET max_lifetime = ? WHERE id = ?', ['P30D', organizationId]);
});

describe('a rule that is set while a key is being written', () => {
  /** Holds writes of an object, inside of their transaction, until the gate is opened. */
  const gates = new Map<string, { readonly reached: () => void; readonly opened: Promise<void> }>();
  beforeAll(() => {
    const engine = target.engine as unknown as HookEngine;
    for (const object of ['sys_api_key', 'sys_api_key_policy']) {
      const hold = async (): Promise<void> => {
        const gate = gates.get(object);
        gate?.reached();
        await gate?.opened;
      };
      for (const event of ['afterInsert', 'afterUpdate'] as const) {
        engine.registerHook(event, hold as () => void, { object, priority: 500 });
      }
    }
  });
  function gate(object: string): { reached: Promise<void>; open: () => void } {
    const reached = Promise.withResolvers<void>();
    const opened = Promise.withResolvers<void>();
    gates.set(object, { reached: reached.resolve, opened: opened.promise });
    const open = (): void => {
      gates.delete(object);
      opened.resolve();
    };
    return { reached: reached.promise, open };
  }

  it.each(['for the first time', 'again'])('waits for the key, which the rule before allowed (%s)', async (which) => {
    if (which === 'for the first time') await target.sql('DELETE FROM sys_api_key_policy');
    const order: string[] = [];
    const { reached, open } = gate('sys_api_key');
    const minting = newKey().then(({ id }) => {
      order.push('key');
      return id;
    });
    await reached;
    const setting = setPolicy({ requireScopes: true }).then(() => order.push('rule'));
    await waitsForLock(target, setting);
    expect(order).toEqual([]);
    open();
    await Promise.all([minting, setting]);
    expect(order).toEqual(['key', 'rule']);
    expect((await target.storedKeys()).map(({ id }) => id)).toContain(await minting);
  });

  it.each(['createApiKey', 'restoreApiKey', 'rotateApiKey'])(
    'is obeyed by %s, which waits for it',
    async (operation) => {
      const old = await newKey();
      if (operation === 'restoreApiKey') await change(member, 'revokeApiKey', old.id);
      const before = await target.storedKeys();
      const { reached, open } = gate('sys_api_key_policy');
      const setting = setPolicy({ requireScopes: true });
      await reached;
      const writing =
        operation === 'createApiKey'
          ? graphqlEndpoint(target).mint(bearer(member.token), { name: 'racing' })
          : change(member, operation, old.id);
      await waitsForLock(target, writing);
      open();
      expect(await writing).toMatchObject({ status: 403, code: 'POLICY_VIOLATION' });
      await setting;
      expect(await target.storedKeys()).toEqual(before);
    },
  );

  it('leaves no key that was asked for after it was acknowledged, among many', async () => {
    let acknowledged = false;
    const wrong: string[] = [];
    let made = 0;
    const client = async (): Promise<void> => {
      for (let n = 0; n < 15; n += 1) {
        const began = acknowledged;
        const { apiKey, code } = await restEndpoint(target).mint(bearer(member.token), { name: 'racing' });
        if (apiKey !== undefined) made += 1;
        else expect(code).toBe('POLICY_VIOLATION');
        if (began && apiKey !== undefined) wrong.push(apiKey.id);
      }
    };
    const clients = Array.from({ length: 6 }, client);
    await newKey();
    await setPolicy({ requireScopes: true });
    acknowledged = true;
    await Promise.all(clients);
    expect(made).toBeGreaterThan(0);
    expect(wrong).toEqual([]);
  });
});
