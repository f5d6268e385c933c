// @ts-nocheck
import { Socket } from 'node:net';
import type { Client } from 'pg';
import type { PoolUsage } from '../observability/metrics.ts';
import type { PostgresDatabase } from './config.ts';
import { WatchedDriver } from './database-failures.ts';

/** Upper bound of one statement of a migration, in milliseconds: an index on a large table takes its time. */
const MIGRATION_TIMEOUT = 600_000;

/**
 * The connections to PostgreSQL: the platform's own SQL driver with limits, so that a server that
 * is stopped, frozen, full or behind a network that drops makes a request fail and not wait.
 *
 * One budget is what a question may take as a whole. Getting a connection may
 * use two fifths of it, and a statement half of it, by PostgreSQL's own clock: it is then cancelled
 * *there*, while the caller still waits, and not left to finish after the caller has been told that
 * it failed.
 */
export class PostgresPool {
  readonly driver: PooledDriver;
  readonly #timeout: number;
  /** Connections that were opened with the limits of a running server. */
  readonly #limited = new WeakSet<object>();
  #serving = false;

  /** @param timeout the budget of one question, in milliseconds. */
  constructor(database: PostgresDatabase, timeout: number) {
    this.#timeout = timeout;
    const acquire = Math.ceil(timeout * 0.4);
    this.driver = new PooledDriver({
      client: 'pg',
      connection: {
        connectionString: database.url,
        application_name: 'objectstack-api-keys',
        connectionTimeoutMillis: acquire,
        keepAlive: true,
        stream: () => this.#socket(),
      },
      pool: {
        min: 0,
        max: database.poolSize,
        createTimeoutMillis: acquire,
        acquireTimeoutMillis: acquire,
        // Shorter than the silence that ends a connection, so that idle ones are closed in good order.
        idleTimeoutMillis: timeout,
        afterCreate: (client: Client, done: (error?: Error) => void) => {
          this.#prepare(client).then(() => done(), done);
        },
        validate: (client: Client) => !this.#serving || this.#limited.has(client),
      },
    });
  }

  /** The start-up is over: from here on the limits hold, on new connections, which replace those there are. */
  serve(): void {
    this.#serving = true;
  }

  /**
   * A lost network is silence: no error, no end. A connection on which nothing moves for twice the
   * budget is given up, whatever waits on it.
   */
  #socket(): Socket {
    const socket = new Socket();
    socket.setTimeout(this.#serving ? 2 * this.#timeout : MIGRATION_TIMEOUT, () => {
      socket.destroy(new Error('PostgreSQL did not respond in time.'));
    });
    return socket;
  }

  /**
   * Sets up a new connection, and proves that a commit on it is durable. Settings go by statement,
   * since poolers in between refuse them in the start-up message.
   */
  async #prepare(client: Client): Promise<void> {
    const limited = this.#serving;
    const statement = limited ? Math.ceil(this.#timeout * 0.5) : MIGRATION_TIMEOUT;
    const { rows } = await client.query<{ commit: string; fsync: string | null }>(
      `SELECT set_config('statement_timeout', $1, false),
              set_config('idle_in_transaction_session_timeout', $1, false),
              set_config('synchronous_commit', ${RAISED_SYNCHRONOUS_COMMIT}, false) AS commit,
              current_setting('fsync', true) AS fsync`,
      [String(statement)],
    );
    const [settings] = rows;
    if (settings === undefined || settings.commit === 'off' || settings.fsync === 'off') {
      throw new Error('PostgreSQL does not sync commits to disk, so a crash could lose a new key.');
    }
    if (limited) this.#limited.add(client);
  }
}

/** The part of knex's pool that is read. */
interface Pool {
  readonly max: number;
  numUsed(): number;
  numFree(): number;
  numPendingAcquires(): number;
}

/** The platform's driver, with a view into its pool. */
class PooledDriver extends WatchedDriver {
  usage(): PoolUsage {
    const pool: Pool = this.knex.client.pool;
    return { used: pool.numUsed(), idle: pool.numFree(), waiting: pool.numPendingAcquires(), max: pool.max };
  }
}

/** `on` where it is off. The stronger settings, which wait for standbys too, stay. */
const RAISED_SYNCHRONOUS_COMMIT = `CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END`;
