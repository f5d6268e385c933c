import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, type DoorClient, graphqlDoor, restDoor } from '../support/doors.ts';
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
  ['GraphQL', graphqlDoor],
  ['REST', restDoor],
] as const)('an answer of %s, over a socket', (_name, connect) => {
  let door: DoorClient;
  beforeAll(() => {
    door = connect({ request: (path, init) => fetch(`${target.url}${path}`, init) });
  });

  it.each<[string, number[], () => ReturnType<DoorClient['send']>]>([
    ['a new key', [200, 201], () => door.mint(bearer(admin.token), { name: 'identified' })],
    ['a refused field', [400], () => door.mint(bearer(admin.token), { name: 'a', userId: 'x' })],
    ['a body that is not JSON', [400], () => door.send(bearer(admin.token), '{')],
    ['no credentials', [401], () => door.mint({}, { name: 'a' })],
    ['a method that is not allowed', [405], () => door.send(bearer(admin.token), '{}', 'PUT')],
    ['another media type', [415], () => door.send({ ...bearer(admin.token), 'content-type': 'text/plain' }, '{}')],
    ['a body that is too large', [413], () => door.send(bearer(admin.token), ' '.repeat(70_000))],
  ])('names a new request id: %s', async (_case, statuses, ask) => {
    const [first, second] = [await ask(), await ask()];
    expect(statuses).toContain(first.status);
    expect(first.headers.get('x-request-id')).toMatch(UUID);
    expect(second.headers.get('x-request-id')).toMatch(UUID);
    expect(second.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'));
  });

  it('names the request id below the door, where there is nothing', async () => {
    const answer = await fetch(`${target.url}${door.path}/nothing`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('x-request-id')).toMatch(UUID);
  });

  it('names the request id that the caller brought', async () => {
    const id = `order-${randomUUID()}`;
    const minted = await door.mint({ ...bearer(admin.token), 'x-request-id': id }, { name: 'a' });
    const refused = await door.mint({ 'x-request-id': id }, { name: 'a' });
    expect(minted.key).toMatch(/^osk_/);
    expect(refused.status).toBe(401);
    expect(minted.headers.get('x-request-id')).toBe(id);
    expect(refused.headers.get('x-request-id')).toBe(id);
  });

  it('does not repeat a credential that was sent as a request id', async () => {
    const { key = '' } = await door.mint(bearer(admin.token), { name: 'a' });
    for (const secret of [key, admin.token]) {
      expect(secret).not.toBe('');
      const answer = await door.mint({ ...bearer(admin.token), 'x-request-id': secret }, { name: 'a' });
      expect(answer.headers.get('x-request-id')).toMatch(UUID);
      expect(target.output()).not.toContain(secret);
    }
  });
});
