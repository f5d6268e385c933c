import type { HookEngine, Row } from './engine.ts';
import { type LiveReader, lookUpColumns, valuesOf } from './live-reader.ts';
import type { EngineMiddleware, EngineOperation } from './middleware.ts';
import type { RequestMemo } from './request-memo.ts';

const WRITES: ReadonlySet<string> = new Set(['insert', 'update', 'delete']);
/** The options that a shared look-up may have besides `where`. A look-up with other options is not shared. */
const KNOWN = new Set(['object', 'where', 'limit']);
/** Columns that the engine never returns. */
const HIDDEN: Readonly<Record<string, string>> = { sys_api_key: 'key' };

/** The engine, with the property that holds the current transaction, which its types do not declare. */
export interface SharedReadsEngine extends Pick<HookEngine, 'hasHooksFor'> {
  readonly txStore?: { getStore(): unknown };
}

interface LookedUp {
  readonly column: string;
  readonly values: readonly string[];
  /** Further conditions; each is a plain value. */
  readonly others: readonly (readonly [string, unknown])[];
  readonly limit: number | undefined;
}

/**
 * For each request with a key, the platform makes about ten elevated look-ups to find the caller and
 * their rights, each with its own statement, and repeats several of them for each operation. This lets
 * look-ups in the same turn of the event loop share a statement, and reuses repeated look-ups of one
 * request until it writes something.
 *
 * Nothing is kept after the request: each look-up is sent after the request arrived.
 */
export class SharedReads {
  readonly #engine: SharedReadsEngine;
  readonly #reader: Pick<LiveReader, 'findBy'>;
  readonly #memo: Pick<RequestMemo, 'forget' | 'remember'>;
  readonly #applies: () => boolean;
  readonly #repeats: () => boolean;

  /**
   * @param applies whether to share the look-ups of the current request.
   * @param repeats whether the current request repeats other elevated reads as well, whose results are reused.
   */
  constructor(
    engine: SharedReadsEngine,
    reader: Pick<LiveReader, 'findBy'>,
    memo: Pick<RequestMemo, 'forget' | 'remember'>,
    { applies, repeats }: { readonly applies: () => boolean; readonly repeats: () => boolean },
  ) {
    this.#engine = engine;
    this.#reader = reader;
    this.#memo = memo;
    this.#applies = applies;
    this.#repeats = repeats;
  }

  /** Register this after every middleware that must see the look-ups; later middlewares do not see them. */
  readonly around: EngineMiddleware = async (operation, next) => {
    if (WRITES.has(operation.operation)) {
      this.#memo.forget();
      await next();
      // A row that was read during the write may be outdated.
      this.#memo.forget();
      return;
    }
    if (!this.#applies() || this.#isInTransaction() || this.#isWatched(operation.object)) return next();
    const lookedUp = lookUpIn(operation);
    if (lookedUp === undefined) {
      const question = this.#repeats() ? questionOf(operation) : undefined;
      return question === undefined ? next() : this.#repeated(question, operation, next);
    }
    const rows = await this.#rows(operation, lookedUp);
    operation.result = operation.operation === 'findOne' ? (rows[0] ?? null) : rows;
  };

  /**
   * Within a transaction, the engine must read on the connection of the transaction, to see its writes; SQLite
   * has no other connection. If the engine does not tell, assume a transaction.
   */
  #isInTransaction(): boolean {
    const { txStore } = this.#engine;
    return txStore === undefined || txStore.getStore() !== undefined;
  }

  /** Whether another plugin observes or changes reads of these rows. */
  #isWatched(object: string): boolean {
    return this.#engine.hasHooksFor('beforeFind', object) || this.#engine.hasHooksFor('afterFind', object);
  }

  /** The engine answers a question once for a request. Its rows are shared, so nobody can change them. */
  async #repeated(question: string, operation: EngineOperation, next: () => Promise<void>): Promise<void> {
    operation.result = await this.#memo.remember(question, async () => {
      await next();
      const rows = operation.result as Row[];
      for (const row of rows) Object.freeze(row);
      return rows;
    });
  }

  async #rows({ object }: EngineOperation, { column, values, others, limit }: LookedUp): Promise<Row[]> {
    const found = await Promise.all(values.map((value) => this.#reader.findBy(object, column, value)));
    const rows = found.flat().filter((row) => others.every(([name, value]) => isSame(row[name], value)));
    const hidden = HIDDEN[object];
    const read = rows.slice(0, limit);
    return hidden === undefined ? read : read.map(({ [hidden]: _, ...shown }) => shown);
  }
}

/** An elevated read, with everything that its result depends on. Two reads with one question have one result. */
function questionOf({ object, operation, ast, context }: EngineOperation): string | undefined {
  if (operation !== 'find' || context?.isSystem !== true || context.transaction !== undefined) return undefined;
  return JSON.stringify([object, ast, context]);
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
