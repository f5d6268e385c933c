// @ts-nocheck
import { AsyncResource } from 'node:async_hooks';
import { committed } from '../../platform/committed.ts';
import type { DataEngine, SqlDriver, Transaction } from '../../platform/engine.ts';
import { query } from '../../platform/sql.ts';
import { API_KEY_OBJECT } from '../record/api-key.ts';
import { API_KEY_DETAIL_OBJECT, type ApiKeyDoor } from '../record/api-key-detail.ts';

/** How often pending uses are written, in milliseconds. */
const FLUSH_INTERVAL = 5000;
/** The shortest time between two writes of a key, by all replicas together, in milliseconds. */
const RESOLUTION = 60_000;

/** How a key was used. */
export interface KeyUse {
  readonly via: ApiKeyDoor;
  /** The network of the request; `undefined` if unknown. */
  readonly network: string | undefined;
}

interface NotedUse extends KeyUse {
  readonly at: number;
}

/**
 * Records when, with which API and from which network keys were last used. The platform has a column for the
 * time but does not write it. Uses are kept in memory, which costs the request nothing, and written later: at
 * most once a minute per key, and at a clean shutdown.
 */
export class LastUsed {
  readonly #engine: DataEngine;
  readonly #driver: () => SqlDriver;
  readonly #report: (error: unknown) => void;
  /** The last unwritten use of each key. */
  readonly #uses = new Map<string, NotedUse>();
  /** When each key was written. */
  readonly #written = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;
  readonly #scope = new AsyncResource('LastUsed');
  #flushing: Promise<void> = Promise.resolve();
  #closed = false;

  /**
   * @param driver returns the driver of the keys; called when there is something to write, because keys are used before set-up is complete.
   * @param report called when a write fails. Its uses are kept for the next write.
   */
  constructor(engine: DataEngine, driver: () => SqlDriver, report: (error: unknown) => void) {
    this.#engine = engine;
    this.#driver = driver;
    this.#report = report;
    this.#timer = setInterval(() => void this.flush(), FLUSH_INTERVAL);
    this.#timer.unref();
  }

  /** Records a use of a key. */
  note(keyId: string, use: KeyUse, now: number = Date.now()): void {
    this.#uses.set(keyId, { ...use, at: now });
    // A host may go on answering while it shuts down.
    if (this.#closed) void this.flush(true);
  }

  /**
   * Writes pending uses.
   *
   * @param everything also those of keys that were written within the last minute, for a shutdown.
   */
  flush(everything = false, now: number = Date.now()): Promise<void> {
    this.#flushing = this.#flushing.then(() => this.#scope.runInAsyncScope(() => this.#write(everything, now)));
    return this.#flushing;
  }

  /** Writes everything and stops. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#closed = true;
    await this.flush(true);
  }

  async #write(everything: boolean, now: number): Promise<void> {
    for (const [id, at] of this.#written) if (now - at >= RESOLUTION) this.#written.delete(id);
    const due = [...this.#uses].filter(([id]) => everything || !this.#written.has(id));
    if (due.length === 0) return;
    let updated: Set<string>;
    try {
      updated = await this.#update(due, everything ? undefined : now - RESOLUTION);
    } catch (error) {
      this.#report(error);
      return;
    }
    for (const [id, use] of due) {
      this.#written.set(id, now);
      // Where another replica wrote within the minute the row was left as it is: this use is tried
      // once more when the minute is over, and is no news if the row is later by then.
      const settled = updated.has(id) || now - use.at >= RESOLUTION;
      // Unless the key was used again in the meantime.
      if (settled && this.#uses.get(id) === use) this.#uses.delete(id);
    }
  }

  /**
   * Writes with the driver: through the engine, each use would be an audited change of the key.
   *
   * @param before only updates rows that were not written after this time.
   * @returns the keys whose rows were written.
   */
  #update(due: readonly [string, NotedUse][], before: number | undefined): Promise<Set<string>> {
    return committed(this.#engine, API_KEY_OBJECT, async ({ transaction }) => {
      const updated = new Set<string>();
      for (const [id, use] of due) {
        if (await this.#updateOne(transaction, id, use, before)) updated.add(id);
      }
      return updated;
    });
  }

  async #updateOne(
    transaction: Transaction,
    id: string,
    { at, via, network }: NotedUse,
    before: number | undefined,
  ): Promise<boolean> {
    const used = new Date(at).toISOString();
    const updated = await query(
      this.#driver(),
      `UPDATE ${API_KEY_OBJECT} SET last_used_at = ? WHERE id = ?
       AND (last_used_at IS NULL OR (last_used_at < ? AND last_used_at <= ?)) RETURNING id`,
      [used, id, used, before === undefined ? used : new Date(before).toISOString()],
      { transaction },
    );
    if (updated.length === 0) return false;
    await this.#driver().execute(
      `INSERT INTO ${API_KEY_DETAIL_OBJECT} (id, last_used_via, last_used_from) VALUES (?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET last_used_via = excluded.last_used_via, last_used_from = excluded.last_used_from`,
      [id, via, network ?? null],
      { transaction },
    );
    return true;
  }
}
