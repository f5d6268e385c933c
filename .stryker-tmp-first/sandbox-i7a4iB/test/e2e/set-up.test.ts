// @ts-nocheck
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PendingSetUp, SET_UP_SERVICE } from '../../src/standalone/sign-in/plugin.ts';
import { bearer, restEndpoint } from '../support/endpoints.ts';
import { bootKernel, DEV_ADMIN, newDatabase, type Person, type TestKernel } from '../support/kernel.ts';

const SYSTEM = { isSystem: true };
const OWNER = { email: 'owner@example.test', password: `Pass-${randomUUID()}` };

let booted: TestKernel;
let token: string;

beforeAll(async () => {
  process.env['OS_SEED_ADMIN'] = '0';
  booted = await bootKernel();
  delete process.env['OS_SEED_ADMIN'];
  const pending = await booted.kernel.getServiceAsync<PendingSetUp>(SET_UP_SERVICE);
  token = pending.token?.token ?? '';
});
afterAll(() => booted[Symbol.asyncDispose]());

const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  booted.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'http://localhost:3000', ...headers },
    body: JSON.stringify(body),
  });
const signUp = (body: object, headers?: Record<string, string>) =>
  post('/api/v1/auth/sign-up/email', { name: 'Somebody', password: `Pass-${randomUUID()}`, ...body }, headers);
const people = async () => (await booted.engine.find('sys_user', { context: SYSTEM })).map(({ email }) => email);

describe('an empty database', () => {
  it('is not owned by the first stranger', async () => {
    const answer = await signUp({ email: 'stranger@example.test' });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'INVITATION_REQUIRED' });
    expect(await people()).toEqual([]);
  });

  it('keeps the hash of the set-up token and not the token', async () => {
    expect(token).toMatch(/^[\w-]{43}$/);
    const rows = await booted.sql('SELECT * FROM sys_sign_in_state');
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it.each<[string, object, number]>([
    ['a wrong token', { ...OWNER, token: 'A'.repeat(43) }, 403],
    ['no token', OWNER, 400],
    ['a short password', { ...OWNER, token: 'x', password: 'admin123' }, 400],
    ['no address', { ...OWNER, token: 'x', email: 'owner' }, 400],
  ])('refuses %s, and makes nobody', async (_what, body, status) => {
    const answer = await post('/set-up', body);
    expect(answer.status).toBe(status);
    expect(await answer.text()).not.toContain(OWNER.password);
    expect(await people()).toEqual([]);
  });

  it('refuses a token that has expired', async () => {
    const [row] = await booted.sql('SELECT expires_at FROM sys_sign_in_state');
    await booted.sql('UPDATE sys_sign_in_state SET expires_at = ?', [new Date(Date.now() - 1000).toISOString()]);
    expect((await post('/set-up', { ...OWNER, token })).status).toBe(403);
    expect(await people()).toEqual([]);
    await booted.sql('UPDATE sys_sign_in_state SET expires_at = ?', [row?.['expires_at']]);
  });

  it('leads who opens the server there, and not to a sign-in for which nobody has a password', async () => {
    const answer = await booted.request('/');
    expect({ status: answer.status, to: answer.headers.get('location') }).toEqual({ status: 302, to: '/set-up' });
  });

  it('shows a form, and no page may frame it', async () => {
    const answer = await booted.request('/set-up');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('<form method="post">');
    expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
  });

  it('gets its one administrator with the token, however often it is sent', async () => {
    const answers = await Promise.all(
      [1, 2, 3, 4].map((index) => post('/set-up', { token, ...OWNER, email: `owner${index}@example.test` })),
    );
    const made = answers.map(({ status }) => status).sort();
    expect(made[0]).toBe(201);
    for (const status of made.slice(1)) expect([403, 404]).toContain(status);
    expect(await people()).toHaveLength(1);
    expect(await booted.sql('SELECT * FROM sys_sign_in_state')).toEqual([]);
    expect((await post('/set-up', { token, ...OWNER })).status).toBe(404);
    expect((await booted.request('/set-up')).status).toBe(404);
    expect((await booted.request('/')).headers.get('location')).toBe('/_console/');
  });

  it('is administered by that person, who owns the organization and can create keys', async () => {
    const [email] = await people();
    const owner = await booted.signIn(String(email), OWNER.password);
    expect(await booted.engine.find('sys_member', { where: { user_id: owner.id }, context: SYSTEM })).toMatchObject([
      { role: 'owner', organization_id: owner.organizationId },
    ]);
    const sets = await booted.sql(
      'SELECT s.name FROM sys_permission_set s JOIN sys_user_permission_set u ON u.permission_set_id = s.id WHERE u.user_id = ?',
      [owner.id],
    );
    expect(sets).toContainEqual({ name: 'admin_full_access' });
    expect((await restEndpoint(booted).mint(bearer(owner.token), { name: 'a key' })).status).toBe(201);
  });
});

