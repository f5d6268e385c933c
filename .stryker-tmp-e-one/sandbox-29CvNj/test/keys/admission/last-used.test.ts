// @ts-nocheck
import { AsyncLocalStorage } from 'node:async_hooks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type KeyUse, LastUsed } from '../../../src/keys/admission/last-used.ts';
import type { DataEngine, Row, SqlDriver, Transaction } from '../../../src/platform/engine.ts';

const MINUTE = 60_000;
const START = Date.parse('2030-01-01T00:00:00Z');
const at = (minutes: number): number => START + minutes * MINUTE;
const USE: KeyUse = { via: 'DATA', network: '192.0.2.0/24' };
const iso = (minutes: number): string => new Date(at(minutes)).toISOString();

/** A recorder, and the rows that its statements change, by the rule that the statement states. */
function recorderOf(
  rows: Record<string, string | null>,
  form: (written: Row[]) => Row[] | { rows?: Row[] } = (r) => r,
) {
  const transaction = {} as Transaction;
  const failures: unknown[] = [];
  const details: unknown[] = [];
  const execute = vi.fn<SqlDriver['execute']>(async (_statement, [used, id, newer, before] = [], options) => {
    expect(options).toEqual({ transaction });
    const last = rows[String(id)];
    if (last === undefined || (last !== null && !(last < String(newer) && last <= String(before)))) return form([]);
    rows[String(id)] = String(used);
    return form([{ id }]);
  });
  const begin = vi.fn<DataEngine['transaction']>((work) => work({ transaction }, { owned: true }));
  const engine = { transaction: begin } as Pick<DataEngine, 'transaction'> as DataEngine;
  // Where it was used goes to a table beside that of the keys.
  const executeEither: SqlDriver['execute'] = async (statement, parameters, options) => {
    if (!statement.startsWith('INSERT INTO sys_api_key_detail')) return execute(statement, parameters, options);
    expect(options).toEqual({ transaction });
    details.push(parameters);
    return [];
  };
  const driver = { isSqlite: true, isPostgres: false, execute: executeEither };
  const lastUsed = new LastUsed(
    engine,
    () => driver,
    (error) => failures.push(error),
  );
  return { rows, details, failures, execute, begin, lastUsed };
}

beforeEach(() => void vi.useFakeTimers({ now: START }));
afterEach(() => void vi.useRealTimers());

