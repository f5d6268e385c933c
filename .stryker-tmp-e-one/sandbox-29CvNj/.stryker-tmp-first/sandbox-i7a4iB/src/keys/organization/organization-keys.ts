// @ts-nocheck
// 
function stryNS_9fa48() {
  var g = typeof globalThis === 'object' && globalThis && globalThis.Math === Math && globalThis || new Function("return this")();
  var ns = g.__stryker__ || (g.__stryker__ = {});
  if (ns.activeMutant === undefined && g.process && g.process.env && g.process.env.__STRYKER_ACTIVE_MUTANT__) {
    ns.activeMutant = g.process.env.__STRYKER_ACTIVE_MUTANT__;
  }
  function retrieveNS() {
    return ns;
  }
  stryNS_9fa48 = retrieveNS;
  return retrieveNS();
}
stryNS_9fa48();
function stryCov_9fa48() {
  var ns = stryNS_9fa48();
  var cov = ns.mutantCoverage || (ns.mutantCoverage = {
    static: {},
    perTest: {}
  });
  function cover() {
    var c = cov.static;
    if (ns.currentTestId) {
      c = cov.perTest[ns.currentTestId] = cov.perTest[ns.currentTestId] || {};
    }
    var a = arguments;
    for (var i = 0; i < a.length; i++) {
      c[a[i]] = (c[a[i]] || 0) + 1;
    }
  }
  stryCov_9fa48 = cover;
  cover.apply(null, arguments);
}
function stryMutAct_9fa48(id) {
  var ns = stryNS_9fa48();
  function isActive(id) {
    if (ns.activeMutant === id) {
      if (ns.hitCount !== void 0 && ++ns.hitCount > ns.hitLimit) {
        throw new Error('Stryker: Hit count limit reached (' + ns.hitCount + ')');
      }
      return true;
    }
    return false;
  }
  stryMutAct_9fa48 = isActive;
  return isActive(id);
}
import type { Principal } from '../../auth/principal.ts';
import { invalid } from '../../base/errors.ts';
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
  constructor(platform: Platform, administration: Administration, standing: Standing, writing: KeyWriting, events: Pick<Events, 'policyChanged'>) {
    if (stryMutAct_9fa48("2956")) {
      {}
    } else {
      stryCov_9fa48("2956");
      this.policy = new OrganizationPolicy(platform, administration, writing, events);
      this.#platform = platform;
      this.#administration = administration;
      this.#standing = standing;
      this.#writing = writing;
    }
  }

  /** The active organization of the session; `undefined` without one, or where they do not belong to it any more. */
  async find(principal: Principal): Promise<Organization | undefined> {
    if (stryMutAct_9fa48("2957")) {
      {}
    } else {
      stryCov_9fa48("2957");
      const {
        organizationId
      } = principal;
      if (stryMutAct_9fa48("2960") ? organizationId === undefined && !(await this.#administration.knows(principal, organizationId)) : stryMutAct_9fa48("2959") ? false : stryMutAct_9fa48("2958") ? true : (stryCov_9fa48("2958", "2959", "2960"), (stryMutAct_9fa48("2962") ? organizationId !== undefined : stryMutAct_9fa48("2961") ? false : (stryCov_9fa48("2961", "2962"), organizationId === undefined)) || (stryMutAct_9fa48("2963") ? await this.#administration.knows(principal, organizationId) : (stryCov_9fa48("2963"), !(await this.#administration.knows(principal, organizationId)))))) return undefined;
      const row = await this.#platform.findOrganization(organizationId);
      return stryMutAct_9fa48("2966") ? row || {
        id: organizationId,
        name: typeof row['name'] === 'string' ? row['name'] : ''
      } : stryMutAct_9fa48("2965") ? false : stryMutAct_9fa48("2964") ? true : (stryCov_9fa48("2964", "2965", "2966"), row && (stryMutAct_9fa48("2967") ? {} : (stryCov_9fa48("2967"), {
        id: organizationId,
        name: (stryMutAct_9fa48("2970") ? typeof row['name'] !== 'string' : stryMutAct_9fa48("2969") ? false : stryMutAct_9fa48("2968") ? true : (stryCov_9fa48("2968", "2969", "2970"), typeof row[stryMutAct_9fa48("2971") ? "" : (stryCov_9fa48("2971"), 'name')] === (stryMutAct_9fa48("2972") ? "" : (stryCov_9fa48("2972"), 'string')))) ? row[stryMutAct_9fa48("2973") ? "" : (stryCov_9fa48("2973"), 'name')] : stryMutAct_9fa48("2974") ? "Stryker was here!" : (stryCov_9fa48("2974"), '')
      })));
    }
  }

  /** A page of all keys of the active organization, newest first. @throws ServiceError `FORBIDDEN`, and what a list throws. */
  async list(principal: Principal, query: OrganizationListQuery): Promise<Page> {
    if (stryMutAct_9fa48("2975")) {
      {}
    } else {
      stryCov_9fa48("2975");
      const organizationId = await this.#administration.organizationOf(principal);
      const {
        ownerId
      } = query;
      if (stryMutAct_9fa48("2978") ? ownerId !== undefined || !isKeyId(ownerId) : stryMutAct_9fa48("2977") ? false : stryMutAct_9fa48("2976") ? true : (stryCov_9fa48("2976", "2977", "2978"), (stryMutAct_9fa48("2980") ? ownerId === undefined : stryMutAct_9fa48("2979") ? true : (stryCov_9fa48("2979", "2980"), ownerId !== undefined)) && (stryMutAct_9fa48("2981") ? isKeyId(ownerId) : (stryCov_9fa48("2981"), !isKeyId(ownerId))))) {
        if (stryMutAct_9fa48("2982")) {
          {}
        } else {
          stryCov_9fa48("2982");
          throw invalid(stryMutAct_9fa48("2983") ? [] : (stryCov_9fa48("2983"), [stryMutAct_9fa48("2984") ? {} : (stryCov_9fa48("2984"), {
            field: stryMutAct_9fa48("2985") ? "" : (stryCov_9fa48("2985"), 'ownerId'),
            code: stryMutAct_9fa48("2986") ? "" : (stryCov_9fa48("2986"), 'invalid_value'),
            message: stryMutAct_9fa48("2987") ? "" : (stryCov_9fa48("2987"), 'This is not a valid id of a person.')
          })]));
        }
      }
      return listKeysOfOrganization(this.#platform, this.#standing, organizationId, ownerId, query);
    }
  }

  /**
   * A key of somebody else that this person may end. For everybody but an administrator of its
   * organization, who has to have that organization active, it is like one that does not exist.
   */
  async findToEnd({
    principal
  }: Caller, id: string): Promise<ApiKey | undefined> {
    if (stryMutAct_9fa48("2988")) {
      {}
    } else {
      stryCov_9fa48("2988");
      const {
        organizationId
      } = principal;
      if (stryMutAct_9fa48("2991") ? organizationId === undefined && !(await this.#administration.administers(principal, organizationId)) : stryMutAct_9fa48("2990") ? false : stryMutAct_9fa48("2989") ? true : (stryCov_9fa48("2989", "2990", "2991"), (stryMutAct_9fa48("2993") ? organizationId !== undefined : stryMutAct_9fa48("2992") ? false : (stryCov_9fa48("2992", "2993"), organizationId === undefined)) || (stryMutAct_9fa48("2994") ? await this.#administration.administers(principal, organizationId) : (stryCov_9fa48("2994"), !(await this.#administration.administers(principal, organizationId)))))) {
        if (stryMutAct_9fa48("2995")) {
          {}
        } else {
          stryCov_9fa48("2995");
          return undefined;
        }
      }
      const key = await findKeyOfOrganization(this.#platform, organizationId, id);
      if (stryMutAct_9fa48("2998") ? key === undefined : stryMutAct_9fa48("2997") ? false : stryMutAct_9fa48("2996") ? true : (stryCov_9fa48("2996", "2997", "2998"), key !== undefined)) if (stryMutAct_9fa48("2999")) {
        ;
      } else {
        stryCov_9fa48("2999");
        assertActsInPerson(principal);
      }
      return key;
    }
  }

  /** Ends a key of somebody else that {@link findToEnd} has found. @returns whether it was not ended already. */
  async end(caller: Caller, key: ApiKey): Promise<boolean> {
    if (stryMutAct_9fa48("3000")) {
      {}
    } else {
      stryCov_9fa48("3000");
      return stryMutAct_9fa48("3004") ? (await this.#end(caller, {
        id: key.id
      }, key.ownerId)).length <= 0 : stryMutAct_9fa48("3003") ? (await this.#end(caller, {
        id: key.id
      }, key.ownerId)).length >= 0 : stryMutAct_9fa48("3002") ? false : stryMutAct_9fa48("3001") ? true : (stryCov_9fa48("3001", "3002", "3003", "3004"), (await this.#end(caller, stryMutAct_9fa48("3005") ? {} : (stryCov_9fa48("3005"), {
        id: key.id
      }), key.ownerId)).length > 0);
    }
  }

  /**
   * Ends all keys that a person has in the active organization, in one transaction.
   *
   * @returns the keys that were ended; those that had been revoked before are left as they are.
   * @throws ServiceError `VALIDATION_FAILED`, `FORBIDDEN`, `SERVICE_UNAVAILABLE`, and then none is ended.
   */
  async endAllOf(caller: Caller, input: unknown): Promise<readonly ApiKey[]> {
    if (stryMutAct_9fa48("3006")) {
      {}
    } else {
      stryCov_9fa48("3006");
      const {
        userId
      } = parseInput(revokeApiKeysOfInput, input);
      const organizationId = await this.#administration.organizationOf(caller.principal);
      if (stryMutAct_9fa48("3007")) {
        ;
      } else {
        stryCov_9fa48("3007");
        assertActsInPerson(caller.principal);
      }
      if (stryMutAct_9fa48("3010") ? false : stryMutAct_9fa48("3009") ? true : stryMutAct_9fa48("3008") ? await this.#isKnown(organizationId, userId) : (stryCov_9fa48("3008", "3009", "3010"), !(await this.#isKnown(organizationId, userId)))) return stryMutAct_9fa48("3011") ? ["Stryker was here"] : (stryCov_9fa48("3011"), []);
      return this.#end(caller, stryMutAct_9fa48("3012") ? {} : (stryCov_9fa48("3012"), {
        user_id: userId,
        active_organization_id: organizationId
      }), userId);
    }
  }

  /**
   * Whether an id is the id of a person, who may have been deleted and left keys. Otherwise the text of the caller would
   * become an entry of the ledger.
   */
  async #isKnown(organizationId: string, userId: string): Promise<boolean> {
    if (stryMutAct_9fa48("3013")) {
      {}
    } else {
      stryCov_9fa48("3013");
      if (stryMutAct_9fa48("3016") ? (await this.#platform.findUser(userId)) === undefined : stryMutAct_9fa48("3015") ? false : stryMutAct_9fa48("3014") ? true : (stryCov_9fa48("3014", "3015", "3016"), (await this.#platform.findUser(userId)) !== undefined)) return stryMutAct_9fa48("3017") ? false : (stryCov_9fa48("3017"), true);
      const where = stryMutAct_9fa48("3018") ? {} : (stryCov_9fa48("3018"), {
        user_id: userId,
        active_organization_id: organizationId
      });
      const count = stryMutAct_9fa48("3019") ? () => undefined : (stryCov_9fa48("3019"), (() => {
        const count = (): Promise<number> => this.#platform.engine.count(API_KEY_OBJECT, stryMutAct_9fa48("3020") ? {} : (stryCov_9fa48("3020"), {
          where,
          context: stryMutAct_9fa48("3021") ? {} : (stryCov_9fa48("3021"), {
            isSystem: stryMutAct_9fa48("3022") ? false : (stryCov_9fa48("3022"), true)
          })
        }));
        return count;
      })());
      return stryMutAct_9fa48("3026") ? (await this.#platform.inTime(count)) <= 0 : stryMutAct_9fa48("3025") ? (await this.#platform.inTime(count)) >= 0 : stryMutAct_9fa48("3024") ? false : stryMutAct_9fa48("3023") ? true : (stryCov_9fa48("3023", "3024", "3025", "3026"), (await this.#platform.inTime(count)) > 0);
    }
  }

  /** Elevated, with the actor named: the platform lets nobody change the keys of other people. */
  async #end(caller: Caller, where: Record<string, unknown>, ownerId: string): Promise<readonly ApiKey[]> {
    if (stryMutAct_9fa48("3027")) {
      {}
    } else {
      stryCov_9fa48("3027");
      const {
        engine,
        ledger
      } = this.#writing;
      const {
        principal,
        request
      } = caller;
      return this.#platform.inTime(stryMutAct_9fa48("3028") ? () => undefined : (stryCov_9fa48("3028"), () => committed(engine, API_KEY_OBJECT, async context => {
        if (stryMutAct_9fa48("3029")) {
          {}
        } else {
          stryCov_9fa48("3029");
          // The lock under which this person's keys are made: none of them is missed because it was just being written.
          await ledger.lock(context.transaction, new Map(stryMutAct_9fa48("3030") ? [] : (stryCov_9fa48("3030"), [stryMutAct_9fa48("3031") ? [] : (stryCov_9fa48("3031"), [userEntry(ownerId), stryMutAct_9fa48("3032") ? "Stryker was here!" : (stryCov_9fa48("3032"), '')])])), stryMutAct_9fa48("3033") ? ["Stryker was here"] : (stryCov_9fa48("3033"), []));
          const rows = await engine.find(API_KEY_OBJECT, stryMutAct_9fa48("3034") ? {} : (stryCov_9fa48("3034"), {
            where: stryMutAct_9fa48("3035") ? {} : (stryCov_9fa48("3035"), {
              ...where,
              revoked: stryMutAct_9fa48("3036") ? {} : (stryCov_9fa48("3036"), {
                $ne: stryMutAct_9fa48("3037") ? false : (stryCov_9fa48("3037"), true)
              })
            }),
            context
          }));
          const keys = rows.map(toApiKey);
          await revokeKeys(this.#writing, keys, request, stryMutAct_9fa48("3038") ? {} : (stryCov_9fa48("3038"), {
            ...context,
            userId: principal.userId
          }));
          await ledger.assertCommittable(context.transaction);
          if (stryMutAct_9fa48("3039")) {
            ;
          } else {
            stryCov_9fa48("3039");
            assertInTime(request.budget);
          }
          return keys.map(stryMutAct_9fa48("3040") ? () => undefined : (stryCov_9fa48("3040"), key => stryMutAct_9fa48("3041") ? {} : (stryCov_9fa48("3041"), {
            ...key,
            revoked: stryMutAct_9fa48("3042") ? false : (stryCov_9fa48("3042"), true)
          })));
        }
      })));
    }
  }
}