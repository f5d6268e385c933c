// @ts-nocheck
// 
import { assembleExecutionContext, effectiveTenancyPosture, resolveUserAuthzGrants } from '@objectstack/core';
import { normalizeTenancyPosture, type TenancyPosture } from '@objectstack/spec/security';
import { withDeadline } from '../base/deadline.ts';
import { ServiceError, unavailable } from '../base/errors.ts';
import type { DataEngine, EngineContext, Row } from './engine.ts';
import { noteFailure } from './failures.ts';
import { LiveReader } from './live-reader.ts';
import { isPermissionDenied } from './permission-denied.ts';
import type { RequestMemo } from './request-memo.ts';
import { isNotRegistered, type ServiceLookup } from './service-lookup.ts';
import { WitnessedReader } from './witnessed-reader.ts';

/** The MCP endpoint, and the skill that explains it to agents. */
export interface McpEndpoint {
  readonly url: string;
  /** The text of a `SKILL.md`. */
  readonly skill: string;
}

/** A person in an organization; `organizationId` is `undefined` outside of any. */
export interface Person {
  readonly userId: string;
  readonly organizationId: string | undefined;
}

/**
 * Access to the ObjectStack kernel: the data engine, and current facts about people. Every call either
 * returns an answer or throws `SERVICE_UNAVAILABLE`; a failure is never taken for "no".
 */
export class Platform {
  readonly engine: DataEngine;
  /** The time limit for one call, in milliseconds. */
  readonly deadline: number;
  /** Reads the identity and rights of people. */
  readonly reader: LiveReader;
  readonly #lookup: ServiceLookup;

  /**
   * @param deadline the time limit for one call, in milliseconds.
   * @param memo remembers the look-ups of each request.
   */
  constructor(engine: DataEngine, lookup: ServiceLookup, deadline: number, memo?: RequestMemo) {
    this.engine = engine;
    this.reader = new LiveReader(engine, deadline, memo);
    this.#lookup = lookup;
    this.deadline = deadline;
  }

  /**
   * The current tenancy posture; `undefined` if no tenancy service is installed. If an installed service
   * fails or returns something else, this throws, because the caller must not conclude that
   * organizations are not separated.
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

  /** Whether the kernel checks permissions. Without the security plugin, everyone may do everything. */
  async checksPermissions(): Promise<boolean> {
    return (await this.#optional('security')) !== undefined;
  }

  /** The MCP endpoint of the kernel; `undefined` if it has none. */
  async mcpEndpoint(): Promise<McpEndpoint | undefined> {
    const mcp = await this.#optional<{ renderSkill(options: { mcpUrl: string }): string }>('mcp');
    // Sign-in knows the public URL of the server, and the platform derives the URL of the endpoint from it.
    const auth = await this.#optional<{ getMcpResourceUrl?(): string }>('auth');
    const url = auth?.getMcpResourceUrl?.();
    return mcp === undefined || url === undefined ? undefined : { url, skill: mcp.renderSkill({ mcpUrl: url }) };
  }

  /** The current `sys_session` row of a token; `undefined` if there is none. */
  async findSession(token: string): Promise<Row | undefined> {
    return (await this.#findRows('sys_session', token))[0];
  }

  /** The current `sys_api_key` row with this hash. */
  async findApiKey(hash: string): Promise<Row | undefined> {
    return (await this.#findRows('sys_api_key', hash))[0];
  }

  /** The current `sys_user` row of a person. */
  async findUser(userId: string): Promise<Row | undefined> {
    return (await this.#findRows('sys_user', userId))[0];
  }

  /** The current `sys_member` rows of a person in an organization. */
  async memberships(userId: string, organizationId: string): Promise<Row[]> {
    const rows = await this.#findRows('sys_member', userId);
    return rows.filter((row) => row['organization_id'] === organizationId);
  }

  /**
   * The execution context of a person. The platform's own permissions and row-level security decide what
   * they may read and change, from the grants they hold now. The scopes of an API key add nothing here.
   */
  async contextOf({ userId, organizationId }: Person): Promise<EngineContext> {
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

  /** The names of the permission sets that a person holds now in an organization. */
  async permissionSetsOf(userId: string, organizationId: string | undefined): Promise<readonly string[]> {
    return (await this.#grantsOf(userId, organizationId)).permissions;
  }

  /** The capabilities that a person holds now in an organization, such as `manage_platform_settings`. */
  async capabilitiesOf(userId: string, organizationId: string | undefined): Promise<readonly string[]> {
    return (await this.#grantsOf(userId, organizationId)).systemPermissions;
  }

  /** The current `sys_organization` row of an organization. */
  async findOrganization(organizationId: string): Promise<Row | undefined> {
    return (await this.#findRows('sys_organization', organizationId))[0];
  }

  async #grantsOf(
    userId: string,
    organizationId: string | undefined,
  ): Promise<Awaited<ReturnType<typeof resolveUserAuthzGrants>>> {
    const reader = new WitnessedReader(this.reader);
    // The platform ignores some failures of its reads, and rejects with an error of its own after others.
    return this.#reading(async () => {
      const grants = await resolveUserAuthzGrants(reader, userId, {
        ...(organizationId === undefined ? {} : { tenantId: organizationId }),
        // The platform may cache grants for some seconds; a removed grant must not count.
        bypassGrantsCache: true,
      });
      reader.assertAllRead();
      return grants;
    });
  }

  #findRows(object: string, value: string): Promise<Row[]> {
    return this.#reading(() => this.reader.find(object, value));
  }

  /** Runs reads that enforce the time limit themselves. */
  async #reading<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      noteFailure('unavailable');
      throw unavailable(error);
    }
  }

  /** An optional service. If it is installed but fails, this throws. */
  async #optional<T>(name: string): Promise<T | undefined> {
    try {
      return await withDeadline(this.#lookup<T>(name), this.deadline);
    } catch (error) {
      if (isNotRegistered(error)) return undefined;
      noteFailure('unavailable');
      throw unavailable(error);
    }
  }

  /** Runs a database operation within the time limit. @throws ServiceError `FORBIDDEN` if the platform's permissions reject it. */
  async inTime<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await withDeadline(read(), this.deadline);
    } catch (error) {
      if (error instanceof ServiceError) throw error;
      // Our own message: the platform's message names internal objects and operations.
      if (isPermissionDenied(error)) throw new ServiceError('FORBIDDEN', { cause: error });
      noteFailure('unavailable');
      throw unavailable(error);
    }
  }
}
