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
import type { ApiKeyPrincipal, Principal } from '../../auth/principal.ts';
import { ServiceError } from '../../base/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { isKeyId } from '../input/key-id.ts';
import { API_KEY_OBJECT, type ApiKey, toApiKey } from '../record/api-key.ts';

/**
 * A key of the caller by its id, read with their own rights. Another person's key and a key that does
 * not exist both return `undefined`, by the same query. Text that cannot be an id is not looked up.
 */
export async function findOwnApiKey(platform: Platform, principal: Principal, id: string): Promise<ApiKey | undefined> {
  if (stryMutAct_9fa48("3525")) {
    {}
  } else {
    stryCov_9fa48("3525");
    if (stryMutAct_9fa48("3528") ? false : stryMutAct_9fa48("3527") ? true : stryMutAct_9fa48("3526") ? isKeyId(id) : (stryCov_9fa48("3526", "3527", "3528"), !isKeyId(id))) return undefined;
    const context = await platform.contextOf(principal);
    const rows = await platform.inTime(stryMutAct_9fa48("3529") ? () => undefined : (stryCov_9fa48("3529"), () => platform.engine.find(API_KEY_OBJECT, stryMutAct_9fa48("3530") ? {} : (stryCov_9fa48("3530"), {
      where: stryMutAct_9fa48("3531") ? {} : (stryCov_9fa48("3531"), {
        id,
        user_id: principal.userId
      }),
      limit: 1,
      context
    }))));
    return stryMutAct_9fa48("3534") ? rows[0] || toApiKey(rows[0]) : stryMutAct_9fa48("3533") ? false : stryMutAct_9fa48("3532") ? true : (stryCov_9fa48("3532", "3533", "3534"), rows[0] && toApiKey(rows[0]));
  }
}

/** The key that a request presents, whatever its scopes let it read: every key may know what it is. */
export async function findPresentedKey(platform: Platform, {
  userId,
  keyId
}: ApiKeyPrincipal): Promise<ApiKey | undefined> {
  if (stryMutAct_9fa48("3535")) {
    {}
  } else {
    stryCov_9fa48("3535");
    const where = stryMutAct_9fa48("3536") ? {} : (stryCov_9fa48("3536"), {
      id: keyId,
      user_id: userId
    });
    const rows = await platform.inTime(stryMutAct_9fa48("3537") ? () => undefined : (stryCov_9fa48("3537"), () => platform.engine.find(API_KEY_OBJECT, stryMutAct_9fa48("3538") ? {} : (stryCov_9fa48("3538"), {
      where,
      limit: 1,
      context: stryMutAct_9fa48("3539") ? {} : (stryCov_9fa48("3539"), {
        isSystem: stryMutAct_9fa48("3540") ? false : (stryCov_9fa48("3540"), true)
      })
    }))));
    return stryMutAct_9fa48("3543") ? rows[0] || toApiKey(rows[0]) : stryMutAct_9fa48("3542") ? false : stryMutAct_9fa48("3541") ? true : (stryCov_9fa48("3541", "3542", "3543"), rows[0] && toApiKey(rows[0]));
  }
}

/** A key by its id, if it belongs to the organization. Only for administrators of that organization. */
export async function findKeyOfOrganization(platform: Platform, organizationId: string, id: string): Promise<ApiKey | undefined> {
  if (stryMutAct_9fa48("3544")) {
    {}
  } else {
    stryCov_9fa48("3544");
    if (stryMutAct_9fa48("3547") ? false : stryMutAct_9fa48("3546") ? true : stryMutAct_9fa48("3545") ? isKeyId(id) : (stryCov_9fa48("3545", "3546", "3547"), !isKeyId(id))) return undefined;
    const where = stryMutAct_9fa48("3548") ? {} : (stryCov_9fa48("3548"), {
      id,
      active_organization_id: organizationId
    });
    const rows = await platform.inTime(stryMutAct_9fa48("3549") ? () => undefined : (stryCov_9fa48("3549"), () => platform.engine.find(API_KEY_OBJECT, stryMutAct_9fa48("3550") ? {} : (stryCov_9fa48("3550"), {
      where,
      limit: 1,
      context: stryMutAct_9fa48("3551") ? {} : (stryCov_9fa48("3551"), {
        isSystem: stryMutAct_9fa48("3552") ? false : (stryCov_9fa48("3552"), true)
      })
    }))));
    return stryMutAct_9fa48("3555") ? rows[0] || toApiKey(rows[0]) : stryMutAct_9fa48("3554") ? false : stryMutAct_9fa48("3553") ? true : (stryCov_9fa48("3553", "3554", "3555"), rows[0] && toApiKey(rows[0]));
  }
}

/** The error for an id that is not the id of a key of the caller. */
export function noSuchKey(): ServiceError {
  if (stryMutAct_9fa48("3556")) {
    {}
  } else {
    stryCov_9fa48("3556");
    return new ServiceError(stryMutAct_9fa48("3557") ? "" : (stryCov_9fa48("3557"), 'NOT_FOUND'), stryMutAct_9fa48("3558") ? {} : (stryCov_9fa48("3558"), {
      message: stryMutAct_9fa48("3559") ? "" : (stryCov_9fa48("3559"), 'You have no key with this id. The list of keys shows the id of each.')
    }));
  }
}