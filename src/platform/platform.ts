import {
  assembleExecutionContext,
  effectiveTenancyPosture,
  isServiceNotRegisteredError,
  resolveUserAuthzGrants,
} from '@objectstack/core';
import { normalizeTenancyPosture, type TenancyPosture } from '@objectstack/spec/security';
import type { Principal } from '../auth/principal.ts';
import { ServiceError, unavailable } from '../errors.ts';
import { SCOPE_PATTERN } from '../keys/input.ts';
import { withDeadline } from './deadline.ts';
import type { DataEngine, EngineContext, Row } from './engine.ts';

/** More memberships of one person in one organization than there can be: the rows are few, the read is bounded. */
const MEMBERSHIP_LIMIT = 20;

/** Where agents connect, and the skill that teaches them how. */
export interface McpEndpoint {
  readonly url: string;
  /** The text of a `SKILL.md`. */
  readonly skill: string;
}

/** Looks up a service of the kernel by name, as `kernel.getServiceAsync` does. */
export type ServiceLookup = <T>(name: string) => Promise<T>;

/**
 * What minting asks of the ObjectStack kernel: the data engine, and the live facts about a person.
 * Every question either gets an answer or throws `SERVICE_UNAVAILABLE`; no failure reads as "no".
 */
export class Platform {
  readonly engine: DataEngine;
  /** How long one question may take, in milliseconds. */
  readonly deadline: number;
  readonly #lookup: ServiceLookup;

  /** @param deadline how long one question may take, in milliseconds. */
  constructor(engine: DataEngine, lookup: ServiceLookup, deadline: number) {
    this.engine = engine;
    this.#lookup = lookup;
    this.deadline = deadline;
  }

  /**
   * The tenancy posture in force; `undefined` where no tenancy service is installed. A service that
   * is installed and does not answer, or answers with something else, must not read as "no wall
   * between organizations".
   */
  async tenancyPosture(): Promise<TenancyPosture | undefined> {
    const tenancy = await this.#optional<{ posture?: unknown; isolationActive?: unknown }>('tenancy');
    if (tenancy === undefined) return undefined;
    try {
      if (normalizeTenancyPosture(tenancy.posture) === undefined && typeof tenancy.isolationActive !== 'boolean') {
        throw new TypeError('the tenancy service states no posture');
      }
      return effectiveTenancyPosture(tenancy as Parameters<typeof effectiveTenancyPosture>[0]);
    } catch (error) {
      throw unavailable(error);
    }
  }

  /** The MCP endpoint of the kernel; `undefined` where it has none. */
  async mcpEndpoint(): Promise<McpEndpoint | undefined> {
    const mcp = await this.#optional<{ renderSkill(options: { mcpUrl: string }): string }>('mcp');
    // Sign-in is told the public address of the server, and the platform derives the endpoint's from it.
    const auth = await this.#optional<{ getMcpResourceUrl?(): string }>('auth');
    const url = auth?.getMcpResourceUrl?.();
    return mcp === undefined || url === undefined ? undefined : { url, skill: mcp.renderSkill({ mcpUrl: url }) };
  }

  /** The one record with these values, live; `undefined` when there is none. */
  async findOne(object: string, where: Record<string, unknown>): Promise<Row | undefined> {
    const rows = await this.asking(() => this.engine.find(object, { where, limit: 1, context: { isSystem: true } }));
    return rows[0];
  }

  /** The `sys_user` row of a person, live. */
  findUser(userId: string): Promise<Row | undefined> {
    return this.findOne('sys_user', { id: userId });
  }

  /** The `sys_member` rows of a person in an organization, live. */
  memberships(userId: string, organizationId: string): Promise<Row[]> {
    return this.asking(() =>
      this.engine.find('sys_member', {
        where: { user_id: userId, organization_id: organizationId },
        limit: MEMBERSHIP_LIMIT,
        context: { isSystem: true },
      }),
    );
  }

  /**
   * The execution context of a principal: what they may read and change is decided by the platform's
   * own permissions and row-level security, with the grants they hold now. The scopes of an API key
   * add nothing here.
   */
  async contextOf({ userId, organizationId }: Principal): Promise<EngineContext> {
    const grants = await this.#grantsOf(userId, organizationId);
    const authz = { ...grants, userId, ...(organizationId === undefined ? {} : { tenantId: organizationId }) };
    const context = assembleExecutionContext({
      authz,
      oauth: undefined,
      localization: undefined,
      requestLocale: undefined,
      accessToken: undefined,
      authGate: undefined,
    });
    if (context === undefined) throw new TypeError('an execution context needs a user');
    return context as EngineContext;
  }

  /** The names of the permission sets that a person holds now in an organization: what may go on a key of theirs. */
  async scopesHeldBy(userId: string, organizationId: string | undefined): Promise<string[]> {
    const grants = await this.#grantsOf(userId, organizationId);
    return grants.permissions.filter((permission) => SCOPE_PATTERN.test(permission)).sort();
  }

  #grantsOf(userId: string, organizationId: string | undefined): ReturnType<typeof resolveUserAuthzGrants> {
    return this.asking(() =>
      resolveUserAuthzGrants(this.engine, userId, {
        ...(organizationId === undefined ? {} : { tenantId: organizationId }),
        // The platform may cache grants for some seconds; a grant that was taken away must not count.
        bypassGrantsCache: true,
      }),
    );
  }

  /** A service that a kernel may go without; one that is installed and does not answer throws. */
  async #optional<T>(name: string): Promise<T | undefined> {
    try {
      return await withDeadline(this.#lookup<T>(name), this.deadline);
    } catch (error) {
      if (isServiceNotRegisteredError(error)) return undefined;
      throw unavailable(error);
    }
  }

  /** Runs a read, within the deadline. */
  async asking<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await withDeadline(read(), this.deadline);
    } catch (error) {
      throw error instanceof ServiceError ? error : unavailable(error);
    }
  }
}
