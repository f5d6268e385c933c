// @ts-nocheck
import { randomUUID } from 'node:crypto';
import { hashApiKey } from '@objectstack/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, graphqlEndpoint } from '../support/endpoints.ts';
import { graphql } from '../support/graphql.ts';
import { bootKernel, DEV_ADMIN, type Person, type TestKernel } from '../support/kernel.ts';

let target: TestKernel;
let person: Person;

beforeAll(async () => {
  target = await bootKernel();
  person = await target.newPerson();
});
afterAll(() => target[Symbol.asyncDispose]());

interface Key {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly scopes: readonly string[];
  readonly expiresAt: string | null;
}
interface Changed {
  readonly apiKey: Key;
  readonly key?: string | null;
  readonly previous?: Key;
}
const KEY = '{ id name status scopes expiresAt }';

const mint = (who: Person, input: object = { name: 'a key' }) => graphqlEndpoint(target).mint(bearer(who.token), input);
const use = async (key: string | undefined) =>
  (await target.request('/api/v1/data/sys_api_key', { headers: { 'x-api-key': key ?? '' } })).status;
const change = (operation: 'revoke' | 'restore', who: Person, id: string | undefined) =>
  graphql<Record<string, Changed>>(
    target,
    bearer(who.token),
    `mutation ($id: ID!) { ${operation}ApiKey(input: { id: $id }) { apiKey ${KEY} } }`,
    { id },
  );
const rotate = (who: Person, input: object, headers: Record<string, string> = {}) =>
  graphql<{ rotateApiKey: Changed }>(
    target,
    { ...bearer(who.token), ...headers },
    `mutation ($input: RotateApiKeyInput!) { rotateApiKey(input: $input) { apiKey ${KEY} key previous ${KEY} } }`,
    { input },
  );

interface Connection {
  edges: { cursor: string; node: { id: string; name: string } }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}
const list = async (who: Person, args: string, selection = '') => {
  const answer = await graphql<{ viewer: { apiKeys: Connection & { totalCount?: number } } }>(
    target,
    bearer(who.token),
    `{ viewer { apiKeys${args} { edges { cursor node { id name } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } ${selection} } } }`,
  );
  return answer;
};

