import type { Principal } from '../../auth/principal.ts';
import { invalid, ServiceError } from '../../base/errors.ts';
import type { Events } from '../../observability/events.ts';
import { committed } from '../../platform/committed.ts';
import type { Platform } from '../../platform/platform.ts';
import { parseInput, revokeApiKeysOfInput } from '../input/input.ts';
import { isKeyId } from '../input/key-id.ts';
import { userEntry } from '../ledger/ledger.ts';
import type { Caller } from '../mint/caller.ts';
import { assertInTime, type KeyWriting } from '../mint/key-writing.ts';
import { revokeKeys } from '../mint/revoke-keys.ts';
import { findKeyOfOrganization } from '../read/find.ts';
import { type ListQuery, listKeysOfOrganization, type Page } from '../read/list.ts';
import { API_KEY_OBJECT, type ApiKey, toApiKey } from '../record/api-key.ts';
import type { Standing } from '../record/standing.ts';
import { type Administration, assertActsInPerson } from './administration.ts';
import { OrganizationPolicy } from './organization-policy.ts';

/** The active organization of somebody who belongs to it. */
export interface Organization {
  readonly id: string;
  readonly name: string;
}

/** What the list of an organization's keys is narrowed by. */
export interface OrganizationListQuery extends ListQuery {
  /** `sys_user.id` of the person whose keys are meant. */
  readonly ownerId: string | undefined;
}

/**
 * What the owners and administrators of an organization do with the keys of its people: see them and
 * end them. They cannot make one for somebody else, nor replace, restore or widen it: a key that is
 * used in somebody's name has been asked for by that person.
 */
export class OrganizationKeys {
  /** The rules for its keys. */
  readonly policy: OrganizationPolicy;
  readonly #platform: Platform;
  readonly #administration: Administration;
  readonly #standing: Standing;
  readonly #writing: KeyWriting;

  constructor(
    platform: Platform,
    administration: Administration,
    standing: Standing,
    writing: KeyWriting,
    events: Pick<Events, 'policyChanged'>,
  ) {
    this.policy = new OrganizationPolicy(platform, administration, writing, events);
    this.#platform = platform;
    this.#administration = administration;
    this.#standing = standing;
    this.#writing = writing;
  }

  /** The active organization of the session; `undefined` without one, or where they do not belong to it any more. */
  async find(principal: Principal): Promise<Organization | undefined> {
    const { organizationId } = principal;
    if (organizationId === undefined || !(await this.#administration.knows(principal, organizationId)))
      return undefined;
    const row = await this.#platform.findOrganization(organizationId);
    return row && { id: organizationId, name: typeof row['name'] === 'string' ? row['name'] : '' };
  }

  /** A page of all keys of the active organization, newest first. @throws ServiceError `FORBIDDEN`, and what a list throws. */
  async list(principal: Principal, query: OrganizationListQuery): Promise<Page> {
    const organizationId = await this.#administration.organizationOf(principal);
    const { ownerId } = query;
    if (ownerId !== undefined && !isKeyId(ownerId)) {
      throw invalid([{ field: 'ownerId', code: 'invalid_value', message: 'This is not a valid id of a person.' }]);
    }
    return listKeysOfOrganization(this.#platform, this.#standing, organizationId, ownerId, query);
  }

  /**
   * A key of somebody else that this person may end. For everybody but an administrator of its
   * organization, who has to have that organization active, it is like one that does not exist.
   */
  async findToEnd({ principal }: Caller, id: string): Promise<ApiKey | undefined> {
    const { organizationId } = principal;
    if (organizationId === undefined || !(await this.#administration.administers(principal, organizationId))) {
      return undefined;
    }
    const key = await findKeyOfOrganization(this.#platform, organizationId, id);
    if (key !== undefined) assertActsInPerson(principal);
    return key;
  }

  /**
   * Whose a key of the active organization is.
   *
   * @throws ServiceError `FORBIDDEN` for everybody but its administrators, `NOT_FOUND`.
   */
  async ownerOf({ principal }: Caller, id: string): Promise<string> {
    const organizationId = await this.#administration.organizationOf(principal);
    const key = await findKeyOfOrganization(this.#platform, organizationId, id);
    if (key !== undefined) return key.ownerId;
    throw new ServiceError('NOT_FOUND', {
      message: 'The active organization has no key with this id. The list of its keys shows the id of each.',
    });
  }

  /** Ends a key of somebody else that {@link findToEnd} has found. @returns whether it was not ended already. */
  async end(caller: Caller, key: ApiKey): Promise<boolean> {
    return (await this.#end(caller, { id: key.id }, key.ownerId)).length > 0;
  }

  /**
   * Ends all keys that a person has in the active organization, in one transaction.
   *
   * @returns the keys that were ended; those that had been revoked before are left as they are.
   * @throws ServiceError `VALIDATION_FAILED`, `FORBIDDEN`, `SERVICE_UNAVAILABLE`, and then none is ended.
   */
  async endAllOf(caller: Caller, input: unknown): Promise<readonly ApiKey[]> {
    const { userId } = parseInput(revokeApiKeysOfInput, input);
    const organizationId = await this.#administration.organizationOf(caller.principal);
    assertActsInPerson(caller.principal);
    if (!(await this.#isKnown(organizationId, userId))) return [];
    return this.#end(caller, { user_id: userId, active_organization_id: organizationId }, userId);
  }

  /**
   * Whether an id is the id of a person, who may have been deleted and left keys. Otherwise the text of the caller would
   * become an entry of the ledger.
   */
  async #isKnown(organizationId: string, userId: string): Promise<boolean> {
    if ((await this.#platform.findUser(userId)) !== undefined) return true;
    const where = { user_id: userId, active_organization_id: organizationId };
    const count = (): Promise<number> =>
      this.#platform.engine.count(API_KEY_OBJECT, { where, context: { isSystem: true } });
    return (await this.#platform.inTime(count)) > 0;
  }

  /** Elevated, with the actor named: the platform lets nobody change the keys of other people. */
  async #end(caller: Caller, where: Record<string, unknown>, ownerId: string): Promise<readonly ApiKey[]> {
    const { engine, ledger } = this.#writing;
    const { principal, request } = caller;
    return this.#platform.inTime(() =>
      committed(engine, API_KEY_OBJECT, async (context) => {
        // The lock under which this person's keys are made: none of them is missed because it was just being written.
        await ledger.lock(context.transaction, new Map([[userEntry(ownerId), '']]), []);
        const rows = await engine.find(API_KEY_OBJECT, { where: { ...where, revoked: { $ne: true } }, context });
        const keys = rows.map(toApiKey);
        await revokeKeys(this.#writing, keys, request, { ...context, userId: principal.userId });
        await ledger.assertCommittable(context.transaction);
        assertInTime(request.budget);
        return keys.map((key) => ({ ...key, revoked: true }));
      }),
    );
  }
}
