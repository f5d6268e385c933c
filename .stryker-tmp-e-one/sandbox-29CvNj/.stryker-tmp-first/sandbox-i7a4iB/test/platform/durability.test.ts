// @ts-nocheck
// 
import { SqlDriver } from '@objectstack/driver-sql';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { assureDurability, NotDurableError } from '../../src/platform/durability.ts';
import { bootKernel, newDatabase } from '../support/kernel.ts';
import { createDatabase, TestPostgres } from '../support/postgres.ts';
import { postgresUrl } from '../support/postgres-of-run.ts';

describe('a confirmed write is on disk', () => {
  it('on SQLite: the commit is synced, in WAL mode too', async () => {
    await using target = await bootKernel({ database: 'sqlite' });
    expect(await target.sql('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(await target.sql('PRAGMA synchronous')).toEqual([{ synchronous: 2 }]);
  });

  it('on PostgreSQL: every connection of the server waits for the disk, whatever the database says', async () => {
    const { url, drop } = await asynchronousDatabase();
    const config = { driver: 'postgres', url, poolSize: 3 } as const;
    await using target = await bootKernel({ database: 'postgres', config: { database: config } });

    // As many at once as there are connections: each takes one.
    const readings = await Promise.all(Array.from({ length: 3 }, () => target.sql('SHOW synchronous_commit')));
    expect(readings.flat()).toEqual(Array(3).fill({ synchronous_commit: 'on' }));
    await drop();
  });
});

describe('a kernel does not start on a database that may forget', () => {
  it('a PostgreSQL whose role does not wait for the disk, in a host with its own connection', async () => {
    const { url, drop } = await asynchronousDatabase();
    const driver = new SqlDriver({ client: 'pg', connection: url });
    await expect(assureDurability({ getDriverForObject: () => driver }, 'sys_api_key')).rejects.toThrow(
      NotDurableError,
    );
    await driver.disconnect();
    await drop();
  });

  it('a PostgreSQL that does not sync at all', async () => {
    await using postgres = await TestPostgres.start({ settings: ['fsync=off'] });
    const config = { driver: 'postgres', url: postgres.url, poolSize: 3 } as const;
    await expect(bootKernel({ database: 'postgres', config: { database: config } })).rejects.toThrow(
      /does not sync commits/,
    );
  });

  it('an SQLite connection that keeps its setting', async () => {
    const { config, drop } = await newDatabase('sqlite');
    if (config.driver !== 'sqlite') throw new Error('not SQLite');
    const driver = new SqlDriver({
      client: 'better-sqlite3',
      connection: { filename: config.filename },
      useNullAsDefault: true,
    });
    await driver.connect();
    expect(await driver.execute('PRAGMA synchronous')).toEqual([{ synchronous: 1 }]);
    // SQLite does not change it inside a transaction.
    await driver.execute('BEGIN');
    await expect(assureDurability({ getDriverForObject: () => driver }, 'sys_api_key')).rejects.toThrow();
    await driver.disconnect();
    await drop();
  });

  it('and nothing is claimed of a database that cannot be asked', async () => {
    expect(await assureDurability({ getDriverForObject: () => undefined }, 'sys_api_key')).toBe(false);
    expect(await assureDurability({ getDriverForObject: () => ({ name: 'memory' }) }, 'sys_api_key')).toBe(false);
  });
});

/** A database whose sessions confirm commits before they are on disk. */
async function asynchronousDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const database = await createDatabase(await postgresUrl());
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const name = new URL(database.url).pathname.slice(1);
  await client.query(`ALTER DATABASE ${name} SET synchronous_commit = off`).finally(() => client.end());
  return database;
}
