// @ts-nocheck
import { currentRequest } from '../../http/request-scope.ts';
import type { EngineMiddleware, MiddlewareEngine } from '../../platform/middleware.ts';
import { isPermissionDenied } from '../../platform/permission-denied.ts';
import { requestCarriesKey } from '../admission/current-key.ts';

/**
 * Lets a key search all objects at once. The platform asks every object, and the first refusal would
 * refuse the whole search; an object that is closed to the key has no results instead. A search that
 * names its objects is refused as any other request.
 */
export function searchWhatIsOpen(context: { getService<T>(name: string): T }, basePath: string): void {
  const leaveOut: EngineMiddleware = async (operation, next) => {
    try {
      await next();
    } catch (error) {
      const asked = operation.options as { search?: unknown } | undefined;
      const leavesOut = operation.operation === 'find' && asked?.search !== undefined && isPermissionDenied(error);
      if (!leavesOut || !requestCarriesKey() || !searchesEverything(basePath)) throw error;
      operation.result = [];
    }
  };
  context.getService<MiddlewareEngine>('objectql').registerMiddleware(leaveOut);
}

function searchesEverything(basePath: string): boolean {
  const { pathname, searchParams } = new URL(currentRequest()?.url ?? '/', 'http://localhost');
  return pathname.startsWith(basePath) && pathname.endsWith('/search') && !searchParams.has('objects');
}
