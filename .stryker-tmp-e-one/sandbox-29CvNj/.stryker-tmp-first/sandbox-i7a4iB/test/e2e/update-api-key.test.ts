// @ts-nocheck
// 
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HookEngine, Row } from '../../src/platform/engine.ts';
import { bearer, graphqlEndpoint } from '../support/endpoints.ts';
import { graphql } from '../support/graphql.ts';
import { bootKernel, type Person, type TestKernel } from '../support/kernel.ts';
import { waitsForLock } from '../support/lock-wait.ts';
import { logged } from '../support/log.ts';
import { grantNotes, NOTE, NOTE_AUTHOR, NotesApp } from '../support/notes-app.ts';

let target: TestKernel;
let ada: Person;
/** Over a socket, so that there is an address. */
let overSocket: Pick<TestKernel, 'request'>;

beforeAll(async () => {
  target = await bootKernel({ plugins: [new NotesApp()] });
  ada = await target.newPerson();
  await grantNotes(target.engine, ada);
  overSocket = { request: (path, init) => fetch(`${target.url}${path}`, init) };
});
afterAll(() => target[Symbol.asyncDispose]());

const DAY = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY).toISOString();

interface Shown {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly scopes: readonly string[];
  readonly expiresAt: string | null;
  readonly allowedNetworks: readonly string[];
}

async function mint(input: object = {}): Promise<{ id: string; key: string }> {
  const { apiKey, key = '' } = await graphqlEndpoint(target).mint(bearer(ada.token), { name: 'a key', ...input });
  return { id: apiKey?.id ?? expect.unreachable(), key };
}

const update = (input: object, headers: Record<string, string> = bearer(ada.token)) =>
  graphql<{ updateApiKey: { apiKey: Shown } }>(
    overSocket,
    headers,
    `mutation ($input: UpdateApiKeyInput!) {
      updateApiKey(input: $input) { apiKey { id name description scopes expiresAt allowedNetworks } }
    }`,
    { input },
  );

/** Names of the fields at fault, with the code of each. */
function faults(text: string): string[] {
  const { errors = [] } = JSON.parse(text) as {
    errors?: { extensions?: { fields?: { field: string; code: string }[] } }[];
  };
  return errors.flatMap(({ extensions }) => extensions?.fields ?? []).map(({ field, code }) => `${field}: ${code}`);
}

/** Everything that is stored of keys. */
async function stored(): Promise<unknown> {
  const details = await target.sql('SELECT id, description, allowed_networks, replaces FROM sys_api_key_detail');
  const kept = details.filter(
    ({ description, allowed_networks: networks }) => description !== null || networks !== null,
  );
  return { keys: await target.storedKeys(), details: kept.map((row) => JSON.stringify(row)).sort() };
}

async function use(key: string, method: 'GET' | 'POST', from = overSocket): Promise<number> {
  const response = await from.request(`/api/v1/data/${NOTE}`, {
    method,
    headers: { 'x-api-key': key, 'content-type': 'application/json' },
    ...(method === 'POST' ? { body: '{"title":"written with a key"}' } : {}),
  });
  await response.arrayBuffer();
  return response.status;
}