describe('viewer.apiKeys', () => {
  it('lists every key once, newest first, page by page', async () => {
    const who = await target.newPerson();
    // Written in one batch, so that many have the same instant.
    const minted = await Promise.all(Array.from({ length: 25 }, (_, n) => mint(who, { name: `key ${n}` })));
    const seen: string[] = [];
    let after = '';
    for (let page = 0; page < 10; page++) {
      const { data } = await list(who, `(first: 4${after && `, after: "${after}"`})`);
      const { edges, pageInfo } = data?.viewer.apiKeys ?? { edges: [], pageInfo: undefined };
      seen.push(...edges.map(({ node }) => node.id));
      expect(pageInfo?.startCursor).toBe(edges[0]?.cursor);
      expect(pageInfo?.endCursor).toBe(edges.at(-1)?.cursor);
      if (pageInfo?.hasNextPage !== true) break;
      after = pageInfo.endCursor ?? '';
    }
    expect(seen).toHaveLength(25);
    expect(new Set(seen)).toEqual(new Set(minted.map(({ apiKey }) => apiKey?.id)));

    const newest = await mint(who, { name: 'newest' });
    const first = await list(who, '(first: 1)');
    expect(first.data?.viewer.apiKeys.edges[0]?.node.id).toBe(newest.apiKey?.id);
  });

  it('a key that is written between two pages does not shift the second', async () => {
    const who = await target.newPerson();
    for (let n = 0; n < 4; n++) await mint(who, { name: `key ${n}` });
    const first = await list(who, '(first: 2)');
    const cursor = first.data?.viewer.apiKeys.pageInfo.endCursor;
    await mint(who, { name: 'in between' });
    const second = await list(who, `(first: 2, after: "${cursor}")`);
    const ids = [first, second].flatMap(({ data }) => data?.viewer.apiKeys.edges.map(({ node }) => node.name) ?? []);
    expect(ids).toEqual(['key 3', 'key 2', 'key 1', 'key 0']);
  });

  it('filters by status and counts only when asked', async () => {
    const who = await target.newPerson();
    const [active, revoked, expired] = [
      await mint(who, { name: 'active' }),
      await mint(who, { name: 'revoked' }),
      await mint(who, { name: 'expired', expiresAt: new Date(Date.now() + 3_600_000).toISOString() }),
    ];
    await change('revoke', who, revoked.apiKey?.id);
    const past = new Date(Date.now() - 1000).toISOString();
    await target.engine.update(
      'sys_api_key',
      { id: expired.apiKey?.id, expires_at: past },
      { context: { isSystem: true } },
    );
    for (const [status, id] of [
      ['ACTIVE', active.apiKey?.id],
      ['REVOKED', revoked.apiKey?.id],
      ['EXPIRED', expired.apiKey?.id],
    ]) {
      const { data } = await list(who, `(status: ${status})`, 'totalCount');
      expect(data?.viewer.apiKeys.edges.map(({ node }) => node.id)).toEqual([id]);
      expect(data?.viewer.apiKeys.totalCount).toBe(1);
    }
    expect((await list(who, '', 'totalCount')).data?.viewer.apiKeys.totalCount).toBe(3);
  });

  it("never shows another person's key, not even to an administrator", async () => {
    const admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
    const { apiKey } = await mint(person);
    const page = await list(admin, '(first: 100)');
    expect(page.status).toBe(200);
    expect(page.text).not.toContain(apiKey?.id);
  });

  it.each([
    ['a page of more than 100', '(first: 101)'],
    ['a page of less than none', '(first: -1)'],
    ['a cursor that is none', '(after: "nonsense")'],
    ['a cursor of other values', `(after: "${Buffer.from('[1,2]').toString('base64url')}")`],
    ['a cursor without an instant', `(after: "${Buffer.from('["x","y"]').toString('base64url')}")`],
  ])('refuses %s', async (_case, args) => {
    expect(await list(person, args)).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
  });

  it('reads with the rights of an API key too, and shows neither secret nor hash', async () => {
    const { key = '', apiKey } = await mint(person, { name: 'reader' });
    const answer = await graphql(target, { 'x-api-key': key }, '{ viewer { apiKeys { nodes { id } } } }');
    expect(answer.text).toContain(apiKey?.id);
    expect(answer.text).not.toContain(key);
    expect(answer.text).not.toContain(hashApiKey(key));
  });
});

describe('apiKey(id)', () => {
  const find = (who: Person, id: string | undefined) =>
    graphql<{ apiKey: Key | null }>(target, bearer(who.token), `query ($id: ID!) { apiKey(id: $id) ${KEY} }`, { id });

  it('is the key with the id that REST and the data API use', async () => {
    const { apiKey } = await mint(person, { name: 'by id' });
    expect((await find(person, apiKey?.id)).data?.apiKey).toMatchObject({ id: apiKey?.id, name: 'by id' });
    const record = await target.request(`/api/v1/data/sys_api_key/${apiKey?.id}`, { headers: bearer(person.token) });
    expect(await record.text()).toContain('by id');
  });

  it("another person's key is answered like one that does not exist, byte for byte", async () => {
    const other = await target.newPerson();
    const { apiKey } = await mint(other);
    const [theirs, nobodys] = [await find(person, apiKey?.id), await find(person, 'nobodys-key')];
    expect(theirs.text).toBe('{"data":{"apiKey":null}}');
    expect(nobodys.text).toBe(theirs.text);
    expect((await find(other, apiKey?.id)).data?.apiKey?.id).toBe(apiKey?.id);
  });

  it.each(['{x}', '{current_user_id}', '{today}', "' OR 1=1", ''])(
    'an id is no template: %j is of nobody',
    async (id) => {
      expect((await find(person, id)).text).toBe('{"data":{"apiKey":null}}');
    },
  );
});

