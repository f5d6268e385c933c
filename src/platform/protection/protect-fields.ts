import type { EngineContext } from '../engine.ts';
import { isRecord } from './clause-names.ts';
import { ObjectProtections } from './object-protection.ts';
import { type AliasEngine, protectTables } from './protect-tables.ts';
import { assertAllowed, withoutProtected } from './query-guard.ts';
import { protectRecordedValues } from './recorded-values.ts';

/** The part of the engine that is guarded. */
interface GuardedEngine extends AliasEngine {
  aggregate(object: string, query: unknown, options?: unknown): Promise<unknown>;
}

/** The part of a plugin's context that is used. */
interface KernelContext {
  getService<T>(name: string): T;
  hook(name: string, handler: () => void): void;
}

/** An operation with all that may name a field. */
interface Operation {
  readonly object: string;
  readonly ast?: Record<string, unknown>;
  readonly options?: unknown;
  readonly context?: EngineContext;
  result?: unknown;
}

const MATCHES_NOTHING = { id: { $in: [] } };

/**
 * Keeps secrets from being learned by asking about them. The platform leaves a session token out of
 * what it returns, and lets anybody filter by it: `{ token: { $gte: 'M' } }` answers yes or no, and
 * some 230 such questions are the token. Whoever is not the system is refused here, whichever route
 * the question came through, and what is secret is taken out of every row.
 */
export function protectFields(context: KernelContext): void {
  const engine = context.getService<GuardedEngine>('objectql');
  const protections = new ObjectProtections(engine.registry);
  protectTables(engine, protections);
  protectRecordedValues(engine, protections, engine.registry);
  const assertOperation = ({ object, ast, options }: Operation): void => {
    const asked = isRecord(options) ? options : {};
    // What the platform made of a search is in the tree; what the caller wrote is in the options.
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
    const { shown } = protections.of(operation.object);
    if (shown.length > 0) operation.result = without(shown, operation.result);
  });

  // The platform refuses some aggregations by itself, before any middleware, as an internal error.
  const aggregate = engine.aggregate.bind(engine);
  engine.aggregate = async (object, query, options) => {
    if (!isSystem(query) && !isSystem(options) && isRecord(query)) {
      assertAllowed(protections, object, { groupBy: query['groupBy'], aggregations: query['aggregations'] });
    }
    return aggregate(object, query, options);
  };

  // Once more behind every other plugin: they add conditions of their own, such as row-level security
  // that an administrator wrote.
  context.hook('kernel:listening', () =>
    engine.registerMiddleware(async (operation: Operation, next) => {
      if (operation.context?.isSystem !== true) assertAllowed(protections, operation.object, operation.ast);
      await next();
    }),
  );
}

/** The condition of a search: what the caller asked for, and the platform's own part without secrets. */
function searchable(protections: ObjectProtections, object: string, where: unknown, asked: unknown): unknown {
  const parts = isRecord(where) && Array.isArray(where['$and']) ? where['$and'] : undefined;
  if (asked === undefined || asked === null || parts === undefined) {
    return withoutProtected(protections, object, where) ?? MATCHES_NOTHING;
  }
  const [condition, ...search] = parts;
  return { $and: [condition, ...search.map((part) => withoutProtected(protections, object, part) ?? MATCHES_NOTHING)] };
}

/** A result without these fields: rows, one row, or rows with their outcomes. */
function without(fields: readonly string[], result: unknown): unknown {
  if (Array.isArray(result)) return result.map((row) => without(fields, row));
  if (!isRecord(result)) return result;
  const kept = fields.some((field) => Object.hasOwn(result, field))
    ? Object.fromEntries(Object.entries(result).filter(([name]) => !fields.includes(name)))
    : result;
  return 'ok' in kept && isRecord(kept['record']) ? { ...kept, record: without(fields, kept['record']) } : kept;
}

function isSystem(options: unknown): boolean {
  const context = isRecord(options) ? options['context'] : undefined;
  return isRecord(context) && context['isSystem'] === true;
}
