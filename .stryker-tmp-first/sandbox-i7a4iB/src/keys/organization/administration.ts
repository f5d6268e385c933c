// @ts-nocheck
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
import { isGrantActive } from '@objectstack/core';
import type { Principal, SessionPrincipal } from '../../auth/principal.ts';
import { ServiceError } from '../../base/errors.ts';
import type { Row } from '../../platform/engine.ts';
import type { Platform } from '../../platform/platform.ts';

/** The roles of better-auth whose holders run an organization. */
const ADMINISTRATORS: ReadonlySet<string> = new Set(stryMutAct_9fa48("2900") ? [] : (stryCov_9fa48("2900"), [stryMutAct_9fa48("2901") ? "" : (stryCov_9fa48("2901"), 'owner'), stryMutAct_9fa48("2902") ? "" : (stryCov_9fa48("2902"), 'admin')]));
/** Who may change the settings of the whole platform administers each of its organizations. */
const PLATFORM_CAPABILITY = stryMutAct_9fa48("2903") ? "" : (stryCov_9fa48("2903"), 'manage_platform_settings');

/** What is asked of the kernel to find out who administers an organization. */
export type AdministrationPlatform = Pick<Platform, 'memberships' | 'capabilitiesOf'>;

/** Decides who may see and end the keys of an organization, and set its rules. Looked up live for each request. */
export class Administration {
  readonly #platform: AdministrationPlatform;
  constructor(platform: AdministrationPlatform) {
    if (stryMutAct_9fa48("2904")) {
      {}
    } else {
      stryCov_9fa48("2904");
      this.#platform = platform;
    }
  }