describe('an update of a key', () => {
  it('changes what it names and nothing else', async () => {
    const { id } = await mint({ description: 'before', scopes: ['data:read'], allowedNetworks: ['10.0.0.0/8'] });
    const before = (await update({ id })).data?.updateApiKey.apiKey;
    expect(before).toMatchObject({ name: 'a key', description: 'before', scopes: ['data:read'] });
    expect((await update({ id, name: ' another name ' })).data?.updateApiKey.apiKey).toEqual({
      ...before,
      name: 'another name',
    });
    expect((await update({ id, description: 'after' })).data?.updateApiKey.apiKey).toMatchObject({
      description: 'after',
      allowedNetworks: ['10.0.0.0/8'],
    });
    for (const none of ['', null]) {
      await update({ id, description: 'there' });
      expect((await update({ id, description: none })).data?.updateApiKey.apiKey.description).toBeNull();
    }
  });

  it('takes scopes away, from the next request on', async () => {
    const { id, key } = await mint();
    expect([await use(key, 'GET'), await use(key, 'POST')]).toEqual([200, 201]);
    const narrowed = await update({ id, scopes: ['data:write', 'data:write', 'actions:execute'] });
    expect(narrowed.data?.updateApiKey.apiKey.scopes).toEqual(['data:write', 'actions:execute']);
    expect([await use(key, 'GET'), await use(key, 'POST')]).toEqual([200, 201]);
    await update({ id, scopes: ['data:read'] });
    expect([await use(key, 'GET'), await use(key, 'POST')]).toEqual([200, 403]);
  });

  it('takes networks away, from the next request on', async () => {
    const { id, key } = await mint();
    expect(await use(key, 'GET')).toBe(200);
    const networks = await update({ id, allowedNetworks: ['127.0.0.0/8', '192.0.2.9/24'] });
    expect(networks.data?.updateApiKey.apiKey.allowedNetworks).toEqual(['127.0.0.0/8', '192.0.2.0/24']);
    expect(await use(key, 'GET')).toBe(200);
    await update({ id, allowedNetworks: ['192.0.2.7'] });
    expect(await use(key, 'GET')).toBe(401);
  });

  it('brings the expiry forward', async () => {
    const { id } = await mint();
    const first = inDays(30);
    expect((await update({ id, expiresAt: first })).data?.updateApiKey.apiKey.expiresAt).toBe(first);
    const second = inDays(7);
    expect((await update({ id, expiresAt: second })).data?.updateApiKey.apiKey.expiresAt).toBe(second);
  });

  it('adds a permission set to a key without scopes only if its owner holds it', async () => {
    const { id } = await mint();
    const before = await stored();
    const refused = await update({ id, scopes: ['admin_full_access'] });
    expect([refused.status, refused.code, faults(refused.text)]).toEqual([
      403,
      'FORBIDDEN',
      ['scopes: scope_not_held'],
    ]);
    expect(await stored()).toEqual(before);
    expect((await update({ id, scopes: [NOTE_AUTHOR] })).data?.updateApiKey.apiKey.scopes).toEqual([NOTE_AUTHOR]);
  });

  it('that is repeated changes nothing more, and is logged once', async () => {
    const { id } = await mint({ scopes: ['data:read', 'actions:execute'] });
    const input = { id, name: 'renamed', scopes: ['data:read'], allowedNetworks: ['127.0.0.1'], expiresAt: inDays(3) };
    const headers = {
      ...bearer(ada.token),
      'x-request-id': 'an-update',
      'idempotency-key': `update ${id}`.replace(' ', '-'),
    };
    const first = await update(input, headers);
    expect(first.code).toBeUndefined();
    const after = await stored();
    expect((await update(input, headers)).data).toEqual(first.data);
    expect(await stored()).toEqual(after);
    const told = logged(target.output(), 'key narrowed').filter(({ key }) => key === id);
    expect(told).toMatchObject([{ request: 'an-update', endpoint: 'graphql', user: ada.id, address: '127.0.0.1' }]);
  });
});

describe('an update that would widen a key is refused by the name of the field, and nothing is written:', () => {
  const FULL = {
    scopes: ['data:read'],
    expiresAt: inDays(30),
    allowedNetworks: ['10.0.0.0/8', '2001:db8::/32'],
  };
  it.each<[string, object, string[]]>([
    ['another scope', { scopes: ['data:write'] }, ['scopes: widens']],
    ['a scope more', { scopes: ['data:read', 'actions:execute'] }, ['scopes: widens']],
    ['a permission set', { scopes: [NOTE_AUTHOR] }, ['scopes: widens']],
    ['no scopes', { scopes: null }, ['scopes: widens']],
    ['an empty list of scopes', { scopes: [] }, ['scopes: too_small']],
    ['a later expiry', { expiresAt: inDays(31) }, ['expiresAt: widens']],
    ['no expiry', { expiresAt: null }, ['expiresAt: widens']],
    ['an expiry in the past', { expiresAt: inDays(-1) }, ['expiresAt: in_the_past']],
    ['a larger network', { allowedNetworks: ['10.0.0.0/7'] }, ['allowedNetworks: widens']],
    ['a network more', { allowedNetworks: ['10.0.0.0/8', '192.0.2.1'] }, ['allowedNetworks: widens']],
    ['a network of the other family', { allowedNetworks: ['::ffff:192.0.2.1'] }, ['allowedNetworks: widens']],
    ['any network', { allowedNetworks: null }, ['allowedNetworks: widens']],
    ['an empty list of networks', { allowedNetworks: [] }, ['allowedNetworks: too_small']],
    [
      'several',
      { name: 'x', scopes: null, expiresAt: inDays(99), allowedNetworks: ['::/0'] },
      ['scopes: widens', 'expiresAt: widens', 'allowedNetworks: widens'],
    ],
  ])('%s', async (_what, changes, expected) => {
    const { id } = await mint(FULL);
    const before = await stored();
    const refused = await update({ id, ...changes });
    expect([refused.status, refused.code, faults(refused.text)]).toEqual([400, 'VALIDATION_FAILED', expected]);
    expect(await stored()).toEqual(before);
  });
});