describe('an invited address', () => {
  const invite = async (owner: Person, email: string): Promise<string> => {
    const answer = await post(
      '/api/v1/auth/organization/invite-member',
      { email, role: 'admin', organizationId: owner.organizationId },
      bearer(owner.token),
    );
    expect(answer.status).toBe(200);
    return ((await answer.json()) as { id: string }).id;
  };

  it('cannot be used by a person who only knows the address, and can be used with the link', async () => {
    const [first] = await people();
    const owner = await booted.signIn(String(first), OWNER.password);
    const email = 'invited@example.test';
    const invitationId = await invite(owner, email);
    const other = await invite(owner, 'other@example.test');
    const before = await people();
    for (const attempt of [
      {},
      { invitationId: '' },
      { invitationId: [invitationId] },
      { invitationId: other },
      { invitationId: `${invitationId}x` },
      { emailVerified: true },
    ]) {
      expect((await signUp({ email, ...attempt })).status).toBeGreaterThanOrEqual(400);
    }
    expect(
      (await signUp({ email }, { referer: `http://localhost:3000/x?redirect=/accept-invitation/${other}` })).status,
    ).toBe(403);
    expect(await people()).toEqual(before);

    expect((await signUp({ email, invitationId })).status).toBe(200);
    // From the Console, whose page for signing up has the link in its own address.
    const redirect = encodeURIComponent(`/accept-invitation/${other}`);
    const page = `http://localhost:3000/_console/register?redirect=${redirect}`;
    expect((await signUp({ email: 'other@example.test' }, { referer: page })).status).toBe(200);
    expect(await people()).toHaveLength(before.length + 2);
    // Nobody is a member before they accept.
    expect(await booted.engine.find('sys_member', { context: SYSTEM })).toHaveLength(1);
  });

  it('is of no use to a plain member: they do not see the links', async () => {
    const [first] = await people();
    const owner = await booted.signIn(String(first), OWNER.password);
    const id = await invite(owner, 'third@example.test');
    const member = await booted.newPerson({ organizationId: owner.organizationId ?? null });
    const list = await booted.request('/api/v1/data/sys_invitation', { headers: bearer(member.token) });
    expect(await list.text()).not.toContain(id);
    const one = await booted.request(`/api/v1/data/sys_invitation/${id}`, { headers: bearer(member.token) });
    expect(await one.text()).not.toContain('third@example.test');
    // better-auth lists the invitations of an organization to all its members.
    const listed = async (person: Person): Promise<string> => {
      const paths = ['list-invitations', 'get-full-organization'].map(
        (name) => `/api/v1/auth/organization/${name}?organizationId=${owner.organizationId}`,
      );
      const answers = await Promise.all(paths.map((path) => booted.request(path, { headers: bearer(person.token) })));
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      return (await Promise.all(answers.map((answer) => answer.text()))).join('\n');
    };
    expect((await listed(owner)).match(new RegExp(id, 'g'))).toHaveLength(2);
    const asMember = await listed(member);
    expect(asMember).not.toContain(id);
    expect(asMember).not.toContain('third@example.test');
    expect(asMember).toContain(member.email);

    // An administrator invites members and administrators, and no owner.
    const administrator = await booted.newPerson({ organizationId: owner.organizationId ?? null, role: 'admin' });
    await booted.sql('UPDATE sys_invitation SET role = ? WHERE id = ?', ['member,owner', id]);
    expect(await listed(administrator)).not.toContain(id);
    await booted.sql('UPDATE sys_invitation SET role = ? WHERE id = ?', ['admin', id]);
    expect(await listed(administrator)).toContain(id);
  });
});

describe('a database of development', () => {
  it('does not start in production while its administrator has the password that everybody knows', async () => {
    const database = await newDatabase();
    const development = await bootKernel({ config: { database: database.config } });
    const production = () => bootKernel({ config: { database: database.config, nodeEnv: 'production' } });
    const { password: hash } = (
      await development.sql("SELECT password FROM sys_account WHERE provider_id = 'credential'")
    )[0] as { password: string };
    // Another address does not hide it.
    await development.sql('UPDATE sys_user SET email = ?', ['renamed@example.test']);
    await development[Symbol.asyncDispose]();
    const refusal = await production().then(
      () => 'it started',
      (error: Error) => error.message,
    );
    expect(refusal).toMatch(/renamed@example\.test has the development password.*change the password/);
    expect(refusal).not.toContain(hash);
    expect(refusal).not.toContain(DEV_ADMIN.password);

    const again = await bootKernel({ config: { database: database.config } });
    const person = await again.signIn('renamed@example.test', DEV_ADMIN.password);
    const changed = await again.request('/api/v1/auth/change-password', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'http://localhost:3000', ...bearer(person.token) },
      body: JSON.stringify({ currentPassword: DEV_ADMIN.password, newPassword: OWNER.password }),
    });
    expect(changed.status).toBe(200);
    await again[Symbol.asyncDispose]();
    await using started = await production();
    expect(started.url).toMatch(/^http/);
    await started.kernel.shutdown();
    await database.drop();
  }, 90_000);
});
