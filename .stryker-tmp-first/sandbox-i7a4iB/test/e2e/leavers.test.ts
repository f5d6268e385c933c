// @ts-nocheck
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, restEndpoint } from '../support/endpoints.ts';
import { type GraphQLAnswer, graphql } from '../support/graphql.ts';
import { bootKernel, newOrganization, type Person, type TestKernel } from '../support/kernel.ts';

let target: TestKernel;
let organizationId: string;
let administrator: Person;
beforeAll(async () => {
  target = await bootKernel();
  organizationId = await newOrganization(target.engine);
  administrator = await target.newPerson({ organizationId, role: 'admin' });
});
afterAll(() => target[Symbol.asyncDispose]());

interface Leaver {
  readonly person: Person;
  readonly id: string;
  readonly raw: string;
}

/** Somebody with a key, who then leaves: by statement, since the platform would end their session as well. */
async function leaver(): Promise<Leaver> {
  const person = await target.newPerson({ organizationId });
  const { apiKey, key } = await restEndpoint(target).mint(bearer(person.token), { name: 'of a leaver' });
  const leaving = { person, id: apiKey?.id ?? '', raw: key ?? '' };
  expect(await use(leaving)).toBe(200);
  await target.sql('DELETE FROM sys_member WHERE user_id = ?', [person.id]);
  return leaving;
}

/** As the engine writes it, or as another program does with the time of its own database. */
const COMEBACKS: Record<string, (person: Person) => Promise<unknown>> = {
  'through the platform': ({ id }) =>
    target.engine.insert(
      'sys_member',
      { id: `mem_${randomUUID()}`, user_id: id, organization_id: organizationId, role: 'member' },
      { context: { isSystem: true } },
    ),
  'by a statement of another program': ({ id }) =>
    target.sql(
      `INSERT INTO sys_member (id, user_id, organization_id, role, created_at) VALUES (?, ?, ?, 'member', ${
        target.database.driver === 'sqlite' ? "strftime('%Y-%m-%d %H:%M:%f', 'now')" : 'now()'
      })`,
      [`mem_${randomUUID()}`, id, organizationId],
    ),
};
const comeBack = (person: Person, how = 'through the platform'): Promise<unknown> | undefined =>
  COMEBACKS[how]?.(person);

const ask = <Data>(who: Person, query: string): Promise<GraphQLAnswer<Data>> =>
  graphql<Data>(target, bearer(who.token), query);
const use = async ({ raw }: Pick<Leaver, 'raw'>): Promise<number> =>
  (await graphql(target, { 'x-api-key': raw }, '{ viewer { id } }')).status;
const change = (who: Person, operation: string, id: string) =>
  ask<Record<string, { apiKey: { status: string } }>>(
    who,
    `mutation { ${operation}(input: { id: "${id}" }) { apiKey { status } } }`,
  );
interface Keys {
  readonly apiKeys: { readonly totalCount: number; readonly nodes: readonly { id: string; status: string }[] };
}
const own = async (who: Person, filter: string): Promise<Keys['apiKeys'] | undefined> =>
  (await ask<{ viewer: Keys }>(who, `{ viewer { apiKeys(first: 50, ${filter}) { totalCount nodes { id status } } } }`))
    .data?.viewer.apiKeys;
const inventory = async (filter: string): Promise<Keys['apiKeys'] | undefined> =>
  (
    await ask<{ organization: Keys }>(
      administrator,
      `{ organization { apiKeys(first: 50, ${filter}) { totalCount nodes { id status } } } }`,
    )
  ).data?.organization.apiKeys;

describe.each(Object.keys(COMEBACKS))('somebody who left and comes back %s', (how) => {
  it('finds their keys ended, and shown as such, until they restore one on purpose', async () => {
    const leaving = await leaver();
    const { person, id } = leaving;
    const ended = { totalCount: 1, nodes: [{ id, status: 'OWNER_LEFT' }] };
    expect(await use(leaving)).toBe(401);
    expect(await inventory(`ownerId: "${person.id}"`)).toEqual(ended);
    expect((await change(person, 'restoreApiKey', id)).code).toBe('FORBIDDEN');

    await comeBack(person, how);
    expect(await use(leaving)).toBe(401);
    expect(await own(person, '')).toEqual(ended);
    for (const list of [
      (filter: string) => own(person, filter),
      (filter: string) => inventory(`ownerId: "${person.id}", ${filter}`),
    ]) {
      expect(await list('status: OWNER_LEFT')).toEqual(ended);
      expect(await list('status: ACTIVE')).toEqual({ totalCount: 0, nodes: [] });
      expect(await list('status: REVOKED')).toEqual({ totalCount: 0, nodes: [] });
    }
    // A replacement would be a way around it.
    expect((await change(person, 'rotateApiKey', id)).code).toBe('KEY_NOT_ACTIVE');
    // A new key has nothing to do with it.
    const { key } = await restEndpoint(target).mint(bearer(person.token), { name: 'after the return' });
    expect(await use({ raw: key ?? '' })).toBe(200);

    expect((await change(person, 'restoreApiKey', id)).data?.['restoreApiKey']).toEqual({
      apiKey: { status: 'ACTIVE' },
    });
    expect(await use(leaving)).toBe(200);
    expect((await own(person, 'status: ACTIVE'))?.totalCount).toBe(2);

    await target.sql('DELETE FROM sys_member WHERE user_id = ?', [person.id]);
    await comeBack(person, how);
    expect(await use(leaving)).toBe(401);
  });
});

it('a key that was revoked before its owner left is brought back by one restoring', async () => {
  const leaving = await leaver();
  const { person, id } = leaving;
  await comeBack(person);
  await change(person, 'revokeApiKey', id);
  expect(await own(person, '')).toMatchObject({ nodes: [{ status: 'REVOKED' }] });
  await change(person, 'restoreApiKey', id);
  expect(await use(leaving)).toBe(200);
});

it('a key that is made by a clock behind the one that wrote the membership works', async () => {
  const person = await target.newPerson({ organizationId });
  const soon = new Date(Date.now() + 2000).toISOString();
  await target.sql('UPDATE sys_member SET created_at = ? WHERE user_id = ?', [soon, person.id]);
  const { key } = await restEndpoint(target).mint(bearer(person.token), { name: 'of a fast joiner' });
  expect(await use({ raw: key ?? '' })).toBe(200);
});
