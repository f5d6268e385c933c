import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bearer, restEndpoint } from '../support/endpoints.ts';
import { type GraphQLAnswer, graphql } from '../support/graphql.ts';
import {
  bootKernel,
  DEV_ADMIN,
  newOrganization,
  type Person,
  sessionOf,
  setActiveOrganization,
  type TestKernel,
} from '../support/kernel.ts';
import { listenToStatements } from '../support/statements.ts';

const SYSTEM = { isSystem: true };

let target: TestKernel;
/** Whose keys it is about: a member of the organization. */
let worker: Person;
let organizationId: string;
/** Who asks, by what they are. */
let people: Record<string, Person>;

beforeAll(async () => {
  target = await bootKernel();
  organizationId = await newOrganization(target.engine);
  const member = (role: string): Promise<Person> => target.newPerson({ organizationId, role });
  worker = await member('member');
  const platformAdministrator = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
  await setActiveOrganization(target.engine, platformAdministrator, organizationId);
  const former = await member('admin');
  // By another process: the platform would end the session, too.
  await target.sql('DELETE FROM sys_member WHERE user_id = ?', [former.id]);
  const elsewhere = await member('admin');
  await setActiveOrganization(target.engine, elsewhere, await newOrganization(target.engine));
  const impersonated = await member('owner');
  const session = await sessionOf(target.engine, impersonated);
  await target.engine.update('sys_session', { id: session['id'], impersonated_by: 'usr_x' }, { context: SYSTEM });
  const twofold = await member('member');
  // As better-auth writes it, which the engine would not take.
  await target.sql("UPDATE sys_member SET role = 'member,admin' WHERE user_id = ?", [twofold.id]);
  people = {
    'an owner': await member('owner'),
    'an administrator': await member('admin'),
    'an administrator with a second role': twofold,
    'an administrator of the platform': platformAdministrator,
    'a member': await member('member'),
    'a delegated administrator': await member('delegated_admin'),
    'a former administrator': former,
    'an administrator with another organization active': elsewhere,
    'an administrator of another organization': await target.newPerson({ role: 'admin' }),
    'an impersonated owner': impersonated,
  };
});
afterAll(() => target[Symbol.asyncDispose]());

const ADMINISTRATORS = [
  'an owner',
  'an administrator',
  'an administrator with a second role',
  'an administrator of the platform',
];
const OTHERS = [
  'a member',
  'a delegated administrator',
  'a former administrator',
  'an administrator with another organization active',
  'an administrator of another organization',
];

interface Inventory {
  organization: {
    id: string;
    name: string;
    apiKeys: {
      totalCount: number;
      nodes: { id: string; name: string; status: string; owner: { id: string; name: string; email: string } }[];
    };
  } | null;
}

const someone = (who: string): Person => people[who] ?? expect.unreachable(who);
const ask = <Data>(headers: Record<string, string>, query: string, variables: Record<string, unknown> = {}) =>
  graphql<Data>(target, headers, query, variables);
const inventory = (headers: Record<string, string>, args = 'first: 100'): Promise<GraphQLAnswer<Inventory>> =>
  ask(
    headers,
    `{ organization { id name apiKeys(${args}) { totalCount nodes { id name status owner { id name email } } } } }`,
  );
const change = (headers: Record<string, string>, operation: string, type: string, input: object, select: string) =>
  ask<Record<string, Record<string, unknown>>>(
    headers,
    `mutation ($input: ${type}!) { ${operation}(input: $input) { ${select} } }`,
    { input },
  );
const revoke = (headers: Record<string, string>, id: string) =>
  change(headers, 'revokeApiKey', 'RevokeApiKeyInput', { id }, 'apiKey { id status }');
const revokeAll = (headers: Record<string, string>, userId: string) =>
  change(headers, 'revokeApiKeysOf', 'RevokeApiKeysOfInput', { userId }, 'revoked');

