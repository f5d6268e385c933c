// @ts-nocheck
import { assembleExecutionContext, resolveAuthzContext } from '@objectstack/core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { KeyUses } from '../../src/keys/admission/key-uses.ts';
import type { DataEngine, EngineContext, SqlDriver } from '../../src/platform/engine.ts';
import {
  type Attempt,
  dataApiEndpoint,
  type Endpoint,
  engineEndpoint,
  mcpEndpoint,
  OPERATIONS,
  type Outcome,
} from '../support/access/endpoints.ts';
import {
  AccessApp,
  type AccessRecord,
  newOwners,
  newRecord,
  newRecords,
  type Owner,
  randomSets,
} from '../support/access/world.ts';
import { bearer, restEndpoint } from '../support/endpoints.ts';
import { graphql } from '../support/graphql.ts';
import { bootKernel, type TestKernel } from '../support/kernel.ts';
import { type KeyOwner, newKeyOwner } from '../support/key-owner.ts';
import { NOTE, NOTE_AUTHOR, NotesApp, STAMP } from '../support/notes-app.ts';

/** Reproduced by `USAGE_SEED`. */
const SEED = Number(process.env['USAGE_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
process.stdout.write(`key usage with USAGE_SEED=${SEED}\n`);
const DAY = 86_400_000;

interface Step {
  readonly endpoint: keyof typeof endpoints;
  readonly operation: (typeof OPERATIONS)[number];
  readonly record: AccessRecord;
}

interface Usage {
  readonly object: string;
  readonly operation: string;
  readonly count: number;
  readonly lastUsedOn: string;
}

let target: TestKernel;
let owners: Owner[];
let endpoints: { engine: Endpoint; dataApi: Endpoint; mcp: Endpoint };
/** What each owner's key without scopes did, and was allowed to. */
const done = new Map<Owner, Step[]>();
/** The same of a second key of theirs, with scopes. */
const doneWithScopes: { readonly owner: Owner; readonly scopes: readonly string[]; readonly steps: Step[] }[] = [];
const people: Record<string, KeyOwner> = {};
const USE = 'query ($id: ID!) { apiKey(id: $id) { usage { object operation count lastUsedOn } suggestedScopes } }';

/** What a key says of itself. */
function usageOf(key: string, id: string): Promise<{ usage: Usage[]; suggestedScopes: string[] | null }> {
  return usageFor({ 'x-api-key': key }, id);
}

async function usageFor(
  headers: Record<string, string>,
  id: string,
): Promise<{ usage: Usage[]; suggestedScopes: string[] | null }> {
  const answer = await graphql<{ apiKey: { usage: Usage[]; suggestedScopes: string[] | null } }>(target, headers, USE, {
    id,
  });
  if (answer.data == null) throw new Error(JSON.stringify(answer));
  return answer.data.apiKey;
}

async function contextOf({ key }: Owner): Promise<EngineContext> {
  const authz = await resolveAuthzContext({ ql: target.engine, headers: { 'x-api-key': key } });
  const nothing = { oauth: undefined, localization: undefined, requestLocale: undefined };
  return assembleExecutionContext({ authz, ...nothing, accessToken: undefined, authGate: undefined }) as EngineContext;
}

/** Does a step on records that are as they were, and leaves them so. */
async function take({ endpoint, operation, record }: Step, owner: Owner, scopes: readonly string[]): Promise<Outcome> {
  const { object, title, by } = record;
  const disposable = operation === 'delete' ? await newRecord(target.engine, object, title, by) : undefined;
  const attempt: Attempt = { object, operation, title, id: disposable ?? record.id };
  const outcome = await endpoints[endpoint](attempt, owner, scopes);
  const created = operation === 'create' ? outcome[0] : disposable;
  if (created !== undefined) await target.sql(`DELETE FROM ${object} WHERE id = ?`, [created]);
  return operation === 'list' ? outcome : outcome.map(() => 'done');
}

/** The same owner, with another key of theirs. */
async function withNewKey(owner: Owner): Promise<Owner> {
  const { apiKey, key = '' } = await restEndpoint(target).mint(bearer(owner.token), { name: 'with scopes' });
  return { ...owner, keyId: apiKey?.id ?? '', key };
}

const send = (method: string, path: string, { headers }: Pick<KeyOwner, 'headers'>, body?: object): Promise<Response> =>
  target.request(`/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const ok = async (response: Promise<Response>): Promise<Response> => {
  const answer = await response;
  expect(answer.ok).toBe(true);
  return answer;
};

/** What the keys of authors of notes are used for; each is to be recorded as it is written here. */
const TASKS: Readonly<Record<string, (key: KeyOwner) => Promise<unknown>>> = {
  reads: async (key) => {
    await ok(send('GET', `/data/${NOTE}`, key));
    await ok(send('GET', `/data/${NOTE}`, key));
  },
  writes: async (key) => {
    await ok(send('POST', `/data/${NOTE}`, key, { title: 'SECRET-VALUE' }));
    await ok(send('GET', `/data/${NOTE}`, key));
    // Neither what is refused is recorded, nor who is asked for.
    expect((await send('POST', '/data/sys_position', key, { name: 'x', label: 'X' })).status).toBe(403);
  },
  acts: async (key) => {
    await ok(send('POST', `/actions/${NOTE}/${STAMP}`, key, {}));
  },
  describes: async (key) => {
    await ok(send('GET', `/data/${NOTE}`, key));
    await ok(send('GET', '/meta/types', key));
  },
  nothing: async () => undefined,
};

beforeAll(async () => {
  const sets = randomSets(SEED, 12);
  target = await bootKernel({ plugins: [new AccessApp(sets), new NotesApp()], config: { logLevel: 'error' } });
  owners = await newOwners(target, sets, SEED);
  const records = await newRecords(target, owners);
  endpoints = { engine: engineEndpoint(target, contextOf), dataApi: dataApiEndpoint(target), mcp: mcpEndpoint(target) };
  const steps = fc.array(
    fc.record({
      endpoint: fc.constantFrom('engine', 'engine', 'dataApi', 'mcp'),
      operation: fc.constantFrom(...OPERATIONS),
      record: fc.constantFrom(...records),
    }),
    { minLength: 2, maxLength: 10 },
  );
  const takeSome = async (owner: Owner, scopes: readonly string[], seed: number): Promise<Step[]> => {
    const taken: Step[] = [];
    for (const step of fc.sample(steps as fc.Arbitrary<Step[]>, { seed, numRuns: 1 }).flat()) {
      if ((await take(step, owner, scopes)).length > 0) taken.push(step);
    }
    return taken;
  };
  for (const [index, owner] of owners.entries()) {
    done.set(owner, await takeSome(owner, [], SEED + index));
    const choice = fc.subarray(['data:read', 'data:write', ...owner.sets], { minLength: 1 });
    const [scopes = []] = fc.sample(choice, { seed: SEED + index, numRuns: 1 });
    const scoped = await withNewKey(owner);
    doneWithScopes.push({ owner: scoped, scopes, steps: await takeSome(scoped, scopes, SEED - index) });
  }
  // A key that may write, and only reads: there is something to take away, whatever the seed.
  const reader = await withNewKey(owners.at(-1) as Owner);
  const read: Step = { endpoint: 'dataApi', operation: 'list', record: records[0] as AccessRecord };
  await take(read, reader, ['data:write']);
  doneWithScopes.push({ owner: reader, scopes: ['data:write'], steps: [read] });
  for (const [name, task] of Object.entries(TASKS)) {
    people[name] = await newKeyOwner(target.engine);
    await task(people[name]);
  }
  // What was used before is written with this.
  const last = await newKeyOwner(target.engine);
  await ok(send('GET', `/data/${NOTE}`, last));
  await vi.waitFor(
    async () => {
      const rows = await target.sql('SELECT id FROM sys_api_key_usage WHERE key_id = ?', [last.keyId]);
      expect(rows).not.toEqual([]);
    },
    { timeout: 10_000, interval: 100 },
  );
}, 120_000);
afterAll(() => target[Symbol.asyncDispose]());

describe('what a key is used for', () => {
  it.each<[string, string[]]>([
    ['reads', [`${NOTE} READ 2`]],
    ['writes', [`${NOTE} CREATE 1`, `${NOTE} READ 1`]],
    ['acts', [`${NOTE} EXECUTE 1`]],
    ['describes', [' OTHER 1', `${NOTE} READ 1`]],
    ['nothing', []],
  ])('is counted by object and operation: %s', async (name, expected) => {
    const { raw, keyId } = people[name] as KeyOwner;
    const { usage } = await usageOf(raw, keyId);
    expect(usage.map(({ object, operation, count }) => `${object} ${operation} ${count}`)).toEqual(expected);
    for (const { lastUsedOn } of usage) expect(Date.now() - Date.parse(lastUsedOn)).toBeLessThan(2 * DAY);
  });

  it('is recorded without records and values', async () => {
    const rows = await target.sql('SELECT * FROM sys_api_key_usage');
    expect(rows.length).toBeGreaterThan(5);
    const text = JSON.stringify(rows);
    expect(text).not.toContain('SECRET-VALUE');
    for (const { id } of await target.sql(`SELECT id FROM ${NOTE}`)) expect(text).not.toContain(String(id));
  });
});

describe('the suggestion', () => {
  it.each<[string, string[] | null]>([
    ['reads', ['data:read']],
    ['writes', [NOTE_AUTHOR]],
    ['acts', ['actions:execute']],
    ['describes', null],
    ['nothing', null],
  ])('is the smallest that allows what was done: %s', async (name, expected) => {
    const { raw, keyId } = people[name] as KeyOwner;
    expect((await usageOf(raw, keyId)).suggestedScopes).toEqual(expected);
  });

  it('refuses what was not done', async () => {
    const key = people['reads'] as KeyOwner;
    await ok(send('POST', `/data/${NOTE}`, key, { title: 'before' }));
    const { suggestedScopes } = await usageOf(key.raw, key.keyId);
    await target.sql('UPDATE sys_api_key SET scopes = ? WHERE id = ?', [JSON.stringify(suggestedScopes), key.keyId]);
    const before = await target.sql(`SELECT count(*) AS count FROM ${NOTE}`);
    expect((await send('POST', `/data/${NOTE}`, key, { title: 'after' })).status).toBe(403);
    expect(await target.sql(`SELECT count(*) AS count FROM ${NOTE}`)).toEqual(before);
    expect((await send('POST', `/actions/${NOTE}/${STAMP}`, key, {})).status).toBe(403);
  });

  it('is what updateApiKey takes, and under it whatever a key did has the same outcome', async () => {
    let suggested = 0;
    for (const owner of owners) {
      const { suggestedScopes } = await usageOf(owner.key, owner.keyId);
      if (suggestedScopes === null) continue;
      suggested += 1;
      const before: Outcome[] = [];
      for (const step of done.get(owner) ?? []) before.push(await take(step, owner, []));
      await target.sql('UPDATE sys_api_key SET scopes = NULL WHERE id = ?', [owner.keyId]);
      const updated = await graphql<{ updateApiKey: { apiKey: { scopes: string[] } } }>(
        target,
        bearer(owner.token),
        'mutation ($input: UpdateApiKeyInput!) { updateApiKey(input: $input) { apiKey { scopes } } }',
        { input: { id: owner.keyId, scopes: suggestedScopes } },
      );
      expect(updated.data?.updateApiKey.apiKey.scopes, updated.text).toEqual(suggestedScopes);
      for (const [index, step] of (done.get(owner) ?? []).entries()) {
        const freely = before[index];
        const { endpoint, operation, record } = step;
        const what = { endpoint, operation, object: record.object, suggestedScopes, holds: owner.sets };
        expect({ ...what, outcome: await take(step, owner, suggestedScopes) }).toEqual({ ...what, outcome: freely });
      }
    }
    // The administrator's key at least.
    expect(suggested).toBeGreaterThan(0);
  }, 60_000);
});

describe('the suggestion for a key that has scopes', () => {
  it('takes away and adds nothing, and under it whatever the key did has the same outcome', async () => {
    const suggestions: string[][] = [];
    for (const { owner, scopes, steps } of doneWithScopes) {
      await target.sql('UPDATE sys_api_key SET scopes = ? WHERE id = ?', [JSON.stringify(scopes), owner.keyId]);
      const { suggestedScopes } = await usageFor(bearer(owner.token), owner.keyId);
      if (suggestedScopes === null) continue;
      suggestions.push(suggestedScopes);
      const before: Outcome[] = [];
      for (const step of steps) before.push(await take(step, owner, scopes));
      // A step that the key may not take any more would show nothing.
      for (const outcome of before) expect(outcome.length).toBeGreaterThan(0);
      const updated = await graphql<{ updateApiKey: { apiKey: { scopes: string[] } } }>(
        target,
        bearer(owner.token),
        'mutation ($input: UpdateApiKeyInput!) { updateApiKey(input: $input) { apiKey { scopes } } }',
        { input: { id: owner.keyId, scopes: suggestedScopes } },
      );
      expect([...(updated.data?.updateApiKey.apiKey.scopes ?? [])].sort(), updated.text).toEqual(suggestedScopes);
      for (const [index, step] of steps.entries()) {
        const { endpoint, operation, record } = step;
        const what = { endpoint, operation, object: record.object, scopes, suggestedScopes, holds: owner.sets };
        const outcome = await take(step, owner, suggestedScopes);
        expect({ ...what, outcome }).toEqual({ ...what, outcome: before[index] });
      }
    }
    expect(suggestions).toContainEqual(['data:read']);
  }, 60_000);
});

describe('the record', () => {
  const recorder = (reported: unknown[] = []) => {
    const engine = target.engine as unknown as DataEngine;
    return new KeyUses(
      engine,
      () => engine.getDriverForObject('sys_api_key') as SqlDriver,
      (error) => reported.push(error),
    );
  };

  it('adds up what several replicas count at the same time', async () => {
    const replicas = [recorder(), recorder(), recorder()];
    const now = Date.now();
    for (const [index, replica] of replicas.entries()) {
      for (let use = 0; use <= index; use += 1) replica.note('key_of_replicas', NOTE, 'READ', now);
      replica.note('key_of_replicas', NOTE, 'CREATE', now);
    }
    await Promise.all(replicas.map((replica) => replica.close()));
    const rows = await target.sql('SELECT operation, uses FROM sys_api_key_usage WHERE key_id = ? ORDER BY operation', [
      'key_of_replicas',
    ]);
    expect(rows.map(({ operation, uses }) => [operation, Number(uses)])).toEqual([
      ['CREATE', 3],
      ['READ', 6],
    ]);
  });

  it('keeps 30 days', async () => {
    const uses = recorder();
    const now = Date.now();
    for (const days of [31, 30, 29, 0]) uses.note('key_of_old', NOTE, 'READ', now - days * DAY);
    await uses.close();
    const rows = await target.sql('SELECT day FROM sys_api_key_usage WHERE key_id = ?', ['key_of_old']);
    expect(rows).toHaveLength(2);
  });
});

it("nobody can see what another person's key is used for", async () => {
  const [owner] = owners;
  const { data } = await graphql<{ apiKey: unknown }>(target, bearer(owner?.token ?? ''), USE, {
    id: people['reads']?.keyId,
  });
  expect(data?.apiKey).toBeNull();
});
