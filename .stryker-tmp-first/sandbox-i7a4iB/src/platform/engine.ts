/**
 * The part of ObjectStack's data engine (the `objectql` service) that this service uses, declared in
 * one place.
 */
// @ts-nocheck

export interface DataEngine {
  find(object: string, query: EngineQuery): Promise<Row[]>;
  count(object: string, query: EngineQuery): Promise<number>;
  aggregate(object: string, query: EngineAggregation): Promise<Row[]>;
  insert(object: string, rows: Row[], options: { context: EngineContext }): Promise<Row[]>;
  /** Updates the row with the id in `data`; with `multi`, all rows of `where` by one statement. */
  update(
    object: string,
    data: Row,
    options: { context: EngineContext; where?: Record<string, unknown>; multi?: true },
  ): Promise<unknown>;
  /** Runs the work in one transaction. With `require`, it throws if there can be no transaction. */
  transaction<T>(
    work: (
      context: EngineContext & { transaction: Transaction },
      /** `owned`: the transaction was opened for this work; it was not already open. */
      opening: { readonly owned: boolean },
    ) => Promise<T>,
    context: EngineContext,
    options: { require: true },
  ): Promise<T>;
  getDriverForObject(object: string): unknown;
  /** The definition of an object; `undefined` when no plugin has registered it. */
  getObject(object: string): unknown;
}

/** The opaque handle of a running transaction, for drivers. */
export type Transaction = { readonly transaction: unique symbol };

/** The part of the engine with which plugins observe writes. */
export interface HookEngine {
  hasHooksFor(event: string, object: string): boolean;
  registerHook(
    event: 'beforeInsert' | 'afterInsert' | 'afterUpdate' | 'afterDelete',
    handler: (context: HookContext) => void,
    options: { object: string; priority: number },
  ): void;
  /** Makes the API that hooks are given; the engine of a test need not have one. */
  createContext?(context: EngineContext): object;
  /** Where the engine publishes writes, if there is such a service. */
  readonly realtimeService?: unknown;
}

export interface HookContext {
  readonly input?: { readonly data?: Row };
  /** The actor, as hooks see it; `undefined` for nobody. */
  session?: { readonly userId?: string } | undefined;
  user?: { readonly id: string } | undefined;
  /** What hooks write with. It belongs to one row. */
  readonly api?: { executionContext?: EngineContext };
  /** The row before an update or a deletion. */
  readonly previous?: Row | undefined;
  result?: unknown;
}

/** The part of every driver that is used. */
export interface ReadDriver {
  find(
    object: string,
    query: { object: string; where: Record<string, unknown>; limit?: number },
    options?: { tenantId: string },
  ): Promise<Row[]>;
}

/** The part of the platform's SQL driver that is used, for statements that the engine cannot express. */
export interface SqlDriver {
  readonly isSqlite: boolean;
  readonly isPostgres: boolean;
  execute(
    statement: string,
    parameters?: readonly unknown[],
    options?: { transaction: Transaction },
  ): Promise<Row[] | { rows?: Row[] }>;
}

/** A record as the engine takes and returns it, by column name. */
export type Row = Record<string, unknown>;

export interface EngineQuery {
  where?: Record<string, unknown>;
  orderBy?: readonly { readonly field: string; readonly order: 'asc' | 'desc' }[];
  limit?: number;
  context: EngineContext;
}

export interface EngineAggregation {
  where: Record<string, unknown>;
  groupBy: readonly string[];
  aggregations: readonly { readonly function: 'count'; readonly alias: string }[];
  context: EngineContext;
}

/** `isSystem` elevates; `userId` names the actor of an elevated write; `tenantId` selects the organization. */
export interface EngineContext {
  tenantId?: string;
  isSystem?: boolean;
  userId?: string;
  transaction?: Transaction;
}
