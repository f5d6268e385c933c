import { AsyncResource } from 'node:async_hooks';
import type { EngineContext, HookEngine, Row } from './engine.ts';
import { noteFailure } from './failures.ts';
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
  /** What is asked of an organization in this turn of the event loop. */
  readonly #asked = new Map<string, Promise<Row[]>>();
  /** A shared answer belongs to no single request. */
  readonly #scope = new AsyncResource('SharedReads');

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
    if (!this.#isShared(operation.object)) return next();
    const rows = await this.#rows(operation, next);
    if (rows === undefined) return next();
    operation.result = operation.operation === 'findOne' ? (rows[0] ?? null) : rows;
  };

  /**
   * The rows that this request has found by this question before, or else those that `ask` finds.
   *
   * @returns `undefined` where look-ups of this object are not shared now.
   */
  recall(object: string, question: string, ask: () => Promise<Row[]>): Promise<Row[]> | undefined {
    if (!this.#isShared(object)) return undefined;
    return this.#memo.remember(question, ask);
  }

  #isShared(object: string): boolean {
    return this.#applies() && !this.#isInTransaction() && !this.#isWatched(object);
  }

  /** @returns `undefined` for what is not shared. */
  async #rows(operation: EngineOperation, next: () => Promise<void>): Promise<Row[] | undefined> {
    if (!isElevated(operation)) return undefined;
    const lookedUp = lookUpIn(operation);
    if (lookedUp !== undefined && operation.context?.tenantId === undefined) return this.#lookUp(operation, lookedUp);
    if (operation.operation !== 'find') return undefined;
    if (lookedUp !== undefined && dependsOnOrganizationAlone(operation.context)) return this.#ask(operation, next);
    if (!this.#repeats()) return undefined;
    return [...(await this.#memo.remember(questionOf(operation), () => answer(operation, next)))];
  }

  /**
   * What is asked of an organization depends on more than its values, so only what is asked in the same words is
   * shared. The engine answers after each of those who share it has asked.
   */
  async #ask(operation: EngineOperation, next: () => Promise<void>): Promise<Row[]> {
    const question = questionOf(operation);
    const rows = this.#memo.remember(question, () => {
      const waiting = this.#asked.get(question);
      if (waiting !== undefined) return waiting;
      const { promise, resolve, reject } = Promise.withResolvers<Row[]>();
      this.#asked.set(question, promise);
      this.#scope.runInAsyncScope(() =>
        setImmediate(() => {
          this.#asked.delete(question);
          answer(operation, next).then(resolve, reject);
        }),
      );
      return promise;
    });
    // The answer belongs to no request, so its failure is recorded for each request that shares it.
    rows.catch(() => noteFailure('unavailable'));
    return [...(await rows)];
  }

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

  async #lookUp({ object }: EngineOperation, { column, values, others, limit }: LookedUp): Promise<Row[]> {
    const found = await Promise.all(values.map((value) => this.#reader.findBy(object, column, value)));
    const rows = found.flat().filter((row) => others.every(([name, value]) => isSame(row[name], value)));
    const hidden = HIDDEN[object];
    const read = rows.slice(0, limit);
    return hidden === undefined ? read : read.map(({ [hidden]: _, ...shown }) => shown);
  }
}

/** An elevated read, with everything that its result depends on. Two reads with one question have one result. */
function questionOf({ object, ast, context }: EngineOperation): string {
  return JSON.stringify([object, ast, context]);
}

/** Whether a read has all rights, on no connection of its own. */
function isElevated({ operation, context }: EngineOperation): boolean {
  if (operation !== 'find' && operation !== 'findOne') return false;
  return context?.isSystem === true && context.transaction === undefined;
}

/** Whether nothing in the context changes the result but the organization. */
function dependsOnOrganizationAlone(context: EngineContext = {}): boolean {
  return Object.entries(context).every(
    ([name, value]) => value === undefined || name === 'isSystem' || name === 'tenantId',
  );
}

/** The engine's answer, frozen because several operations share it. */
async function answer(operation: EngineOperation, next: () => Promise<void>): Promise<Row[]> {
  await next();
  return (operation.result as Row[]).map((row) => Object.freeze(row));
}

function lookUpIn({ object, ast }: EngineOperation): LookedUp | undefined {
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
