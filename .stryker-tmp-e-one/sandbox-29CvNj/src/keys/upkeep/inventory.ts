// @ts-nocheck
import { DAY } from '../../base/time.ts';
import type { SqlDriver } from '../../platform/engine.ts';
import { query } from '../../platform/sql.ts';
import { API_KEY_OBJECT } from '../record/api-key.ts';
import { FIRST_REMINDER } from './endings.ts';

/** How long counts are reused, in milliseconds: counting reads every key. */
const KEPT = 5 * 60_000;
const LONG = 90 * DAY;

/** How many keys there are that are neither revoked nor expired. */
export interface KeyCounts {
  readonly active: number;
  /** Without scopes. */
  readonly unlimited: number;
  /** Expire within 30 days. */
  readonly expiring: number;
  /** Neither made nor used within 90 days. */
  readonly unused: number;
}

/** Counts the keys of all organizations, at most once in five minutes. */
export class KeyInventory {
  readonly #driver: SqlDriver;
  #counted: { readonly at: number; readonly counts: Promise<KeyCounts> } | undefined;

  constructor(driver: SqlDriver) {
    this.#driver = driver;
  }

  /** Concurrent callers share one count. A count that failed is not kept. */
  async count(now: number = Date.now()): Promise<KeyCounts> {
    const known = this.#counted;
    if (known !== undefined && now - known.at < KEPT) return known.counts;
    const counted = { at: now, counts: this.#read(now) };
    this.#counted = counted;
    try {
      return await counted.counts;
    } catch (error) {
      if (this.#counted === counted) this.#counted = undefined;
      throw error;
    }
  }

  async #read(now: number): Promise<KeyCounts> {
    const at = (moment: number): string => new Date(moment).toISOString();
    const [row = {}] = await query(
      this.#driver,
      `SELECT COUNT(*) AS active,
       SUM(CASE WHEN scopes IS NULL OR CAST(scopes AS TEXT) IN ('', '[]') THEN 1 ELSE 0 END) AS unlimited,
       SUM(CASE WHEN expires_at <= ? THEN 1 ELSE 0 END) AS expiring,
       SUM(CASE WHEN created_at <= ? AND (last_used_at IS NULL OR last_used_at <= ?) THEN 1 ELSE 0 END) AS unused
       FROM ${API_KEY_OBJECT} WHERE NOT COALESCE(revoked, FALSE) AND (expires_at IS NULL OR expires_at > ?)`,
      [at(now + FIRST_REMINDER), at(now - LONG), at(now - LONG), at(now)],
    );
    const number = (name: string): number => Number(row[name] ?? 0);
    return {
      active: number('active'),
      unlimited: number('unlimited'),
      expiring: number('expiring'),
      unused: number('unused'),
    };
  }
}
