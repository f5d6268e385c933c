import type { HookEngine, Row } from './engine.ts';
import { type LiveReader, lookUpColumns, valuesOf } from './live-reader.ts';
import type { EngineMiddleware, EngineOperation } from './middleware.ts';
import type { RequestMemo } from './request-memo.ts';

const WRITES: ReadonlySet<string> = new Set(['insert', 'update', 'delete']);
/** What the platform may say of a look-up besides where; anything else makes it a question of its own. */
const KNOWN = new Set(['object', 'where', 'limit']);
/** Columns that the engine hands to nobody. */
const HIDDEN: Readonly<Record<string, string>> = { sys_api_key: 'key' };

/** The engine, and where it keeps the transaction that is under way; its types do not say so. */
export interface SharedReadsEngine extends Pick<HookEngine, 'hasHooksFor'> {
  readonly txStore?: { getStore(): unknown };
}

interface LookedUp {
  readonly column: string;
  readonly values: readonly string[];
  /** Further conditions, each of which is a plain value. */
  readonly others: readonly (readonly [string, unknown])[];
  readonly limit: number | undefined;
}

/**
 * To find out who asks and what they may do, the platform makes some ten elevated look-ups for each request
 * with a key, each a statement of its own, and makes several of them again for each operation. Here those
 * that requests make in the same turn of the event loop share a statement, and those that one request
 * repeats are answered once, until it writes something.
 *
 * Nothing is kept past the request: each look-up is sent after the request came in.
 */
export class SharedReads {
  readonly #engine: SharedReadsEngine;
  readonly #reader: Pick<LiveReader, 'findBy'>;
  readonly #memo: Pick<RequestMemo, 'forget'>;
  readonly #applies: () => boolean;

  /** @param applies whether the look-ups of the request that is under way are to be shared. */
  constructor(
    engine: SharedReadsEngine,
    reader: Pick<LiveReader, 'findBy'>,
    memo: Pick<RequestMemo, 'forget'>,
    applies: () => boolean,
  ) {
    this.#engine = engine;
    this.#reader = reader;
    this.#memo = memo;
    this.#applies = applies;
  }

  /** To be registered behind every middleware that has to see the look-ups: none that comes later does. */
  readonly around: EngineMiddleware = async (operation, next) => {
    if (WRITES.has(operation.operation)) {
      this.#memo.forget();
      await next();
      // What was read while it was being written may be what was there before.
      this.#memo.forget();
      return;
    }
    const lookedUp = this.#applies() ? lookUpIn(operation) : undefined;
    if (lookedUp === undefined || this.#isInTransaction() || this.#isWatched(operation.object)) return next();
    const rows = await this.#rows(operation, lookedUp);
    operation.result = operation.operation === 'findOne' ? (rows[0] ?? null) : rows;
  };

  /**
   * Within a transaction the engine reads on its connection: what was written there is seen, and SQLite has no
   * other connection. An engine that cannot be asked may be in one.
   */
  #isInTransaction(): boolean {
    const { txStore } = this.#engine;
    return txStore === undefined || txStore.getStore() !== undefined;
  }

  /** Another plugin wants to see each read of these rows, or to change what is read. */
  #isWatched(object: string): boolean {
    return this.#engine.hasHooksFor('beforeFind', object) || this.#engine.hasHooksFor('afterFind', object);
  }

  async #rows({ object }: EngineOperation, { column, values, others, limit }: LookedUp): Promise<Row[]> {
    const found = await Promise.all(values.map((value) => this.#reader.findBy(object, column, value)));
    const rows = found.flat().filter((row) => others.every(([name, value]) => isSame(row[name], value)));
    const hidden = HIDDEN[object];
    const read = rows.slice(0, limit);
    return hidden === undefined ? read : read.map(({ [hidden]: _, ...shown }) => shown);
  }
}

function lookUpIn({ object, operation, ast, context }: EngineOperation): LookedUp | undefined {
  if (operation !== 'find' && operation !== 'findOne') return undefined;
  if (context?.isSystem !== true || context.transaction !== undefined || context.tenantId !== undefined)
    return undefined;
  const columns = lookUpColumns(object);
  if (columns.length === 0 || ast === undefined) return undefined;
  const { where, limit } = ast;
  if (typeof where !== 'object' || where === null) return undefined;
  if (limit !== undefined && typeof limit !== 'number') return undefined;
  if (Object.entries(ast).some(([name, value]) => value !== undefined && !KNOWN.has(name))) return undefined;
  const conditions = Object.entries(where);
  for (const [column, condition] of conditions) {
    const values = columns.includes(column) ? valuesOf(condition) : undefined;
    if (values === undefined) continue;
    const others = conditions.filter(([name]) => name !== column);
    if (!others.every(([name, value]) => !name.startsWith('$') && isPlain(value))) return undefined;
    return { column, values: [...new Set(values)], others, limit };
  }
  return undefined;
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number';
}

/** SQLite has no booleans. */
function isSame(stored: unknown, wanted: unknown): boolean {
  return stored === wanted || (typeof wanted === 'boolean' && stored === Number(wanted));
}
