// @ts-nocheck
// 
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, graphqlEndpoint } from '../support/endpoints.ts';
import { graphql } from '../support/graphql.ts';
import {
  bootKernel,
  DEV_ADMIN,
  newOrganization,
  type Person,
  sessionOf,
  setActiveOrganization,
  type TestKernel,
} from '../support/kernel.ts';

const SYSTEM = { isSystem: true };
let target: TestKernel;

beforeAll(async () => {
  target = await bootKernel({
    config: {
      keyLimits: {
        mintLimitPerUser: '2/PT1H',
        mintLimitPerAddress: 'off',
        maxActiveKeys: '500',
        maxKeyLifetime: 'off',
      },
    },
  });
});
afterAll(() => target[Symbol.asyncDispose]());

const change = (operation: 'revoke' | 'restore', who: Person, id: string) =>
  graphql(
    target,
    bearer(who.token),
    `mutation ($id: ID!) { ${operation}ApiKey(input: { id: $id }) { apiKey { status } } }`,
    {
      id,
    },
  );

/** A member of an organization, and a key of theirs there that was revoked. One of two mints is taken. */
async function withRevokedKey(): Promise<{ person: Person; id: string }> {
  const person = await target.newPerson({ organizationId: await newOrganization(target.engine) });
  const { apiKey } = await graphqlEndpoint(target).mint(bearer(person.token), { name: 'a key' });
  const id = apiKey?.id ?? expect.unreachable();
  await change('revoke', person, id);
  return { person, id };
}

/** By statement: where the platform ends a membership, it ends the sessions there as well. */
const leave = (person: Person) => target.sql('DELETE FROM sys_member WHERE user_id = ?', [person.id]);

const stored = async (id: string) =>
  (await target.engine.find('sys_api_key', { where: { id }, limit: 1, context: SYSTEM }))[0];

async function expectRefused(person: Person, id: string, code: string): Promise<void> {
  const before = await stored(id);
  const answer = await change('restore', person, id);
  expect(answer.code).toBe(code);
  expect(await stored(id)).toEqual(before);
  expect(before?.['revoked']).not.toBe(false);
}

describe('restoring is minting', () => {
  it('a member restores a key of theirs', async () => {
    const { person, id } = await withRevokedKey();
    expect((await change('restore', person, id)).code).toBeUndefined();
    expect([false, 0]).toContain((await stored(id))?.['revoked']);
  });

  it('an impersonated session cannot restore', async () => {
    const { person, id } = await withRevokedKey();
    const admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
    const session = await sessionOf(target.engine, person);
    await target.engine.update('sys_session', { id: session['id'], impersonated_by: admin.id }, { context: SYSTEM });
    await expectRefused(person, id, 'FORBIDDEN');
  });

  it('a former member cannot restore a key', async () => {
    const { person, id } = await withRevokedKey();
    await leave(person);
    await expectRefused(person, id, 'FORBIDDEN');
  });

  it('leaving the organization of the session is no way around it', async () => {
    const { person, id } = await withRevokedKey();
    await leave(person);
    await setActiveOrganization(target.engine, person, null);
    await expectRefused(person, id, 'FORBIDDEN');
  });

  it('takes from the limit of mints', async () => {
    const { person, id } = await withRevokedKey();
    expect((await change('restore', person, id)).code).toBeUndefined();
    await change('revoke', person, id);
    await expectRefused(person, id, 'RATE_LIMITED');
    const mint = await graphqlEndpoint(target).mint(bearer(person.token), { name: 'one more' });
    expect(mint.code).toBe('RATE_LIMITED');
  });
});
