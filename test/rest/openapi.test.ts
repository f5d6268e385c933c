import { randomUUID } from 'node:crypto';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer } from '../support/endpoints.ts';
import { bootKernel, DEV_ADMIN, NO_LIMITS, type Person, type TestKernel } from '../support/kernel.ts';

interface Ref {
  $ref: string;
}
interface ResponseObject {
  headers?: Record<string, Ref>;
  content: Record<string, { schema: Ref | object }>;
}
interface Operation {
  requestBody?: { content: Record<string, { schema: Ref }> };
  responses: Record<string, ResponseObject>;
}
interface Document {
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
}

let target: TestKernel;
let admin: Person;
let document: Document;
let ajv: Ajv2020;

beforeAll(async () => {
  target = await bootKernel({
    config: { keyLimits: { ...NO_LIMITS, maxActiveKeys: '5' } },
  });
  admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
  document = (await (await target.request('/api/v1/keys/openapi.json')).json()) as Document;
  ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'https://api.example/openapi.json', ...document });
});
afterAll(async () => {
  await target[Symbol.asyncDispose]();
});

const faults = (reference: Ref | object, value: unknown): ErrorObject[] => {
  const schema =
    '$ref' in reference ? { $ref: `https://api.example/openapi.json${String(reference.$ref)}` } : reference;
  const validate = ajv.compile(schema);
  return validate(value) ? [] : (validate.errors ?? []);
};

