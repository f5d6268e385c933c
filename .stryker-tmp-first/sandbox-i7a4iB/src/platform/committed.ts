// @ts-nocheck
import type { DataEngine, EngineContext, Transaction } from './engine.ts';
import { dialectOf, isSqlDriver } from './sql.ts';

/** The knex transaction handle, which the platform's SQL driver returns. */
interface KnexTransaction {
  /** Rejects if the final statement of the transaction fails; `commit()` itself does not. */
  readonly executionPromise: Promise<unknown>;
}

/**
 * Runs elevated work in one transaction, and resolves only after the database has confirmed the
 * commit. The engine reports success even if COMMIT fails, for example on a full disk; the service
 * would then return a key that was never written.
 *
 * @param object the object whose database to use.
 * @throws the error of the work, or of the commit. Nothing is written then.
 */
export async function committed<T>(
  engine: Pick<DataEngine, 'transaction' | 'getDriverForObject'>,
  object: string,
  work: (context: EngineContext & { transaction: Transaction }, opening: { readonly owned: boolean }) => Promise<T>,
): Promise<T> {
  let transaction: Transaction | undefined;
  const result = await engine.transaction(
    (context, opening) => {
      // A transaction that was already open is committed by the code that opened it, after this returns.
      if (opening.owned) transaction = context.transaction;
      return work(context, opening);
    },
    { isSystem: true },
    { require: true },
  );
  if (isKnexTransaction(transaction)) {
    try {
      await transaction.executionPromise;
    } catch (error) {
      await rollBack(engine.getDriverForObject(object));
      throw error;
    }
  }
  return result;
}

/** Settles when a transaction has ended; immediately if its handle cannot tell. */
export async function ended(transaction: unknown): Promise<void> {
  if (isKnexTransaction(transaction)) await transaction.executionPromise.catch(() => undefined);
}

/**
 * SQLite has one connection, and after most failures of COMMIT the transaction stays open. All later
 * statements would be part of it, and every later BEGIN would fail.
 */
async function rollBack(driver: unknown): Promise<void> {
  if (!isSqlDriver(driver) || dialectOf(driver) !== 'sqlite') return;
  try {
    await driver.execute('ROLLBACK');
  } catch {
    // SQLite has already rolled back.
  }
}

function isKnexTransaction(transaction: unknown): transaction is KnexTransaction {
  // The handle is a function: it builds queries.
  return typeof transaction === 'function' && 'executionPromise' in transaction;
}
