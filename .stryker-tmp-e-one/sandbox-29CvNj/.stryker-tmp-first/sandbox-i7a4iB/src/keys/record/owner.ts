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
import type { Platform } from '../../platform/platform.ts';

/** The owner of a key. */
export interface ApiKeyOwner {
  readonly id: string;
  /** Empty if there is none, or if the account no longer exists. */
  readonly name: string;
  /** Empty if there is none, or if the account no longer exists. */
  readonly email: string;
}

/** Looks up the owner of a key by id. */
export async function findApiKeyOwner(platform: Pick<Platform, 'findUser'>, ownerId: string): Promise<ApiKeyOwner> {
  if (stryMutAct_9fa48("4284")) {
    {}
  } else {
    stryCov_9fa48("4284");
    const user = await platform.findUser(ownerId);
    const text = stryMutAct_9fa48("4285") ? () => undefined : (stryCov_9fa48("4285"), (() => {
      const text = (value: unknown): string => (stryMutAct_9fa48("4288") ? typeof value !== 'string' : stryMutAct_9fa48("4287") ? false : stryMutAct_9fa48("4286") ? true : (stryCov_9fa48("4286", "4287", "4288"), typeof value === (stryMutAct_9fa48("4289") ? "" : (stryCov_9fa48("4289"), 'string')))) ? value : stryMutAct_9fa48("4290") ? "Stryker was here!" : (stryCov_9fa48("4290"), '');
      return text;
    })());
    return stryMutAct_9fa48("4291") ? {} : (stryCov_9fa48("4291"), {
      id: ownerId,
      name: text(stryMutAct_9fa48("4292") ? user['name'] : (stryCov_9fa48("4292"), user?.[stryMutAct_9fa48("4293") ? "" : (stryCov_9fa48("4293"), 'name')])),
      email: text(stryMutAct_9fa48("4294") ? user['email'] : (stryCov_9fa48("4294"), user?.[stryMutAct_9fa48("4295") ? "" : (stryCov_9fa48("4295"), 'email')]))
    });
  }
}