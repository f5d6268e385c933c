// @ts-nocheck
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, graphqlEndpoint, restEndpoint } from '../support/endpoints.ts';
import { bootKernel, type Person, type TestKernel } from '../support/kernel.ts';
import { newKeyOwner } from '../support/key-owner.ts';
import { callTool } from '../support/mcp.ts';
import { NOTE, NotesApp, STAMP } from '../support/notes-app.ts';

let target: TestKernel;
let person: Person;

beforeAll(async () => {
  target = await bootKernel({ plugins: [new NotesApp()] });
  person = await target.newPerson();
});
afterAll(async () => {
  await target[Symbol.asyncDispose]();
});

/** Every statement on a table fails while it has another name. */
async function without<T>(table: string, ask: () => Promise<T>): Promise<T> {
  await target.sql(`ALTER TABLE ${table} RENAME TO ${table}_away`);
  try {
    return await ask();
  } finally {
    await target.sql(`ALTER TABLE ${table}_away RENAME TO ${table}`);
  }
}

describe.each([
  ['GraphQL', graphqlEndpoint],
  ['REST', restEndpoint],
] as const)('a database that fails, through %s', (_name, connect) => {
  it.each([
    'sys_session',
    'sys_user',
    'sys_member',
    'sys_api_key',
    'sys_user_permission_set',
    'sys_position_permission_set',
    'sys_permission_set',
    'sys_user_position',
    'sys_position',
  ])('is "try again", tells nothing and writes nothing: no %s', async (table) => {
    const endpoint = connect(target);
    const input = { name: 'x', scopes: ['member_default'] };
    expect((await endpoint.mint(bearer(person.token), input)).key).toMatch(/^osk_/);
    const before = await target.storedKeys();

    const answer = await without(table, () => endpoint.mint(bearer(person.token), input));

    expect(answer).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE', key: undefined });
    expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    expect(answer.text).not.toMatch(/sys_|select|insert|no such table|relation/i);
    expect(await target.storedKeys()).toEqual(before);
    expect((await endpoint.mint(bearer(person.token), input)).key).toMatch(/^osk_/);
  });
});

describe('a database that fails, for a request with an API key', () => {
  it.each(['sys_api_key', 'sys_user'])('is "try again", and not "no such key": no %s', async (table) => {
    const { key = '' } = await restEndpoint(target).mint(bearer(person.token), { name: 'x' });
    const ask = () => graphqlEndpoint(target).send({ 'x-api-key': key }, '{"query":"{ viewer { id } }"}');
    expect((await ask()).status).toBe(200);

    const answer = await without(table, ask);

    expect(answer).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE' });
    expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    expect((await ask()).status).toBe(200);
  });
});

describe('a database that fails admits no key anywhere', () => {
  it.each(['sys_api_key', 'sys_api_key_detail', 'sys_user', 'sys_member'])('without %s', async (table) => {
    const { headers, userId } = await newKeyOwner(target.engine);
    const send = async (path: string, body?: object): Promise<boolean> => {
      const response = await target.request(`/api/v1${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        ...(body && { body: JSON.stringify(body) }),
      });
      await response.arrayBuffer();
      return response.ok;
    };
    const data = { title: 'x' };
    const useAll = async () =>
      Promise.all([
        send(`/data/${NOTE}`),
        send(`/data/${NOTE}`, data),
        send(`/data/${NOTE}/createMany`, [data]),
        send('/batch', { operations: [{ object: NOTE, action: 'create', data }] }),
        send(`/actions/${NOTE}/${STAMP}`, {}),
        callTool(target, headers, 'list_objects', {}).then(({ done }) => done),
        callTool(target, headers, 'query_records', { objectName: NOTE }).then(({ done }) => done),
        callTool(target, headers, 'create_record', { objectName: NOTE, data }).then(({ done }) => done),
      ]);
    const notes = () => target.sql(`SELECT id FROM ${NOTE} WHERE created_by = ?`, [userId]);

    expect(new Set(await useAll())).toEqual(new Set([true]));
    const before = await notes();
    expect(before).toHaveLength(4);
    expect(new Set(await without(table, useAll))).toEqual(new Set([false]));
    expect(await notes()).toEqual(before);
  });
});
