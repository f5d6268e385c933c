// @ts-nocheck
import type { Plugin } from '@objectstack/core';
import type { SqlDriver } from '@objectstack/driver-sql';
import { DefaultDatasourcePlugin } from '@objectstack/runtime';
import type { PoolUsage } from '../observability/metrics.ts';
import type { DatabaseConfig, SqliteDatabase } from './config.ts';
import { SqliteDriver } from './kept-statements.ts';
import { PostgresPool } from './postgres.ts';
import { prepareSqliteFile } from './sqlite-file.ts';
import { withStartLock } from './start-lock.ts';

/** The database of the standalone server: the plugin that connects the kernel to it, and how to start on it. */
export interface Database {
  readonly plugin: Plugin;
  /**
   * Runs the start of a kernel, which creates and alters tables and seeds rows, while no other
   * process starts on the same PostgreSQL database; then puts the limits of a running server in force.
   */
  start(bootstrap: () => Promise<void>): Promise<void>;
  /** How the pool of connections is used, where there is one. */
  readonly poolUsage?: () => PoolUsage;
}

/** @param timeout how long one question may take, in milliseconds. */
export async function openDatabase(database: DatabaseConfig, timeout: number): Promise<Database> {
  if (database.driver === 'sqlite') return openSqlite(database, timeout);
  const pool = new PostgresPool(database, timeout);
  return {
    plugin: datasource('postgres', pool.driver),
    poolUsage: () => pool.driver.usage(),
    async start(bootstrap) {
      await withStartLock(database.url, bootstrap);
      pool.serve();
    },
  };
}

async function openSqlite({ filename }: SqliteDatabase, timeout: number): Promise<Database> {
  const warning = filename === ':memory:' ? undefined : await prepareSqliteFile(filename);
  if (warning !== undefined) console.warn(warning);
  const driver = new SqliteDriver(filename);
  return {
    plugin: datasource('sqlite', driver),
    async start(bootstrap) {
      await bootstrap();
      // Waiting for another process's write stops this one altogether: nothing is answered meanwhile.
      await driver.execute(`PRAGMA busy_timeout = ${Math.ceil(timeout * 0.4)}`);
    },
  };
}

/** The driver is made here and not from a definition, which the platform shows to its administrators, password and all. */
function datasource(name: string, driver: SqlDriver): Plugin {
  return new DefaultDatasourcePlugin(
    { driver: name },
    {
      factory: {
        supports: (id) => id === name,
        create: () => ({
          connect: () => driver.connect(),
          disconnect: () => driver.disconnect(),
          checkHealth: () => driver.checkHealth(),
          driver,
        }),
      },
    },
  );
}

/** The password in the address of a database, for keeping it out of the log. */
export function passwordOf(database: DatabaseConfig): string | undefined {
  return database.driver === 'postgres' ? new URL(database.url).password : undefined;
}