describe('when keys were last used', () => {
  it('is not written at the use, but behind it, every five seconds', async () => {
    const { lastUsed, rows, execute } = recorderOf({ a: null });
    lastUsed.note('a', USE);
    await vi.advanceTimersByTimeAsync(4999);
    expect(execute).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(rows).toEqual({ a: iso(0) });
    // The timer, too, leaves a key alone for a minute.
    lastUsed.note('a', USE);
    await vi.advanceTimersByTimeAsync(MINUTE - 1);
    expect(rows).toEqual({ a: iso(0) });
    await vi.advanceTimersByTimeAsync(1);
    expect(rows).toEqual({ a: iso(5000 / MINUTE) });
  });

  it('is written for all keys that are due in one transaction, elevated, or not at all', async () => {
    const { lastUsed, rows, begin, execute } = recorderOf({ a: null, b: iso(-5), c: null });
    lastUsed.note('a', USE, at(0));
    lastUsed.note('b', USE, at(0.1));
    await lastUsed.flush(false, at(0.2));
    expect(rows).toEqual({ a: iso(0), b: iso(0.1), c: null });
    expect(begin.mock.calls).toEqual([[expect.any(Function), { isSystem: true }, { require: true }]]);
    expect(execute.mock.calls.map(([statement]) => statement)).toEqual([
      expect.stringMatching(/^UPDATE sys_api_key SET last_used_at = \? WHERE id = \?/),
      expect.stringMatching(/^UPDATE sys_api_key SET last_used_at = \? WHERE id = \?/),
    ]);
  });

  it('is written with where and from where, for the rows that it is news for', async () => {
    const { lastUsed, details } = recorderOf({ a: null, b: iso(3), c: null });
    lastUsed.note('a', USE, at(0));
    lastUsed.note('b', USE, at(0));
    lastUsed.note('c', { via: 'MCP', network: undefined }, at(0));
    lastUsed.note('gone', USE, at(0));
    await lastUsed.flush(false, at(0));
    expect(details).toEqual([
      ['a', 'DATA', '192.0.2.0/24'],
      ['c', 'MCP', null],
    ]);
  });

  it('does not query the database if there is nothing to write', async () => {
    const { lastUsed, begin } = recorderOf({ a: null });
    await lastUsed.flush(true, at(0));
    lastUsed.note('a', USE, at(0));
    await lastUsed.flush(false, at(0));
    await lastUsed.flush(true, at(5));
    expect(begin).toHaveBeenCalledOnce();
  });

  it('is written once a minute for a key that is used all the time', async () => {
    const { lastUsed, rows, begin } = recorderOf({ a: null });
    lastUsed.note('a', USE, at(0));
    await lastUsed.flush(false, at(0));
    lastUsed.note('a', USE, at(0.5));
    await lastUsed.flush(false, at(1) - 1);
    expect(begin).toHaveBeenCalledOnce();
    expect(rows).toEqual({ a: iso(0) });
    await lastUsed.flush(false, at(1));
    expect(rows).toEqual({ a: iso(0.5) });
  });

  it('is left to the replica that wrote within the minute, and tried once more after it', async () => {
    const { lastUsed, rows, execute } = recorderOf({ a: iso(0) });
    lastUsed.note('a', USE, at(0.5));
    await lastUsed.flush(false, at(1) - 1);
    expect(rows).toEqual({ a: iso(0) });
    await lastUsed.flush(false, at(2));
    expect(rows).toEqual({ a: iso(0.5) });
    await lastUsed.flush(true, at(9));
    expect(execute).toHaveBeenCalledTimes(2);
  });

  it('is no news, and not tried again, where another replica saw a later use', async () => {
    const { lastUsed, rows, execute } = recorderOf({ a: iso(3) });
    lastUsed.note('a', USE, at(0));
    await lastUsed.flush(false, at(1));
    await lastUsed.flush(true, at(9));
    expect(rows).toEqual({ a: iso(3) });
    expect(execute).toHaveBeenCalledOnce();
  });

  it('is kept where the key is used again while it is written', async () => {
    const { lastUsed, rows, execute } = recorderOf({ a: null });
    lastUsed.note('a', USE, at(0));
    execute.mockImplementationOnce(async () => {
      lastUsed.note('a', USE, at(0.1));
      return [{ id: 'a' }];
    });
    await lastUsed.flush(false, at(0));
    await lastUsed.flush(true, at(0.2));
    expect(rows).toEqual({ a: iso(0.1) });
  });

  it('is read from the answer of either driver', async () => {
    for (const form of [(written: Row[]) => written, (written: Row[]) => ({ rows: written })]) {
      const { lastUsed, execute } = recorderOf({ a: null }, form);
      lastUsed.note('a', USE, at(0));
      await lastUsed.flush(false, at(0));
      await lastUsed.flush(true, at(0));
      expect(execute).toHaveBeenCalledOnce();
    }
    const { lastUsed, execute } = recorderOf({ a: null }, () => ({}));
    lastUsed.note('a', USE, at(0));
    await lastUsed.flush(false, at(0));
    await lastUsed.flush(true, at(0));
    expect(execute).toHaveBeenCalledTimes(2);
  });

  it('that could not be written is logged, kept and written the next time', async () => {
    const { lastUsed, rows, failures, begin } = recorderOf({ a: null });
    const down = new Error('down');
    begin.mockRejectedValueOnce(down);
    lastUsed.note('a', USE, at(0));
    await lastUsed.flush(false, at(0));
    expect([rows, failures]).toEqual([{ a: null }, [down]]);
    await lastUsed.flush(false, at(0.1));
    expect([rows, failures]).toEqual([{ a: iso(0) }, [down]]);
  });

  it('is written one flush after the other', async () => {
    const { lastUsed, begin, rows } = recorderOf({ a: null, b: null });
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const work = begin.getMockImplementation() ?? expect.unreachable();
    begin.mockImplementationOnce(async (...call) => {
      await gate;
      return work(...call);
    });
    lastUsed.note('a', USE, at(0));
    const first = lastUsed.flush(false, at(0));
    await vi.waitFor(() => expect(begin).toHaveBeenCalledOnce());
    lastUsed.note('b', USE, at(0));
    const second = lastUsed.flush(false, at(0));
    await Promise.resolve();
    expect(begin).toHaveBeenCalledOnce();
    open();
    await Promise.all([first, second]);
    expect(begin).toHaveBeenCalledTimes(2);
    expect(rows).toEqual({ a: iso(0), b: iso(0) });
  });

  it('is written at the end, within the minute too, and then no more', async () => {
    const { lastUsed, rows, begin } = recorderOf({ a: null });
    expect(vi.getTimerCount()).toBe(1);
    lastUsed.note('a', USE, at(0));
    await lastUsed.flush();
    lastUsed.note('a', USE, at(0.5));
    await lastUsed.close();
    expect(rows).toEqual({ a: iso(0.5) });
    expect(begin).toHaveBeenCalledTimes(2);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('after the end is written at once: a host may go on answering while it shuts down', async () => {
    const { lastUsed, rows } = recorderOf({ a: null });
    await lastUsed.close();
    lastUsed.note('a', USE, at(0));
    await vi.waitFor(() => expect(rows).toEqual({ a: iso(0) }));
  });

  it('is written outside of whatever the caller is in, such as a transaction', async () => {
    const surroundings = new AsyncLocalStorage<string>();
    const { lastUsed, begin } = recorderOf({ a: null });
    const seen: unknown[] = [];
    begin.mockImplementationOnce(async () => {
      seen.push(surroundings.getStore());
      return new Set(['a']);
    });
    lastUsed.note('a', USE, at(0));
    await surroundings.run('a transaction', () => lastUsed.flush(false, at(0)));
    expect(seen).toEqual([undefined]);
  });

  it('does not keep the process from ending', () => {
    using start = vi.spyOn(globalThis, 'setInterval');
    recorderOf({});
    expect(start.mock.results.map(({ value }) => (value as NodeJS.Timeout).hasRef())).toEqual([false]);
  });
});
