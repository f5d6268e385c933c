import { AsyncLocalStorage } from 'node:async_hooks';
import type { EngineContext, Row } from '../../platform/engine.ts';
import type { EngineMiddleware, EngineOperation } from '../../platform/middleware.ts';
import type { SharedReads } from '../../platform/shared-reads.ts';
import type { CheckedContext } from './narrowed-context.ts';

interface Owner {
  readonly userId: string;
  readonly organizationId: string;
}

/** Where the platform finds which rights a person has. Each row is about one organization, or about all of them. */
const GRANTS: ReadonlySet<string> = new Set(['sys_user_position', 'sys_user_permission_set']);

/** What the platform reads to find out what a person may do. */
const RIGHTS: ReadonlySet<string> = new Set([
  ...GRANTS,
  'sys_user',
  'sys_member',
  'sys_position',
  'sys_position_permission_set',
  'sys_permission_set',
]);

const owners = new AsyncLocalStorage<Owner | undefined>();

/**
 * Runs a check of the platform so that the person on whose behalf it is made has the rights of the organization
 * that the context is about, and no others. The platform itself looks up what they hold in any organization: with a
 * key of one organization they could use there what they may do in another, such as one that they founded.
 */
export function inOrganizationOf<T>({ onBehalfOf, tenantId }: CheckedContext, check: () => T): T {
  if (onBehalfOf === undefined) return check();
  const { userId } = onBehalfOf;
  return owners.run(tenantId === undefined ? undefined : { userId, organizationId: tenantId }, check);
}

/** Register this before whatever answers look-ups itself. */
export const keepToOrganization: EngineMiddleware = async (operation, next) => {
  const owner = owners.getStore();
  if (owner === undefined) return next();
  const asked = lookUpIn(operation);
  if (asked === undefined) return next();
  const { object } = operation;
  if (object === 'sys_position' && 'name' in asked) {
    operation.context = { ...operation.context, tenantId: owner.organizationId };
    return next();
  }
  await next();
  if (asked['user_id'] !== owner.userId) return;
  const rows = operation.result as Row[];
  if (object === 'sys_member') operation.result = rows.map((row) => (isOf(owner, row) ? row : { ...row, role: null }));
  else if (GRANTS.has(object)) operation.result = rows.filter((row) => isOf(owner, row) || isOfAll(row));
};

/** The engine's methods for reading, as far as the platform looks up rights with them. */
export interface LookUpEngine {
  find(object: string, query?: LookUpQuery, options?: { readonly context?: EngineContext }): Promise<unknown>;
  findOne(object: string, query?: LookUpQuery, options?: { readonly context?: EngineContext }): Promise<unknown>;
}

interface LookUpQuery {
  readonly where?: unknown;
  readonly limit?: unknown;
  readonly context?: EngineContext;
}

/**
 * For each check the platform looks up the rights of the owner anew: ten times through the engine and all of its
 * middlewares. This answers within a request what it has answered before, until the request writes something, and
 * gives the rest to the shared reads before the engine begins.
 */
export function shortenOwnerLookUps(engine: LookUpEngine, reads: Pick<SharedReads, 'around' | 'recall'>): void {
  for (const operation of ['find', 'findOne'] as const) {
    const ask = engine[operation].bind(engine);
    engine[operation] = (object, query, options) => {
      const owner = owners.getStore();
      const { context = options?.context, ...conditions } = query ?? {};
      if (owner === undefined || !RIGHTS.has(object) || !isElevated(context)) return ask(object, query, options);
      const { userId, organizationId } = owner;
      const ast = { ...conditions, object };
      const question = `${operation} ${object} ${JSON.stringify(conditions)} ${context.tenantId} ${userId} ${organizationId}`;
      const rows = reads.recall(object, question, async () => {
        const look: EngineOperation & { context: EngineContext } = { object, operation, ast, context };
        const next = async (): Promise<void> => {
          look.result = await ask(object, { ...conditions, context: look.context });
        };
        await keepToOrganization(look, () => reads.around(look, next));
        return rowsIn(look.result).map((row) => Object.freeze(row));
      });
      if (rows === undefined) return ask(object, query, options);
      return rows.then((found) => (operation === 'find' ? [...found] : (found[0] ?? null)));
    };
  }
}

/** With all rights, of one organization or of all, and nothing else that an answer could depend on. */
function isElevated(context: EngineContext | undefined): context is EngineContext {
  return context?.isSystem === true && Object.keys(context).every((name) => name === 'isSystem' || name === 'tenantId');
}

function rowsIn(result: unknown): Row[] {
  return [result ?? []].flat() as Row[];
}

/** The conditions of an elevated look-up in all organizations. */
function lookUpIn({ operation, context, ast }: EngineOperation): Row | undefined {
  if (operation !== 'find' || context?.isSystem !== true || context.tenantId !== undefined) return undefined;
  const where = (ast?.where ?? {}) as Row;
  return 'organization_id' in where ? undefined : where;
}

function isOf({ organizationId }: Owner, row: Row): boolean {
  return row['organization_id'] === organizationId;
}

function isOfAll(row: Row): boolean {
  return (row['organization_id'] ?? '') === '';
}
