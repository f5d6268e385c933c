import type { Row } from '../../platform/engine.ts';
import type { EngineMiddleware, EngineOperation } from '../../platform/middleware.ts';
import { API_KEY_OBJECT } from '../record/api-key.ts';

/** Decides about the row of a key that a request presents; `undefined` when the key is not live. */
export type Admit = (row: Row) => Promise<Row | undefined>;

/**
 * Stands around the one read through which the platform verifies a key at every door: an elevated
 * look-up in `sys_api_key` by the hash. What is not admitted is not found.
 */
export function aroundVerification(admit: Admit): EngineMiddleware {
  return async (operation, next) => {
    await next();
    if (!isVerification(operation)) return;
    const { result } = operation;
    if (Array.isArray(result)) {
      const rows = await Promise.all(result.map((row: Row) => admit(row)));
      operation.result = rows.filter((row) => row !== undefined);
    } else if (typeof result === 'object' && result !== null) {
      operation.result = (await admit(result as Row)) ?? null;
    }
  };
}

/** The hash of a key is known to whoever holds the key, and nobody looks for one otherwise. */
function isVerification({ object, operation, ast }: EngineOperation): boolean {
  if (object !== API_KEY_OBJECT || (operation !== 'find' && operation !== 'findOne')) return false;
  const where = ast?.where;
  return typeof where === 'object' && where !== null && 'key' in where;
}
