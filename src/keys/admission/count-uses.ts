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
 * Counts what the keys of requests do at the data engine, for the person whose key it is: all that their
 * rights and the scopes of the key decide. What is refused does not count, nor does what the system does
 * for its own purposes. To be called before other middlewares are registered, so that it goes around them.
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