describe('revokeApiKey and restoreApiKey', () => {
  it('the next request with a revoked key fails, and with a restored one it does not', async () => {
    const { key, apiKey } = await mint(person);
    expect(await use(key)).toBe(200);
    expect((await change('revoke', person, apiKey?.id)).data?.['revokeApiKey']?.apiKey.status).toBe('REVOKED');
    expect(await use(key)).toBe(401);
    expect((await change('restore', person, apiKey?.id)).data?.['restoreApiKey']?.apiKey.status).toBe('ACTIVE');
    expect(await use(key)).toBe(200);
  });

  it('repeating it, even fifty times at the same time, succeeds and changes nothing', async () => {
    const { apiKey } = await mint(person);
    const many = await Promise.all(Array.from({ length: 50 }, () => change('revoke', person, apiKey?.id)));
    expect(new Set(many.map(({ data }) => data?.['revokeApiKey']?.apiKey.status))).toEqual(new Set(['REVOKED']));
    const [before] = (await target.storedKeys()).filter(({ id }) => id === apiKey?.id);
    await change('revoke', person, apiKey?.id);
    const [after] = (await target.storedKeys()).filter(({ id }) => id === apiKey?.id);
    expect(after).toEqual(before);
  });

  it.each(['revoke', 'restore'] as const)("%s does not reach another person's key", async (operation) => {
    const other = await target.newPerson();
    const { apiKey } = await mint(other);
    const before = await target.storedKeys();
    const [theirs, nobodys] = [await change(operation, person, apiKey?.id), await change(operation, person, 'nobodys')];
    expect(theirs).toMatchObject({ status: 404, code: 'NOT_FOUND', data: null });
    expect(nobodys.text).toBe(theirs.text);
    expect(await target.storedKeys()).toEqual(before);
  });

  it.each(['revoke', 'restore'] as const)('an API key cannot %s keys', async (operation) => {
    const { key = '', apiKey } = await mint(person);
    const before = await target.storedKeys();
    const answer = await graphql(
      target,
      { 'x-api-key': key },
      `mutation ($id: ID!) { ${operation}ApiKey(input: { id: $id }) { apiKey { id } } }`,
      { id: apiKey?.id },
    );
    expect(answer).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    expect(await target.storedKeys()).toEqual(before);
  });
});

