// @ts-nocheck
// 
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer } from '../support/endpoints.ts';
import { bootKernel, newDatabase, type Person, type TestKernel } from '../support/kernel.ts';

/** Two replicas in production, on one database. */
let booted: TestKernel;
let replica: TestKernel;
let drop: () => Promise<void>;
let person: Person;
let other: Person;
const password = `Pass-${randomUUID()}`;

beforeAll(async () => {
  const database = await newDatabase();
  drop = database.drop;
  process.env['OS_SEED_ADMIN'] = '0';
  // The proxy in front says who asks.
  const config = {
    database: database.config,
    nodeEnv: 'production' as const,
    trustProxy: ['127.0.0.1'],
    // Fifty people whose passwords are hashed at once are slow, which is not what is tested here.
    databaseTimeoutMs: 30_000,
  };
  const authSecret = randomUUID();
  booted = await bootKernel({ config, authSecret });
  replica = await bootKernel({ config, authSecret });
  delete process.env['OS_SEED_ADMIN'];
  person = await booted.newPerson({ password });
  other = await booted.newPerson({ password });
});
afterAll(async () => {
  await replica[Symbol.asyncDispose]();
  await booted[Symbol.asyncDispose]();
  await drop();
});

async function post(
  at: TestKernel,
  network: string,
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Response> {
  const response = await fetch(`${at.url}/api/v1/auth${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: 'http://localhost:3000',
      'x-forwarded-for': network,
      ...headers,
    },
    body: JSON.stringify(body),
  });
  // An answer that nobody reads holds its connection.
  await response.arrayBuffer();
  return response;
}
const signIn = (network: string, given: { email: string; password: string }, path = '/sign-in/email') =>
  post(booted, network, path, given);
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
    expect((await signIn('192.0.2.1', { email: other.email, password })).status).toBe(200);
  }, 60_000);

  it('that are sent at the same time cannot exceed the limit', async () => {
    const answers = await Promise.all(Array.from({ length: 25 }, () => wrong('192.0.2.20')));
    const withStatus = (wanted: number) => answers.filter(({ status }) => status === wanted).length;
    expect([withStatus(401), withStatus(429)]).toEqual([10, 15]);
  }, 60_000);

  it('that are right count for nothing', async () => {
    for (let attempt = 0; attempt < 11; attempt += 1) expect((await right('192.0.2.3')).status).toBe(200);
  }, 60_000);

  it('count alike for an address that has no account', async () => {
    for (let attempt = 0; attempt < 10; attempt += 1) {
      expect((await wrong('192.0.2.4', 'nobody@example.test')).status).toBe(401);
    }
    expect((await wrong('192.0.2.4', 'nobody@example.test')).status).toBe(429);
  }, 60_000);

  it('from many networks lock nobody out: the right password works from a new network', async () => {
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

  it('are counted over replicas', async () => {
    const at = (replicaOf: TestKernel) =>
      post(replicaOf, '192.0.2.30', '/sign-in/email', { email: other.email, password: 'a wrong password' });
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect((await at(booted)).status).toBe(401);
      expect((await at(replica)).status).toBe(401);
    }
    expect((await at(booted)).status).toBe(429);
    expect((await at(replica)).status).toBe(429);
  }, 60_000);

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

describe('the other limits of sign-in', () => {
  it.each<[string, number, () => object]>([
    [
      '/sign-up/email',
      3,
      () => ({ name: 'x', email: `${randomUUID()}@example.test`, password: `Pass-${randomUUID()}` }),
    ],
    ['/request-password-reset', 3, () => ({ email: person.email })],
    ['/change-password', 3, () => ({ currentPassword: 'a wrong password', newPassword: `Pass-${randomUUID()}` })],
    ['/verify-password', 10, () => ({ password: 'a wrong password' })],
    ['/reset-password', 10, () => ({ token: randomUUID(), newPassword: `Pass-${randomUUID()}` })],
  ])(
    'count %s over replicas, for one network, and write nothing once they refuse',
    async (path, most, body) => {
      const network = `198.51.100.${most + path.length}`;
      const ask = (at: TestKernel, from = network) => post(at, from, path, body(), bearer(person.token));
      for (let attempt = 0; attempt < most; attempt += 1) {
        expect((await ask(attempt % 2 === 0 ? booted : replica)).status).not.toBe(429);
      }
      const before = await booted.sql('SELECT * FROM sys_sign_in_state ORDER BY id');
      for (const at of [booted, replica]) {
        const refused = await ask(at);
        expect(refused.status).toBe(429);
        expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      }
      expect(await booted.sql('SELECT * FROM sys_sign_in_state ORDER BY id')).toEqual(before);
      expect((await ask(replica, '203.0.113.77')).status).not.toBe(429);
      // The window ends.
      await booted.sql('UPDATE sys_sign_in_state SET expires_at = ?', [new Date(Date.now() - 1000).toISOString()]);
      expect((await ask(replica)).status).not.toBe(429);
    },
    60_000,
  );

  it('do not block deleting an account, which runs in its own transaction', async () => {
    const answer = await post(booted, '198.51.100.98', '/delete-user', { password: 'a wrong password' });
    expect(answer.status).toBe(401);
  });

  it('write nothing when a person reads their session', async () => {
    const before = await booted.sql('SELECT * FROM sys_sign_in_state ORDER BY id');
    const headers = { ...bearer(person.token), 'x-forwarded-for': '198.51.100.99' };
    expect((await fetch(`${booted.url}/api/v1/auth/get-session`, { headers })).status).toBe(200);
    expect(await booted.sql('SELECT * FROM sys_sign_in_state ORDER BY id')).toEqual(before);
  });
});
