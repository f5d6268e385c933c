// @ts-nocheck
import { AsyncResource } from 'node:async_hooks';
import DataLoader from 'dataloader';
import { withDeadline } from '../base/deadline.ts';
import type { DataEngine, ReadDriver, Row } from './engine.ts';
import { noteFailure } from './failures.ts';
import type { RequestMemo } from './request-memo.ts';

/** The most values in one statement. */
const MAX_BATCH = 200;

/** A column for look-ups, with a limit on the rows for one value if there may be many. */
interface LookUp {
  readonly column: string;
  readonly limit?: number;
}

/**
 * The objects and columns of look-ups. Each column is indexed, and few rows share a value, so a statement
 * for many values stays small. Where many rows may share a value, there is a limit and one statement per value.
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

/** The look-up columns of an object; {@link LiveReader.find} uses the first. */
export function lookUpColumns(object: string): readonly string[] {
  return (LOOK_UPS[object] ?? []).map(({ column }) => column);
}

/**
 * Looks up the rows that identify a person and their rights. Look-ups in the same turn of the event
 * loop share one statement. It is sent after all their requests arrived, and nothing is cached, so every
 * result is current.
 *
 * It reads from the driver, below the permissions of the engine, like an elevated read. Rows contain
 * every column, including those that the engine never returns.
 */
export class LiveReader {
  readonly #engine: Pick<DataEngine, 'getDriverForObject' | 'getObject'>;
  readonly #deadline: number;
  readonly #memo: Pick<RequestMemo, 'remember'> | undefined;
  /** The loaders of this turn, by object and column. Each sends one batch and is then dropped with its data. */
  readonly #loaders = new Map<string, DataLoader<string, Row[]>>();
  /** A shared statement belongs to no single request. */
  readonly #scope = new AsyncResource('LiveReader');

  /**
   * @param deadline the time limit for a statement, in milliseconds.
   * @param memo remembers the look-ups of each request.
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
   * The rows of an object with this value in its first look-up column.
   *
   * @param tenantId the organization, if the object belongs to organizations.
   */
  find(object: string, value: string, tenantId?: string): Promise<Row[]> {
    return this.findBy(object, LOOK_UPS[object]?.[0].column ?? '', value, tenantId);
  }

  /**
   * The same, by any look-up column of the object.
   *
   * @throws TypeError for another column.
   */
  findBy(object: string, column: string, value: string, tenantId?: string): Promise<Row[]> {
    const ask = (): Promise<Row[]> => this.#load(object, column, value, tenantId);
    const rows =
      this.#memo === undefined ? ask() : this.#memo.remember(`${object} ${column} ${tenantId ?? ''} ${value}`, ask);
    // The statement belongs to no request, so its failure is recorded for each request that shares it.
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

  /** The same with the interface of the engine, for the platform's own functions. */
  readonly asEngine = {
    find: async (object: string, query: ReaderQuery): Promise<Row[]> => {
      const column = LOOK_UPS[object]?.[0].column;
      const wanted = column === undefined ? undefined : valuesOf(query.where?.[column]);
      // Objects without look-up columns only widen access to other people's rows, which nothing here reads.
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
    // Without the security plugin, a kernel has no permission sets, so nobody holds any.
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
      // Compare exactly: a database may compare text more loosely than is safe for secrets.
      if (typeof value !== 'string') continue;
      // Frozen, because several requests share it.
      Object.freeze(row);
      const rows = found.get(value);
      if (rows === undefined) found.set(value, [row]);
      else rows.push(row);
    }
    return asked.map((value) => found.get(value) ?? []);
  }
}

/** The part of an engine query that the platform's functions use. */
export interface ReaderQuery {
  readonly where?: Record<string, unknown>;
  readonly context?: { readonly tenantId?: string };
}

/** The values in an equality or `$in` condition. */
export function valuesOf(condition: unknown): string[] | undefined {
  if (typeof condition === 'string') return [condition];
  const list = (condition as { $in?: unknown } | null | undefined)?.$in;
  return Array.isArray(list) && list.every((value) => typeof value === 'string') ? list : undefined;
}
