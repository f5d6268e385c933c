import { AsyncResource } from 'node:async_hooks';
import DataLoader from 'dataloader';
import { withDeadline } from '../base/deadline.ts';
import type { DataEngine, ReadDriver, Row } from './engine.ts';

/** Most values in one statement. */
const MAX_BATCH = 200;

/**
 * What is looked up, and by which column. Each is indexed, and few rows have one value of it, so that
 * a statement for many values stays small.
 */
const LOOK_UPS: Readonly<Record<string, string>> = {
  sys_session: 'token',
  sys_user: 'id',
  sys_api_key: 'key',
  sys_api_key_detail: 'id',
  sys_member: 'user_id',
  sys_user_position: 'user_id',
  sys_user_permission_set: 'user_id',
  sys_position: 'name',
  sys_position_permission_set: 'position_id',
  sys_permission_set: 'id',
};

/**
 * Looks up the few rows that say who somebody is and what they may do. Look-ups that are asked for
 * in the same turn of the event loop share one statement: it is sent after each of the requests came
 * in and nothing of it is kept, so every answer is live.
 *
 * It reads from the driver, below the permissions of the engine, as an elevated read would; rows have
 * every column, also those that the engine never hands out.
 */
export class LiveReader {
  readonly #engine: Pick<DataEngine, 'getDriverForObject' | 'getObject'>;
  readonly #deadline: number;
  /** Those that wait for the end of this turn, by what they look up. Each sends once and is dropped, with all it holds. */
  readonly #loaders = new Map<string, DataLoader<string, Row[]>>();
  /** A statement belongs to all requests that share it, and so to none. */
  readonly #scope = new AsyncResource('LiveReader');

  /** @param deadline how long a statement may take, in milliseconds. */
  constructor(engine: Pick<DataEngine, 'getDriverForObject' | 'getObject'>, deadline: number) {
    this.#engine = engine;
    this.#deadline = deadline;
  }

  /**
   * The rows of an object with this value in the column that it is looked up by.
   *
   * @param tenantId the organization whose rows are meant, where the object belongs to organizations.
   */
  find(object: string, value: string, tenantId?: string): Promise<Row[]> {
    const key = tenantId === undefined ? object : `${object} ${tenantId}`;
    const waiting = this.#loaders.get(key);
    if (waiting !== undefined) return waiting.load(value);
    const loader = new DataLoader<string, Row[]>(
      (values) => withDeadline(this.#select(object, values, tenantId), this.#deadline),
      {
        cache: false,
        maxBatchSize: MAX_BATCH,
        batchScheduleFn: (send) =>
          this.#scope.runInAsyncScope(() =>
            setImmediate(() => {
              this.#loaders.delete(key);
              send();
            }),
          ),
      },
    );
    this.#loaders.set(key, loader);
    return loader.load(value);
  }

  /** The same, in the words of the engine, for the platform's own functions: it may be handed to them as one. */
  readonly asEngine = {
    find: async (object: string, query: ReaderQuery): Promise<Row[]> => {
      const column = LOOK_UPS[object];
      const wanted = column === undefined ? undefined : valuesOf(query.where?.[column]);
      // What is not looked up by its column widens what may be read of other people; nothing here reads them.
      if (column === undefined || wanted === undefined) return [];
      const found = await Promise.all(
        [...new Set(wanted)].map((value) => this.find(object, value, query.context?.tenantId)),
      );
      const others = Object.entries(query.where ?? {}).filter(([name]) => name !== column);
      return found.flat().filter((row) => others.every(([name, value]) => row[name] === value));
    },
  };

  /** The rows of each value, in the order of the values. */
  async #select(object: string, asked: readonly string[], tenantId: string | undefined): Promise<Row[][]> {
    const column = LOOK_UPS[object];
    if (column === undefined) throw new TypeError(`${object} has no column to look it up by`);
    // A kernel without the security plugin has no permission sets: nobody holds one.
    if (this.#engine.getObject(object) === undefined) return asked.map(() => []);
    const values = [...new Set(asked)];
    const driver = this.#engine.getDriverForObject(object) as ReadDriver;
    const where = { [column]: values.length === 1 ? values[0] : { $in: values } };
    const found = new Map<string, Row[]>();
    for (const row of await driver.find(object, { object, where }, tenantId === undefined ? undefined : { tenantId })) {
      const value = row[column];
      // The very value: a database may compare text more loosely than secrets are to be compared.
      if (typeof value !== 'string') continue;
      const rows = found.get(value);
      if (rows === undefined) found.set(value, [row]);
      else rows.push(row);
    }
    return asked.map((value) => found.get(value) ?? []);
  }
}

/** The part of an engine's query that the platform's functions fill in. */
export interface ReaderQuery {
  readonly where?: Record<string, unknown>;
  readonly context?: { readonly tenantId?: string };
}

function valuesOf(condition: unknown): string[] | undefined {
  if (typeof condition === 'string') return [condition];
  const list = (condition as { $in?: unknown } | null | undefined)?.$in;
  return Array.isArray(list) && list.every((value) => typeof value === 'string') ? list : undefined;
}
