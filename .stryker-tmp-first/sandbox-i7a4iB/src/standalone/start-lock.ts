// @ts-nocheck
import pg from 'pg';

/** How long to wait for other replicas to start, in milliseconds. Their migrations are what takes the time. */
const WAIT = 120_000;
const CONNECT_TIMEOUT = 10_000;

/** The key of the advisory lock: "osak" (ObjectStack API keys) in ASCII. */
const LOCK = 0x6f73616b;

/** Another process has been starting on this database for longer than a start takes. */
export class StartLockError extends Error {
  override readonly name = 'StartLockError';

  constructor(wait: number) {
    super(`Another process has been starting on this database for ${wait / 1000} seconds.`);
  }
}

/**
 * Runs `start` while no other process runs it on the same PostgreSQL database. Two replicas that
 * start together on an empty database would both create its tables and its first rows.
 *
 * The lock belongs to a connection of its own and ends with it, so that a replica that dies while
 * starting holds up nobody.
 *
 * @param wait how long to wait for the others, in milliseconds.
 * @throws StartLockError when it is not free by then.
 */
export async function withStartLock(url: string, start: () => Promise<void>, wait = WAIT): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'objectstack-api-keys start',
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    statement_timeout: wait,
    keepAlive: true,
  });
  // A connection that is lost meanwhile is noticed by the pool; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await acquire(client, wait);
    await start();
  } finally {
    await client.end();
  }
}

async function acquire(client: pg.Client, wait: number): Promise<void> {
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
  } catch (error) {
    // query_canceled: the statement timeout.
    throw error instanceof pg.DatabaseError && error.code === '57014' ? new StartLockError(wait) : error;
  }
}
