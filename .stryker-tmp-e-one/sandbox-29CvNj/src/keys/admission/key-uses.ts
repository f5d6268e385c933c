// @ts-nocheck
import { AsyncResource } from 'node:async_hooks';
import { DAY } from '../../base/time.ts';
import { committed } from '../../platform/committed.ts';
import type { DataEngine, SqlDriver, Transaction } from '../../platform/engine.ts';
import { query } from '../../platform/sql.ts';
import { API_KEY_USAGE_OBJECT, dayOf, firstDayAt, type KeyOperation } from '../record/api-key-usage.ts';

/** How often counts are written, in milliseconds. */
const FLUSH_INTERVAL = 5000;
/** How often old rows are deleted, in milliseconds, and how many at a time. */
const PRUNE_INTERVAL = 3_600_000;
const PRUNE_BATCH = 500;
/** Rows in one statement. */
const BATCH = 100;
/** The most counts in memory: keys, and pairs of object and operation for each key. */
const MAX_KEYS = 5000;
const MAX_USES = 500;
/** Means every key, if there were too many keys to record. */
export const EVERY_KEY = '*';

/** The counts of one key, by day, operation and object. */
type Counts = Map<string, number>;

/**
 * Counts the uses of keys. A request only increments a counter in memory. The counts are added to the rows in
 * the database every five seconds and at a clean shutdown, so that the counts of all replicas add up.
 *
 * Memory is limited. If there are too many different uses, the uses of the key are marked as incomplete.
 */
export class KeyUses {
  readonly #engine: DataEngine;
  readonly #driver: () => SqlDriver;
  readonly #report: (error: unknown) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #scope = new AsyncResource('KeyUses');
  #counts = new Map<string, Counts>();
  #flushing: Promise<void> = Promise.resolve();
  #pruned = 0;
  /** The current day and when it ends. Creating a date for every use would cost more than counting it. */
  #today = { day: '', begins: 0, ends: 0 };

  /**
   * @param driver returns the driver of the keys; called when there is something to write.
   * @param report called when a write fails. Its counts are kept for the next write.
   */
  constructor(engine: DataEngine, driver: () => SqlDriver, report: (error: unknown) => void) {
    this.#engine = engine;
    this.#driver = driver;
    this.#report = report;
    this.#timer = setInterval(() => void this.flush(), FLUSH_INTERVAL);
    this.#timer.unref();
  }

  /** Counts an allowed operation of a key. */
  note(keyId: string, object: string, operation: KeyOperation, now: number = Date.now()): void {
    this.#add(keyId, `${this.#dayAt(now)} ${operation} ${object}`, 1);
  }

  /** Writes the counts. */
  flush(now: number = Date.now()): Promise<void> {
    this.#flushing = this.#flushing.then(() => this.#scope.runInAsyncScope(() => this.#write(now)));
    return this.#flushing;
  }

  /** Writes everything and stops. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  #dayAt(now: number): string {
    const today = this.#today;
    if (now >= today.begins && now < today.ends) return today.day;
    const day = dayOf(now);
    const begins = Date.parse(day);
    this.#today = { day, begins, ends: begins + DAY };
    return day;
  }

  #add(keyId: string, use: string, times: number): void {
    let counts = this.#counts.get(keyId);
    if (counts === undefined) {
      if (this.#counts.size >= MAX_KEYS && keyId !== EVERY_KEY) {
        this.#add(EVERY_KEY, incompleteOn(use), 1);
        return;
      }
      counts = new Map();
      this.#counts.set(keyId, counts);
    }
    const count = counts.get(use);
    if (count === undefined && counts.size >= MAX_USES) counts.set(incompleteOn(use), 1);
    else counts.set(use, (count ?? 0) + times);
  }

  async #write(now: number): Promise<void> {
    const counted = this.#counts;
    this.#counts = new Map();
    try {
      if (counted.size > 0) await this.#upsert(counted);
    } catch (error) {
      // Add them to the counts since then.
      for (const [keyId, counts] of counted) for (const [use, times] of counts) this.#add(keyId, use, times);
      this.#report(error);
      return;
    }
    try {
      await this.#prune(now);
    } catch (error) {
      this.#report(error);
    }
  }

  /** Writes with the driver: through the engine, each count would be an audited change. */
  #upsert(counted: ReadonlyMap<string, Counts>): Promise<void> {
    // In a fixed order, so that two replicas cannot deadlock.
    const rows = [...counted].flatMap(([keyId, counts]) => [...counts].map((count) => rowOf(keyId, count)));
    rows.sort(([a], [b]) => (a < b ? -1 : 1));
    return committed(this.#engine, API_KEY_USAGE_OBJECT, async ({ transaction }) => {
      for (let start = 0; start < rows.length; start += BATCH) {
        await this.#upsertBatch(rows.slice(start, start + BATCH), transaction);
      }
    });
  }

  async #upsertBatch(rows: readonly UsageRow[], transaction: Transaction): Promise<void> {
    await this.#driver().execute(
      `INSERT INTO ${API_KEY_USAGE_OBJECT} (id, key_id, day, operation, object, uses)
       VALUES ${rows.map(() => '(?, ?, ?, ?, ?, ?)').join(', ')}
       ON CONFLICT (id) DO UPDATE SET uses = ${API_KEY_USAGE_OBJECT}.uses + excluded.uses`,
      rows.flat(),
      { transaction },
    );
  }

  /** Deletes old rows: a few per hour, so that no request waits for it. */
  async #prune(now: number): Promise<void> {
    if (now - this.#pruned < PRUNE_INTERVAL) return;
    const deleted = await query(
      this.#driver(),
      `DELETE FROM ${API_KEY_USAGE_OBJECT} WHERE id IN
       (SELECT id FROM ${API_KEY_USAGE_OBJECT} WHERE day < ? ORDER BY day LIMIT ${PRUNE_BATCH}) RETURNING id`,
      [firstDayAt(now)],
    );
    // If there are more, the next flush continues.
    if (deleted.length < PRUNE_BATCH) this.#pruned = now;
  }
}

type UsageRow = readonly [id: string, keyId: string, day: string, operation: string, object: string, uses: number];

function rowOf(keyId: string, [use, uses]: [string, number]): UsageRow {
  const [day = '', operation = '', object = ''] = use.split(' ');
  return [`${keyId} ${use}`, keyId, day, operation, object, uses];
}

function incompleteOn(use: string): string {
  const incomplete: KeyOperation = 'INCOMPLETE';
  return `${use.slice(0, use.indexOf(' '))} ${incomplete} `;
}
