import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer } from '../support/endpoints.ts';
import { graphql } from '../support/graphql.ts';
import { bootKernel, newOrganization, type TestKernel } from '../support/kernel.ts';
import { newKeyOwner } from '../support/key-owner.ts';
import { NOTE, NOTE_AUTHOR, NotesApp } from '../support/notes-app.ts';
import { listenToStatements } from '../support/statements.ts';

const context = { isSystem: true };
const SCOPES = '["data:write"]';
let target: TestKernel;
/** The permission set that lets somebody write notes. */
let setId: unknown;

beforeAll(async () => {
  target = await bootKernel({ plugins: [new NotesApp()] });
  const [set] = await target.engine.find('sys_permission_set', { where: { name: NOTE_AUTHOR }, context });
  setId = set?.['id'];
});
afterAll(() => target[Symbol.asyncDispose]());

/** A position that lets somebody write notes, for one organization or for all. */
async function newPosition(name: string, organizationId?: string): Promise<void> {
  const id = `pos_${randomUUID()}`;
  const position = { id, name, label: name, active: true, organization_id: organizationId ?? null };
  await target.engine.insert('sys_position', position, { context });
  await bind(id);
}

async function bind(position: unknown): Promise<void> {
  const binding = { position_id: position, permission_set_id: setId };
  const bound = await target.engine.find('sys_position_permission_set', { where: binding, context });
  if (bound.length === 0) await target.engine.insert('sys_position_permission_set', binding, { context });
}

/** How somebody comes to be allowed something in an organization. */
const WAYS: Readonly<Record<string, (userId: string, organizationId: string) => Promise<unknown>>> = {
  'a permission set': (user_id, organization_id) =>
    target.engine.insert(
      'sys_user_permission_set',
      { user_id, organization_id, permission_set_id: setId },
      { context },
    ),
  'a position': async (user_id, organization_id) => {
    const position = `writer_${randomUUID().slice(0, 8)}`;
    await newPosition(position);
    await target.engine.insert('sys_user_position', { user_id, organization_id, position }, { context });
  },
  'the role of an owner': async (user_id, organization_id) => {
    const [owner] = await target.engine.find('sys_position', { where: { name: 'org_owner' }, context });
    await bind(owner?.['id']);
    const [member] = await target.engine.find('sys_member', { where: { user_id, organization_id }, context });
    if (member !== undefined) {
      await target.engine.update('sys_member', { id: member['id'], role: 'owner' }, { context });
    } else {
      const row = { id: `mem_${randomUUID()}`, user_id, organization_id, role: 'owner' };
      await target.engine.insert('sys_member', row, { context });
    }
  },
  'a position that means more there': async (user_id, organization_id) => {
    const position = `helper_${randomUUID().slice(0, 8)}`;
    await newPosition(position, organization_id);
    await target.engine.insert('sys_user_position', { user_id, position }, { context });
  },
};

describe.each(Object.keys(WAYS))('%s in one organization', (way) => {
  const give = (userId: string, organizationId: string) => WAYS[way]?.(userId, organizationId);

  it.each([
    ['a key without scopes', {}],
    ['a key with scopes', { scopes: SCOPES }],
  ])('is of no use to %s of another', async (_name, key) => {
    const elsewhere = await newOrganization(target.engine);
    const owner = await newKeyOwner(target.engine, key);
    await target.sql('DELETE FROM sys_user_permission_set WHERE user_id = ?', [owner.userId]);
    await give(owner.userId, elsewhere);
    const write = (): Promise<Response> =>
      target.request(`/api/v1/data/${NOTE}`, {
        method: 'POST',
        headers: { ...owner.headers, 'content-type': 'application/json' },
        body: JSON.stringify({ title: owner.userId }),
      });
    const written = () => target.sql(`SELECT title FROM ${NOTE} WHERE title = ?`, [owner.userId]);

    expect((await write()).status).toBe(403);
    expect(await written()).toEqual([]);
    // There, it is of use: it was given.
    await give(owner.userId, owner.organizationId);
    expect((await write()).status).toBe(201);
    expect(await written()).toHaveLength(1);
  });

  it('is not in the preview of a key of another', async () => {
    const person = await target.newPerson();
    const preview = async () => {
      const query = `{ apiKeyAccess(scopes: ["data:write"], object: "${NOTE}") { create } }`;
      const answer = await graphql<{ apiKeyAccess: unknown[] }>(target, bearer(person.token), query);
      return answer.data?.apiKeyAccess ?? answer.text;
    };
    await give(person.id, await newOrganization(target.engine));
    expect(await preview()).toEqual([{ create: false }]);
    await give(person.id, person.organizationId ?? expect.unreachable());
    expect(await preview()).toEqual([{ create: true }]);
  });
});

it('a list takes as many statements with a key with scopes as with one without', async () => {
  const count = async (key: object): Promise<number> => {
    const { headers } = await newKeyOwner(target.engine, { ...key });
    const counts: number[] = [];
    // What the kernel does beside the request only adds to a count.
    for (let times = 0; times < 5; times += 1) {
      let statements = 0;
      const stop = await listenToStatements(target, () => {
        statements += 1;
      });
      const response = await target.request(`/api/v1/data/${NOTE}?$top=1`, { headers });
      stop();
      expect(response.status).toBe(200);
      counts.push(statements);
    }
    return Math.min(...counts);
  };
  const without = await count({});
  expect(without).toBeLessThan(15);
  expect(await count({ scopes: SCOPES })).toBe(without);
});
