// @ts-nocheck
// 
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, type EndpointClient, graphqlEndpoint, restEndpoint } from '../support/endpoints.ts';
import { bootKernel, DEV_ADMIN, type Person, type TestKernel } from '../support/kernel.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let target: TestKernel;
let admin: Person;

beforeAll(async () => {
  target = await bootKernel();
  admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
});
afterAll(async () => {
  await target[Symbol.asyncDispose]();
});

describe.each([
  ['GraphQL', graphqlEndpoint],
  ['REST', restEndpoint],
] as const)('an answer of %s, over a socket', (_name, connect) => {
  let endpoint: EndpointClient;
  beforeAll(() => {
    endpoint = connect({ request: (path, init) => fetch(`${target.url}${path}`, init) });
  });

  it.each<[string, number[], () => ReturnType<EndpointClient['send']>]>([
    ['a new key', [200, 201], () => endpoint.mint(bearer(admin.token), { name: 'identified' })],
    ['a refused field', [400], () => endpoint.mint(bearer(admin.token), { name: 'a', userId: 'x' })],
    ['a body that is not JSON', [400], () => endpoint.send(bearer(admin.token), '{')],
    ['no credentials', [401], () => endpoint.mint({}, { name: 'a' })],
    ['a method that is not allowed', [405], () => endpoint.send(bearer(admin.token), '{}', 'PUT')],
    ['another media type', [415], () => endpoint.send({ ...bearer(admin.token), 'content-type': 'text/plain' }, '{}')],
    ['a body that is too large', [413], () => endpoint.send(bearer(admin.token), ' '.repeat(70_000))],
  ])('names a new request id: %s', async (_case, statuses, ask) => {
    const [first, second] = [await ask(), await ask()];
    expect(statuses).toContain(first.status);
    expect(first.headers.get('x-request-id')).toMatch(UUID);
    expect(second.headers.get('x-request-id')).toMatch(UUID);
    expect(second.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'));
  });

  it('names the request id below the endpoint, where there is nothing', async () => {
    const answer = await fetch(`${target.url}${endpoint.path}/nothing/here`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('x-request-id')).toMatch(UUID);
  });

  it('names the request id that the caller brought', async () => {
    const id = `order-${randomUUID()}`;
    const minted = await endpoint.mint({ ...bearer(admin.token), 'x-request-id': id }, { name: 'a' });
    const refused = await endpoint.mint({ 'x-request-id': id }, { name: 'a' });
    expect(minted.key).toMatch(/^osk_/);
    expect(refused.status).toBe(401);
    expect(minted.headers.get('x-request-id')).toBe(id);
    expect(refused.headers.get('x-request-id')).toBe(id);
  });

  it('does not repeat a credential that was sent as a request id', async () => {
    const { key = '' } = await endpoint.mint(bearer(admin.token), { name: 'a' });
    for (const secret of [key, admin.token]) {
      expect(secret).not.toBe('');
      const answer = await endpoint.mint({ ...bearer(admin.token), 'x-request-id': secret }, { name: 'a' });
      expect(answer.headers.get('x-request-id')).toMatch(UUID);
      expect(target.output()).not.toContain(secret);
    }
  });
});
