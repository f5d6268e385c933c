// @ts-nocheck
import type { Plugin } from '@objectstack/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KeyUse, LastUsed } from '../../src/keys/admission/last-used.ts';
import type { DataEngine, Row, SqlDriver } from '../../src/platform/engine.ts';
import { bearer, graphqlEndpoint } from '../support/endpoints.ts';
import { graphql } from '../support/graphql.ts';
import { bootKernel, type Person, type TestKernel } from '../support/kernel.ts';
import { type KeyOwner, newKeyOwner } from '../support/key-owner.ts';
import { callTool } from '../support/mcp.ts';
import { NOTE, NotesApp, STAMP } from '../support/notes-app.ts';

const MINUTE = 60_000;
const USE: KeyUse = { via: 'DATA', network: '192.0.2.0/24' };
let target: TestKernel;
let person: Person;
let driver: SqlDriver;

beforeAll(async () => {
  target = await bootKernel();
  person = await target.newPerson();
  driver = (target.engine as unknown as DataEngine).getDriverForObject('sys_api_key') as SqlDriver;
});
afterAll(() => target[Symbol.asyncDispose]());

const mint = () => graphqlEndpoint(target).mint(bearer(person.token), { name: 'used' });
const lastUsedAt = async (id: string | undefined) => {
  const { data } = await graphql<{ apiKey: { lastUsedAt: string | null } }>(
    target,
    bearer(person.token),
    'query ($id: ID!) { apiKey(id: $id) { lastUsedAt } }',
    { id },
  );
  return data?.apiKey.lastUsedAt ?? undefined;
};

describe('lastUsedAt', () => {
  /** A recorder of its own clock; the kernel's own goes by the real one. */
  const recorder = (failures: unknown[] = []) =>
    new LastUsed(
      target.engine as unknown as DataEngine,
      () => driver,
      (error) => failures.push(error),
    );
  const at = (minutes: number): number => Date.parse('2030-01-01T00:00:00Z') + minutes * MINUTE;
  const iso = (minutes: number): string => new Date(at(minutes)).toISOString();

  it('is null until the key is used', async () => {
    const { apiKey } = await mint();
    expect(await lastUsedAt(apiKey?.id)).toBeUndefined();
  });

  it('is written behind the request, and at most once a minute', async () => {
    const { apiKey: { id } = { id: '' } } = await mint();
    const lastUsed = recorder();
    lastUsed.note(id, USE, at(0));
    expect(await lastUsedAt(id)).toBeUndefined();
    await lastUsed.flush(false, at(0));
    expect(await lastUsedAt(id)).toBe(iso(0));

    lastUsed.note(id, USE, at(0.5));
    await lastUsed.flush(false, at(0.6));
    expect(await lastUsedAt(id)).toBe(iso(0));
    // Nothing is lost: it is due a minute after the last write.
    await lastUsed.flush(false, at(1));
    expect(await lastUsedAt(id)).toBe(iso(0.5));
    await lastUsed.close();
  });

  it('two replicas together write once a minute', async () => {
    const { apiKey: { id } = { id: '' } } = await mint();
    const [one, other] = [recorder(), recorder()];
    one.note(id, USE, at(0));
    await one.flush(false, at(0));
    other.note(id, USE, at(0.5));
    await other.flush(false, at(0.5));
    expect(await lastUsedAt(id)).toBe(iso(0));
    // What the second one saw is written when the minute is over.
    await other.flush(false, at(1.5));
    expect(await lastUsedAt(id)).toBe(iso(0.5));
    await Promise.all([one.close(), other.close()]);
  });

  it('a clean shutdown loses nothing, and never goes back in time', async () => {
    const { apiKey: { id } = { id: '' } } = await mint();
    const [one, other] = [recorder(), recorder()];
    one.note(id, USE, at(0));
    await one.flush(false, at(0));
    one.note(id, USE, at(0.2));
    other.note(id, USE, at(0.1));
    await one.close();
    expect(await lastUsedAt(id)).toBe(iso(0.2));
    await other.close();
    expect(await lastUsedAt(id)).toBe(iso(0.2));
  });

  it('what could not be written is written the next time', async () => {
    const { apiKey: { id } = { id: '' } } = await mint();
    const failures: unknown[] = [];
    let broken = true;
    const flaky: SqlDriver = {
      isSqlite: driver.isSqlite,
      isPostgres: driver.isPostgres,
      execute: (...call) => (broken ? Promise.reject(new Error('down')) : driver.execute(...call)),
    };
    const lastUsed = new LastUsed(
      target.engine as unknown as DataEngine,
      () => flaky,
      (error) => failures.push(error),
    );
    lastUsed.note(id, USE, at(0));
    await lastUsed.flush(false, at(0));
    expect(failures).toHaveLength(1);
    expect(await lastUsedAt(id)).toBeUndefined();
    broken = false;
    await lastUsed.flush(false, at(0.1));
    expect(await lastUsedAt(id)).toBe(iso(0));
    await lastUsed.close();
  });
});

