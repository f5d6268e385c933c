// @ts-nocheck
import { createHash } from 'node:crypto';
import { Field, ObjectSchema } from '@objectstack/spec/data';
import { unavailable } from '../../base/errors.ts';
import { DAY } from '../../base/time.ts';
import { networkOf } from '../../http/client-network.ts';
import type { SqlDriver, Transaction } from '../../platform/engine.ts';
import { dialectOf, query } from '../../platform/sql.ts';

export const LEDGER_OBJECT = 'sys_api_key_ledger';

/** How long an idempotent request is remembered by default, in milliseconds. */
export const IDEMPOTENCY_RETENTION = 30 * DAY;
/** A replaced key keeps working for at most seven days; after that it cannot be replaced again anyway. */
const REPLACED_RETENTION = 8 * DAY;
/** How often a lock is tried for while what it locks is dropped. */
const LOCK_TRIES = 5;

/**
 * Data besides the keys that all replicas share: token buckets, the fingerprints of requests with an
 * `Idempotency-Key`, leases of scheduled jobs, and which events have been published. It contains no secret, no
 * hash of a key and no plain address, and cannot be reached through the data API.
 */
export const ledgerObject = ObjectSchema.create({
  name: LEDGER_OBJECT,
  label: 'API key ledger',
  pluralLabel: 'API key ledger',
  isSystem: true,
  managedBy: 'engine-owned',
  access: { default: 'private' },
  description: 'Token buckets and request fingerprints of API key minting. Only the API keys plugin writes it.',
  fields: {
    id: Field.text({ label: 'Id', required: true, readonly: true }),
    value: Field.text({ label: 'Value', required: true, readonly: true, maxLength: 128 }),
    ends_at: Field.text({ label: 'When it may be dropped, ISO 8601', readonly: true, maxLength: 32 }),
  },
  enable: { apiEnabled: false, trackHistory: false, searchable: false },
});

/** The prefixes of the ids of entries. */
export const USER = 'user:';
export const ADDRESS = 'address:';
export const REQUEST = 'request:';
export const REPLACED = 'replaced:';
const LEASE = 'lease:';
const NOTICE = 'told:';

/** The entry of a person; it is also the lock under which their keys are counted and replaced. */
export function userEntry(userId: string): string {
  return `${USER}${userId}`;
}

/** The entry of an address. It is a digest, so that the table contains no addresses. */
export function addressEntry(address: string): string {
  return `${ADDRESS}${createHash('sha256').update(networkOf(address)).digest('base64url').slice(0, 32)}`;
}

/** The entry of an idempotent request. */
export function requestEntry(keyId: string): string {
  return `${REQUEST}${keyId}`;
}

/** The entry of a replaced key in its overlap. */
export function replacedEntry(keyId: string): string {
  return `${REPLACED}${keyId}`;
}

/** The entry of a scheduled job: until when no other replica runs it. */
export function leaseEntry(job: string): string {
  return `${LEASE}${job}`;
}

/** The entry of an event that has been published, so that no replica publishes it again. */
export function noticeEntry(what: string, keyId: string): string {
  return `${NOTICE}${what}:${keyId}`;
}

/** The entries of the ledger in a database transaction. */
export class Ledger {
  readonly #driver: SqlDriver;
  readonly #idempotencyRetention: number;

  /** @param idempotencyRetention how long an idempotent request is remembered, in milliseconds. */
  constructor(driver: SqlDriver, idempotencyRetention: number = IDEMPOTENCY_RETENTION) {
    this.#driver = driver;
    this.#idempotencyRetention = idempotencyRetention;
  }

