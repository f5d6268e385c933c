import type { Plugin } from '@objectstack/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KeyUse, LastUsed } from '../../src/keys/admission/last-used.ts';
import type { DataEngine, Row, SqlDriver } from '../../src/platform/engine.ts';
import { bearer, graphqlEndpoint } from '../support/endpoints.ts';
import { graphql } from '../support/graphql.ts';
import { bootKernel, type Person, type TestKernel } from '../support/kernel.ts';

const MINUTE = 60_000;
const USE: KeyUse = { door: 'DATA', network: '192.0.2.0/24' };
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

it('a request with a key is recorded when the kernel shuts down', async () => {
  // The rows are read while the kernel is on its way down, before it closes the database.
  const { promise: rows, resolve } = Promise.withResolvers<Row[]>();
  let other: TestKernel | undefined;
  const witness: Plugin = {
    name: 'test.reads-at-shutdown',
    version: '1.0.0',
    init: () => undefined,
    destroy: async () => resolve((await other?.sql('SELECT id, last_used_at FROM sys_api_key')) ?? []),
  };
  other = await bootKernel({ plugins: [witness] });
  const who = await other.newPerson();
  const { key = '', apiKey } = await graphqlEndpoint(other).mint(bearer(who.token), { name: 'used once' });
  const before = Date.now();
  expect((await graphql(other, { 'x-api-key': key }, '{ viewer { id } }')).status).toBe(200);
  await other[Symbol.asyncDispose]();
  const row = (await rows).find(({ id }) => id === apiKey?.id);
  expect(new Date(row?.['last_used_at'] as string).getTime()).toBeGreaterThanOrEqual(before);
});