interface Call {
  readonly path?: string;
  readonly method?: 'post' | 'get' | 'patch';
  readonly id?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Sends a request and holds the answer against the description. */
async function expectDescribed(status: number, call: Call): Promise<Record<string, unknown>> {
  const { path = '/keys', method = 'post', id = '', headers = {}, body } = call;
  const response = await target.request(`/api/v1${path.replace(/\{\w+\}/, id)}`, {
    method: method.toUpperCase(),
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  expect(response.status, JSON.stringify(answer)).toBe(status);

  const described = document.paths[path]?.[method]?.responses[status];
  if (described === undefined) throw new Error(`${method} ${path} describes no ${status}`);
  expect(faults(described.content['application/json']?.schema ?? {}, answer)).toEqual([]);
  for (const name of Object.keys(described.headers ?? {})) {
    const value = response.headers.get(name);
    expect(value, name).not.toBeNull();
    expect(faults({ $ref: `#/components/headers/${name}/schema` }, value)).toEqual([]);
  }
  return answer;
}

const isRevoked = async (id: string): Promise<boolean> =>
  (await target.storedKeys()).some((row) => row['id'] === id && row['revoked'] === true);

describe('the description of the REST endpoint', () => {
  it('is read without signing in, from where its server is', async () => {
    await expectDescribed(200, { path: '/keys/openapi.json', method: 'get' });
    expect(document.servers).toEqual([{ url: '/api/v1' }]);
  });

  it.each([
    ['a name', { name: 'CI' }, true],
    ['every field', { name: 'CI', scopes: ['member_default'], expires_at: '2031-01-01T00:00:00Z' }, true],
    ['an epoch', { name: 'CI', expires_at: 1_924_992_000 }, true],
    ['no name', {}, false],
    ['another field', { name: 'CI', user_id: 'somebody' }, false],
    ['the spelling of GraphQL', { name: 'CI', expiresAt: '2031-01-01T00:00:00Z' }, false],
    ['a date without a time', { name: 'CI', expires_at: '2031-01-01' }, false],
    ['a scope that is no name', { name: 'CI', scopes: ['Admin Everything'] }, false],
    ['too long a name', { name: 'x'.repeat(256) }, false],
  ])('and the endpoint agree on a body with %s', async (_case, body, valid) => {
    const described = document.paths['/keys']?.['post']?.requestBody?.content['application/json']?.schema ?? {};
    expect(faults(described, body).length === 0).toBe(valid);
    const person = await target.newPerson();
    await expectDescribed(valid ? 201 : 400, { headers: bearer(person.token), body: JSON.stringify(body) });
  });
});

describe('the answers of the REST endpoint are as described', () => {
  it('201 and 200, for a new key and a repeat', async () => {
    const headers = { ...bearer(admin.token), 'idempotency-key': randomUUID() };
    const body = JSON.stringify({ name: 'once', scopes: ['member_default'], expires_at: '2031-01-01T00:00:00Z' });
    const created = await expectDescribed(201, { headers, body });
    const repeated = await expectDescribed(200, { headers, body });
    expect(created['key']).toMatch(/^osk_/);
    expect(repeated).toMatchObject({ id: created['id'], key: null });
    await expectDescribed(422, { headers, body: JSON.stringify({ name: 'another' }) });
  });

  it('201, 200 and 409, for a rotation, a repeat of it, and a key that is revoked', async () => {
    const person = await target.newPerson();
    const first = await expectDescribed(201, { headers: bearer(person.token), body: JSON.stringify({ name: 'old' }) });
    const id = String(first['id']);
    const rotate = { path: '/keys/{id}/rotate', id } as const;
    const headers = { ...bearer(person.token), 'idempotency-key': randomUUID() };
    const body = JSON.stringify({ overlap: 'PT1H' });

    const second = await expectDescribed(201, { ...rotate, headers, body });
    expect(second).toMatchObject({ name: 'old', status: 'ACTIVE', previous: { id, status: 'ACTIVE' } });
    expect(second['key']).toMatch(/^osk_/);
    expect(second['key']).not.toBe(first['key']);
    expect(await expectDescribed(200, { ...rotate, headers, body })).toMatchObject({ id: second['id'], key: null });

    const third = { ...rotate, id: String(second['id']) };
    await expectDescribed(201, { ...third, headers: bearer(person.token), body: '{}' });
    await expectDescribed(409, { ...third, headers: bearer(person.token), body: '{}' });
  });

  it("404, for rotating another person's key, exactly as for a key that does not exist", async () => {
    const [mine, other] = [await target.newPerson(), await target.newPerson()];
    const theirs = await expectDescribed(201, { headers: bearer(other.token), body: JSON.stringify({ name: 'x' }) });
    const ask = (id: string) =>
      expectDescribed(404, { path: '/keys/{id}/rotate', id, headers: bearer(mine.token), body: '{}' });
    expect(await ask(String(theirs['id']))).toEqual(await ask('nothing'));
  });

  it.each([
    ['an id in the body', '{"id":"another"}'],
    ['an unknown field', '{"name":"x"}'],
    ['an overlap of a month', '{"overlap":"P1M"}'],
    ['a list', '[]'],
  ])('400, for a rotation with %s', async (_case, body) => {
    await expectDescribed(400, { path: '/keys/{id}/rotate', id: 'x', headers: bearer(admin.token), body });
  });

  it('401, 403, 413 and 415', async () => {
    const body = JSON.stringify({ name: 'x' });
    await expectDescribed(401, { body });
    const { key } = await expectDescribed(201, { headers: bearer(admin.token), body });
    for (const path of ['/keys', '/keys/{id}/rotate'] as const) {
      await expectDescribed(403, { path, id: 'x', headers: { 'x-api-key': String(key) }, body });
    }
    await expectDescribed(413, { headers: bearer(admin.token), body: JSON.stringify({ name: 'x'.repeat(100_000) }) });
    await expectDescribed(415, { headers: { ...bearer(admin.token), 'content-type': 'text/plain' }, body });
  });

  it('403, for more active keys than a person may have', async () => {
    const person = await target.newPerson();
    const call = { headers: bearer(person.token), body: JSON.stringify({ name: 'x' }) };
    for (let count = 0; count < 5; count++) await expectDescribed(201, call);
    await expectDescribed(403, call);
  });

  it('200 and 403, for the keys and the rules of an organization', async () => {
    const headers = bearer(admin.token);
    const { key, id: keyId } = await expectDescribed(201, { headers, body: JSON.stringify({ name: 'listed' }) });
    const policy = '/keys/organization/policy';
    const rules = JSON.stringify({ max_lifetime: 'P900D', require_scopes: true });
    await expectDescribed(200, { path: policy, method: 'patch', headers, body: rules });
    await expectDescribed(200, { path: policy, method: 'get', headers });
    const list = await expectDescribed(200, { path: '/keys/organization', method: 'get', headers });
    expect(list['data']).toContainEqual(expect.objectContaining({ name: 'listed', violates_policy: true }));
    await expectDescribed(200, {
      path: policy,
      method: 'patch',
      headers,
      body: '{"max_lifetime":null,"require_scopes":"none"}',
    });
    const before = await expectDescribed(200, { path: policy, method: 'get', headers });
    expect(await expectDescribed(200, { path: policy, method: 'patch', headers, body: '{}' })).toEqual(before);
    const asForms = { path: policy, method: 'patch' as const, headers };
    for (const [word, value] of [
      ['yes', true],
      ['no', false],
    ] as const) {
      const body = JSON.stringify({ require_scopes: word });
      expect(await expectDescribed(200, { ...asForms, body })).toMatchObject({ require_scopes: value });
    }
    const revoke = { path: '/keys/organization/owners/{user_id}/revoke', id: 'usr_nobody', body: '{}' };
    expect(await expectDescribed(200, { ...revoke, headers })).toEqual({ revoked: 0 });
    await expectDescribed(400, { ...revoke, headers, body: '{"user_id":"x"}' });
    await expectDescribed(403, { ...revoke, headers: { 'x-api-key': String(key) } });
    const ofOwner = { path: '/keys/{id}/owner/revoke', id: String(keyId), body: '{}' };
    await expectDescribed(403, { ...ofOwner, headers: { 'x-api-key': String(key) } });
    await expectDescribed(403, { ...ofOwner, headers: bearer((await target.newPerson()).token) });
    await expectDescribed(400, { ...ofOwner, headers, body: '{"user_id":"x"}' });
    await expectDescribed(404, { ...ofOwner, id: 'no-such-key', headers });
    expect(await isRevoked(String(keyId))).toBe(false);
    expect(await expectDescribed(200, { ...ofOwner, headers })).toMatchObject({ revoked: expect.any(Number) });
    expect(await isRevoked(String(keyId))).toBe(true);
  });

  it('503, while the tenancy service does not answer', async () => {
    const person = await target.newPerson();
    const tenancy = await target.kernel.getServiceAsync<object>('tenancy');
    Object.defineProperty(tenancy, 'posture', {
      configurable: true,
      get: () => {
        throw new Error('the tenancy service crashed');
      },
    });
    try {
      await expectDescribed(503, { headers: bearer(person.token), body: JSON.stringify({ name: 'x' }) });
    } finally {
      Reflect.deleteProperty(tenancy, 'posture');
    }
  });
});
