import { AsyncLocalStorage } from 'node:async_hooks';
import type { Row } from '../../platform/engine.ts';
import type { EngineMiddleware, EngineOperation } from '../../platform/middleware.ts';
import type { CheckedContext } from './narrowed-context.ts';

interface Owner {
  readonly userId: string;
  readonly organizationId: string;
}

/** Where the platform finds which rights a person has. Each row is about one organization, or about all of them. */
const GRANTS: ReadonlySet<string> = new Set(['sys_user_position', 'sys_user_permission_set']);

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
  const asked = owner && lookUpIn(operation);
  if (owner === undefined || asked === undefined) return next();
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

/** The one condition of an elevated look-up in all organizations. */
function lookUpIn({ operation, context, ast }: EngineOperation): Row | undefined {
  if (operation !== 'find' || context?.isSystem !== true || context.tenantId !== undefined) return undefined;
  const where = (ast?.where ?? {}) as Row;
  return Object.keys(where).length === 1 ? where : undefined;
}

function isOf({ organizationId }: Owner, row: Row): boolean {
  return row['organization_id'] === organizationId;
}

function isOfAll(row: Row): boolean {
  return (row['organization_id'] ?? '') === '';
}
