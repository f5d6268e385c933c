// @ts-nocheck
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Leases } from '../../src/keys/ledger/lease.ts';
import type { Row } from '../../src/platform/engine.ts';
import { bearer, restEndpoint } from '../support/endpoints.ts';
import { bootKernel, NO_LIMITS, type Person, type TestKernel } from '../support/kernel.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

const DEFAULTS = { idempotencyRetention: 'P30D', keyReminders: 'on', keyMessages: 'others' } as const;

let target: TestKernel;
/** Another replica, on the same database. */
let other: TestKernel;
let person: Person;
/** Each chore is due once an hour: every run is an hour later than the one before. */
let clock = Date.now();

beforeAll(async () => {
  target = await bootKernel({
    config: { keyLimits: { ...NO_LIMITS, mintLimitPerUser: '2/PT1H', mintLimitPerAddress: '100/PT1H' } },
  });
  person = await target.newPerson();
});
beforeAll(async () => {
  other = await bootKernel({ config: { database: target.database, upkeep: { ...DEFAULTS, keyReminders: 'off' } } });
});
afterAll(async () => {
  await other[Symbol.asyncDispose]();
  await target[Symbol.asyncDispose]();
});

const serviceOf = ({ kernel }: TestKernel) =>
  kernel.getServiceAsync<{ run(now: number): Promise<void> }>('api-keys-upkeep');
async function upkeep(at: number): Promise<void> {
  const service = await serviceOf(target);
  clock = Math.max(at, clock + HOUR);
  await service.run(clock);
}
const entries = (prefix: string): Promise<Row[]> =>
  target.sql('SELECT id, value, ends_at FROM sys_api_key_ledger WHERE id LIKE ? ORDER BY id', [`${prefix}%`]);
const mint = (headers: Record<string, string> = {}, who = person) =>
  restEndpoint(target).mint({ ...bearer(who.token), ...headers }, { name: 'x' });

describe('a request with an Idempotency-Key', () => {
  it('is remembered for 30 days; after that, the same value creates a new key', async () => {
    const who = await target.newPerson();
    const headers = { 'idempotency-key': randomUUID() };
    const first = await mint(headers, who);
    const repeated = async () => (await mint(headers, who)).apiKey?.id;
    expect(first.key).toMatch(/^osk_/);
    await upkeep(Date.now() + 29 * DAY);
    expect(await repeated()).toBe(first.apiKey?.id);
    await upkeep(Date.now() + 31 * DAY);
    expect(await entries('request:')).toEqual([]);

    // Twice: the second time its usual id and the one after it are taken.
    const ids = new Set([first.apiKey?.id]);
    for (const times of [2, 3]) {
      const again = await mint(headers, await withTokens(who));
      expect(again.key, again.text).toMatch(/^osk_/);
      ids.add(again.apiKey?.id);
      expect(ids.size).toBe(times);
      expect(await repeated()).toBe(again.apiKey?.id);
      await target.sql("DELETE FROM sys_api_key_ledger WHERE id LIKE 'request:%'");
    }
  });

  it('that an earlier version wrote without an end is given one', async () => {
    await target.sql("INSERT INTO sys_api_key_ledger (id, value) VALUES ('request:old', 'f'), ('replaced:old', '')");
    const service = await serviceOf(other);
    clock += HOUR;
    await service.run(clock);
    expect(await entries('request:old')).toEqual([
      { id: 'request:old', value: 'f', ends_at: new Date(clock + 30 * DAY).toISOString() },
    ]);
    expect(await entries('replaced:old')).toMatchObject([{ ends_at: new Date(clock + 30 * DAY).toISOString() }]);
    await upkeep(clock + 31 * DAY);
    expect([await entries('request:old'), await entries('replaced:old')]).toEqual([[], []]);
  });
});

