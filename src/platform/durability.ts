/** The part of a kernel's data engine and its SQL driver that is asked about durability. */
export interface DriverLookup {
  /** The driver that stores an object; a driver is whatever a host brings. */
  getDriverForObject(object: string): unknown;
}

interface SqlDriver {
  readonly dialectName: unknown;
  execute(statement: string): Promise<unknown>;
}

/** `PRAGMA synchronous`: FULL. The next, EXTRA, is stronger. */
const FULL = 2;

/** The database may forget a key that it has confirmed. */
export class NotDurableError extends Error {
  override readonly name = 'NotDurableError';

  constructor(remedy: string) {
    super(
      `ApiKeysPlugin: the database does not sync its commits, so a key that was handed out could be lost. ${remedy}`,
    );
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
export async function assureDurability(engine: DriverLookup, object: string): Promise<boolean> {
  const driver = engine.getDriverForObject(object);
  if (!isSqlDriver(driver)) return false;
  if (driver.dialectName === 'sqlite') await assureSqlite(driver);
  else if (driver.dialectName === 'postgres') await assurePostgres(driver);
  else return false;
  return true;
}

async function assureSqlite(driver: SqlDriver): Promise<void> {
  const synchronous = async (): Promise<number> => Number((await ask(driver, 'PRAGMA synchronous'))['synchronous']);
  if ((await synchronous()) < FULL) await driver.execute('PRAGMA synchronous = FULL');
  // On macOS a plain sync leaves the data in the cache of the drive. Elsewhere this does nothing.
  await driver.execute('PRAGMA fullfsync = ON');
  if ((await synchronous()) < FULL) throw new NotDurableError('PRAGMA synchronous = FULL was not taken.');
}

async function assurePostgres(driver: SqlDriver): Promise<void> {
  const settings = await ask(
    driver,
    `SELECT current_setting('synchronous_commit', true) AS commit, current_setting('fsync', true) AS fsync`,
  );
  if (settings['commit'] === 'off') {
    throw new NotDurableError('Set synchronous_commit = on for the role or the database: ALTER ROLE ... SET.');
  }
  if (settings['fsync'] === 'off') throw new NotDurableError('Set fsync = on in the configuration of the server.');
}

function isSqlDriver(driver: unknown): driver is SqlDriver {
  return (
    typeof driver === 'object' &&
    driver !== null &&
    'dialectName' in driver &&
    'execute' in driver &&
    typeof driver.execute === 'function'
  );
}

/** The first row of an answer, which is an array on SQLite and has `rows` on PostgreSQL. */
async function ask(driver: SqlDriver, statement: string): Promise<Record<string, unknown>> {
  const answer = await driver.execute(statement);
  const rows: unknown = typeof answer === 'object' && answer !== null && 'rows' in answer ? answer.rows : answer;
  const first: unknown = Array.isArray(rows) ? rows[0] : undefined;
  return typeof first === 'object' && first !== null ? { ...first } : {};
}
