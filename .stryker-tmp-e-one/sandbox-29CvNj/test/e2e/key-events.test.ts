// @ts-nocheck
import type { Plugin, PluginContext } from '@objectstack/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Row } from '../../src/platform/engine.ts';
import { bearer, restEndpoint } from '../support/endpoints.ts';
import { graphql } from '../support/graphql.ts';
import { bootKernel, newOrganization, type Person, type TestKernel } from '../support/kernel.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

interface Told {
  readonly type: string;
  readonly key?: { keyId: string; because?: string; daysLeft?: number; ownerId?: string; userId?: string };
  readonly policy?: { organizationId: string; changes: object };
}
/** A plugin of somebody else, which listens. */
class Listener implements Plugin {
  readonly name = 'test.listener';
  readonly version = '1.0.0';
  readonly told: Told[] = [];
  init(context: PluginContext): void {
    context.hook('api-keys:event', async (event: Told) => void this.told.push(event));
  }
}

let organizationId: string;
let administrator: Person;
/** Two replicas on one database, and what each told. */
const listeners = [new Listener(), new Listener()];
const replicas: TestKernel[] = [];
let target: TestKernel;
let clock = Date.now();

beforeAll(async () => {
  const plugins = [listeners[0] as Plugin];
  target = await bootKernel({ plugins });
  replicas.push(target);
  organizationId = await newOrganization(target.engine);
  administrator = await target.newPerson({ organizationId, role: 'owner' });
});
beforeAll(async () => {
  const plugins = [listeners[1] as Plugin];
  replicas.push(await bootKernel({ plugins, config: { database: target.database } }));
});
afterAll(async () => {
  for (const replica of replicas.reverse()) await replica[Symbol.asyncDispose]();
});

/** Both replicas look what there is to do, at this moment. */
async function pass(to: number): Promise<void> {
  clock = Math.max(to, clock + HOUR);
  const services = replicas.map(({ kernel }) =>
    kernel.getServiceAsync<{ run(now: number): Promise<void> }>('api-keys-upkeep'),
  );
  await Promise.all((await Promise.all(services)).map((service) => service.run(clock)));
}
const told = (type: string, keyId?: string): Told[] =>
  listeners
    .flatMap((listener) => listener.told)
    .filter((event) => event.type === type && (keyId === undefined || event.key?.keyId === keyId));
/** The reminders of a key, whichever replica gave them. */
const remindersOf = (keyId: string): number[] =>
  told('expiring', keyId)
    .map(({ key }) => key?.daysLeft ?? 0)
    .sort((a, b) => b - a);
/** The last one that was started hears what both write. */
const lines = (message: string, keyId: string): string[] =>
  (replicas.at(-1)?.output() ?? '').split('\n').filter((line) => line.includes(`"${message}"`) && line.includes(keyId));
/** What is in the inbox of a person about a key; messages are sent behind the request. */
async function inbox(person: Person, keyId: string): Promise<Row[]> {
  const rows = await target.sql('SELECT * FROM sys_inbox_message WHERE user_id = ?', [person.id]);
  const events = await target.sql('SELECT * FROM sys_notification WHERE source_id = ?', [keyId]);
  const ids = new Set(events.map(({ id }) => id));
  return rows.filter((row) => ids.has(row['notification_id']));
}
const titles = async (person: Person, keyId: string): Promise<string[]> =>
  (await inbox(person, keyId)).map((row) => String(row['title'])).sort();

async function newKey(person: Person, input: object = {}): Promise<{ id: string; raw: string }> {
  const { apiKey, key, text } = await restEndpoint(target).mint(bearer(person.token), { name: 'of events', ...input });
  if (apiKey === undefined || key === undefined) throw new Error(text);
  return { id: apiKey.id, raw: key };
}
const change = (who: Person, operation: string, id: string) =>
  graphql(target, bearer(who.token), `mutation { ${operation}(input: { id: "${id}" }) { apiKey { id } } }`);
const setPolicy = (input: object) =>
  graphql(
    target,
    bearer(administrator.token),
    'mutation ($input: UpdateApiKeyPolicyInput!) { updateApiKeyPolicy(input: $input) { apiKeyPolicy { requireScopes } } }',
    { input },
  );
/** What the audit trail says was done to a key, in order. */
async function audited(keyId: string): Promise<string[]> {
  const rows = await target.sql('SELECT metadata FROM sys_audit_log WHERE record_id = ? ORDER BY created_at', [keyId]);
  return rows.map(({ metadata }) => (JSON.parse(String(metadata)) as { action: string }).action);
}
const newMember = (): Promise<Person> => target.newPerson({ organizationId });
const inDays = (days: number): string => new Date(clock + days * DAY).toISOString();

