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
const ADMINISTRATORS: ReadonlySet<string> = new Set(stryMutAct_9fa48("0") ? [] : (stryCov_9fa48("0"), [stryMutAct_9fa48("1") ? "" : (stryCov_9fa48("1"), 'owner'), stryMutAct_9fa48("2") ? "" : (stryCov_9fa48("2"), 'admin')]));
/** Who may change the settings of the whole platform administers each of its organizations. */
const PLATFORM_CAPABILITY = stryMutAct_9fa48("3") ? "" : (stryCov_9fa48("3"), 'manage_platform_settings');

/** What is asked of the kernel to find out who administers an organization. */
export type AdministrationPlatform = Pick<Platform, 'memberships' | 'capabilitiesOf'>;

/** Decides who may see and end the keys of an organization, and set its rules. Looked up live for each request. */
export class Administration {
  readonly #platform: AdministrationPlatform;
  constructor(platform: AdministrationPlatform) {
    if (stryMutAct_9fa48("4")) {
      {}
    } else {
      stryCov_9fa48("4");
      this.#platform = platform;
    }
  }

  /** Whether somebody may know the organization of their session: they are a member of it, or administer it. */
  async knows({
    userId
  }: Principal, organizationId: string): Promise<boolean> {
    if (stryMutAct_9fa48("5")) {
      {}
    } else {
      stryCov_9fa48("5");
      const memberships = await this.#memberships(userId, organizationId);
      return stryMutAct_9fa48("8") ? memberships.length > 0 && (await this.#managesPlatform(userId, organizationId)) : stryMutAct_9fa48("7") ? false : stryMutAct_9fa48("6") ? true : (stryCov_9fa48("6", "7", "8"), (stryMutAct_9fa48("11") ? memberships.length <= 0 : stryMutAct_9fa48("10") ? memberships.length >= 0 : stryMutAct_9fa48("9") ? false : (stryCov_9fa48("9", "10", "11"), memberships.length > 0)) || (await this.#managesPlatform(userId, organizationId)));
    }
  }

  /** Whether somebody is an owner or administrator of an organization, or manages the platform. */
  async administers({
    userId
  }: Pick<Principal, 'userId'>, organizationId: string): Promise<boolean> {
    if (stryMutAct_9fa48("12")) {
      {}
    } else {
      stryCov_9fa48("12");
      const memberships = await this.#memberships(userId, organizationId);
      return stryMutAct_9fa48("15") ? memberships.some(isAdministrator) && (await this.#managesPlatform(userId, organizationId)) : stryMutAct_9fa48("14") ? false : stryMutAct_9fa48("13") ? true : (stryCov_9fa48("13", "14", "15"), (stryMutAct_9fa48("16") ? memberships.every(isAdministrator) : (stryCov_9fa48("16"), memberships.some(isAdministrator))) || (await this.#managesPlatform(userId, organizationId)));
    }
  }

  /**
   * The active organization of somebody who administers it.
   *
   * @throws ServiceError `FORBIDDEN` for everybody else, the same whatever there is in the organization.
   */
  async organizationOf(principal: Principal): Promise<string> {
    if (stryMutAct_9fa48("17")) {
      {}
    } else {
      stryCov_9fa48("17");
      const {
        kind,
        organizationId
      } = principal;
      // A key that reads the inventory would tell its thief which others are worth stealing.
      if (stryMutAct_9fa48("20") ? kind === 'session' && organizationId !== undefined || (await this.administers(principal, organizationId)) : stryMutAct_9fa48("19") ? false : stryMutAct_9fa48("18") ? true : (stryCov_9fa48("18", "19", "20"), (stryMutAct_9fa48("22") ? kind === 'session' || organizationId !== undefined : stryMutAct_9fa48("21") ? true : (stryCov_9fa48("21", "22"), (stryMutAct_9fa48("24") ? kind !== 'session' : stryMutAct_9fa48("23") ? true : (stryCov_9fa48("23", "24"), kind === (stryMutAct_9fa48("25") ? "" : (stryCov_9fa48("25"), 'session')))) && (stryMutAct_9fa48("27") ? organizationId === undefined : stryMutAct_9fa48("26") ? true : (stryCov_9fa48("26", "27"), organizationId !== undefined)))) && (await this.administers(principal, organizationId)))) {
        if (stryMutAct_9fa48("28")) {
          {}
        } else {
          stryCov_9fa48("28");
          return organizationId;
        }
      }
      throw new ServiceError(stryMutAct_9fa48("30") ? "" : (stryCov_9fa48("30"), 'FORBIDDEN'), stryMutAct_9fa48("31") ? {} : (stryCov_9fa48("31"), {
        message: stryMutAct_9fa48("32") ? "" : (stryCov_9fa48("32"), 'Only owners and administrators of the active organization may do this. Ask one of them.')
      }));
    }
  }
  async #memberships(userId: string, organizationId: string): Promise<Row[]> {
    if (stryMutAct_9fa48("33")) {
      {}
    } else {
      stryCov_9fa48("33");
      const memberships = await this.#platform.memberships(userId, organizationId);
      return stryMutAct_9fa48("34") ? memberships : (stryCov_9fa48("34"), memberships.filter(stryMutAct_9fa48("35") ? () => undefined : (stryCov_9fa48("35"), membership => isGrantActive(membership, Date.now()))));
    }
  }
  async #managesPlatform(userId: string, organizationId: string): Promise<boolean> {
    if (stryMutAct_9fa48("36")) {
      {}
    } else {
      stryCov_9fa48("36");
      return (await this.#platform.capabilitiesOf(userId, organizationId)).includes(PLATFORM_CAPABILITY);
    }
  }
}

/** Whether a membership is that of an owner or administrator; better-auth writes several roles with commas between them. */
export function isAdministrator({
  role
}: Row): boolean {
  if (stryMutAct_9fa48("37")) {
    {}
  } else {
    stryCov_9fa48("37");
    return stryMutAct_9fa48("40") ? typeof role === 'string' || role.split(',').some(name => ADMINISTRATORS.has(name.trim())) : stryMutAct_9fa48("39") ? false : stryMutAct_9fa48("38") ? true : (stryCov_9fa48("38", "39", "40"), (stryMutAct_9fa48("42") ? typeof role !== 'string' : stryMutAct_9fa48("41") ? true : (stryCov_9fa48("41", "42"), typeof role === (stryMutAct_9fa48("43") ? "" : (stryCov_9fa48("43"), 'string')))) && (stryMutAct_9fa48("44") ? role.split(',').every(name => ADMINISTRATORS.has(name.trim())) : (stryCov_9fa48("44"), role.split(stryMutAct_9fa48("45") ? "" : (stryCov_9fa48("45"), ',')).some(stryMutAct_9fa48("46") ? () => undefined : (stryCov_9fa48("46"), name => ADMINISTRATORS.has(stryMutAct_9fa48("47") ? name : (stryCov_9fa48("47"), name.trim())))))));
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
  if (stryMutAct_9fa48("48")) {
    {}
  } else {
    stryCov_9fa48("48");
    if (stryMutAct_9fa48("51") ? false : stryMutAct_9fa48("50") ? true : stryMutAct_9fa48("49") ? impersonated : (stryCov_9fa48("49", "50", "51"), !impersonated)) return;
    throw new ServiceError(stryMutAct_9fa48("53") ? "" : (stryCov_9fa48("53"), 'FORBIDDEN'), stryMutAct_9fa48("54") ? {} : (stryCov_9fa48("54"), {
      message: stryMutAct_9fa48("55") ? "" : (stryCov_9fa48("55"), 'An impersonated session cannot change the keys of an organization. Stop impersonating first.')
    }));
  }
}