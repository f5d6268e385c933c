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
import { hashApiKey } from '@objectstack/core';
import type { Row } from '../platform/engine.ts';
import type { Platform } from '../platform/platform.ts';
import { type ApiKeyPrincipal, apiKeyPrincipal } from './principal.ts';

/** Decides whether a key is active. Every verification in the kernel uses the same instance. */
export interface KeyAdmission {
  /** @returns `undefined` if the key in this row is not active. */
  admit(row: Row): Promise<{
    readonly key: {
      readonly id: string;
      readonly ownerId: string;
      readonly organizationId: string | undefined;
    };
    readonly email: string;
  } | undefined>;
}

/** Authenticates API keys. */
export class ApiKeys {
  readonly #platform: Pick<Platform, 'findApiKey'>;
  readonly #admission: KeyAdmission;
  constructor(platform: Pick<Platform, 'findApiKey'>, admission: KeyAdmission) {
    if (stryMutAct_9fa48("0")) {
      {}
    } else {
      stryCov_9fa48("0");
      this.#platform = platform;
      this.#admission = admission;
    }
  }

  /** The principal of a key, or `undefined` if the key is not active. */
  async resolve(raw: string): Promise<ApiKeyPrincipal | undefined> {
    if (stryMutAct_9fa48("1")) {
      {}
    } else {
      stryCov_9fa48("1");
      const row = await this.#platform.findApiKey(hashApiKey(raw));
      const admitted = stryMutAct_9fa48("4") ? row || (await this.#admission.admit(row)) : stryMutAct_9fa48("3") ? false : stryMutAct_9fa48("2") ? true : (stryCov_9fa48("2", "3", "4"), row && (await this.#admission.admit(row)));
      if (stryMutAct_9fa48("7") ? admitted !== undefined : stryMutAct_9fa48("6") ? false : stryMutAct_9fa48("5") ? true : (stryCov_9fa48("5", "6", "7"), admitted === undefined)) return undefined;
      const {
        id,
        ownerId,
        organizationId
      } = admitted.key;
      return apiKeyPrincipal(stryMutAct_9fa48("8") ? {} : (stryCov_9fa48("8"), {
        userId: ownerId,
        email: admitted.email,
        organizationId
      }), id);
    }
  }
}