// @ts-nocheck
// 
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StartLockError, withStartLock } from '../../src/standalone/start-lock.ts';
import { createDatabase } from '../support/postgres.ts';
import { postgresUrl } from '../support/postgres-of-run.ts';

let url: string;
let drop: () => Promise<void>;
let observer: pg.Client;

beforeAll(async () => {
  ({ url, drop } = await createDatabase(await postgresUrl()));
  observer = new pg.Client({ connectionString: url });
  await observer.connect();
});
afterAll(async () => {
  await observer.end();
  await drop();
});

const STARTING =
  "FROM pg_stat_activity WHERE application_name = 'objectstack-api-keys start' AND datname = current_database()";

/** Resolves once another start waits for the lock. */
async function someoneWaits(): Promise<void> {
  const { rows } = await observer.query(`SELECT 1 ${STARTING} AND wait_event = 'advisory'`);
  if (rows.length === 0) await someoneWaits();
}

/** A start that goes on until it is let go. */
function gated(): { start: () => Promise<void>; begun: Promise<void>; finish: () => void } {
  const begun = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const start = (): Promise<void> => {
    begun.resolve();
    return end.promise;
  };
  return { start, begun: begun.promise, finish: end.resolve };
}

describe('starting on a PostgreSQL database', () => {
  it('waits for another process that is starting', async () => {
    const first = gated();
    const order: string[] = [];
    const firstDone = withStartLock(url, async () => {
      await first.start();
      order.push('first ends');
    });
    await first.begun;
    const secondDone = withStartLock(url, async () => {
      order.push('second begins');
    });
    await someoneWaits();
    expect(order).toEqual([]);

    first.finish();
    await Promise.all([firstDone, secondDone]);
    expect(order).toEqual(['first ends', 'second begins']);
  });

  it('does not wait for one that has died', async () => {
    const dead = gated();
    const outcome = withStartLock(url, dead.start);
    await dead.begun;
    await observer.query(`SELECT pg_terminate_backend(pid) ${STARTING}`);

    let started = false;
    await withStartLock(url, async () => {
      started = true;
    });
    expect(started).toBe(true);
    dead.finish();
    await outcome;
  });

  it('is given up when the other one does not come to an end', async () => {
    const stuck = gated();
    const outcome = withStartLock(url, stuck.start);
    await stuck.begun;
    let started = false;
    const waiting = withStartLock(
      url,
      async () => {
        started = true;
      },
      200,
    );
    await expect(waiting).rejects.toThrow(StartLockError);
    expect(started).toBe(false);
    stuck.finish();
    await outcome;
  });
});