/** A key of the worker, minted as they do. */
async function newKey(name: string, person = worker): Promise<{ id: string; raw: string }> {
  const { apiKey, key, text } = await restEndpoint(target).mint(bearer(person.token), { name });
  if (apiKey === undefined || key === undefined) throw new Error(text);
  return { id: apiKey.id, raw: key };
}
const isRevoked = async (id: string): Promise<boolean> =>
  (await target.storedKeys()).find((row) => row['id'] === id)?.['revoked'] === true;

describe('the keys of an organization', () => {
  let mine: { id: string; raw: string };
  let foreign: { id: string };
  beforeAll(async () => {
    mine = await newKey('of the worker');
    foreign = await newKey('of somebody elsewhere', await target.newPerson());
  });

  it.each([...ADMINISTRATORS, 'an impersonated owner'])(
    'are shown to %s, with their owners, and no other',
    async (who) => {
      const { status, data, text } = await inventory(bearer(someone(who).token));
      expect(status, text).toBe(200);
      const { apiKeys, ...organization } = data?.organization ?? expect.unreachable(text);
      expect(organization).toEqual({ id: organizationId, name: organizationId });
      expect(apiKeys.nodes).toContainEqual({
        id: mine.id,
        name: 'of the worker',
        status: 'ACTIVE',
        owner: { id: worker.id, name: 'A Person', email: worker.email },
      });
      expect(apiKeys.totalCount).toBe(apiKeys.nodes.length);
      expect(text).not.toContain(foreign.id);
      for (const { key: hash } of await target.storedKeys()) expect(text).not.toContain(String(hash));
      expect(text).not.toContain(mine.raw);
    },
  );

  it.each(['a member', 'a delegated administrator', 'an administrator with another organization active'])(
    'are refused to %s, who learns nothing of them',
    async (who) => {
      const { status, code, data, text } = await inventory(bearer(someone(who).token));
      // Somebody in another organization runs nothing there.
      expect({ status, code, data }).toEqual(
        who.includes('another')
          ? { status: 200, code: undefined, data: { organization: null } }
          : { status: 403, code: 'FORBIDDEN', data: { organization: null } },
      );
      expect(text).not.toContain(mine.id);
      expect(text).not.toMatch(/\d+ keys|totalCount"/);
    },
  );

  it('are nothing that a former administrator hears of, not even the name of the organization', async () => {
    const { data } = await inventory(bearer(someone('a former administrator').token));
    expect(data).toEqual({ organization: null });
  });

  it("are closed to API keys, even an administrator's", async () => {
    const administrator = someone('an owner');
    const { raw } = await newKey('of an owner', administrator);
    expect(await inventory({ 'x-api-key': raw })).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    expect((await inventory(bearer(administrator.token))).status).toBe(200);
  });

  it('are narrowed to those of one person, by status, by name', async () => {
    const administrator = bearer(someone('an administrator').token);
    const names = async (args: string): Promise<string[]> =>
      ((await inventory(administrator, args)).data?.organization?.apiKeys.nodes ?? []).map(({ name }) => name);
    expect(new Set(await names(`ownerId: "${worker.id}"`))).toEqual(new Set(['of the worker']));
    expect(await names(`ownerId: "${someone('a member').id}"`)).toEqual([]);
    expect(await names(`ownerId: "${worker.id}", status: REVOKED`)).toEqual([]);
    expect(await names('search: "OF THE WORK"')).toEqual(['of the worker']);
    expect(await inventory(administrator, 'ownerId: "{current_user_id}"')).toMatchObject({
      status: 400,
      code: 'VALIDATION_FAILED',
    });
  });
});

describe('the data API and the Console', () => {
  let key: { id: string };
  let foreign: { id: string };
  beforeAll(async () => {
    key = await newKey('of the worker, as a record');
    foreign = await newKey('of somebody elsewhere, as a record', await target.newPerson());
  });
  const records = (path: string, headers: Record<string, string>): Promise<Response> =>
    target.request(`/api/v1/data/sys_api_key${path}`, { headers });
  const shown = async (who: string, path = ''): Promise<string> =>
    (await records(path, bearer(someone(who).token))).text();

  it.each(ADMINISTRATORS)('show the keys of the organization to %s, as a list and one by one', async (who) => {
    const all = await shown(who, '?$top=1000');
    expect(all).toContain(key.id);
    for (const { key: hash } of await target.storedKeys()) expect(all).not.toContain(String(hash));
    expect(await shown(who, `/${key.id}`)).toContain('of the worker, as a record');
    const filter = encodeURIComponent(JSON.stringify({ user_id: worker.id }));
    const narrowed = JSON.parse(await shown(who, `?$filter=${filter}&$count=true`)) as {
      total: number;
      records: { user_id: string }[];
    };
    expect(new Set(narrowed.records.map(({ user_id }) => user_id))).toEqual(new Set([worker.id]));
    expect(narrowed.total).toBe(narrowed.records.length);
    // The platform shows its own administrators the keys of every organization.
    if (!who.includes('platform')) {
      expect(all).not.toContain(foreign.id);
      expect((await records(`/${foreign.id}`, bearer(someone(who).token))).status).toBe(404);
    }
  });

  it.each(OTHERS)('show %s no key but their own', async (who) => {
    const own = await newKey(`of ${who}`, someone(who)).catch(() => undefined);
    const { records: seen } = JSON.parse(await shown(who, '?$top=1000')) as { records?: { id: string }[] };
    if (own !== undefined) expect(seen?.map(({ id }) => id)).toContain(own.id);
    expect(JSON.stringify(seen ?? '')).not.toContain(key.id);
    expect(await shown(who, `/${key.id}`)).not.toContain('as a record');
  });

  it('show an API key of an administrator their own keys only', async () => {
    const { raw, id } = await newKey('of an owner, for records', someone('an owner'));
    const seen = await (await records('?$top=1000', { 'x-api-key': raw })).text();
    expect(seen).toContain(id);
    expect(seen).not.toContain(key.id);
  });

  it.each(['active', 'revoked'] as const)(
    'let an owner change nothing of the %s key of a member, in any form',
    async (state) => {
      const { id } = await newKey(`of the worker, ${state}`);
      const revoked = state === 'active';
      if (!revoked) {
        await target.engine.update('sys_api_key', { id, revoked: true }, { context: { isSystem: true } });
      }
      const data = { revoked };
      const attempts: [method: string, path: string, body?: object][] = [
        ['PATCH', `/data/sys_api_key/${id}`, data],
        ['PATCH', `/data/sys_api_key/${id}`, { name: 'taken' }],
        ['DELETE', `/data/sys_api_key/${id}`],
        ['POST', '/data/sys_api_key/batch', { operation: 'update', records: [{ id, data }] }],
        ['POST', '/data/sys_api_key/batch', { operation: 'delete', records: [{ id }] }],
        ['POST', '/data/sys_api_key/updateMany', { records: [{ id, data }] }],
        ['POST', '/data/sys_api_key/deleteMany', { ids: [id] }],
        ['POST', '/data/sys_api_key/import', { format: 'json', rows: [{ id, ...data }], mode: 'upsert' }],
        ['POST', `/data/sys_api_key/${id}/clone`, {}],
        ['POST', '/batch', { operations: [{ object: 'sys_api_key', action: 'update', id, data }] }],
        ['POST', '/batch', { operations: [{ object: 'sys_api_key', action: 'delete', id }] }],
      ];
      const before = await target.storedKeys();
      for (const [method, path, body] of attempts) {
        await target.request(`/api/v1${path}`, {
          method,
          headers: { 'content-type': 'application/json', ...bearer(someone('an owner').token) },
          ...(body && { body: JSON.stringify(body) }),
        });
        expect(await target.storedKeys(), `${method} ${path}`).toEqual(before);
      }
    },
  );
});

describe("another person's key", () => {
  let key: { id: string; raw: string };
  beforeEach(async () => {
    key = await newKey('to be ended');
  });
  const use = async (): Promise<number> => (await ask({ 'x-api-key': key.raw }, '{ viewer { id } }')).status;

  it.each(ADMINISTRATORS)('is ended by %s, with the actor on record', async (who) => {
    const administrator = someone(who);
    expect(await use()).toBe(200);
    const { data, text } = await revoke(bearer(administrator.token), key.id);
    expect(data?.['revokeApiKey'], text).toEqual({ apiKey: { id: key.id, status: 'REVOKED' } });
    expect(await use()).toBe(401);
    expect(await isRevoked(key.id)).toBe(true);
    const line = target
      .output()
      .split('\n')
      .find((text) => text.includes('key revoked') && text.includes(key.id));
    expect(JSON.parse(line ?? '{}')).toMatchObject({ user: administrator.id, owner: worker.id, key: key.id });
  });

  it.each(OTHERS)('is like one that does not exist to %s', async (who) => {
    const headers = bearer(someone(who).token);
    const refused = await revoke(headers, key.id);
    expect(refused).toMatchObject({ status: 404, code: 'NOT_FOUND', data: null });
    const { text } = await revoke(headers, 'no_such_key');
    expect(refused.text).toBe(text);
    expect(await isRevoked(key.id)).toBe(false);
  });

  it('is not ended in an impersonated session, which would put the wrong name on record', async () => {
    const refused = await revoke(bearer(someone('an impersonated owner').token), key.id);
    expect(refused).toMatchObject({ code: 'FORBIDDEN', data: null });
    expect(await isRevoked(key.id)).toBe(false);
  });

  it.each([
    ['rotateApiKey', 'RotateApiKeyInput'],
    ['restoreApiKey', 'RestoreApiKeyInput'],
  ])('cannot be had by an administrator with %s', async (operation, type) => {
    if (operation === 'restoreApiKey') await revoke(bearer(worker.token), key.id);
    const before = await target.storedKeys();
    const headers = bearer(someone('an owner').token);
    expect(await change(headers, operation, type, { id: key.id }, 'apiKey { id }')).toMatchObject({
      code: 'NOT_FOUND',
      data: null,
    });
    expect(await target.storedKeys()).toEqual(before);
    expect((await change(bearer(worker.token), operation, type, { id: key.id }, 'apiKey { id }')).code).toBeUndefined();
  });
});

describe('all keys of a person', () => {
  it('end together, only in the organization, and keys that were already revoked do not count', async () => {
    const person = await target.newPerson({ organizationId });
    const keys = [await newKey('one', person), await newKey('two', person), await newKey('three', person)];
    await revoke(bearer(person.token), keys[0]?.id ?? '');
    const other = await newOrganization(target.engine);
    await target.engine.insert(
      'sys_member',
      { id: `mem_${person.id}`, user_id: person.id, organization_id: other, role: 'member' },
      { context: SYSTEM },
    );
    await setActiveOrganization(target.engine, person, other);
    const elsewhere = await newKey('in another organization', person);

    const administrator = bearer(someone('an administrator').token);
    expect((await revokeAll(administrator, person.id)).data).toEqual({ revokeApiKeysOf: { revoked: 2 } });
    for (const { id } of keys) expect(await isRevoked(id)).toBe(true);
    expect(await isRevoked(elsewhere.id)).toBe(false);
    expect((await revokeAll(administrator, person.id)).data).toEqual({ revokeApiKeysOf: { revoked: 0 } });
  });

  it('are revoked by a handful of statements, so that nobody waits long for the lock', async () => {
    const person = await target.newPerson({ organizationId });
    const count = 600;
    const columns = 'id, name, key, prefix, user_id, active_organization_id, revoked, created_at';
    const rows = Array.from({ length: count }, (_, n) => {
      const id = `many${n}`;
      return [id, id, `hash of ${id}`, 'osk_many', person.id, organizationId, new Date().toISOString()];
    });
    await target.sql(
      `INSERT INTO sys_api_key (${columns}) VALUES ${rows.map(() => '(?, ?, ?, ?, ?, ?, FALSE, ?)').join(', ')}`,
      rows.flat(),
    );
    const written: string[] = [];
    const stop = await listenToStatements(target, (sql) => {
      if (/^(update|insert)\b/i.test(sql) && /\bsys_(api_key|audit_log)\b/.test(sql)) written.push(sql);
    });
    const { data, text } = await revokeAll(bearer(someone('an owner').token), person.id);
    stop();
    expect(data, text).toEqual({ revokeApiKeysOf: { revoked: count } });
    expect((await target.storedKeys()).filter((row) => row['user_id'] === person.id && !row['revoked'])).toEqual([]);
    const recorded = await target.sql(
      "SELECT DISTINCT record_id FROM sys_audit_log WHERE record_id LIKE 'many%' AND user_id = ?",
      [someone('an owner').id],
    );
    expect(recorded).toHaveLength(count);
    expect(written.length).toBeGreaterThanOrEqual(2);
    expect(written.length).toBeLessThan(10);
  });

  it('of somebody who does not exist are none, and the id is not stored; those of a deleted account are revoked', async () => {
    const administrator = bearer(someone('an owner').token);
    const stored = (id: string) => target.sql('SELECT id FROM sys_api_key_ledger WHERE id = ?', [`user:${id}`]);
    expect((await revokeAll(administrator, 'nobody_by_this_id')).data).toEqual({ revokeApiKeysOf: { revoked: 0 } });
    expect(await stored('nobody_by_this_id')).toEqual([]);
    const { id } = await newKey('of a deleted account');
    await target.sql('UPDATE sys_api_key SET user_id = ? WHERE id = ?', ['deleted_account', id]);
    expect((await revokeAll(administrator, 'deleted_account')).data).toEqual({ revokeApiKeysOf: { revoked: 1 } });
    expect(await isRevoked(id)).toBe(true);
  });

  it.each([...OTHERS, 'an impersonated owner'])('are not ended by %s', async (who) => {
    const { id } = await newKey('stays');
    expect(await revokeAll(bearer(someone(who).token), worker.id)).toMatchObject(
      who === 'an administrator with another organization active' || who === 'an administrator of another organization'
        ? { code: who.includes('active') ? 'FORBIDDEN' : undefined }
        : { code: 'FORBIDDEN', data: null },
    );
    expect(await isRevoked(id)).toBe(false);
  });

  it('cannot be revoked with an API key, or without a session', async () => {
    const { id, raw } = await newKey('stays', someone('an owner'));
    expect(await revokeAll({ 'x-api-key': raw }, worker.id)).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    expect(await revokeAll({}, worker.id)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    expect(await isRevoked(id)).toBe(false);
  });

  it('that are being minted meanwhile are either ended or minted after it', async () => {
    const person = await target.newPerson({ organizationId });
    const administrator = bearer(someone('an owner').token);
    const minted = Array.from({ length: 20 }, (_, n) => newKey(`racing ${n}`, person));
    const ended = await revokeAll(administrator, person.id);
    await Promise.all(minted);
    const again = await revokeAll(administrator, person.id);
    const count = (answer: typeof ended): number => Number(answer.data?.['revokeApiKeysOf']?.['revoked']);
    expect(count(ended) + count(again)).toBe(20);
  });
});

/** What a request came to: `done`, or the code of its error. */
type Outcome = string;
/** Each operation of administrators at an endpoint. */
interface Operations {
  listsKeys(headers: Record<string, string>): Promise<Outcome>;
  readsRules(headers: Record<string, string>): Promise<Outcome>;
  setsRules(headers: Record<string, string>): Promise<Outcome>;
  revokesKey(headers: Record<string, string>, id: string): Promise<Outcome>;
  revokesAll(headers: Record<string, string>, userId: string): Promise<Outcome>;
}
const throughGraphQL = async (answer: Promise<GraphQLAnswer<object>>): Promise<Outcome> => {
  const { code, data } = await answer;
  // Somebody who does not belong to the organization has none.
  const isNothing = data !== null && 'organization' in data && data.organization === null;
  return code ?? (isNothing ? 'FORBIDDEN' : 'done');
};
const sendRest = (method: string, path: string, headers: Record<string, string>, body?: object): Promise<Response> =>
  target.request(`/api/v1/keys${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
const throughRest = async (response: Promise<Response>): Promise<Outcome> =>
  ((await (await response).json()) as { error?: { code: string } }).error?.code ?? 'done';
const ENDPOINTS: Record<string, Operations> = {
  GraphQL: {
    listsKeys: (headers) => throughGraphQL(inventory(headers)),
    readsRules: (headers) => throughGraphQL(ask(headers, '{ organization { apiKeyPolicy { whoMayMint } } }')),
    setsRules: (headers) =>
      throughGraphQL(
        change(
          headers,
          'updateApiKeyPolicy',
          'UpdateApiKeyPolicyInput',
          { maxLifetime: 'P900D' },
          'apiKeyPolicy { whoMayMint }',
        ),
      ),
    revokesKey: (headers, id) => throughGraphQL(revoke(headers, id)),
    revokesAll: (headers, userId) => throughGraphQL(revokeAll(headers, userId)),
  },
  REST: {
    listsKeys: (headers) => throughRest(sendRest('GET', '/organization', headers)),
    readsRules: (headers) => throughRest(sendRest('GET', '/organization/policy', headers)),
    setsRules: (headers) => throughRest(sendRest('PATCH', '/organization/policy', headers, { max_lifetime: 'P900D' })),
    revokesKey: (headers, id) => throughRest(sendRest('PATCH', `/${id}`, headers, { revoked: true })),
    revokesAll: (headers, userId) =>
      throughRest(sendRest('POST', `/organization/owners/${userId}/revoke`, headers, {})),
  },
};

type Outcomes = Record<keyof Operations, Outcome>;
const ALL_DONE: Outcomes = {
  listsKeys: 'done',
  readsRules: 'done',
  setsRules: 'done',
  revokesKey: 'done',
  revokesAll: 'done',
};
const REFUSED: Outcomes = {
  listsKeys: 'FORBIDDEN',
  readsRules: 'FORBIDDEN',
  setsRules: 'FORBIDDEN',
  revokesKey: 'NOT_FOUND',
  revokesAll: 'FORBIDDEN',
};
const BY_ROLE: Record<string, Outcomes> = {
  ...Object.fromEntries(ADMINISTRATORS.map((who) => [who, ALL_DONE])),
  'a member': { ...REFUSED, readsRules: 'done' },
  'a delegated administrator': { ...REFUSED, readsRules: 'done' },
  'a former administrator': REFUSED,
  'an administrator with another organization active': REFUSED,
  // In an organization of their own, where there is nobody else.
  'an administrator of another organization': { ...ALL_DONE, revokesKey: 'NOT_FOUND' },
  'an impersonated owner': {
    listsKeys: 'done',
    readsRules: 'done',
    setsRules: 'FORBIDDEN',
    revokesKey: 'FORBIDDEN',
    revokesAll: 'FORBIDDEN',
  },
};

describe.each(Object.entries(ENDPOINTS))('the operations of administrators through %s', (_endpoint, operations) => {
  const rules = () => target.sql('SELECT * FROM sys_api_key_policy WHERE id = ?', [organizationId]);
  const attempt = async (headers: Record<string, string>, id: string): Promise<Outcomes> => ({
    listsKeys: await operations.listsKeys(headers),
    readsRules: await operations.readsRules(headers),
    setsRules: await operations.setsRules(headers),
    revokesKey: await operations.revokesKey(headers, id),
    revokesAll: await operations.revokesAll(headers, worker.id),
  });
  beforeEach(() => target.sql('DELETE FROM sys_api_key_policy WHERE id = ?', [organizationId]));

  it.each(Object.entries(BY_ROLE))('%s: %j', async (who, outcomes) => {
    const [one, another] = [await newKey('one'), await newKey('another')];
    expect(await attempt(bearer(someone(who).token), one.id)).toEqual(outcomes);
    const isAdministrator = ADMINISTRATORS.includes(who);
    expect(await rules()).toHaveLength(isAdministrator ? 1 : 0);
    expect([await isRevoked(one.id), await isRevoked(another.id)]).toEqual([isAdministrator, isAdministrator]);
  });

  it('an API key, and nobody', async () => {
    const owner = someone('an owner');
    const [one, { raw }] = [await newKey('one'), await newKey('of an owner', owner)];
    const all = (code: string): Outcomes => ({
      listsKeys: code,
      readsRules: code,
      setsRules: code,
      revokesKey: code,
      revokesAll: code,
    });
    expect(await attempt({ 'x-api-key': raw }, one.id)).toEqual(all('FORBIDDEN'));
    expect(await attempt({}, one.id)).toEqual(all('UNAUTHENTICATED'));
    expect(await rules()).toEqual([]);
    expect(await isRevoked(one.id)).toBe(false);
  });
});

describe('GET /api/v1/keys/organization', () => {
  interface Listed {
    data: { id: string; name: string; owner: object; violates_policy: boolean }[];
    has_more: boolean;
    next_cursor?: string;
    error?: { details: { fields: { field: string; code: string }[] } };
  }
  const list = async (query: string): Promise<{ listed: Listed; text: string }> => {
    const text = await (await sendRest('GET', `/organization${query}`, bearer(someone('an owner').token))).text();
    return { listed: JSON.parse(text) as Listed, text };
  };

  it('shows the keys of everybody with their owners, and which of them break a rule', async () => {
    const person = await target.newPerson({ organizationId });
    const keys = [await newKey('first', person), await newKey('second', person)];
    const owner = bearer(someone('an owner').token);
    expect((await sendRest('PATCH', '/organization/policy', owner, { require_scopes: true })).status).toBe(200);
    const { listed, text } = await list(`?owner_id=${person.id}&status=ACTIVE&first=1&search=SECOND`);
    expect(listed).toMatchObject({ has_more: false, data: [{ name: 'second', violates_policy: true }] });
    expect(listed.data[0]?.owner).toEqual({ id: person.id, name: 'A Person', email: person.email });
    for (const { key: hash } of await target.storedKeys()) expect(text).not.toContain(String(hash));
    for (const { raw } of keys) expect(text).not.toContain(raw);

    const page = (await list(`?owner_id=${person.id}&first=1`)).listed;
    expect(page).toMatchObject({ has_more: true, data: [{ name: 'second' }] });
    const next = (await list(`?owner_id=${person.id}&first=1&after=${page.next_cursor}`)).listed;
    expect(next).toMatchObject({ has_more: false, data: [{ name: 'first' }] });
    expect((await sendRest('PATCH', '/organization/policy', owner, { require_scopes: false })).status).toBe(200);
    expect((await list(`?owner_id=${person.id}&first=1`)).listed.data[0]?.violates_policy).toBe(false);
  });

  it.each([
    ['?owner=x', 'owner', 'unknown_field'],
    ['?owner_id={current_user_id}', 'owner_id', 'invalid_value'],
    ['?first=101', 'first', 'out_of_range'],
    ['?after=x', 'after', 'invalid_cursor'],
  ])('refuses %s, naming the parameter', async (query, field, code) => {
    expect((await list(query)).listed.error?.details.fields).toMatchObject([{ field, code }]);
  });
});
