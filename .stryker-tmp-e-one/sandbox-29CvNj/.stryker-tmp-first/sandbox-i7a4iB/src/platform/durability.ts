// @ts-nocheck
// 
import type { DataEngine, Row, SqlDriver } from './engine.ts';
import { dialectOf, query, sqlDriverOf } from './sql.ts';

/** `PRAGMA synchronous`: FULL. The next, EXTRA, is stronger. */
const FULL = 2;

/** The database may lose a key that it has confirmed. */
export class NotDurableError extends Error {
  override readonly name = 'NotDurableError';

  constructor(remedy: string) {
    super(`ApiKeysPlugin: the database does not sync commits to disk, so a crash could lose a new key. ${remedy}`);
  }
}

/**
 * Makes sure that a confirmed write is on disk, if the database can be checked.
 *
 * The platform leaves SQLite in WAL mode, which syncs at checkpoints and not at commits: a power
 * failure loses the last commits. This changes the setting on the platform's only connection and reads
 * it back. PostgreSQL has one setting per connection. Its default is right, so a different setting is
 * an error.
 *
 * @returns whether the database could be checked. For other databases, the host is responsible.
 * @throws NotDurableError so that the kernel does not start.
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
  // On macOS, a plain sync leaves data in the cache of the drive. Elsewhere this setting has no effect.
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