describe('only its owner, with a session, can update a key:', () => {
  it.each<[string, (id: string) => Promise<Record<string, string>>, number, string]>([
    ['another person', async () => bearer((await target.newPerson()).token), 404, 'NOT_FOUND'],
    [
      'a member of its organization',
      async () => bearer((await target.newPerson({ organizationId: ada.organizationId ?? null, role: 'admin' })).token),
      404,
      'NOT_FOUND',
    ],
    ['the key itself', async () => ({ 'x-api-key': (await mint()).key }), 403, 'FORBIDDEN'],
    ['nobody', async () => ({}), 401, 'UNAUTHENTICATED'],
  ])('%s', async (_who, headersFor, status, code) => {
    const { id } = await mint();
    const headers = await headersFor(id);
    const before = await stored();
    const refused = await update({ id, scopes: ['data:read'] }, headers);
    expect([refused.status, refused.code]).toEqual([status, code]);
    expect(await stored()).toEqual(before);
  });
});

describe('a rotation that comes while an update is being written', () => {
  const reached = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<void>();
  let held = '';
  beforeAll(() => {
    const hold = async (event: { input?: { id?: unknown } }): Promise<void> => {
      if (event.input?.id !== held) return;
      held = '';
      reached.resolve();
      await opened.promise;
    };
    (target.engine as unknown as HookEngine).registerHook('afterUpdate', hold as unknown as () => void, {
      object: 'sys_api_key',
      priority: 500,
    });
  });

  it('gives a replacement that is no wider than the update made the key', async () => {
    const { id } = await mint();
    const before = await target.storedKeys();
    held = id;
    const updating = update({ id, scopes: ['data:read'] });
    await reached.promise;
    const rotate = () =>
      graphql<{ rotateApiKey: { apiKey: { scopes: readonly string[] } } }>(
        target,
        bearer(ada.token),
        'mutation ($id: ID!) { rotateApiKey(input: { id: $id, overlap: "PT1H" }) { apiKey { scopes } } }',
        { id },
      );
    const rotating = rotate();
    await waitsForLock(target, rotating);
    opened.resolve();
    const [narrowed, first] = await Promise.all([updating, rotating]);
    expect(narrowed.code).toBeUndefined();
    // It had read the key as it was: then it writes nothing, and may be repeated.
    if (first.code !== undefined) {
      expect(first.code).toBe('SERVICE_UNAVAILABLE');
      expect(await target.storedKeys()).toHaveLength(before.length);
    }
    const rotated = first.code === undefined ? first : await rotate();
    expect(rotated.data?.rotateApiKey.apiKey.scopes).toEqual(['data:read']);
    const [row] = await target.sql('SELECT scopes FROM sys_api_key WHERE id = ?', [id]);
    expect(row?.['scopes']).toBe('["data:read"]');
  });
});

it('many concurrent updates of one key leave the result of one of them, each time narrower', async () => {
  const { id } = await mint();
  const answers = await Promise.all(
    [['data:read', 'actions:execute'], ['data:read'], ['actions:execute']].map((scopes) => update({ id, scopes })),
  );
  const codes = answers.map(({ code }) => code ?? 'done');
  expect(codes).toContain('done');
  expect(codes.filter((code) => !['done', 'VALIDATION_FAILED', 'SERVICE_UNAVAILABLE'].includes(code))).toEqual([]);
  const [row] = await target.sql('SELECT scopes FROM sys_api_key WHERE id = ?', [id]);
  expect(['["data:read","actions:execute"]', '["data:read"]', '["actions:execute"]']).toContain(row?.['scopes']);
});

describe('the audit trail has an update', () => {
  const trail = async (id: string): Promise<Row[]> =>
    (await target.sql("SELECT * FROM sys_audit_log WHERE object_name = 'sys_api_key' AND action = 'update'")).filter(
      (row) => row['record_id'] === id,
    );
  it.each<[string, object, string]>([
    ['of the record', { scopes: ['data:read'] }, 'data:read'],
    ['of what lies beside it', { allowedNetworks: ['192.0.2.0/24'], description: 'for the audit' }, '192.0.2.0/24'],
  ])('%s, with who, from where and by which request', async (_what, changes, value) => {
    const { id } = await mint();
    expect(
      (await update({ id, ...changes }, { ...bearer(ada.token), 'x-request-id': 'audited' })).code,
    ).toBeUndefined();
    const rows = await trail(id);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ user_id: ada.id, organization_id: ada.organizationId, ip_address: '127.0.0.1' });
    expect(String(rows[0]?.['new_value'])).toContain(value);
    expect(JSON.parse(String(rows[0]?.['metadata']))).toMatchObject({
      action: 'narrow',
      request_id: 'audited',
      endpoint: 'graphql',
    });
  });
});
