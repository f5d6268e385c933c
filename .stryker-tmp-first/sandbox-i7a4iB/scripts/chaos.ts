// @ts-nocheck
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chaos } from '../test/support/chaos.ts';
import { TestPostgres } from '../test/support/postgres.ts';

/**
 * `npm run chaos [-- --rounds 25]`: kills the server under load, on both databases, and on
 * PostgreSQL, by the toss of a coin, the database with it. Exits with 1 when anything was lost.
 */
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '25' } } });
const rounds = Number(values.rounds);

const folder = await mkdtemp(join(tmpdir(), 'chaos-'));
const postgres = await TestPostgres.start();
const print = (database: string) => (round: number, text: string) => console.log(`${database} round ${round}: ${text}`);
try {
  const reports = {
    sqlite: await chaos(
      { driver: 'sqlite', filename: join(folder, 'objectstack.db') },
      { rounds, onRound: print('sqlite') },
    ),
    postgres: await chaos(
      { driver: 'postgres', url: postgres.url, poolSize: 10 },
      { rounds, onRound: print('postgres') },
      async (server) => {
        if (Math.random() < 0.5) return server.kill();
        await postgres.crash();
        await server.kill();
        await postgres.start();
      },
    ),
  };
  console.table(
    Object.fromEntries(
      Object.entries(reports).map(([database, { lost, unrepeatable, doubled, ...counts }]) => [
        database,
        { ...counts, lost: lost.length, unrepeatable: unrepeatable.length, doubled: doubled.length },
      ]),
    ),
  );
  const intact = Object.values(reports).every(
    ({ lost, unrepeatable, doubled }) => lost.length + unrepeatable.length + doubled.length === 0,
  );
  process.exitCode = intact ? 0 : 1;
} finally {
  await postgres[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
}
