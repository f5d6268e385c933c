// @ts-nocheck
// 
import type { EngineContext, Row } from './engine.ts';

/** One operation of the data engine, from any route or plugin. */
export interface EngineOperation {
  /** The name of the object, never an alias of it. */
  readonly object: string;
  readonly operation: 'find' | 'findOne' | 'count' | 'aggregate' | 'insert' | 'update' | 'delete';
  /** The query; `undefined` for a write by id. */
  readonly ast?: { readonly where?: unknown; readonly limit?: unknown };
  /** How a write selects rows, if not by the id in its data. */
  readonly options?: { readonly where?: unknown };
  /** The row or rows to write. */
  data?: unknown;
  /** The caller's context. A middleware before the security plugin may replace it. */
  context?: EngineContext;
  /** Set when `next()` has settled: the rows of a `find`, or at most one row of a `findOne`. */
  result?: Row[] | Row | null | unknown;
}

/** Runs around operations, in the order of registration. It may change an operation, or throw to reject it. */
export type EngineMiddleware = (operation: EngineOperation, next: () => Promise<void>) => Promise<void>;

/** The part of the engine with which plugins register middlewares. */
export interface MiddlewareEngine {
  registerMiddleware(middleware: EngineMiddleware, options?: { object: string }): void;
}
