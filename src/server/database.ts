import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Plugin } from '@objectstack/core';
import { DefaultDatasourcePlugin } from '@objectstack/runtime';
import type { PoolUsage } from '../observability/metrics.ts';
import type { DatabaseConfig } from './config.ts';
import { PostgresPool } from './postgres.ts';
import { withStartLock } from './start-lock.ts';

/** The database of the standalone server: the plugin that connects the kernel to it, and how to start on it. */
export interface Database {
  readonly plugin: Plugin;
  /**
   * Runs the start of a kernel, which creates and alters tables and seeds rows, while no other
   * process starts on the same database; then puts the limits of a running server in force.
   */
  start(bootstrap: () => Promise<void>): Promise<void>;
  /** How the pool of connections is used, where there is one. */
  readonly poolUsage?: () => PoolUsage;
}

/** @param timeout how long one question may take, in milliseconds. */
export async function openDatabase(database: DatabaseConfig, timeout: number): Promise<Database> {
  if (database.driver === 'sqlite') {
    if (database.filename !== ':memory:') await mkdir(dirname(resolve(database.filename)), { recursive: true });
    return {
      plugin: new DefaultDatasourcePlugin({ driver: 'sqlite', config: { filename: database.filename } }),
      start: (bootstrap) => bootstrap(),
    };
  }
  const pool = new PostgresPool(database, timeout);
  const { driver } = pool;
  return {
    // The address stays out of the definition, which the platform shows to its administrators.
    plugin: new DefaultDatasourcePlugin(
      { driver: 'postgres' },
      {
        factory: {
          supports: (id) => id === 'postgres',
          create: () => ({
            connect: () => driver.connect(),
            disconnect: () => driver.disconnect(),
            checkHealth: () => driver.checkHealth(),
            driver,
          }),
        },
      },
    ),
    poolUsage: () => driver.usage(),
    async start(bootstrap) {
      await withStartLock(database.url, bootstrap);
      pool.serve();
    },
  };
}
