// @ts-nocheck
import { Pace } from '../../base/pace.ts';
import type { Row, SqlDriver } from '../../platform/engine.ts';
import { dialectOf, ensureIndex, query } from '../../platform/sql.ts';
import { ADDRESS, LEDGER_OBJECT, REPLACED, REQUEST, USER } from '../ledger/ledger.ts';
import type { KeyLimits } from '../limits/limits.ts';
import { type RateLimit, TokenBucket } from '../limits/rate-limit.ts';
import { API_KEY_OBJECT } from '../record/api-key.ts';

/** The rows of one statement, which is a transaction. A mint on SQLite may have to wait for one. */
const BATCH = 200;

/** Which entries are kept. */
export interface LedgerRetention {
  readonly limits: Pick<KeyLimits, 'mintLimitPerUser' | 'mintLimitPerAddress'>;
  /** How long an idempotent request is remembered, in milliseconds. */
  readonly idempotencyRetention: number;
}

/**
 * Creates the indexes for the scheduled jobs: entries by the time at which they may be deleted, and keys by their
 * expiry. Most rows have no such time, and are not in these indexes.
 */
export async function ensureUpkeepIndexes(driver: SqlDriver): Promise<void> {
  await ensureIndex(driver, `${LEDGER_OBJECT}_by_end`, `${LEDGER_OBJECT} (ends_at) WHERE ends_at IS NOT NULL`);
  await ensureIndex(
    driver,
    `${API_KEY_OBJECT}_by_expiry`,
    `${API_KEY_OBJECT} (expires_at, id) WHERE expires_at IS NOT NULL`,
  );
}

/**
 * Keeps the ledger small. It deletes entries whose retention has ended, and token buckets that are full again: a
 * bucket that does not exist counts as full.
 */
export class LedgerCleaner {
  readonly #driver: SqlDriver;
  readonly #retention: LedgerRetention;
  #hasDatedOldEntries = false;

  constructor(driver: SqlDriver, retention: LedgerRetention) {
    this.#driver = driver;
    this.#retention = retention;
  }

  /** @returns how many entries were deleted. */
  async run(now: number): Promise<number> {
    const { limits, idempotencyRetention } = this.#retention;
    if (!this.#hasDatedOldEntries) {
      for (const prefix of [REQUEST, REPLACED]) await dateOldEntries(this.#driver, prefix, now + idempotencyRetention);
    }
    this.#hasDatedOldEntries = true;
    const over = await dropOver(this.#driver, now);
    const ofPeople = await dropFull(this.#driver, USER, limits.mintLimitPerUser, now);
    return over + ofPeople + (await dropFull(this.#driver, ADDRESS, limits.mintLimitPerAddress, now));
  }
}

/** Earlier versions wrote entries without a time at which they may be deleted. Their retention starts now. */
async function dateOldEntries(driver: SqlDriver, prefix: string, end: number): Promise<void> {
  await eachPage(driver, prefix, async (rows) => {
    const ids = rows.flatMap(({ id, ends_at: endsAt }) => (endsAt === null ? [id] : []));
    if (ids.length === 0) return;
    const where = `id IN (${ids.map(() => '?').join(', ')}) AND ends_at IS NULL`;
    await driver.execute(`UPDATE ${LEDGER_OBJECT} SET ends_at = ? WHERE ${where}`, [
      new Date(end).toISOString(),
      ...ids,
    ]);
  });
}

async function dropOver(driver: SqlDriver, now: number): Promise<number> {
  const pace = new Pace();
  let dropped = 0;
  for (;;) {
    const rows = await query(
      driver,
      `DELETE FROM ${LEDGER_OBJECT} WHERE id IN
       (SELECT id FROM ${LEDGER_OBJECT} WHERE ends_at < ? ORDER BY ends_at LIMIT ${BATCH}${unlocked(driver)}) RETURNING id`,
      [new Date(now).toISOString()],
    );
    dropped += rows.length;
    if (rows.length < BATCH) return dropped;
    await pace.rest();
  }
}

/** Deletes the buckets that are full. A bucket that has changed since it was read, or is locked, stays. */
async function dropFull(driver: SqlDriver, prefix: string, limit: RateLimit | undefined, now: number): Promise<number> {
  let dropped = 0;
  await eachPage(driver, prefix, async (rows) => {
    const full = rows.filter(({ value }) => isFull(String(value), limit, now));
    if (full.length === 0) return;
    const asRead = full.map(() => '(?, ?)').join(', ');
    // The range lets the database use the primary key. With the pairs alone it would read the whole table.
    const [first, last] = [full[0]?.['id'], full.at(-1)?.['id']];
    const gone = await query(
      driver,
      `DELETE FROM ${LEDGER_OBJECT} WHERE id IN
       (SELECT id FROM ${LEDGER_OBJECT} WHERE id BETWEEN ? AND ? AND (id, value) IN (VALUES ${asRead})${unlocked(driver)}) RETURNING id`,
      [first, last, ...full.flatMap(({ id, value }) => [id, value])],
    );
    dropped += gone.length;
  });
  return dropped;
}

/** Without a limit, every bucket counts as full. */
function isFull(value: string, limit: RateLimit | undefined, now: number): boolean {
  return limit === undefined || TokenBucket.read(value, limit, now).isFull;
}

/** Visits the entries of a kind, page by page in the order of the primary key. */
async function eachPage(driver: SqlDriver, prefix: string, visit: (rows: Row[]) => Promise<void>): Promise<void> {
  // The character after ":" is ";".
  const end = `${prefix.slice(0, -1)};`;
  const pace = new Pace();
  for (let after = prefix; ; ) {
    const rows = await query(
      driver,
      `SELECT id, value, ends_at FROM ${LEDGER_OBJECT} WHERE id > ? AND id < ? ORDER BY id LIMIT ${BATCH}`,
      [after, end],
    );
    await visit(rows);
    const last = rows.at(-1)?.['id'];
    if (rows.length < BATCH || typeof last !== 'string') return;
    after = last;
    await pace.rest();
  }
}

/** On PostgreSQL, transactions that create keys lock entries. The clean-up skips these instead of waiting. */
function unlocked(driver: SqlDriver): string {
  return dialectOf(driver) === 'postgres' ? ' FOR UPDATE SKIP LOCKED' : '';
}
