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

/** Where agents connect, and the skill that teaches them how. */
export interface McpEndpoint {
  readonly url: string;
  /** The text of a `SKILL.md`. */
  readonly skill: string;
}

/** Somebody in an organization; `undefined` outside of any. */
export interface Person {
  readonly userId: string;
  readonly organizationId: string | undefined;
}

/**
 * What this service asks of the ObjectStack kernel: the data engine, and the live facts about a person.
 * Every question either gets an answer or throws `SERVICE_UNAVAILABLE`; no failure reads as "no".
 */
export class Platform {
  readonly engine: DataEngine;
  /** How long one question may take, in milliseconds. */
  readonly deadline: number;
  /** Reads of who somebody is and what they may do. */
  readonly reader: LiveReader;
  readonly #lookup: ServiceLookup;

  /**
   * @param deadline how long one question may take, in milliseconds.
   * @param memo answers what a request asks again.
   */
  constructor(engine: DataEngine, lookup: ServiceLookup, deadline: number, memo?: RequestMemo) {
    this.engine = engine;
    this.reader = new LiveReader(engine, deadline, memo);
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

  /** Whether the kernel checks permissions at all: without the security plugin everybody may do everything. */
  async checksPermissions(): Promise<boolean> {
    return (await this.#optional('security')) !== undefined;
  }

  /** The MCP endpoint of the kernel; `undefined` where it has none. */
  async mcpEndpoint(): Promise<McpEndpoint | undefined> {
    const mcp = await this.#optional<{ renderSkill(options: { mcpUrl: string }): string }>('mcp');
    // Sign-in is told the public address of the server, and the platform derives the endpoint's from it.
    const auth = await this.#optional<{ getMcpResourceUrl?(): string }>('auth');
    const url = auth?.getMcpResourceUrl?.();
    return mcp === undefined || url === undefined ? undefined : { url, skill: mcp.renderSkill({ mcpUrl: url }) };
  }

  /** The `sys_session` row of a token, live; `undefined` when there is none. */
  async findSession(token: string): Promise<Row | undefined> {
    return (await this.#findRows('sys_session', token))[0];
  }

  /** The `sys_api_key` row with this hash, live. */
  async findApiKey(hash: string): Promise<Row | undefined> {
    return (await this.#findRows('sys_api_key', hash))[0];
  }

  /** The `sys_user` row of a person, live. */
  async findUser(userId: string): Promise<Row | undefined> {
    return (await this.#findRows('sys_user', userId))[0];
  }

  /** The `sys_member` rows of a person in an organization, live. */
  async memberships(userId: string, organizationId: string): Promise<Row[]> {
    const rows = await this.#findRows('sys_member', userId);
    return rows.filter((row) => row['organization_id'] === organizationId);
  }

  /**
   * The execution context of a person: what they may read and change is decided by the platform's
   * own permissions and row-level security, with the grants they hold now. The scopes of an API key
   * add nothing here.
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

  /** The `sys_organization` row of an organization, live. */
  async findOrganization(organizationId: string): Promise<Row | undefined> {
    return (await this.#findRows('sys_organization', organizationId))[0];
  }

  async #grantsOf(
    userId: string,
    organizationId: string | undefined,
  ): Promise<Awaited<ReturnType<typeof resolveUserAuthzGrants>>> {
    const reader = new WitnessedReader(this.reader);
    const grants = await resolveUserAuthzGrants(reader, userId, {
      ...(organizationId === undefined ? {} : { tenantId: organizationId }),
      // The platform may cache grants for some seconds; a grant that was taken away must not count.
      bypassGrantsCache: true,
    });
    reader.assertAllRead();
    return grants;
  }

  #findRows(object: string, value: string): Promise<Row[]> {
    return this.#reading(() => this.reader.find(object, value));
  }

  /** Runs reads that keep the deadline by themselves. */
  async #reading<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      noteFailure('unavailable');
      throw unavailable(error);
    }
  }

  /** A service that a kernel may go without; one that is installed and does not answer throws. */
  async #optional<T>(name: string): Promise<T | undefined> {
    try {
      return await withDeadline(this.#lookup<T>(name), this.deadline);
    } catch (error) {
      if (isNotRegistered(error)) return undefined;
      noteFailure('unavailable');
      throw unavailable(error);
    }
  }

  /** Runs what asks the database, within the deadline. @throws ServiceError `FORBIDDEN` where the platform's permissions refuse it. */
  async inTime<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await withDeadline(read(), this.deadline);
    } catch (error) {
      if (error instanceof ServiceError) throw error;
      // In our words: the platform's name its objects and what it asks for.
      if (isPermissionDenied(error)) throw new ServiceError('FORBIDDEN', { cause: error });
      noteFailure('unavailable');
      throw unavailable(error);
    }
  }
}
