import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootKernel, DEV_ADMIN, type Person, type TestKernel } from '../support/kernel.ts';

let booted: TestKernel;
let person: Person;
const password = `Pass-${randomUUID()}`;

beforeAll(async () => {
  // The proxy in front says who asks.
  booted = await bootKernel({ config: { trustProxy: ['127.0.0.1'] } });
  person = await booted.newPerson({ password });
});
afterAll(() => booted[Symbol.asyncDispose]());

const signIn = (network: string, given: { email: string; password: string }, path = '/sign-in/email') =>
  fetch(`${booted.url}/api/v1/auth${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'http://localhost:3000', 'x-forwarded-for': network },
    body: JSON.stringify(given),
  });
const wrong = (network: string, email = person.email) => signIn(network, { email, password: 'a wrong password' });
const right = (network: string) => signIn(network, { email: person.email, password });
const count = async () => (await booted.sql('SELECT id FROM sys_sign_in_state')).length;

describe('tries to sign in', () => {
  it('end after ten wrong ones, for the account from that network alone', async () => {
    for (let attempt = 0; attempt < 10; attempt += 1) expect((await wrong('192.0.2.1')).status).toBe(401);
    const refused = await wrong('192.0.2.1', ` ${person.email.toUpperCase()}`);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await right('192.0.2.1')).status).toBe(429);
    // Another claim before the proxy's own entry is the same network.
    expect((await right('198.51.100.7, 192.0.2.1')).status).toBe(429);
    expect((await right('192.0.2.2')).status).toBe(200);
    expect((await signIn('192.0.2.1', DEV_ADMIN)).status).toBe(200);
  }, 60_000);

  it('that are sent at once do not pass together', async () => {
    const answers = await Promise.all(Array.from({ length: 25 }, () => wrong('192.0.2.20')));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
  }, 60_000);

  it('that are right count for nothing', async () => {
    for (let attempt = 0; attempt < 12; attempt += 1) expect((await right('192.0.2.3')).status).toBe(200);
  }, 60_000);

  it('count alike for an address that has no account', async () => {
    for (let attempt = 0; attempt < 10; attempt += 1) {
      expect((await wrong('192.0.2.4', 'nobody@example.test')).status).toBe(401);
    }
    expect((await wrong('192.0.2.4', 'nobody@example.test')).status).toBe(429);
  }, 60_000);

  it('from many networks keep nobody out: a right password is heard from one that is new', async () => {
    await booted.sql('UPDATE sys_sign_in_state SET value = ?', ['60']);
    expect((await right('203.0.113.9')).status).toBe(200);
    for (let attempt = 0; attempt < 3; attempt += 1) expect((await wrong('203.0.113.10')).status).toBe(401);
    expect((await wrong('203.0.113.10')).status).toBe(429);
  });

  it('of one network end for all accounts, and then leave no more rows', async () => {
    await booted.sql('DELETE FROM sys_sign_in_state');
    expect((await wrong('203.0.113.20', 'a@example.test')).status).toBe(401);
    await booted.sql('UPDATE sys_sign_in_state SET value = ?', ['100']);
    const before = await count();
    expect((await wrong('203.0.113.20', 'b@example.test')).status).toBe(429);
    expect(await count()).toBe(before);
    expect((await right('203.0.113.21')).status).toBe(200);
  });

  it('hold neither account nor network as they were', async () => {
    const rows = JSON.stringify(await booted.sql('SELECT * FROM sys_sign_in_state'));
    expect(rows).not.toContain('example.test');
    expect(rows).not.toContain('203.0.113');
  });

  it.each(['/sign-in/email/', '//sign-in/email', '/sign-in/%65mail', '/Sign-in/email'])(
    'go to one path: %s does not sign in',
    async (path) => {
      expect((await signIn('192.0.2.50', { email: person.email, password }, path)).ok).toBe(false);
    },
  );

  it('that are no JSON are refused', async () => {
    const form = await fetch(`${booted.url}/api/v1/auth/sign-in/email`, {
      method: 'POST',
      headers: { origin: 'http://localhost:3000' },
      body: new URLSearchParams({ email: person.email, password }),
    });
    expect(form.status).toBe(415);
  });
});
