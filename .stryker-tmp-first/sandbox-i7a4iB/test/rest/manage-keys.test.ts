// @ts-nocheck
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, restEndpoint } from '../support/endpoints.ts';
import { bootKernel, type Person, type TestKernel } from '../support/kernel.ts';

let target: TestKernel;
let ada: Person;
beforeAll(async () => {
  target = await bootKernel();
  ada = await target.newPerson();
});
afterAll(() => target[Symbol.asyncDispose]());

interface Listed {
  readonly data: readonly { readonly id: string; readonly name: string; readonly [field: string]: unknown }[];
  readonly has_more: boolean;
  readonly next_cursor?: string;
}

interface Refused {
  readonly error: { readonly code: string; readonly details?: { readonly fields: { field: string; code: string }[] } };
}

const faults = ({ error }: Refused): string[] =>
  error.details?.fields.map(({ field, code }) => `${field}: ${code}`) ?? [];

async function mint(input: object, who: Person = ada): Promise<{ id: string; key: string }> {
  const { apiKey, key = '' } = await restEndpoint(target).mint(bearer(who.token), { name: 'a key', ...input });
  return { id: apiKey?.id ?? expect.unreachable(), key };
}

const list = (query = '', headers: Record<string, string> = bearer(ada.token)): Promise<Response> =>
  target.request(`/api/v1/keys${query}`, { headers });
const listed = async (query: string, headers?: Record<string, string>): Promise<Listed> =>
  (await (await list(query, headers)).json()) as Listed;

