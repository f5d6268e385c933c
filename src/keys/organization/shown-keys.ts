import { isGrantActive } from '@objectstack/core';
import type { DataEngine, EngineContext } from '../../platform/engine.ts';
import type { EngineOperation, MiddlewareEngine } from '../../platform/middleware.ts';
import { requestCarriesKey } from '../admission/current-key.ts';
import { API_KEY_OBJECT } from '../record/api-key.ts';
import { isAdministrator } from './administration.ts';

const READS: ReadonlySet<EngineOperation['operation']> = new Set(['find', 'findOne', 'count', 'aggregate']);

/** Who reads, as far as the platform's routes say it in the context of an operation. */
interface Reader extends EngineContext {
  readonly principalKind?: string;
  readonly onBehalfOf?: unknown;
}

/**
 * Shows the keys of an organization to its owners and administrators wherever the platform lists records: in the data
 * API, and so in the Console. The platform's row-level rules show everybody their own keys only.
 *
 * The context of the operation stays as it is, so that everything but the choice of rows is decided by the platform:
 * whether the person may read keys at all, which fields they see, and what related records they may read.
 */
export class ShownKeys {
  readonly #engine: Pick<DataEngine, 'find'>;
  /** What was asked, before the platform added its rules. */
  readonly #asked = new WeakMap<EngineOperation, unknown>();

  /** To be created before the security plugin starts, so that it sees what was asked. */
  constructor(engine: Pick<DataEngine, 'find'> & MiddlewareEngine) {
    this.#engine = engine;
    engine.registerMiddleware(
      (operation, next) => {
        if (READS.has(operation.operation)) this.#asked.set(operation, operation.ast?.where);
        return next();
      },
      { object: API_KEY_OBJECT },
    );
  }

  /** To be called when every plugin has added its rules. */
  open(engine: MiddlewareEngine): void {
    engine.registerMiddleware(
      async (operation, next) => {
        await this.#widen(operation);
        await next();
      },
      { object: API_KEY_OBJECT },
    );
  }

  async #widen(operation: EngineOperation): Promise<void> {
    const { ast, context } = operation;
    if (ast?.where === undefined || !this.#asked.has(operation)) return;
    const asked = this.#asked.get(operation);
    // Without rules of the platform, there is nothing to add to.
    if (ast.where === asked || context === undefined || isOwn(asked, context.userId)) return;
    const organizationId = await this.#administered(context);
    if (organizationId === undefined) return;
    const inOrganization = { active_organization_id: organizationId };
    const shown = asked === undefined || asked === null ? inOrganization : { $and: [asked, inOrganization] };
    Object.assign(ast, { where: { $or: [ast.where, shown] } });
  }

  /** The active organization of a person who runs it and asks with a session. */
  async #administered(context: Reader): Promise<string | undefined> {
    const { isSystem, userId, tenantId, principalKind = 'human', onBehalfOf } = context;
    // A key, or an agent, that reads the inventory would tell a thief which keys are worth stealing.
    if (isSystem === true || requestCarriesKey() || principalKind !== 'human' || onBehalfOf !== undefined) return;
    if (userId === undefined || tenantId === undefined) return;
    // By the engine, which uses the transaction that is open, if there is one.
    const memberships = await this.#engine.find('sys_member', {
      where: { user_id: userId, organization_id: tenantId },
      context: { isSystem: true },
    });
    const now = Date.now();
    return memberships.some((row) => isGrantActive(row, now) && isAdministrator(row)) ? tenantId : undefined;
  }
}

/** Whether only keys of the person are asked for, as this service does for most of its own reads. */
function isOwn(where: unknown, userId: string | undefined): boolean {
  if (typeof where !== 'object' || where === null) return false;
  const { user_id, $and: parts } = where as { readonly user_id?: unknown; readonly $and?: unknown };
  return user_id === userId || (Array.isArray(parts) && parts.some((part) => isOwn(part, userId)));
}
