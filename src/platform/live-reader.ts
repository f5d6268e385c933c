import { AsyncResource } from 'node:async_hooks';
import DataLoader from 'dataloader';
import { withDeadline } from '../base/deadline.ts';
import type { DataEngine, ReadDriver, Row } from './engine.ts';
import { noteFailure } from './failures.ts';
import type { RequestMemo } from './request-memo.ts';

/** Most values in one statement. */
const MAX_BATCH = 200;

/** A column by which rows are looked up, and how many rows of one value are read at most, where there may be many. */
interface LookUp {
  readonly column: string;
  readonly limit?: number;
}

/**
 * What is looked up, and by which columns. Each is indexed, and few rows have one value of it, so that
 * a statement for many values stays small; where many may have it there is a limit, and a statement for each value.
 */
const LOOK_UPS: Readonly<Record<string, readonly [LookUp, ...LookUp[]]>> = {
  sys_session: [{ column: 'token' }],
  sys_user: [{ column: 'id' }],
  sys_api_key: [{ column: 'key' }],
  sys_api_key_detail: [{ column: 'id' }],
  sys_api_key_policy: [{ column: 'id' }],
  sys_organization: [{ column: 'id' }],
  // The platform reads the first thousand members of an organization.
  sys_member: [{ column: 'user_id' }, { column: 'organization_id', limit: 1000 }],
  sys_user_position: [{ column: 'user_id' }],
  sys_user_permission_set: [{ column: 'user_id' }],
  sys_position: [{ column: 'name' }],
  sys_position_permission_set: [{ column: 'position_id' }],
  sys_permission_set: [{ column: 'id' }, { column: 'name' }],
};

/** The columns by which rows of an object are looked up; the first is the one that {@link LiveReader.find} goes by. */
export function lookUpColumns(object: string): readonly string[] {
  return (LOOK_UPS[object] ?? []).map(({ column }) => column);
}

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
  readonly #memo: Pick<RequestMemo, 'remember'> | undefined;
  /** Those that wait for the end of this turn, by what they look up. Each sends once and is dropped, with all it holds. */
  readonly #loaders = new Map<string, DataLoader<string, Row[]>>();
  /** A statement belongs to all requests that share it, and so to none. */
  readonly #scope = new AsyncResource('LiveReader');

  /**
   * @param deadline how long a statement may take, in milliseconds.
   * @param memo answers what a request asks again.
   */
  constructor(
    engine: Pick<DataEngine, 'getDriverForObject' | 'getObject'>,
    deadline: number,
    memo?: Pick<RequestMemo, 'remember'>,
  ) {
    this.#engine = engine;
    this.#deadline = deadline;
    this.#memo = memo;
  }

  /**
   * The rows of an object with this value in the column that it is looked up by.
   *
   * @param tenantId the organization whose rows are meant, where the object belongs to organizations.
   */
  find(object: string, value: string, tenantId?: string): Promise<Row[]> {
    return this.findBy(object, LOOK_UPS[object]?.[0].column ?? '', value, tenantId);
  }

  /**
   * The same, by any of the columns that the object is looked up by.
   *
   * @throws TypeError for another column.
   */
  findBy(object: string, column: string, value: string, tenantId?: string): Promise<Row[]> {
    const ask = (): Promise<Row[]> => this.#load(object, column, value, tenantId);
    const rows =
      this.#memo === undefined ? ask() : this.#memo.remember(`${object} ${column} ${tenantId ?? ''} ${value}`, ask);
    // The statement belongs to no request; that it failed is remembered of each that asked.
    rows.catch(() => noteFailure('unavailable'));
    return rows;
  }

  #load(object: string, column: string, value: string, tenantId: string | undefined): Promise<Row[]> {
    const key = `${object} ${column} ${tenantId ?? ''}`;
    const waiting = this.#loaders.get(key);
    if (waiting !== undefined) return waiting.load(value);
    const loader = new DataLoader<string, Row[]>(
      (values) => withDeadline(this.#select(object, column, values, tenantId), this.#deadline),
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
      const column = LOOK_UPS[object]?.[0].column;
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
  async #select(
    object: string,
    column: string,
    asked: readonly string[],
    tenantId: string | undefined,
  ): Promise<Row[][]> {
    const lookUp = LOOK_UPS[object]?.find((each) => each.column === column);
    if (lookUp === undefined) throw new TypeError(`${object} is not looked up by ${column}`);
    // A kernel without the security plugin has no permission sets: nobody holds one.
    if (this.#engine.getObject(object) === undefined) return asked.map(() => []);
    const { limit } = lookUp;
    const values = [...new Set(asked)];
    const driver = this.#engine.getDriverForObject(object) as ReadDriver;
    const options = tenantId === undefined ? undefined : { tenantId };
    const statements =
      limit === undefined
        ? [{ object, where: { [column]: values.length === 1 ? values[0] : { $in: values } } }]
        : values.map((value) => ({ object, where: { [column]: value }, limit }));
    const results = await Promise.all(statements.map((statement) => driver.find(object, statement, options)));
    const found = new Map<string, Row[]>();
    for (const row of results.flat()) {
      const value = row[column];
      // The very value: a database may compare text more loosely than secrets are to be compared.
      if (typeof value !== 'string') continue;
      // Several requests get it, and none may change it for the others.
      Object.freeze(row);
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

/** The values of a condition that says which ones, one or several. */
export function valuesOf(condition: unknown): string[] | undefined {
  if (typeof condition === 'string') return [condition];
  const list = (condition as { $in?: unknown } | null | undefined)?.$in;
  return Array.isArray(list) && list.every((value) => typeof value === 'string') ? list : undefined;
}
