// @ts-nocheck
// 
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { TestPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The database that the kernels of this test project run on. */
    database: 'sqlite' | 'postgres';
    /** Answers a request with the address of the PostgreSQL server of this run: see `postgresUrl()`. */
    postgresStarter: string;
  }
}

/** Linux keeps it in memory, where a synced commit costs nothing; the databases go with the run anyway. */
const MEMORY = '/dev/shm';

/**
 * Once in a run of vitest: the server that `TEST_POSTGRES_URL` names, or one that is started for the run
 * when the first test asks for it. Most files need none, and it takes seconds to start.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_POSTGRES_URL'];
  let started: Promise<TestPostgres> | undefined;
  const url = async (): Promise<string> => {
    if (given) return given;
    started ??= TestPostgres.start(existsSync(MEMORY) ? { in: MEMORY } : {});
    return (await started).url;
  };
  const starter = createServer((_request, response) => {
    url().then(
      (address) => response.end(address),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  starter.listen(0, '127.0.0.1');
  await once(starter, 'listening');
  project.provide('postgresStarter', `http://127.0.0.1:${(starter.address() as AddressInfo).port}`);
  return async () => {
    starter.closeAllConnections();
    starter.close();
    await (await started)?.[Symbol.asyncDispose]();
  };
}
