// @ts-nocheck
import { SECRET_MASK } from '@objectstack/spec/data';
import type { EngineContext } from '../engine.ts';
import { isRecord } from './clause-names.ts';
import { type ObjectProtection, ObjectProtections } from './object-protection.ts';
import { type AliasEngine, protectTables } from './protect-tables.ts';
import { protectPublishedValues, type RealtimeService } from './published-values.ts';
import { assertAllowed, withoutProtected } from './query-guard.ts';
import { protectRecordedValues } from './recorded-values.ts';

/** The part of the engine that is protected. */
interface GuardedEngine extends AliasEngine {
  aggregate(object: string, query: unknown, options?: unknown): Promise<unknown>;
  /** Set when the kernel has such a service. */
  readonly realtimeService?: RealtimeService | null;
}

/** The part of a plugin's context that is used. */
interface KernelContext {
  getService<T>(name: string): T;
  hook(name: string, handler: () => void): void;
}

/** An operation with every part that may name a field. */
interface Operation {
  readonly object: string;
  readonly ast?: Record<string, unknown>;
  readonly options?: unknown;
  readonly context?: EngineContext;
  result?: unknown;
}

const MATCHES_NOTHING = { id: { $in: [] } };

/**
 * Keeps queries from revealing secrets. The platform does not return session tokens, but lets anyone
 * filter by them: `{ token: { $gte: 'M' } }` reveals one bit, and about 230 such queries reveal the
 * token. Such a query is rejected on every route unless the system makes it, and secrets are removed
 * from every row.
 */
export function protectFields(context: KernelContext): void {
  const engine = context.getService<GuardedEngine>('objectql');
  const protections = new ObjectProtections(engine.registry);
  protectTables(engine, protections);
  protectRecordedValues(engine, protections, engine.registry);
  const assertOperation = ({ object, ast, options }: Operation): void => {
    const asked = isRecord(options) ? options : {};
    // The tree contains the condition that the platform built from a search; the options contain the caller's query.
    if (ast !== undefined && asked['search'] !== undefined && asked['search'] !== null) {
      assertAllowed(protections, object, {
        where: asked['where'],
        search: asked['search'],
        searchFields: asked['searchFields'],
      });
      ast['where'] = searchable(protections, object, ast['where'], asked['where']);
    }
    assertAllowed(protections, object, ast ?? { where: asked['where'] });
  };

  engine.registerMiddleware(async (operation: Operation, next) => {
    if (operation.context?.isSystem === true) return next();
    assertOperation(operation);
    await next();
    const { shown, masked } = protections.of(operation.object);
    if (shown.length + masked.length > 0) operation.result = conceal({ shown, masked }, operation.result);
  });

  // The platform rejects some aggregations itself with an internal error, before any middleware runs.
  const aggregate = engine.aggregate.bind(engine);
  engine.aggregate = async (object, query, options) => {
    if (!isSystem(query) && !isSystem(options) && isRecord(query)) {
      assertAllowed(protections, object, { groupBy: query['groupBy'], aggregations: query['aggregations'] });
    }
    return aggregate(object, query, options);
  };

  context.hook('kernel:ready', () => {
    if (engine.realtimeService) protectPublishedValues(engine.realtimeService, protections, engine.registry);
  });

  // Check again after all other plugins: they add their own conditions, such as row-level security
  // written by an administrator.
  context.hook('kernel:listening', () =>
    engine.registerMiddleware(async (operation: Operation, next) => {
      if (operation.context?.isSystem !== true) assertAllowed(protections, operation.object, operation.ast);
      await next();
    }),
  );
}

/** The condition of a search: the caller's part, and the platform's part without secrets. */
function searchable(protections: ObjectProtections, object: string, where: unknown, asked: unknown): unknown {
  const parts = isRecord(where) && Array.isArray(where['$and']) ? where['$and'] : undefined;
  if (asked === undefined || asked === null || parts === undefined) {
    return withoutProtected(protections, object, where) ?? MATCHES_NOTHING;
  }
  const [condition, ...search] = parts;
  return { $and: [condition, ...search.map((part) => withoutProtected(protections, object, part) ?? MATCHES_NOTHING)] };
}

/** Removes or masks the secrets in a result: rows, one row, or rows with their outcomes. */
function conceal(secrets: Pick<ObjectProtection, 'shown' | 'masked'>, result: unknown): unknown {
  if (Array.isArray(result)) return result.map((row) => conceal(secrets, row));
  if (!isRecord(result)) return result;
  const { shown, masked } = secrets;
  const hasSecrets = [...shown, ...masked].some((field) => Object.hasOwn(result, field));
  const kept = hasSecrets
    ? Object.fromEntries(
        Object.entries(result)
          .filter(([name]) => !shown.includes(name))
          .map(([name, value]) => [name, masked.includes(name) && value !== null ? SECRET_MASK : value]),
      )
    : result;
  return 'ok' in kept && isRecord(kept['record']) ? { ...kept, record: conceal(secrets, kept['record']) } : kept;
}

function isSystem(options: unknown): boolean {
  const context = isRecord(options) ? options['context'] : undefined;
  return isRecord(context) && context['isSystem'] === true;
}