it('without reminders, owners hear of no coming expiry, and still of the expiry', async () => {
  const who = await target.newPerson();
  const { apiKey } = await restEndpoint(target).mint(bearer(who.token), {
    name: 'short',
    expiresAt: new Date(clock + 5 * DAY).toISOString(),
  });
  const id = apiKey?.id ?? expect.unreachable();
  await target.sql('UPDATE sys_api_key SET created_at = ? WHERE id = ?', [new Date(clock).toISOString(), id]);
  const published = async (): Promise<string[]> =>
    (await entries('told:')).map((row) => String(row['id'])).filter((entry) => entry.endsWith(id));
  const pass = async (at: number): Promise<void> => {
    clock = at;
    await (await serviceOf(other)).run(at);
  };
  await pass(clock + 4.5 * DAY);
  expect(await published()).toEqual([]);
  await pass(clock + DAY);
  expect(await published()).toEqual([`told:expired:${id}`]);
});

describe('a bucket', () => {
  it('that is full again is dropped, and one that is not is left as it is', async () => {
    const [early, late] = [await target.newPerson(), await target.newPerson()];
    await mint({}, early);
    await mint({}, late);
    const ids = async (): Promise<unknown[]> => (await entries('user:')).map(({ id }) => id);
    expect(await ids()).toEqual(expect.arrayContaining([`user:${early.id}`, `user:${late.id}`]));
    await target.sql('UPDATE sys_api_key_ledger SET value = ? WHERE id = ?', [
      `0@${clock + HOUR / 2}`,
      `user:${late.id}`,
    ]);
    await upkeep(clock);
    expect(await ids()).not.toContain(`user:${early.id}`);
    expect(await ids()).toContain(`user:${late.id}`);
  });

  it('that was dropped counts as a full one, and no more', async () => {
    const who = await target.newPerson();
    await mint({}, who);
    await upkeep(clock + HOUR);
    expect(await entries(`user:${who.id}`)).toEqual([]);
    const statuses = [];
    for (let n = 0; n < 3; n += 1) statuses.push((await mint({}, who)).status);
    expect(statuses).toEqual([201, 201, 429]);
  });
});

it('thousands of entries are dropped in batches, while keys are made', async () => {
  const count = 3000;
  const insert = async (prefix: string, value: string, ends: string | null): Promise<void> => {
    for (let from = 0; from < count; from += 250) {
      const rows = Array.from({ length: 250 }, (_, n) => [`${prefix}:bulk${from + n}`, value, ends]);
      const places = rows.map(() => '(?, ?, ?)').join(', ');
      await target.sql(`INSERT INTO sys_api_key_ledger (id, value, ends_at) VALUES ${places}`, rows.flat());
    }
  };
  await insert('request', 'f', new Date(clock).toISOString());
  await insert('address', `0@${clock - 2 * HOUR}`, null);
  const who = await target.newPerson();
  const cleaning = upkeep(clock + HOUR);
  expect((await mint({}, who)).status).toBe(201);
  await cleaning;
  expect([await entries('request:bulk'), await entries('address:bulk')]).toEqual([[], []]);
});

it('only one of two replicas runs a job', async () => {
  const replicas = [await serviceOf(target), await serviceOf(other)];
  const put = () =>
    target.sql('INSERT INTO sys_api_key_ledger (id, value, ends_at) VALUES (?, ?, ?)', [
      'request:due',
      'f',
      new Date(clock - 1).toISOString(),
    ]);
  clock += 2 * HOUR;
  await put();
  // Whether a replica got a job, by the name of the job.
  const taken = new Map<string, boolean[]>();
  const take = vi.spyOn(Leases.prototype, 'take');
  await Promise.all(replicas.map((replica) => replica.run(clock)));
  for (const [index, { value }] of take.mock.settledResults.entries()) {
    const [work] = take.mock.calls[index] ?? expect.unreachable();
    taken.set(work, [...(taken.get(work) ?? []), Boolean(value)].sort());
  }
  take.mockRestore();
  expect(taken.size).toBeGreaterThan(2);
  expect([...taken].filter(([, got]) => got.join() !== 'false,true')).toEqual([]);
  expect(await entries('request:due')).toEqual([]);
  // Both have looked within the hour: neither does it again.
  await put();
  await Promise.all(replicas.map((replica) => replica.run(clock + HOUR / 2)));
  expect(await entries('request:due')).toHaveLength(1);
});

/** Their limit of mints is not what this is about. */
async function withTokens(who: Person): Promise<Person> {
  await target.sql('DELETE FROM sys_api_key_ledger WHERE id = ?', [`user:${who.id}`]);
  return who;
}
