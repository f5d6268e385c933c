// @ts-nocheck
// 
import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { DeadlineExceeded } from '../../src/base/deadline.ts';
import type { DataEngine, Row } from '../../src/platform/engine.ts';
import { LiveReader } from '../../src/platform/live-reader.ts';

interface Statement {
  readonly object: string;
  readonly values: readonly unknown[];
  readonly tenantId: string | undefined;
  /** The request that the statement ran in, if it ran in one. */
  readonly request: string | undefined;
}

const requests = new AsyncLocalStorage<string>();

/** A reader on a database of users, with the statements that the database saw. */
function readerOn(rows: Row[], answer: () => Promise<void> = async () => undefined) {
  const statements: Statement[] = [];
  const driver = {
    async find(object: string, query: { where: Record<string, unknown> }, options?: { tenantId: string }) {
      const condition = query.where['id'];
      const values = typeof condition === 'string' ? [condition] : (condition as { $in: unknown[] }).$in;
      statements.push({ object, values, tenantId: options?.tenantId, request: requests.getStore() });
      await answer();
      return rows.filter(({ id }) => values.includes(id));
    },
  };
  const engine = { getDriverForObject: () => driver, getObject: () => ({}) } as unknown as DataEngine;
  return { reader: new LiveReader(engine, 100), statements };
}

const user = (id: string): Row => ({ id });

it('look-ups of one turn share a statement, and each gets its own rows', async () => {
  const { reader, statements } = readerOn([user('a'), user('b')]);
  const found = await Promise.all(['a', 'b', 'nobody', 'a'].map((id) => reader.find('sys_user', id)));
  expect(found).toEqual([[user('a')], [user('b')], [], [user('a')]]);
  expect(statements).toMatchObject([{ object: 'sys_user', values: ['a', 'b', 'nobody'] }]);
});

it('nothing is cached: a later turn queries the database again', async () => {
  const rows = [user('a')];
  const { reader, statements } = readerOn(rows);
  expect(await reader.find('sys_user', 'a')).toEqual([user('a')]);
  rows.pop();
  expect(await reader.find('sys_user', 'a')).toEqual([]);
  expect(statements).toHaveLength(2);
});

it('a look-up that arrives while a statement is running gets a new statement', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { reader, statements } = readerOn([user('a')], () => promise);
  const first = reader.find('sys_user', 'a');
  await nextTurn();
  const second = reader.find('sys_user', 'a');
  await nextTurn();
  expect(statements).toHaveLength(2);
  resolve();
  expect(await Promise.all([first, second])).toEqual([[user('a')], [user('a')]]);
});

it('look-ups in different organizations do not share a statement', async () => {
  const { reader, statements } = readerOn([user('a')]);
  await Promise.all([undefined, 'org_1', 'org_2'].map((tenantId) => reader.find('sys_user', 'a', tenantId)));
  expect(statements.map(({ tenantId }) => tenantId)).toEqual([undefined, 'org_1', 'org_2']);
});

it('one statement looks up at most 200 values', async () => {
  const ids = Array.from({ length: 401 }, (_, index) => `u${index}`);
  const { reader, statements } = readerOn(ids.map(user));
  const found = await Promise.all(ids.map((id) => reader.find('sys_user', id)));
  expect(found).toEqual(ids.map((id) => [user(id)]));
  expect(statements.map(({ values }) => values.length)).toEqual([200, 200, 1]);
});

it("a shared statement runs in no request's context, and each request continues in its own", async () => {
  const { reader, statements } = readerOn([user('a')]);
  const look = (request: string) =>
    requests.run(request, async () => {
      await reader.find('sys_user', 'a');
      return requests.getStore();
    });
  expect(await Promise.all([look('first'), look('second')])).toEqual(['first', 'second']);
  expect(statements).toMatchObject([{ request: undefined }]);
});

it('a failed statement rejects every look-up that shares it, and no later one', async () => {
  let broken = true;
  const { reader } = readerOn([user('a')], async () => {
    if (broken) throw new Error('the database is gone');
  });
  const outcomes = await Promise.allSettled([reader.find('sys_user', 'a'), reader.find('sys_user', 'b')]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  broken = false;
  expect(await reader.find('sys_user', 'a')).toEqual([user('a')]);
});

it('a statement that does not end is given up at the deadline', async () => {
  const { reader } = readerOn([], () => new Promise<void>(() => undefined));
  await expect(reader.find('sys_user', 'a')).rejects.toBeInstanceOf(DeadlineExceeded);
});

it('an object without a look-up column is rejected', async () => {
  const { reader, statements } = readerOn([]);
  await expect(reader.find('sys_account', 'a')).rejects.toThrow('sys_account is not looked up by');
  expect(statements).toEqual([]);
});
