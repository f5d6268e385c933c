// @ts-nocheck
// 
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, type EndpointClient, graphqlEndpoint, restEndpoint } from '../support/endpoints.ts';
import { graphql } from '../support/graphql.ts';
import { bootKernel, type Person, setActiveOrganization, type TestKernel } from '../support/kernel.ts';

let target: TestKernel;
let person: Person;

beforeAll(async () => {
  target = await bootKernel();
  person = await target.newPerson();
});
afterAll(() => target[Symbol.asyncDispose]());

const rowsNamed = async (name: string) => (await target.storedKeys()).filter((row) => row['name'] === name);

describe.each([
  ['GraphQL', graphqlEndpoint],
  ['REST', restEndpoint],
] as const)('Idempotency-Key through %s', (_name, connect) => {
  let endpoint: EndpointClient;
  let created: number;
  beforeAll(() => {
    endpoint = connect(target);
    created = endpoint.name === 'REST' ? 201 : 200;
  });
  const headers = (value: string, who: Person = person) => ({ ...bearer(who.token), 'idempotency-key': value });

  it('a repeat gets the same key and no secret, and there is one row', async () => {
    const [value, name] = [randomUUID(), randomUUID()];
    const first = await endpoint.mint(headers(value), { name, scopes: ['member_default'] });
    expect(first).toMatchObject({ status: created, apiKey: { name } });
    expect(first.key).toMatch(/^osk_/);
    expect(first.headers.get('idempotency-replayed')).toBeNull();

    for (let repeat = 0; repeat < 2; repeat++) {
      const again = await endpoint.mint(headers(value), { name, scopes: ['member_default'] });
      expect(again.status).toBe(200);
      expect(again.apiKey).toEqual(first.apiKey);
      expect(again.key).toBeNull();
      expect(again.headers.get('idempotency-replayed')).toBe('true');
      expect(again.text).not.toContain(first.key);
    }
    expect(await rowsNamed(name)).toHaveLength(1);
  });

  it('fifty concurrent requests create one row, and only one response has the secret', async () => {
    const [value, name] = [randomUUID(), randomUUID()];
    const answers = await Promise.all(Array.from({ length: 50 }, () => endpoint.mint(headers(value), { name })));

    expect(answers.map(({ status }) => status).filter((status) => status !== 200 && status !== created)).toEqual([]);
    expect(new Set(answers.map(({ apiKey }) => apiKey?.id)).size).toBe(1);
    expect(answers.filter(({ key }) => key !== null)).toHaveLength(1);
    expect(await rowsNamed(name)).toHaveLength(1);
  });

  it('the same value with another input is refused, and writes nothing', async () => {
    const [value, name] = [randomUUID(), randomUUID()];
    expect((await endpoint.mint(headers(value), { name })).key).toMatch(/^osk_/);
    const before = await target.storedKeys();
    for (const other of [
      { name: `${name} other` },
      { name, scopes: ['member_default'] },
      { name, expiresAt: '2031-01-01T00:00:00Z' },
    ]) {
      const refused = await endpoint.mint(headers(value), other);
      expect(refused).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
    }
    expect(await target.storedKeys()).toEqual(before);
  });

  it('the same input is the same, however it is written', async () => {
    const [value, name] = [randomUUID(), randomUUID()];
    const first = await endpoint.mint(headers(value), { name, expiresAt: '2031-01-01T00:00:00Z', scopes: null });
    const again = await endpoint.mint(headers(value), { name: ` ${name} `, expiresAt: '2031-01-01T02:00:00+02:00' });
    expect(again.apiKey?.id).toBe(first.apiKey?.id);
    expect(again.key).toBeNull();
  });

  it('belongs to one person in one organization', async () => {
    const [value, name] = [randomUUID(), randomUUID()];
    const other = await target.newPerson();
    const mine = await endpoint.mint(headers(value), { name });
    const theirs = await endpoint.mint(headers(value, other), { name });
    expect(theirs.key).toMatch(/^osk_/);
    expect(theirs.apiKey?.id).not.toBe(mine.apiKey?.id);

    const nomad = await target.newPerson();
    const before = await endpoint.mint(headers(value, nomad), { name });
    await setActiveOrganization(target.engine, nomad, null);
    const after = await endpoint.mint(headers(value, nomad), { name });
    expect(after.key).toMatch(/^osk_/);
    expect(after.apiKey?.id).not.toBe(before.apiKey?.id);
  });

  it('a repeat after the key was revoked or has expired says so', async () => {
    const input = { name: randomUUID(), expiresAt: new Date(Date.now() + 3_600_000).toISOString() };
    const value = randomUUID();
    const { apiKey } = await endpoint.mint(headers(value), input);
    const status = async () => {
      const answer = await graphql<{ createApiKey: { apiKey: { status: string }; key: string | null } }>(
        target,
        headers(value),
        'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { apiKey { status } key } }',
        { input },
      );
      expect(answer.data?.createApiKey.key).toBeNull();
      return answer.data?.createApiKey.apiKey.status;
    };
    expect(await status()).toBe('ACTIVE');
    await target.engine.update('sys_api_key', { id: apiKey?.id, revoked: true }, { context: { isSystem: true } });
    expect(await status()).toBe('REVOKED');
    const past = new Date(Date.now() - 1000).toISOString();
    await target.engine.update(
      'sys_api_key',
      { id: apiKey?.id, revoked: false, expires_at: past },
      { context: { isSystem: true } },
    );
    expect(await status()).toBe('EXPIRED');
  });

  it('a repeat after the key was deleted is refused, and the requests beside it are not', async () => {
    const [value, name] = [randomUUID(), randomUUID()];
    const { apiKey } = await endpoint.mint(headers(value), { name });
    await target.sql('DELETE FROM sys_api_key WHERE id = ?', [apiKey?.id]);
    const [repeat, ...others] = await Promise.all([
      endpoint.mint(headers(value), { name }),
      ...[1, 2, 3].map(() => endpoint.mint(headers(randomUUID()), { name })),
    ]);
    expect(repeat).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
    for (const other of others) expect(other.key).toMatch(/^osk_/);
    expect((await target.storedKeys()).map(({ id }) => id)).not.toContain(apiKey?.id);
  });

  it.each([
    ['empty', ''],
    ['too long', 'x'.repeat(256)],
    ['with a space', 'a b'],
    ['sent twice', 'a, b'],
    ['not ASCII', '\u00e9'],
  ])('a value that is %s is refused', async (_case, value) => {
    const before = await target.storedKeys();
    const refused = await endpoint.mint(headers(value), { name: 'x' });
    expect(refused).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
    expect(refused.fields).toEqual(['Idempotency-Key']);
    expect(await target.storedKeys()).toEqual(before);
  });

  it('a request that was refused is not remembered', async () => {
    const [value, name] = [randomUUID(), randomUUID()];
    expect((await endpoint.mint(headers(value), { name, expiresAt: '2020-01-01T00:00:00Z' })).status).toBe(400);
    expect((await endpoint.mint(headers(value), { name })).key).toMatch(/^osk_/);
  });
});

it('both endpoints know of each other', async () => {
  const [value, name] = [randomUUID(), randomUUID()];
  const headers = { ...bearer(person.token), 'idempotency-key': value };
  const first = await graphqlEndpoint(target).mint(headers, { name });
  const again = await restEndpoint(target).mint(headers, { name });
  expect(again.apiKey).toEqual(first.apiKey);
  expect(again.key).toBeNull();
  expect(await rowsNamed(name)).toHaveLength(1);
});