describe('a change of a key', () => {
  it('is told once to plugins and in the log, and to its owner where somebody else made it', async () => {
    const owner = await newMember();
    const { id } = await newKey(owner);
    await change(owner, 'revokeApiKey', id);
    await change(owner, 'restoreApiKey', id);
    expect(await inbox(owner, id)).toEqual([]);
    await change(administrator, 'revokeApiKey', id);
    await change(administrator, 'revokeApiKey', id);
    for (const [type, times] of Object.entries({ create: 1, revoke: 2, restore: 1 })) {
      expect(told(type, id), type).toHaveLength(times);
    }
    expect([lines('key minted', id), lines('key revoked', id)].map(({ length }) => length)).toEqual([1, 2]);
    await expect.poll(() => titles(owner, id)).toEqual([expect.stringMatching(/^The API key osk_\S+… was revoked$/)]);
  });

  it('that takes something away is narrowing, in the event, the log and the audit trail', async () => {
    const owner = await newMember();
    const { id } = await newKey(owner, { scopes: ['data:write'] });
    const update = (input: object) =>
      graphql(
        target,
        bearer(owner.token),
        'mutation ($input: UpdateApiKeyInput!) { updateApiKey(input: $input) { apiKey { id } } }',
        { input: { id, ...input } },
      );
    const narrowing = [
      { name: 'renamed', scopes: ['data:read'] },
      { expiresAt: inDays(3000) },
      { allowedNetworks: ['10.0.0.0/8'] },
    ];
    for (const input of narrowing) expect((await update(input)).code).toBeUndefined();
    expect(told('narrow', id)).toHaveLength(3);
    expect((await audited(id)).sort()).toEqual(['create', 'narrow', 'narrow', 'narrow']);
    await update({ description: 'of a program' });
    expect([told('narrow', id).length, told('update', id).length]).toEqual([3, 1]);
    expect((await audited(id)).sort()).toEqual(['create', 'narrow', 'narrow', 'narrow', 'update']);
    expect([lines('key narrowed', id).length, lines('key updated', id).length]).toEqual([3, 1]);
  });

  it('that is refused is not told', async () => {
    const owner = await newMember();
    const { id } = await newKey(owner);
    const before = told('revoke').length;
    await change(await newMember(), 'revokeApiKey', id);
    expect(told('revoke')).toHaveLength(before);
  });

  it('of the rules is told once, with what changed, and is in the audit trail', async () => {
    const before = told('policyChanged').length;
    await setPolicy({ maxLifetime: 'P300D' });
    await setPolicy({ maxLifetime: 'P300D' });
    expect(told('policyChanged').slice(before)).toEqual([
      expect.objectContaining({
        policy: { userId: administrator.id, organizationId, changes: { maxLifetime: 'P300D' } },
      }),
    ]);
    await setPolicy({ maxLifetime: null });
    const audited = await target.sql("SELECT * FROM sys_audit_log WHERE object_name = 'sys_api_key_policy'");
    expect(audited.map((row) => row['user_id'])).toContain(administrator.id);
  });

  it('never comes with a secret', async () => {
    const { raw } = await newKey(await newMember());
    expect(told('create').length).toBeGreaterThan(0);
    const everything = JSON.stringify([
      listeners.map((listener) => listener.told),
      await target.sql('SELECT * FROM sys_notification'),
    ]);
    expect(everything).not.toContain(raw);
    for (const { key: hash } of await target.storedKeys()) expect(everything).not.toContain(String(hash));
  });
});

describe('an expiry', () => {
  it('is announced 30, 7 and 1 day before, and told when it is there: each once, by two replicas', async () => {
    const owner = await newMember();
    const { id } = await newKey(owner, { expiresAt: inDays(40) });
    const reminders = () => remindersOf(id);
    const start = clock;
    for (const [day, due] of [
      [5, []],
      [11, [30]],
      [12, [30]],
      [34, [30, 7]],
      [39.5, [30, 7, 1]],
      [39.7, [30, 7, 1]],
    ] as const) {
      await pass(start + day * DAY);
      expect(reminders(), `day ${day}`).toEqual(due);
      expect(told('expired', id)).toEqual([]);
    }
    await pass(start + 41 * DAY);
    await pass(start + 42 * DAY);
    expect(reminders()).toEqual([30, 7, 1]);
    expect(told('expired', id)).toHaveLength(1);
    expect((await audited(id)).sort()).toEqual(['create', 'expired', 'expiring', 'expiring', 'expiring']);
    await expect.poll(async () => (await inbox(owner, id)).length).toBe(4);
    expect((await titles(owner, id)).filter((title) => title.includes('expires on'))).toHaveLength(3);
  });

  it('of a short life is announced when a day is left, and that of a revoked key never', async () => {
    const owner = await newMember();
    const short = await newKey(owner, { expiresAt: inDays(5) });
    const revoked = await newKey(owner, { expiresAt: inDays(5) });
    await change(owner, 'revokeApiKey', revoked.id);
    const start = clock;
    await target.sql('UPDATE sys_api_key SET created_at = ? WHERE id = ?', [new Date(start).toISOString(), short.id]);
    await pass(start + DAY);
    expect(told('expiring', short.id)).toEqual([]);
    await pass(start + 4.5 * DAY);
    await pass(start + 6 * DAY);
    expect(told('expiring', short.id).map(({ key }) => key?.daysLeft)).toEqual([1]);
    expect(
      [told('expired', short.id), told('expiring', revoked.id), told('expired', revoked.id)].map((all) => all.length),
    ).toEqual([1, 0, 0]);
  });
});

