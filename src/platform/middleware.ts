import type { EngineContext, Row } from './engine.ts';

/** One operation on its way through the data engine, whichever route or plugin it came from. */
export interface EngineOperation {
  /** The name of the object, never an alias of it. */
  readonly object: string;
  readonly operation: 'find' | 'findOne' | 'count' | 'aggregate' | 'insert' | 'update' | 'delete';
  /** What is asked for; a write by id has none. */
  readonly ast?: { readonly where?: unknown; readonly limit?: unknown };
  /** How a write addresses rows, where not by the id in its data. */
  readonly options?: { readonly where?: unknown };
  /** What is written: a row, or several. */
  data?: unknown;
  /** On whose behalf; a middleware that comes before the security plugin may replace it. */
  context?: EngineContext;
  /** Once `next()` has settled: rows of a `find`, one row or nothing of a `findOne`. */
  result?: Row[] | Row | null | unknown;
}

/** Runs around operations, in the order of registration; it may refuse one by throwing, or change it. */
export type EngineMiddleware = (operation: EngineOperation, next: () => Promise<void>) => Promise<void>;

/** The part of the engine by which plugins stand around every operation. */
export interface MiddlewareEngine {
  registerMiddleware(middleware: EngineMiddleware, options?: { object: string }): void;
}
