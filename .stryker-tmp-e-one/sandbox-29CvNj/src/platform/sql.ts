// @ts-nocheck
import type { DataEngine, Row, SqlDriver, Transaction } from './engine.ts';

/** The SQL dialects that this service supports. */
export type Dialect = 'sqlite' | 'postgres';

/**
 * The dialect of a driver, which the host chooses; `undefined` if it is not an SQL driver, or one for
 * another database.
 */
export function dialectOf(driver: unknown): Dialect | undefined {
  if (typeof driver !== 'object' || driver === null) return undefined;
  const { execute, isSqlite, isPostgres } = driver as Partial<SqlDriver>;
  if (typeof execute !== 'function') return undefined;
  if (isSqlite === true) return 'sqlite';
  return isPostgres === true ? 'postgres' : undefined;
}

/** The driver that stores an object; `undefined` if that is neither SQLite nor PostgreSQL. */
export function sqlDriverOf(engine: Pick<DataEngine, 'getDriverForObject'>, object: string): SqlDriver | undefined {
  const driver = engine.getDriverForObject(object);
  return isSqlDriver(driver) ? driver : undefined;
}

/** Whether a driver supports a {@link Dialect}. */
export function isSqlDriver(driver: unknown): driver is SqlDriver {
  return dialectOf(driver) !== undefined;
}

/** Makes an index, unless it is there. */
export async function ensureIndex(driver: SqlDriver, name: string, on: string): Promise<void> {
  const make = async (): Promise<unknown> => driver.execute(`CREATE INDEX IF NOT EXISTS ${name} ON ${on}`);
  // PostgreSQL lets two replicas that start together both begin, and fails the second; by then it is there.
  await make().catch(make);
}

/** Runs a statement and returns its rows, which a driver of SQLite answers as they are, and one of PostgreSQL as `rows`. */
export async function query(
  driver: SqlDriver,
  statement: string,
  parameters: readonly unknown[] = [],
  options?: { transaction: Transaction },
): Promise<Row[]> {
  const result = await driver.execute(statement, parameters, options);
  return Array.isArray(result) ? result : (result.rows ?? []);
}
