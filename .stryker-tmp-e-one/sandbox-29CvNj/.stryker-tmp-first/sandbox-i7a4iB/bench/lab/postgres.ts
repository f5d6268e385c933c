// @ts-nocheck
// 
import pg from 'pg';
import { TestPostgres } from '../../test/support/postgres.ts';
import type { Database, Lab } from './database.ts';

/** A PostgreSQL server of the benchmark's own, with its defaults: `fsync` and `synchronous_commit` are on. */
export async function postgresLab(): Promise<Lab> {
  const server = await TestPostgres.start();
  let databases = 0;
  const create = async (template: string): Promise<PostgresDatabase> => {
    const name = `bench_${databases++}`;
    await query(server.url, `CREATE DATABASE ${name} TEMPLATE ${template}`);
    const url = new URL(server.url);
    url.pathname = name;
    return new PostgresDatabase(name, url.href);
  };
  return {
    engine: 'PostgreSQL',
    createEmpty: () => create('template1'),
    copy(of) {
      if (!(of instanceof PostgresDatabase)) throw new TypeError('not a database of this lab');
      return create(of.name);
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

class PostgresDatabase implements Database {
  readonly name: string;
  readonly url: string;

  constructor(name: string, url: string) {
    this.name = name;
    this.url = url;
  }

  async countKeys(): Promise<number> {
    const [row] = await query<{ n: string }>(this.url, 'SELECT count(*) AS n FROM sys_api_key');
    return Number(row?.n);
  }

  async countHashes(hashes: readonly string[]): Promise<number> {
    const [row] = await query<{ n: string }>(
      this.url,
      'SELECT count(*) AS n FROM sys_api_key WHERE key = ANY($1::text[])',
      [hashes],
    );
    return Number(row?.n);
  }
}

async function query<T extends pg.QueryResultRow>(
  connectionString: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<T[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<T>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}