const patch = (id: string, body: unknown, headers: Record<string, string> = bearer(ada.token)): Promise<Response> =>
  target.request(`/api/v1/keys/${id}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

describe('GET /api/v1/keys', () => {
  let who: Person;
  let headers: Record<string, string>;
  beforeAll(async () => {
    who = await target.newPerson();
    headers = bearer(who.token);
    for (const name of ['one', 'two', 'three']) await mint({ name, description: `about ${name}` }, who);
    await mint({ name: 'of somebody else' });
  });

  it('lists the keys of the caller, newest first, page by page', async () => {
    const first = await listed('?first=2', headers);
    expect(first.data.map(({ name }) => name)).toEqual(['three', 'two']);
    expect(first).toMatchObject({ has_more: true, next_cursor: expect.any(String) });
    const second = await listed(`?first=2&after=${first.next_cursor}`, headers);
    expect(second.data.map(({ name }) => name)).toEqual(['one']);
    expect(second).toEqual({ data: second.data, has_more: false });
    expect(second.data[0]).toMatchObject({
      description: 'about one',
      status: 'ACTIVE',
      created_at: expect.any(String),
    });
    expect(JSON.stringify([first, second])).not.toMatch(/"key"|hash/);
  });

  it.each([
    ['?search=TW', ['two']],
    ['?status=REVOKED', []],
    ['?status=ACTIVE&search=', ['three', 'two', 'one']],
    ['?expires_within=P1D', []],
    ['?unused_for=PT0S&search=one', ['one']],
    ['?first=0', []],
  ])('%s narrows the list', async (query, names) => {
    expect((await listed(query, headers)).data.map(({ name }) => name)).toEqual(names);
  });

  it.each([
    ['?first=101', ['first: out_of_range']],
    ['?first=-1', ['first: out_of_range']],
    ['?after=nonsense', ['after: invalid_cursor']],
    ['?status=DEAD', ['status: invalid_value']],
    ['?expires_within=P1M', ['expires_within: invalid_duration']],
    ['?unused_for=soon', ['unused_for: invalid_duration']],
    ['?user_id=usr_1', ['user_id: unknown_field']],
    ['?first=1&first=2', ['first: ambiguous']],
  ])('%s is refused by name', async (query, fields) => {
    const response = await list(query, headers);
    expect(response.status).toBe(400);
    expect(faults((await response.json()) as Refused)).toEqual(fields);
  });

  it('rejects a request without credentials', async () => {
    expect((await list('', {})).status).toBe(401);
  });

  it('answers a key as its scopes allow', async () => {
    const { id, key } = await mint({ name: 'asks' }, who);
    expect((await listed('', { 'x-api-key': key })).data[0]).toMatchObject({ id });
    expect((await patch(id, { scopes: ['actions:execute'] }, headers)).status).toBe(200);
    const refused = await list('', { 'x-api-key': key });
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ error: { code: 'FORBIDDEN' } });
  });
});

describe('PATCH /api/v1/keys/{id}', () => {
  it('renames, describes and narrows a key, in the spelling of REST', async () => {
    const { id } = await mint({});
    const expires = Math.floor(Date.now() / 1000) + 86_400;
    const response = await patch(id, {
      name: 'renamed',
      description: 'what it is for',
      scopes: ['data:read'],
      expires_at: expires,
      allowed_networks: '10.0.0.0/8, 192.0.2.7',
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      id,
      name: 'renamed',
      description: 'what it is for',
      scopes: ['data:read'],
      expires_at: new Date(expires * 1000).toISOString(),
      allowed_networks: ['10.0.0.0/8', '192.0.2.7'],
      status: 'ACTIVE',
    });
  });

  it('treats null as removing a value and an empty string as leaving the field out', async () => {
    const { id } = await mint({ description: 'before', scopes: ['data:read'] });
    const unchanged = await patch(id, { name: '', description: '', scopes: '', expires_at: '', allowed_networks: '' });
    expect(await unchanged.json()).toMatchObject({ name: 'a key', description: 'before', scopes: ['data:read'] });
    expect(await (await patch(id, { description: null, expires_at: null })).json()).not.toHaveProperty('description');
  });

  it('revokes a key', async () => {
    const { id, key } = await mint({});
    expect((await list('', { 'x-api-key': key })).status).toBe(200);
    const response = await patch(id, { revoked: true });
    expect([response.status, await response.json()]).toMatchObject([200, { id, status: 'REVOKED' }]);
    expect((await list('', { 'x-api-key': key })).status).toBe(401);
    expect((await patch(id, { revoked: true })).status).toBe(200);
  });

  it.each<[object, number, string[]]>([
    [{ scopes: ['data:write'] }, 400, ['scopes: widens']],
    [{ scopes: ['*'] }, 400, ['scopes: widens']],
    [{ scopes: [] }, 400, ['scopes: too_small']],
    [{ expires_at: '2999-01-01T00:00:00Z' }, 400, ['expires_at: widens']],
    [{ allowed_networks: ['0.0.0.0/0'] }, 400, ['allowed_networks: widens']],
    [{ revoked: false }, 400, ['revoked: invalid_value']],
    [{ revoked: 'true' }, 400, ['revoked: invalid_value']],
    [{ revoked: true, name: 'x' }, 400, ['revoked: ambiguous']],
    [{ id: 'another' }, 400, ['id: unknown_field']],
    [{ user_id: 'another' }, 400, ['user_id: unknown_field']],
    [{ expiresAt: null }, 400, ['expiresAt: unknown_field']],
  ])('%j is refused, and nothing is written', async (body, status, fields) => {
    const { id } = await mint({
      scopes: ['data:read'],
      expiresAt: '2031-01-01T00:00:00Z',
      allowed_networks: ['10.0.0.0/8'],
    });
    const before = await target.storedKeys();
    const response = await patch(id, body);
    expect(response.status).toBe(status);
    expect(faults((await response.json()) as Refused)).toEqual(fields);
    expect(await target.storedKeys()).toEqual(before);
  });

  it("is rejected for an API key, and for another person's key", async () => {
    const { id, key } = await mint({});
    const before = await target.storedKeys();
    expect((await patch(id, { name: 'x' }, { 'x-api-key': key })).status).toBe(403);
    expect((await patch(id, { name: 'x' }, bearer((await target.newPerson()).token))).status).toBe(404);
    expect((await patch('none', { name: 'x' })).status).toBe(404);
    expect(await target.storedKeys()).toEqual(before);
  });
});