it('says which key asks, and where it was used and from which network', async () => {
  const { key = '', apiKey: { id } = { id: '' } } = await mint();
  const lastUsed = new LastUsed(
    target.engine as unknown as DataEngine,
    () => driver,
    () => undefined,
  );
  lastUsed.note(id, { via: 'MCP', network: '192.0.2.0/24' });
  await lastUsed.close();
  const query = '{ viewer { apiKey { id lastUsedVia lastUsedFrom } apiKeys(first: 3) { nodes { lastUsedVia } } } }';
  const asked = await graphql<{ viewer: { apiKey: unknown } }>(target, { 'x-api-key': key }, query);
  expect(asked.data?.viewer.apiKey).toEqual({ id, lastUsedVia: 'MCP', lastUsedFrom: '192.0.2.0/24' });
  const bySession = await graphql<{ viewer: { apiKey: unknown } }>(target, bearer(person.token), query);
  expect(bySession.data?.viewer.apiKey).toBeNull();
});

it('every use is recorded when the kernel shuts down, with its route and network', async () => {
  // The rows are read while the kernel is on its way down, before it closes the database.
  const { promise: rows, resolve } = Promise.withResolvers<Row[]>();
  let other: TestKernel | undefined;
  const witness: Plugin = {
    name: 'test.reads-at-shutdown',
    version: '1.0.0',
    init: () => undefined,
    destroy: async () =>
      resolve(
        (await other?.sql(
          `SELECT k.id, last_used_at, last_used_via, last_used_from
           FROM sys_api_key k LEFT JOIN sys_api_key_detail d ON d.id = k.id`,
        )) ?? [],
      ),
  };
  other = await bootKernel({ plugins: [new NotesApp(), witness] });
  const { url, engine } = other;
  const overHttp = { request: (path: string, init?: RequestInit) => fetch(`${url}${path}`, init) };
  const owners = await Promise.all(Array.from({ length: 7 }, () => newKeyOwner(engine)));
  const [data, batch, mcp, gql, action, rest, unused] = owners as [
    KeyOwner,
    KeyOwner,
    KeyOwner,
    KeyOwner,
    KeyOwner,
    KeyOwner,
    KeyOwner,
  ];
  const before = Date.now();
  const post = (path: string, { headers }: KeyOwner, body: object) =>
    overHttp.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const operations = [{ object: NOTE, action: 'create', data: { title: 'x' } }];
  expect((await overHttp.request(`/api/v1/data/${NOTE}`, { headers: data.headers })).status).toBe(200);
  expect((await post('/api/v1/batch', batch, { operations })).status).toBe(200);
  expect((await callTool(overHttp, mcp.headers, 'query_records', { objectName: NOTE })).done).toBe(true);
  expect((await graphql(overHttp, gql.headers, '{ viewer { id } }')).status).toBe(200);
  expect((await post(`/api/v1/actions/${NOTE}/${STAMP}`, action, {})).status).toBe(200);
  expect((await overHttp.request('/api/v1/keys', { headers: rest.headers })).status).toBe(200);
  await other[Symbol.asyncDispose]();

  const found = new Map((await rows).map(({ id, ...row }) => [id, row]));
  const used = (via: string): object => ({
    last_used_at: expect.toSatisfy((value: string) => new Date(value).getTime() >= before),
    last_used_via: via,
    last_used_from: '127.0.0.0/24',
  });
  expect(found.get(data.keyId)).toEqual(used('DATA'));
  expect(found.get(batch.keyId)).toEqual(used('DATA'));
  expect(found.get(mcp.keyId)).toEqual(used('MCP'));
  expect(found.get(gql.keyId)).toEqual(used('GRAPHQL'));
  expect(found.get(action.keyId)).toEqual(used('OTHER'));
  expect(found.get(rest.keyId)).toEqual(used('OTHER'));
  expect(found.get(unused.keyId)).toEqual({ last_used_at: null, last_used_via: null, last_used_from: null });
});
