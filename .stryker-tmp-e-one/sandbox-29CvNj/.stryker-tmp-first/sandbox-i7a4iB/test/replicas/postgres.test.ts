// @ts-nocheck
// 
import { randomUUID } from 'node:crypto';
import { hashApiKey } from '@objectstack/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDED_ELSEWHERE, expectEndedElsewhere } from '../support/ended-elsewhere.ts';
import { bearer } from '../support/endpoints.ts';
import { bootKernel, DEV_ADMIN, endMemberships, newDatabase, type Person, type TestKernel } from '../support/kernel.ts';
import { expectOneReplacement } from '../support/one-replacement.ts';
import { type Replica, startReplica } from '../support/replica.ts';

/** Enough for what the tests below mint besides. */
const PER_USER = 6;
const CAP = 20;

/** Two processes that were started together on an empty database, and a third replica in this process. */
let replicas: Replica[];
let target: TestKernel;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await newDatabase('postgres');
  drop = database.drop;
  const limits = { MINT_LIMIT_PER_USER: `${PER_USER}/PT1H`, MAX_ACTIVE_KEYS: String(CAP) };
  replicas = await Promise.all([startReplica(database.config, limits), startReplica(database.config, limits)]);
  target = await bootKernel({ database: 'postgres', config: { database: database.config } });
}, 180_000);

afterAll(async () => {
  await Promise.all(replicas.map((replica) => replica.stop()));
  await target[Symbol.asyncDispose]();
  await drop();
});

/** The one that does something, and the one at which it must hold. */
function pair(): [Replica, Replica] {
  const [here, there] = replicas;
  if (here === undefined || there === undefined) throw new Error('two replicas are needed');
  return [here, there];
}

/** What every replica answers to a key, this process included. */
async function uses(key: string): Promise<number[]> {
  const inProcess = await target.request('/api/v1/data/sys_api_key?limit=1', { headers: { 'x-api-key': key } });
  return [...(await Promise.all(replicas.map((replica) => replica.use(key)))), inProcess.status];
}

describe('replicas on one PostgreSQL', () => {
  it('that start together on an empty database agree on its first rows', async () => {
    expect(await target.sql('SELECT email FROM sys_user WHERE email = ?', [DEV_ADMIN.email])).toHaveLength(1);
    expect(await target.sql("SELECT id FROM sys_organization WHERE slug NOT LIKE 'org_%'")).toHaveLength(1);
    for (const replica of replicas) expect(await replica.signIn()).toBeTruthy();
  });

  it('each accept a key that one of them created', async () => {
    const person = await target.newPerson();
    for (const replica of replicas) {
      const { key = '' } = await replica.mint(person.token, 'for all');
      expect(await uses(key)).toEqual([200, 200, 200]);
    }
  });

  it.each(Object.entries(ENDED_ELSEWHERE))('refuse at one the key %s at the other, at the next request', (_how, end) =>
    expectEndedElsewhere(pair(), end),
  );

  it('mint nothing for a session that was signed out at another', async () => {
    const [here, there] = pair();
    const person = await target.newPerson();
    expect((await there.mint(person.token, 'while signed in')).status).toBe(201);

    const signedOut = await here.request('/api/v1/auth/sign-out', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer(person.token) },
      body: '{}',
    });
    expect(signedOut.status).toBe(200);
    expect((await there.mint(person.token, 'signed out')).status).toBe(401);
    expect(await namesOf(person)).toEqual(['while signed in']);
  });

  it('mint nothing for a membership that was ended at another', async () => {
    const person = await target.newPerson();
    for (const replica of replicas) expect((await replica.mint(person.token, 'as a member')).status).toBe(201);
    // This process is the replica at which it ends.
    await endMemberships(target.engine, person.id);

    for (const replica of replicas) expect([401, 403]).toContain((await replica.mint(person.token, 'no more')).status);
    expect(await namesOf(person)).toEqual(['as a member', 'as a member']);
  });

  it('create one key for a request that is sent to all at the same time', async () => {
    const person = await target.newPerson();
    const idempotencyKey = randomUUID();
    const answers = await Promise.all(
      [...replicas, ...replicas, ...replicas].map((replica) => replica.mint(person.token, 'once', idempotencyKey)),
    );
    expect(answers.map(({ status }) => status).filter((status) => status >= 300)).toEqual([]);
    expect(new Set(answers.map(({ apiKey }) => apiKey?.id)).size).toBe(1);
    expect(answers.filter(({ key }) => typeof key === 'string')).toHaveLength(1);
    expect(await namesOf(person)).toEqual(['once']);
  });

  it('create one replacement when a key is rotated on both at the same time, with and without an Idempotency-Key', async () => {
    const { token } = await target.newPerson();
    await expectOneReplacement(pair(), token);
  });

  it('share the rate limit of a person', async () => {
    const person = await target.newPerson();
    const answers = await Promise.all(
      Array.from({ length: 4 * PER_USER }, (_, index) => replicas[index % 2]?.mint(person.token, 'one of many')),
    );
    expect(answers.filter((answer) => answer?.status === 201)).toHaveLength(PER_USER);
    expect(answers.filter((answer) => answer?.status === 429)).toHaveLength(3 * PER_USER);
    expect(await namesOf(person)).toHaveLength(PER_USER);
  });

  it('share the cap on active keys', async () => {
    const person = await target.newPerson();
    const room = 3;
    const rows = Array.from({ length: CAP - room }, (_, index) => ({
      id: `${person.id}-${index}`,
      name: 'there before',
      key: hashApiKey(`${person.id}-${index}`),
      prefix: 'osk_before',
      user_id: person.id,
      active_organization_id: person.organizationId,
      revoked: false,
    }));
    for (const row of rows) await target.engine.insert('sys_api_key', row, { context: { isSystem: true } });
    const answers = await Promise.all(
      Array.from({ length: 2 * PER_USER }, (_, index) => replicas[index % 2]?.mint(person.token, 'one of few')),
    );
    expect(answers.filter((answer) => answer?.status === 201)).toHaveLength(room);
    expect(await namesOf(person)).toHaveLength(CAP);
  });
});

async function namesOf(person: Person): Promise<unknown[]> {
  const rows = await target.sql('SELECT name FROM sys_api_key WHERE user_id = ?', [person.id]);
  return rows.map(({ name }) => name);
}
