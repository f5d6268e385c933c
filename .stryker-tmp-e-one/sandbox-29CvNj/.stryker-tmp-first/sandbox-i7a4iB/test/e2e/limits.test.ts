// @ts-nocheck
// 
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, type EndpointClient, graphqlEndpoint, restEndpoint } from '../support/endpoints.ts';
import { graphql } from '../support/graphql.ts';
import { bootKernel, NO_LIMITS, type Person, type TestKernel } from '../support/kernel.ts';

const ENDPOINTS = [
  ['GraphQL', graphqlEndpoint],
  ['REST', restEndpoint],
] as const;

/** All of these requests come from one client, whose share of the process is not what is tested here. */
const load = { maxRequestsPerClient: 1000 };
const boot = (limits: Partial<typeof NO_LIMITS>) =>
  bootKernel({ config: { keyLimits: { ...NO_LIMITS, ...limits }, load } });
const ownRows = async (target: TestKernel, person: Person) =>
  (await target.storedKeys()).filter((row) => row['user_id'] === person.id);

describe('the limit of mints per person', () => {
  let target: TestKernel;
  beforeAll(async () => {
    target = await boot({ mintLimitPerUser: '7/PT1H' });
  });
  afterAll(() => target[Symbol.asyncDispose]());

  it('a thousand parallel requests at a limit of seven create seven keys, through both endpoints', async () => {
    const person = await target.newPerson();
    const endpoints = [graphqlEndpoint(target), restEndpoint(target)];
    const answers = await Promise.all(
      Array.from({ length: 1000 }, (_, index) =>
        (endpoints[index % 2] as EndpointClient).mint(bearer(person.token), { name: `n${index}` }),
      ),
    );
    expect(answers.filter(({ key }) => key?.startsWith('osk_'))).toHaveLength(7);
    const refused = answers.filter(({ key }) => key === undefined);
    expect(refused).toHaveLength(993);
    expect(new Set(refused.map(({ status, code }) => `${status} ${code}`))).toEqual(new Set(['429 RATE_LIMITED']));
    expect(await ownRows(target, person)).toHaveLength(7);
  });

  it.each(ENDPOINTS)('a refusal through %s says when to try again', async (_name, connect) => {
    const person = await target.newPerson();
    const endpoint = connect(target);
    for (let n = 0; n < 7; n++) await endpoint.mint(bearer(person.token), { name: 'x' });
    const refused = await endpoint.mint(bearer(person.token), { name: 'x' });
    expect(refused).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    // An hour for seven tokens: the next one comes in about 514 seconds.
    const retryAfter = Number(refused.headers.get('retry-after'));
    expect(retryAfter).toBeGreaterThan(500);
    expect(retryAfter).toBeLessThanOrEqual(515);
  });

  it('one person does not use up the tokens of another', async () => {
    const [greedy, other] = [await target.newPerson(), await target.newPerson()];
    const endpoint = graphqlEndpoint(target);
    for (let n = 0; n < 8; n++) await endpoint.mint(bearer(greedy.token), { name: 'x' });
    expect((await endpoint.mint(bearer(greedy.token), { name: 'x' })).status).toBe(429);
    expect((await endpoint.mint(bearer(other.token), { name: 'x' })).key).toMatch(/^osk_/);
  });

  it('refused requests and repeats take no token', async () => {
    const person = await target.newPerson();
    const endpoint = restEndpoint(target);
    const headers = { ...bearer(person.token), 'idempotency-key': randomUUID() };
    for (let n = 0; n < 20; n++) {
      expect((await endpoint.mint(headers, { name: 'once' })).status).toBe(n === 0 ? 201 : 200);
      expect((await endpoint.mint(bearer(person.token), { name: '' })).status).toBe(400);
    }
    for (let n = 0; n < 6; n++) {
      expect((await endpoint.mint(bearer(person.token), { name: 'x' })).status).toBe(201);
    }
    expect((await endpoint.mint(bearer(person.token), { name: 'x' })).status).toBe(429);
    // A repeat is answered even now.
    expect((await endpoint.mint(headers, { name: 'once' })).status).toBe(200);
  });

  it('the viewer returns the limits for a form', async () => {
    const person = await target.newPerson();
    const { data } = await graphql(
      target,
      bearer(person.token),
      '{ viewer { limits { maxKeyLifetime maxActiveKeys mintLimitPerUser maxLifetime mintsPerUser } } }',
    );
    expect(data).toEqual({
      viewer: {
        limits: {
          maxKeyLifetime: null,
          maxActiveKeys: null,
          mintLimitPerUser: '7/PT1H',
          maxLifetime: null,
          mintsPerUser: '7/PT1H',
        },
      },
    });
  });
});

