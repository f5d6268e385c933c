import type { SqlDriver } from '../../platform/engine.ts';
import { query } from '../../platform/sql.ts';
import { LEDGER_OBJECT } from './ledger.ts';

/** Gives work that one replica does for all of them to the one that asks first. */
export class Leases {
  readonly #driver: () => SqlDriver;

  /** @param driver of the ledger, once there is something to do. */
  constructor(driver: () => SqlDriver) {
    this.#driver = driver;
  }

  /**
   * Takes a piece of work. Nobody else gets it until then, whatever becomes of whoever took it.
   *
   * @param until milliseconds since 1970.
   * @returns whether it was free.
   */
  async take(work: string, now: number, until: number): Promise<boolean> {
    const rows = await query(
      this.#driver(),
      `INSERT INTO ${LEDGER_OBJECT} (id, value) VALUES (?, ?)
       ON CONFLICT (id) DO UPDATE SET value = excluded.value WHERE ${LEDGER_OBJECT}.value <= ? RETURNING id`,
      [`lease:${work}`, written(until), written(now)],
    );
    return rows.length > 0;
  }
}

/** Texts are compared, so that all have one length. */
function written(moment: number): string {
  return String(moment).padStart(15, '0');
}
