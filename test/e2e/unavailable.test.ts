import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, graphqlEndpoint, restEndpoint } from '../support/endpoints.ts';
import { bootKernel, type Person, type TestKernel } from '../support/kernel.ts';

let target: TestKernel;
let person: Person;

beforeAll(async () => {
  target = await bootKernel();
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