describe('rotateApiKey', () => {
  const rows = async (name: string) => (await target.storedKeys()).filter((row) => row['name'] === name);

  it('creates a key with the same name, scopes and lifetime, and ends the old one immediately', async () => {
    const name = randomUUID();
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const old = await mint(person, { name, scopes: ['member_default'], expiresAt });
    const { data, headers } = await rotate(person, { id: old.apiKey?.id });
    const rotated = data?.rotateApiKey;

    expect(headers.get('cache-control')).toBe('no-store');
    expect(rotated?.key).toMatch(/^osk_[A-Za-z0-9_-]{43}$/);
    expect(rotated?.apiKey).toMatchObject({ name, scopes: ['member_default'], status: 'ACTIVE' });
    expect(rotated?.apiKey.id).not.toBe(old.apiKey?.id);
    expect(rotated?.previous).toMatchObject({ id: old.apiKey?.id, status: 'REVOKED' });
    const life = Date.parse(rotated?.apiKey.expiresAt ?? '') - Date.now();
    expect(Math.abs(life - 3_600_000)).toBeLessThan(60_000);
    expect([await use(old.key), await use(rotated?.key ?? '')]).toEqual([401, 200]);
    expect((await rows(name)).find(({ id }) => id === rotated?.apiKey.id)?.['key']).toBe(
      hashApiKey(rotated?.key ?? ''),
    );
  });

  it('with an overlap both live, the old one until its end', async () => {
    const old = await mint(person, { name: randomUUID() });
    const before = Date.now();
    const { data } = await rotate(person, { id: old.apiKey?.id, overlap: 'PT1H' });
    const previous = data?.rotateApiKey.previous;
    expect(previous?.status).toBe('ACTIVE');
    const end = Date.parse(previous?.expiresAt ?? '');
    expect(end).toBeGreaterThanOrEqual(before + 3_600_000);
    expect(end).toBeLessThanOrEqual(Date.now() + 3_600_000);
    expect([await use(old.key), await use(data?.rotateApiKey.key ?? '')]).toEqual([200, 200]);
    // It has its replacement: a second one would be a third live key.
    expect(await rotate(person, { id: old.apiKey?.id })).toMatchObject({ status: 409, code: 'KEY_NOT_ACTIVE' });
  });

  it('an overlap does not lengthen the life of the old key', async () => {
    const expiresAt = new Date(Date.now() + 600_000).toISOString();
    const old = await mint(person, { name: randomUUID(), expiresAt });
    const { data } = await rotate(person, { id: old.apiKey?.id, overlap: 'P7D' });
    expect(data?.rotateApiKey.previous?.expiresAt).toBe(expiresAt);
  });

  it('fifty concurrent rotations create one replacement', async () => {
    const name = randomUUID();
    const old = await mint(person, { name });
    const answers = await Promise.all(Array.from({ length: 50 }, () => rotate(person, { id: old.apiKey?.id })));
    expect(answers.filter(({ data }) => data !== null)).toHaveLength(1);
    expect(new Set(answers.filter(({ data }) => data === null).map(({ code }) => code))).toEqual(
      new Set(['KEY_NOT_ACTIVE']),
    );
    const stored = await rows(name);
    expect(stored).toHaveLength(2);
    expect(stored.filter(({ revoked }) => !revoked)).toHaveLength(1);
  });

  it('a repeat with the same Idempotency-Key gets the same replacement and no secret', async () => {
    const name = randomUUID();
    const old = await mint(person, { name });
    const headers = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => rotate(person, { id: old.apiKey?.id }, headers)),
    );
    expect(new Set(answers.map(({ data }) => data?.rotateApiKey.apiKey.id)).size).toBe(1);
    expect(answers.filter(({ data }) => data?.rotateApiKey.key !== null)).toHaveLength(1);
    expect(await rows(name)).toHaveLength(2);
    const again = await rotate(person, { id: old.apiKey?.id }, headers);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.data?.rotateApiKey.key).toBeNull();
    expect(await rotate(person, { id: old.apiKey?.id, overlap: 'PT1H' }, headers)).toMatchObject({
      status: 422,
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
  });

  it.each([
    ['revoked', { revoked: true }],
    ['expired', { expires_at: new Date(Date.now() - 1000).toISOString() }],
  ])('a key that is %s is not rotated', async (_case, state) => {
    const { apiKey } = await mint(person);
    await target.engine.update('sys_api_key', { id: apiKey?.id, ...state }, { context: { isSystem: true } });
    const before = await target.storedKeys();
    expect(await rotate(person, { id: apiKey?.id })).toMatchObject({ status: 409, code: 'KEY_NOT_ACTIVE', data: null });
    expect(await target.storedKeys()).toEqual(before);
  });

  it("another person's key is answered like one that does not exist", async () => {
    const other = await target.newPerson();
    const { apiKey, key } = await mint(other);
    const [theirs, nobodys] = [await rotate(person, { id: apiKey?.id }), await rotate(person, { id: 'nobodys' })];
    expect(theirs).toMatchObject({ status: 404, code: 'NOT_FOUND', data: null });
    expect(nobodys.text).toBe(theirs.text);
    expect(await use(key)).toBe(200);
  });

  it('an API key cannot rotate, not even itself', async () => {
    const { key = '', apiKey } = await mint(person);
    const before = await target.storedKeys();
    const answer = await graphql(
      target,
      { 'x-api-key': key },
      'mutation ($input: RotateApiKeyInput!) { rotateApiKey(input: $input) { key } }',
      { input: { id: apiKey?.id } },
    );
    expect(answer).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    expect(await target.storedKeys()).toEqual(before);
  });

  it.each(['P8D', '-PT1H', 'P1M', '1h', '', 'PT'])('an overlap of "%s" is refused', async (overlap) => {
    const { apiKey } = await mint(person);
    const before = await target.storedKeys();
    const answer = await rotate(person, { id: apiKey?.id, overlap });
    expect(answer).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
    expect(await target.storedKeys()).toEqual(before);
  });
});
