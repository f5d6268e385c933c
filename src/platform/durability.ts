import type { DataEngine, Row, SqlDriver } from './engine.ts';
import { dialectOf, query, sqlDriverOf } from './sql.ts';

/** `PRAGMA synchronous`: FULL. The next, EXTRA, is stronger. */
const FULL = 2;

/** The database may forget a key that it has confirmed. */
export class NotDurableError extends Error {
  override readonly name = 'NotDurableError';

  constructor(remedy: string) {
    super(`ApiKeysPlugin: the database does not sync commits to disk, so a crash could lose a new key. ${remedy}`);
  }
}

/**
 * Makes sure that a confirmed write is on disk, where the database can be asked.
 *
 * SQLite in WAL mode, as the platform leaves it, syncs at checkpoints and not at commits: a power
 * cut takes back the last of them. That is set right here, on the one connection that the platform
 * has, and read back. PostgreSQL has a setting per connection; its default is the right one, and a
 * host that changed it is told.
 *
 * @returns whether it could be told. A database that is neither is for its host to know.
 * @throws NotDurableError and the kernel does not start.
 */
export async function assureDurability(
  engine: Pick<DataEngine, 'getDriverForObject'>,
  object: string,
): Promise<boolean> {
  const driver = sqlDriverOf(engine, object);
  if (driver === undefined) return false;
  await (dialectOf(driver) === 'sqlite' ? assureSqlite(driver) : assurePostgres(driver));
  return true;
}

async function assureSqlite(driver: SqlDriver): Promise<void> {
  const synchronous = async (): Promise<number> =>
    Number((await firstRow(driver, 'PRAGMA synchronous'))['synchronous']);
  if ((await synchronous()) < FULL) await driver.execute('PRAGMA synchronous = FULL');
  // On macOS a plain sync leaves the data in the cache of the drive. Elsewhere this does nothing.
  await driver.execute('PRAGMA fullfsync = ON');
  if ((await synchronous()) < FULL) throw new NotDurableError('PRAGMA synchronous = FULL was not taken.');
}

async function assurePostgres(driver: SqlDriver): Promise<void> {
  const settings = await firstRow(
    driver,
    `SELECT current_setting('synchronous_commit', true) AS commit, current_setting('fsync', true) AS fsync`,
  );
  if (settings['commit'] === 'off') {
    throw new NotDurableError('Set synchronous_commit = on for the role or the database: ALTER ROLE ... SET.');
  }
  if (settings['fsync'] === 'off') throw new NotDurableError('Set fsync = on in the configuration of the server.');
}

async function firstRow(driver: SqlDriver, statement: string): Promise<Row> {
  return (await query(driver, statement))[0] ?? {};
}
