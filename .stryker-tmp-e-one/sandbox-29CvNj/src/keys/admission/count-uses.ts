// @ts-nocheck
import type { MiddlewareEngine } from '../../platform/middleware.ts';
import type { KeyOperation } from '../record/api-key-usage.ts';
import { currentKey } from './current-key.ts';
import type { KeyUses } from './key-uses.ts';

const OPERATIONS: Readonly<Record<string, KeyOperation>> = {
  find: 'READ',
  findOne: 'READ',
  count: 'READ',
  aggregate: 'READ',
  insert: 'CREATE',
  update: 'EDIT',
  delete: 'DELETE',
};

/**
 * Counts the operations of keys at the data engine that the rights of the owner and the scopes of the key
 * decide. Rejected operations do not count, nor do operations of the system itself. Register this before
 * other middlewares, so that it wraps them.
 */
export function countUses(engine: MiddlewareEngine, uses: Pick<KeyUses, 'note'>): void {
  engine.registerMiddleware(async (operation, next) => {
    await next();
    const { context } = operation;
    if (context?.userId === undefined || context.isSystem === true) return;
    const key = currentKey();
    if (key !== undefined) uses.note(key.id, operation.object, OPERATIONS[operation.operation] ?? 'OTHER');
  });
}
