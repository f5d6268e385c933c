// @ts-nocheck
import { AsyncResource } from 'node:async_hooks';
import DataLoader from 'dataloader';
import type { Row, SqlDriver } from '../../platform/engine.ts';
import { query } from '../../platform/sql.ts';
import { API_KEY_USAGE_OBJECT, firstDayAt, type KeyOperation } from '../record/api-key-usage.ts';

/** What a key did to an object in the last 30 days. */
export interface ApiKeyUse {
  /** Empty for operations without an object. */
  readonly object: string;
  readonly operation: KeyOperation;
  readonly count: number;
  /** `YYYY-MM-DD`, in UTC. */
  readonly lastUsedOn: string;
}

/** Reads what keys were used for. Look-ups in the same turn of the event loop share one statement. */
export class UsageReader {
  readonly #driver: SqlDriver;
  readonly #loader: DataLoader<string, ApiKeyUse[]>;
  /** A shared statement belongs to no single request. */
  readonly #scope = new AsyncResource('UsageReader');

  constructor(driver: SqlDriver) {
    this.#driver = driver;
    this.#loader = new DataLoader((keyIds) => this.#select([...new Set(keyIds)], keyIds), {
      cache: false,
      maxBatchSize: 200,
      batchScheduleFn: (send) => this.#scope.runInAsyncScope(() => setImmediate(send)),
    });
  }

  /**
   * The uses of a key, by object and operation. Uses recorded under `*` apply to every key.
   */
  async find(keyId: string): Promise<ApiKeyUse[]> {
    return this.#loader.load(keyId);
  }

  async #select(keyIds: readonly string[], asked: readonly string[]): Promise<ApiKeyUse[][]> {
    const rows = await query(
      this.#driver,
      `SELECT key_id, object, operation, MAX(day) AS last_day, SUM(uses) AS uses FROM ${API_KEY_USAGE_OBJECT}
       WHERE key_id IN (${keyIds.map(() => '?').join(', ')}) AND day >= ?
       GROUP BY key_id, object, operation ORDER BY object, operation`,
      [...keyIds, firstDayAt(Date.now())],
    );
    const found = Map.groupBy(rows, (row) => String(row['key_id']));
    return asked.map((keyId) => (found.get(keyId) ?? []).map(toUse));
  }
}

function toUse(row: Row): ApiKeyUse {
  return {
    object: String(row['object'] ?? ''),
    operation: row['operation'] as KeyOperation,
    count: Number(row['uses']),
    lastUsedOn: String(row['last_day']),
  };
}