describe('the limit of mints per address', () => {
  it('holds for everybody behind the address, and needs an address', async () => {
    await using target = await boot({ mintLimitPerAddress: '3/PT1H' });
    const people = await Promise.all(Array.from({ length: 5 }, () => target.newPerson()));
    const overSocket = { request: (path: string, init?: RequestInit) => fetch(`${target.url}${path}`, init) };
    const answers = await Promise.all(
      people.map((person) => restEndpoint(overSocket).mint(bearer(person.token), { name: 'x' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 429, 429]);
    expect(await target.storedKeys()).toHaveLength(3);
    // The address itself is not written down.
    const ledger = await target.sql('SELECT id FROM sys_api_key_ledger');
    expect(JSON.stringify(ledger)).toContain('address:');
    expect(JSON.stringify(ledger)).not.toContain('127.0.0.1');
  });
});

describe('the cap on active keys', () => {
  let target: TestKernel;
  beforeAll(async () => {
    target = await boot({ maxActiveKeys: '3' });
  });
  afterAll(() => target[Symbol.asyncDispose]());

  const mutate = (person: Person, operation: string, input: unknown, type: string) =>
    graphql<Record<string, { apiKey: { id: string; status: string } }>>(
      target,
      bearer(person.token),
      `mutation ($input: ${type}!) { ${operation}(input: $input) { apiKey { id status } } }`,
      { input },
    );

  it.each(ENDPOINTS)(
    'fifty parallel requests through %s create as many keys as there may be',
    async (_name, connect) => {
      const person = await target.newPerson();
      const endpoint = connect(target);
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => endpoint.mint(bearer(person.token), { name: 'x' })),
      );
      expect(answers.filter(({ key }) => key?.startsWith('osk_'))).toHaveLength(3);
      const refused = answers.find(({ key }) => key === undefined);
      expect(refused).toMatchObject({ status: 403, code: 'LIMIT_REACHED' });
      expect(refused?.headers.get('retry-after')).toBeNull();
      expect(await ownRows(target, person)).toHaveLength(3);
    },
  );

  it('revoked and expired keys leave room, and restoring one needs room', async () => {
    const person = await target.newPerson();
    const endpoint = graphqlEndpoint(target);
    const keys = [];
    for (let n = 0; n < 3; n++) keys.push((await endpoint.mint(bearer(person.token), { name: `k${n}` })).apiKey);
    expect((await endpoint.mint(bearer(person.token), { name: 'x' })).status).toBe(403);

    const revoked = await mutate(person, 'revokeApiKey', { id: keys[0]?.id }, 'RevokeApiKeyInput');
    expect(revoked.data?.['revokeApiKey']?.apiKey.status).toBe('REVOKED');
    expect((await endpoint.mint(bearer(person.token), { name: 'in its place' })).key).toMatch(/^osk_/);

    const restored = await mutate(person, 'restoreApiKey', { id: keys[0]?.id }, 'RestoreApiKeyInput');
    expect(restored).toMatchObject({ status: 403, code: 'LIMIT_REACHED', data: null });
    expect((await ownRows(target, person)).filter((row) => !row['revoked'])).toHaveLength(3);

    const past = new Date(Date.now() - 1000).toISOString();
    await target.engine.update('sys_api_key', { id: keys[1]?.id, expires_at: past }, { context: { isSystem: true } });
    const afterExpiry = await mutate(person, 'restoreApiKey', { id: keys[0]?.id }, 'RestoreApiKeyInput');
    expect(afterExpiry.data?.['restoreApiKey']?.apiKey.status).toBe('ACTIVE');
  });

  it('a rotation without overlap fits under the cap, one with overlap does not', async () => {
    const person = await target.newPerson();
    const keys = [];
    for (let n = 0; n < 3; n++) {
      keys.push((await graphqlEndpoint(target).mint(bearer(person.token), { name: `k${n}` })).apiKey);
    }
    const overlapping = await mutate(person, 'rotateApiKey', { id: keys[0]?.id, overlap: 'PT1H' }, 'RotateApiKeyInput');
    expect(overlapping).toMatchObject({ status: 403, code: 'LIMIT_REACHED' });
    const plain = await mutate(person, 'rotateApiKey', { id: keys[0]?.id }, 'RotateApiKeyInput');
    expect(plain.data?.['rotateApiKey']?.apiKey.status).toBe('ACTIVE');
    expect((await ownRows(target, person)).filter((row) => !row['revoked'])).toHaveLength(3);
  });
});

describe('the longest life of a key', () => {
  const DAY = 86_400_000;
  let target: TestKernel;
  beforeAll(async () => {
    target = await boot({ maxKeyLifetime: 'P90D' });
  });
  afterAll(() => target[Symbol.asyncDispose]());

  it.each(ENDPOINTS)('a key through %s that states no expiry gets it', async (_name, connect) => {
    const person = await target.newPerson();
    const before = Date.now();
    const { apiKey } = await connect(target).mint(bearer(person.token), { name: 'x' });
    const expiry = Date.parse(apiKey?.expiresAt ?? '');
    expect(expiry).toBeGreaterThanOrEqual(before + 90 * DAY);
    expect(expiry).toBeLessThanOrEqual(Date.now() + 90 * DAY);
  });

  it.each(ENDPOINTS)('a later expiry through %s is refused, an earlier one is kept', async (_name, connect) => {
    const person = await target.newPerson();
    const endpoint = connect(target);
    const late = await endpoint.mint(bearer(person.token), {
      name: 'x',
      expiresAt: new Date(Date.now() + 91 * DAY).toISOString(),
    });
    expect(late).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
    expect(late.text).toContain('P90D');
    expect(await ownRows(target, person)).toEqual([]);

    const expiresAt = new Date(Date.now() + 89 * DAY).toISOString();
    expect((await endpoint.mint(bearer(person.token), { name: 'x', expiresAt })).apiKey?.expiresAt).toBe(expiresAt);
  });

  it('the viewer returns the limits for a form', async () => {
    const person = await target.newPerson();
    const { data } = await graphql(target, bearer(person.token), '{ viewer { limits { maxKeyLifetime } } }');
    expect(data).toEqual({ viewer: { limits: { maxKeyLifetime: 'P90D' } } });
  });
});
