// @ts-nocheck
import type { SqlDriver } from '../../platform/engine.ts';
import { query } from '../../platform/sql.ts';
import { LEDGER_OBJECT, leaseEntry } from './ledger.ts';

/** Lets the first replica that asks do work for all of them. */
export class Leases {
  readonly #driver: () => SqlDriver;

  /** @param driver returns the driver of the ledger; called when there is work. */
  constructor(driver: () => SqlDriver) {
    this.#driver = driver;
  }

  /**
   * Takes a lease for a job. No other replica gets it before `until`, even if this one fails.
   *
   * @param until milliseconds since 1970.
   * @returns whether the lease was free.
   */
  async take(work: string, now: number, until: number): Promise<boolean> {
    const rows = await query(
      this.#driver(),
      `INSERT INTO ${LEDGER_OBJECT} (id, value) VALUES (?, ?)
       ON CONFLICT (id) DO UPDATE SET value = excluded.value WHERE ${LEDGER_OBJECT}.value <= ? RETURNING id`,
      [leaseEntry(work), written(until), written(now)],
    );
    return rows.length > 0;
  }
}

/** Values are compared as text, so they must have the same length. */
function written(moment: number): string {
  return String(moment).padStart(15, '0');
}
