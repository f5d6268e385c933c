import { AsyncResource } from 'node:async_hooks';
import type { DataEngine, SqlDriver, Transaction } from '../../platform/engine.ts';
import { query } from '../../platform/sql.ts';
import { API_KEY_USAGE_OBJECT, dayOf, firstDayAt, type KeyOperation } from '../record/api-key-usage.ts';

/** How often what was counted is written, in milliseconds. */
const FLUSH_INTERVAL = 5000;
/** How often rows that are too old are deleted, in milliseconds, and how many at once. */
const PRUNE_INTERVAL = 3_600_000;
const PRUNE_BATCH = 500;
/** Rows in one statement. */
const BATCH = 100;
/** The most that is held in memory until it is written: keys, and pairs of object and operation of each. */
const MAX_KEYS = 5000;
const MAX_USES = 500;
/** Stands for every key, where even the keys were too many to record. */
export const EVERY_KEY = '*';

/** Uses of one key: how often, by day, operation and object. */
type Counts = Map<string, number>;

/**
 * Counts what keys do. A use costs its request one step of a counter in memory; the counts are added to
 * the rows of the database behind it, every five seconds and at a clean shutdown, so that replicas add up.
 *
 * What is held is bounded. Where there is too much of it, the uses of the key are marked as incomplete.
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
  /** The present day and when it ends: making a date for every use would cost more than counting it. */
  #today = { day: '', begins: 0, ends: 0 };

  /**
   * @param driver of the keys, once there is something to write.
   * @param report is told of a write that failed; what it was to write is kept for the next one.
   */
  constructor(engine: DataEngine, driver: () => SqlDriver, report: (error: unknown) => void) {
    this.#engine = engine;
    this.#driver = driver;
    this.#report = report;
    this.#timer = setInterval(() => void this.flush(), FLUSH_INTERVAL);
    this.#timer.unref();
  }

  /** Notes that a key did something, and was allowed to. */
  note(keyId: string, object: string, operation: KeyOperation, now: number = Date.now()): void {
    this.#add(keyId, `${this.#dayAt(now)} ${operation} ${object}`, 1);
  }

  /** Writes what was counted. */
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
    this.#today = { day, begins, ends: begins + 86_400_000 };
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
      // Together with what was counted meanwhile.
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

  /** Straight to the columns: through the engine each count would be an audited change. */
  #upsert(counted: ReadonlyMap<string, Counts>): Promise<void> {
    // In one order, so that two replicas cannot wait for each other's rows.
    const rows = [...counted].flatMap(([keyId, counts]) => [...counts].map((count) => rowOf(keyId, count)));
    rows.sort(([a], [b]) => (a < b ? -1 : 1));
    return this.#engine.transaction(
      async ({ transaction }) => {
        for (let start = 0; start < rows.length; start += BATCH) {
          await this.#upsertBatch(rows.slice(start, start + BATCH), transaction);
        }
      },
      { isSystem: true },
      { require: true },
    );
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

  /** Deletes what is too old: a few rows an hour, so that nobody waits for it. */
  async #prune(now: number): Promise<void> {
    if (now - this.#pruned < PRUNE_INTERVAL) return;
    const deleted = await query(
      this.#driver(),
      `DELETE FROM ${API_KEY_USAGE_OBJECT} WHERE id IN
       (SELECT id FROM ${API_KEY_USAGE_OBJECT} WHERE day < ? ORDER BY day LIMIT ${PRUNE_BATCH}) RETURNING id`,
      [firstDayAt(now)],
    );
    // Where there was more, the next flush goes on with it.
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
