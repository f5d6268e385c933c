import type { DataEngine, EngineContext, Transaction } from './engine.ts';
import { dialectOf, isSqlDriver } from './sql.ts';

/** The handle of a transaction as knex makes it, which the platform's SQL driver hands on. */
interface KnexTransaction {
  /** Rejects when the statement that ends the transaction failed; `commit()` itself does not. */
  readonly executionPromise: Promise<unknown>;
}

/**
 * Runs elevated work in one transaction, and resolves only once the database has confirmed the
 * commit. The engine alone does not say: a COMMIT that fails, as on a full disk, reads there as a
 * success, and a key would be answered that was never written.
 *
 * @param object whose database it is.
 * @throws what the work threw, or why the commit failed; nothing is written then.
 */
export async function committed<T>(
  engine: DataEngine,
  object: string,
  work: (context: EngineContext & { transaction: Transaction }, opening: { readonly owned: boolean }) => Promise<T>,
): Promise<T> {
  let transaction: Transaction | undefined;
  const result = await engine.transaction(
    (context, opening) => {
      // One that was under way is committed by whoever began it, and not before this returns.
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

/** Settles when a transaction has ended, either way; at once where it does not say when. */
export async function ended(transaction: unknown): Promise<void> {
  if (isKnexTransaction(transaction)) await transaction.executionPromise.catch(() => undefined);
}

/**
 * SQLite has one connection, and after most failures of COMMIT its transaction is still open:
 * everything later would be part of it, and every later BEGIN would fail.
 */
async function rollBack(driver: unknown): Promise<void> {
  if (!isSqlDriver(driver) || dialectOf(driver) !== 'sqlite') return;
  try {
    await driver.execute('ROLLBACK');
  } catch {
    // SQLite has done it by itself.
  }
}

function isKnexTransaction(transaction: unknown): transaction is KnexTransaction {
  // The handle is a function: it builds queries.
  return typeof transaction === 'function' && 'executionPromise' in transaction;
}