  /** Whether somebody may know the organization of their session: they are a member of it, or administer it. */
  async knows({
    userId
  }: Principal, organizationId: string): Promise<boolean> {
    if (stryMutAct_9fa48("2905")) {
      {}
    } else {
      stryCov_9fa48("2905");
      const memberships = await this.#memberships(userId, organizationId);
      return stryMutAct_9fa48("2908") ? memberships.length > 0 && (await this.#managesPlatform(userId, organizationId)) : stryMutAct_9fa48("2907") ? false : stryMutAct_9fa48("2906") ? true : (stryCov_9fa48("2906", "2907", "2908"), (stryMutAct_9fa48("2911") ? memberships.length <= 0 : stryMutAct_9fa48("2910") ? memberships.length >= 0 : stryMutAct_9fa48("2909") ? false : (stryCov_9fa48("2909", "2910", "2911"), memberships.length > 0)) || (await this.#managesPlatform(userId, organizationId)));
    }
  }

  /** Whether somebody is an owner or administrator of an organization, or manages the platform. */
  async administers({
    userId
  }: Pick<Principal, 'userId'>, organizationId: string): Promise<boolean> {
    if (stryMutAct_9fa48("2912")) {
      {}
    } else {
      stryCov_9fa48("2912");
      const memberships = await this.#memberships(userId, organizationId);
      return stryMutAct_9fa48("2915") ? memberships.some(isAdministrator) && (await this.#managesPlatform(userId, organizationId)) : stryMutAct_9fa48("2914") ? false : stryMutAct_9fa48("2913") ? true : (stryCov_9fa48("2913", "2914", "2915"), (stryMutAct_9fa48("2916") ? memberships.every(isAdministrator) : (stryCov_9fa48("2916"), memberships.some(isAdministrator))) || (await this.#managesPlatform(userId, organizationId)));
    }
  }

  /**
   * The active organization of somebody who administers it.
   *
   * @throws ServiceError `FORBIDDEN` for everybody else, the same whatever there is in the organization.
   */
  async organizationOf(principal: Principal): Promise<string> {
    if (stryMutAct_9fa48("2917")) {
      {}
    } else {
      stryCov_9fa48("2917");
      const {
        kind,
        organizationId
      } = principal;
      // A key that reads the inventory would tell its thief which others are worth stealing.
      if (stryMutAct_9fa48("2920") ? kind === 'session' && organizationId !== undefined || (await this.administers(principal, organizationId)) : stryMutAct_9fa48("2919") ? false : stryMutAct_9fa48("2918") ? true : (stryCov_9fa48("2918", "2919", "2920"), (stryMutAct_9fa48("2922") ? kind === 'session' || organizationId !== undefined : stryMutAct_9fa48("2921") ? true : (stryCov_9fa48("2921", "2922"), (stryMutAct_9fa48("2924") ? kind !== 'session' : stryMutAct_9fa48("2923") ? true : (stryCov_9fa48("2923", "2924"), kind === (stryMutAct_9fa48("2925") ? "" : (stryCov_9fa48("2925"), 'session')))) && (stryMutAct_9fa48("2927") ? organizationId === undefined : stryMutAct_9fa48("2926") ? true : (stryCov_9fa48("2926", "2927"), organizationId !== undefined)))) && (await this.administers(principal, organizationId)))) {
        if (stryMutAct_9fa48("2928")) {
          {}
        } else {
          stryCov_9fa48("2928");
          return organizationId;
        }
      }
      throw new ServiceError(stryMutAct_9fa48("2930") ? "" : (stryCov_9fa48("2930"), 'FORBIDDEN'), stryMutAct_9fa48("2931") ? {} : (stryCov_9fa48("2931"), {
        message: stryMutAct_9fa48("2932") ? "" : (stryCov_9fa48("2932"), 'Only owners and administrators of the active organization may do this. Ask one of them.')
      }));
    }
  }
  async #memberships(userId: string, organizationId: string): Promise<Row[]> {
    if (stryMutAct_9fa48("2933")) {
      {}
    } else {
      stryCov_9fa48("2933");
      const memberships = await this.#platform.memberships(userId, organizationId);
      return stryMutAct_9fa48("2934") ? memberships : (stryCov_9fa48("2934"), memberships.filter(stryMutAct_9fa48("2935") ? () => undefined : (stryCov_9fa48("2935"), membership => isGrantActive(membership, Date.now()))));
    }
  }
  async #managesPlatform(userId: string, organizationId: string): Promise<boolean> {
    if (stryMutAct_9fa48("2936")) {
      {}
    } else {
      stryCov_9fa48("2936");
      return (await this.#platform.capabilitiesOf(userId, organizationId)).includes(PLATFORM_CAPABILITY);
    }
  }
}

/** Whether a membership is that of an owner or administrator; better-auth writes several roles with commas between them. */
export function isAdministrator({
  role
}: Row): boolean {
  if (stryMutAct_9fa48("2937")) {
    {}
  } else {
    stryCov_9fa48("2937");
    return stryMutAct_9fa48("2940") ? typeof role === 'string' || role.split(',').some(name => ADMINISTRATORS.has(name.trim())) : stryMutAct_9fa48("2939") ? false : stryMutAct_9fa48("2938") ? true : (stryCov_9fa48("2938", "2939", "2940"), (stryMutAct_9fa48("2942") ? typeof role !== 'string' : stryMutAct_9fa48("2941") ? true : (stryCov_9fa48("2941", "2942"), typeof role === (stryMutAct_9fa48("2943") ? "" : (stryCov_9fa48("2943"), 'string')))) && (stryMutAct_9fa48("2944") ? role.split(',').every(name => ADMINISTRATORS.has(name.trim())) : (stryCov_9fa48("2944"), role.split(stryMutAct_9fa48("2945") ? "" : (stryCov_9fa48("2945"), ',')).some(stryMutAct_9fa48("2946") ? () => undefined : (stryCov_9fa48("2946"), name => ADMINISTRATORS.has(stryMutAct_9fa48("2947") ? name : (stryCov_9fa48("2947"), name.trim())))))));
  }
}

/**
 * Asked of whoever changes what is not theirs: the record names the person of the session, and in an
 * impersonated one that is not who did it.
 *
 * @throws ServiceError `FORBIDDEN`
 */
export function assertActsInPerson({
  impersonated
}: SessionPrincipal): void {
  if (stryMutAct_9fa48("2948")) {
    {}
  } else {
    stryCov_9fa48("2948");
    if (stryMutAct_9fa48("2951") ? false : stryMutAct_9fa48("2950") ? true : stryMutAct_9fa48("2949") ? impersonated : (stryCov_9fa48("2949", "2950", "2951"), !impersonated)) return;
    throw new ServiceError(stryMutAct_9fa48("2953") ? "" : (stryCov_9fa48("2953"), 'FORBIDDEN'), stryMutAct_9fa48("2954") ? {} : (stryCov_9fa48("2954"), {
      message: stryMutAct_9fa48("2955") ? "" : (stryCov_9fa48("2955"), 'An impersonated session cannot change the keys of an organization. Stop impersonating first.')
    }));
  }
}