  /**
   * Locks entries until the end of the transaction and reads them.
   *
   * The first statement is a write: on SQLite, a transaction that starts with a read cannot always be
   * upgraded, and a write transaction excludes all others. On PostgreSQL, the rows are locked in the order
   * of their ids, so that two replicas cannot deadlock.
   *
   * @param initial entries to create with these values if they do not exist.
   * @param others entries to read if they exist.
   */
  async lock(
    transaction: Transaction,
    initial: ReadonlyMap<string, string>,
    others: readonly string[],
  ): Promise<Map<string, string>> {
    if (initial.size > 0) {
      await this.#make(transaction, initial);
    } else if (dialectOf(this.#driver) === 'sqlite') {
      // Without limits there is no entry to create; a write of no rows locks SQLite as well.
      await this.#driver.execute(`DELETE FROM ${LEDGER_OBJECT} WHERE 0`, [], { transaction });
    }
    if (dialectOf(this.#driver) !== 'postgres') return this.#read(transaction, [...initial.keys(), ...others], '');
    // PostgreSQL shows a statement what was committed before it started. This one may wait for a lock, so
    // only the next statement sees what the holder of the lock wrote.
    const locked = await this.#lockRows(transaction, initial);
    return new Map([...locked, ...(await this.#read(transaction, others, ''))]);
  }

  /** A full bucket may be dropped between the statement that finds it there and the one that locks it: then it is made again. */
  async #lockRows(transaction: Transaction, initial: ReadonlyMap<string, string>): Promise<Map<string, string>> {
    for (let tries = 1; ; tries += 1) {
      const locked = await this.#read(transaction, [...initial.keys()], ' FOR UPDATE');
      if (locked.size === initial.size) return locked;
      if (tries === LOCK_TRIES) throw unavailable();
      await this.#make(transaction, initial);
    }
  }

  async #make(transaction: Transaction, initial: ReadonlyMap<string, string>): Promise<void> {
    const entries = [...initial].sort(([a], [b]) => (a < b ? -1 : 1));
    await this.#driver.execute(
      `INSERT INTO ${LEDGER_OBJECT} (id, value) VALUES ${entries.map(() => '(?, ?)').join(', ')} ON CONFLICT (id) DO NOTHING`,
      entries.flat(),
      { transaction },
    );
  }

  async #read(transaction: Transaction, ids: readonly string[], forUpdate: string): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await query(
      this.#driver,
      `SELECT id, value FROM ${LEDGER_OBJECT} WHERE id IN (${placeholders(ids.length)}) ORDER BY id${forUpdate}`,
      ids,
      { transaction },
    );
    return new Map(rows.map((row) => [String(row['id']), String(row['value'])]));
  }

  /** Writes entries, new or not. */
  async write(transaction: Transaction, entries: ReadonlyMap<string, string>): Promise<void> {
    if (entries.size === 0) return;
    const now = Date.now();
    await this.#driver.execute(
      `INSERT INTO ${LEDGER_OBJECT} (id, value, ends_at) VALUES ${[...entries].map(() => '(?, ?, ?)').join(', ')}
       ON CONFLICT (id) DO UPDATE SET value = excluded.value, ends_at = excluded.ends_at`,
      [...entries].flatMap(([id, value]) => [id, value, this.#endOf(id, now)]),
      { transaction },
    );
  }

  /** When an entry may be deleted. A bucket itself determines when it is full. */
  #endOf(id: string, now: number): string | null {
    const kept = id.startsWith(REQUEST)
      ? this.#idempotencyRetention
      : id.startsWith(REPLACED)
        ? REPLACED_RETENTION
        : undefined;
    return kept === undefined ? null : new Date(now + kept).toISOString();
  }

  /**
   * Throws if the transaction can no longer be committed. If a statement failed, PostgreSQL silently rolls
   * back on COMMIT. If a hook of another plugin swallowed that failure, the response would contain a key
   * that does not exist.
   */
  async assertCommittable(transaction: Transaction): Promise<void> {
    if (dialectOf(this.#driver) === 'postgres') await this.#driver.execute('SELECT 1', [], { transaction });
  }
}

function placeholders(count: number): string {
  return Array(count).fill('?').join(', ');
}
