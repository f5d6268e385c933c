import { existsSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { TestPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The database that the kernels of this test project run on. */
    database: 'sqlite' | 'postgres';
    /** The PostgreSQL server of this run; each kernel gets a database of its own there. */
    postgresUrl: string;
  }
}

/** Linux keeps it in memory, where a synced commit costs nothing; the databases go with the run anyway. */
const MEMORY = '/dev/shm';

/** Once in a run of vitest: the server that `TEST_POSTGRES_URL` names, or one that is started for the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_POSTGRES_URL'];
  if (given) {
    project.provide('postgresUrl', given);
    return async () => undefined;
  }
  const postgres = await TestPostgres.start(existsSync(MEMORY) ? { in: MEMORY } : {});
  project.provide('postgresUrl', postgres.url);
  return () => postgres[Symbol.asyncDispose]();
}