describe('a key that nobody uses', () => {
  const isRevoked = async (id: string): Promise<boolean> =>
    (await target.storedKeys()).find((row) => row['id'] === id)?.['revoked'] === true;
  /** As if it had been made at this moment. */
  const madeAt = (id: string, at: number) =>
    target.sql('UPDATE sys_api_key SET created_at = ?, last_used_at = NULL WHERE id = ?', [
      new Date(at).toISOString(),
      id,
    ]);

  it('is announced, and revoked with a record when the policy says so; one that is used stays', async () => {
    const owner = await newMember();
    const [idle, used, restored] = [await newKey(owner), await newKey(owner), await newKey(owner)];
    const start = clock;
    for (const { id } of [idle, used, restored]) await madeAt(id, start);
    await pass(start + 100 * DAY);
    expect(await isRevoked(idle.id)).toBe(false);
    await setPolicy({ revokeUnusedAfter: 'P120D' });
    await target.sql('UPDATE sys_api_key SET last_used_at = ? WHERE id = ?', [
      new Date(start + 110 * DAY).toISOString(),
      used.id,
    ]);
    for (const day of [105, 115, 119.5, 119.9]) await pass(start + day * DAY);
    expect(remindersOf(idle.id)).toEqual([30, 7, 1]);
    expect(new Set(told('expiring', idle.id).map(({ key }) => key?.because))).toEqual(new Set(['disuse']));
    expect(await isRevoked(idle.id)).toBe(false);
    await target.sql('INSERT INTO sys_api_key_detail (id, restored_at) VALUES (?, ?)', [
      restored.id,
      new Date(start + 90 * DAY).toISOString(),
    ]);
    await pass(start + 121 * DAY);
    expect([await isRevoked(idle.id), await isRevoked(used.id), await isRevoked(restored.id)]).toEqual([
      true,
      false,
      false,
    ]);
    await pass(start + 122 * DAY);
    expect(told('revoke', idle.id)).toMatchObject([{ key: { because: 'disuse', ownerId: owner.id } }]);
    const trail = await target.sql("SELECT * FROM sys_audit_log WHERE record_id = ? AND action = 'update'", [idle.id]);
    const records = trail.map(({ metadata }) => JSON.parse(String(metadata)) as { action: string });
    expect(records.map(({ action }) => action).sort()).toEqual(['expiring', 'expiring', 'expiring', 'revoke']);
    expect(records).toContainEqual(expect.objectContaining({ action: 'revoke', endpoint: 'system' }));
    await expect.poll(() => titles(owner, idle.id)).toContainEqual(expect.stringContaining('since nobody used it'));
    await setPolicy({ revokeUnusedAfter: null });
  });

  it('and is restored has its time once more', async () => {
    const owner = await newMember();
    const { id } = await newKey(owner);
    await madeAt(id, Date.now() - 500 * DAY);
    await change(owner, 'revokeApiKey', id);
    await change(owner, 'restoreApiKey', id);
    await setPolicy({ revokeUnusedAfter: 'P365D' });
    await pass(clock);
    expect(await isRevoked(id)).toBe(false);
    const [detail] = await target.sql('SELECT restored_at FROM sys_api_key_detail WHERE id = ?', [id]);
    expect(new Date(String(detail?.['restored_at'])).getTime()).toBeGreaterThan(Date.now() - DAY);
    await setPolicy({ revokeUnusedAfter: null });
  });
});

it('that somebody left is told once of each of their keys, however they left', async () => {
  const leaver = await newMember();
  const keys = [await newKey(leaver), await newKey(leaver)];
  await pass(clock);
  expect(told('ownerLeft', keys[0]?.id)).toEqual([]);
  await target.sql('DELETE FROM sys_member WHERE user_id = ?', [leaver.id]);
  await pass(clock);
  await pass(clock);
  for (const { id } of keys) {
    expect(told('ownerLeft', id)).toHaveLength(1);
    expect((await audited(id)).filter((action) => action === 'ownerLeft')).toHaveLength(1);
  }
});
