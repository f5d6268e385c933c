// @ts-nocheck
// 
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, restEndpoint } from '../support/endpoints.ts';
import { bootKernel, DEV_ADMIN, endMemberships, newDatabase, type Person, type TestKernel } from '../support/kernel.ts';

const SYSTEM = { isSystem: true };

let database: Awaited<ReturnType<typeof newDatabase>>;
let booted: TestKernel;
let admin: Person;

beforeAll(async () => {
  database = await newDatabase();
  booted = await bootKernel({ config: { database: database.config } });
  admin = await booted.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
});
afterAll(async () => {
  await booted[Symbol.asyncDispose]();
  await database.drop();
});

const memberships = (person: { id: string }) =>
  booted.engine.find('sys_member', { where: { user_id: person.id }, context: SYSTEM });
const asPerson = (person: Person, path: string, body: object) =>
  booted.request(`/api/v1/auth${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'http://localhost:3000', ...bearer(person.token) },
    body: JSON.stringify(body),
  });
const invite = async (email: string): Promise<string> => {
  const answer = await asPerson(admin, '/organization/invite-member', {
    email,
    role: 'member',
    organizationId: admin.organizationId,
  });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { id: string }).id;
};
const mint = (person: Person) => restEndpoint(booted).mint(bearer(person.token), { name: 'a key' });

describe('an organization', () => {
  it('belongs to the first administrator of an empty database', async () => {
    expect(await memberships(admin)).toMatchObject([{ organization_id: admin.organizationId, role: 'owner' }]);
  });

  it('keeps out a removed member, whatever they do, until they are invited again', async () => {
    const password = `Pass-${randomUUID()}`;
    const person = await booted.newPerson({ organizationId: admin.organizationId ?? null, password });
    expect((await mint(person)).status).toBe(201);
    // An invitation that was left open must not lead back in.
    const stale = `inv_${randomUUID()}`;
    await booted.engine.insert(
      'sys_invitation',
      {
        id: stale,
        email: person.email,
        status: 'pending',
        organization_id: admin.organizationId,
        role: 'admin',
        inviter_id: admin.id,
        expires_at: new Date(Date.now() + 3_600_000),
      },
      { context: SYSTEM },
    );
    const removal = await asPerson(admin, '/organization/remove-member', {
      memberIdOrEmail: person.email,
      organizationId: admin.organizationId,
    });
    expect(removal.status).toBe(200);
    expect(await memberships(person)).toEqual([]);

    const again = await booted.signIn(person.email, password);
    expect(again.organizationId).toBeUndefined();
    expect((await asPerson(again, '/organization/accept-invitation', { invitationId: stale })).ok).toBe(false);
    expect((await asPerson(again, '/organization/set-active', { organizationId: admin.organizationId })).ok).toBe(
      false,
    );
    expect(await memberships(person)).toEqual([]);
    // Somebody else who signs up and signs in brings nobody back either.
    await booted.newPerson();
    // A restart goes through everybody who is a member of nothing.
    await booted[Symbol.asyncDispose]();
    booted = await bootKernel({ config: { database: database.config } });
    expect((await booted.signIn(person.email, password)).organizationId).toBeUndefined();
    expect(await memberships(person)).toEqual([]);

    admin = await booted.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
    const invitationId = await invite(person.email);
    const invited = await booted.signIn(person.email, password);
    expect((await asPerson(invited, '/organization/accept-invitation', { invitationId })).status).toBe(200);
    expect(await memberships(person)).toMatchObject([{ organization_id: admin.organizationId, role: 'member' }]);
    const back = await booted.signIn(person.email, password);
    expect(back.organizationId).toBe(admin.organizationId);
    expect((await mint(back)).status).toBe(201);
  });

  it('keeps out its first administrator as well', async () => {
    await endMemberships(booted.engine, admin.id);
    await booted.newPerson();
    const again = await booted.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
    expect(again.organizationId).toBeUndefined();
    expect(await memberships(admin)).toEqual([]);
  });
});
