/**
 * The part of ObjectStack's data engine (the `objectql` service) that this service uses. Written
 * down here so that what it may touch can be read in one place.
 */
export interface DataEngine {
  find(object: string, query: EngineQuery): Promise<Row[]>;
  insert(object: string, data: Row, options: { context: EngineContext }): Promise<unknown>;
}

/** A record as the engine takes and returns it, by column name. */
export type Row = Record<string, unknown>;

export interface EngineQuery {
  where?: Record<string, unknown>;
  limit?: number;
  context: EngineContext;
}

/** `isSystem` elevates; `userId` names the actor of an elevated write. */
export interface EngineContext {
  isSystem?: boolean;
  userId?: string;
}
