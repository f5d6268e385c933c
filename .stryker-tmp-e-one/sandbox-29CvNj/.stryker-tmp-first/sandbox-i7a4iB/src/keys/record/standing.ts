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
import { isGrantActive } from '@objectstack/core';
import type { Row } from '../../platform/engine.ts';
import type { Platform } from '../../platform/platform.ts';
import { type ApiKey, type ApiKeyStatus, statusOf } from './api-key.ts';
import { findApiKeyDetail } from './api-key-detail.ts';
import { momentOf } from './stored.ts';

/**
 * The start of a person's membership, in milliseconds since 1970; `undefined` if they are not a member now.
 * If it cannot be read, it is infinite, so that no key counts as newer.
 */
export function memberSince(memberships: readonly Row[], now: number): number | undefined {
  if (stryMutAct_9fa48("4303")) {
    {}
  } else {
    stryCov_9fa48("4303");
    const active = stryMutAct_9fa48("4304") ? memberships : (stryCov_9fa48("4304"), memberships.filter(stryMutAct_9fa48("4305") ? () => undefined : (stryCov_9fa48("4305"), membership => isGrantActive(membership, now))));
    if (stryMutAct_9fa48("4308") ? active.length !== 0 : stryMutAct_9fa48("4307") ? false : stryMutAct_9fa48("4306") ? true : (stryCov_9fa48("4306", "4307", "4308"), active.length === 0)) return undefined;
    return stryMutAct_9fa48("4309") ? Math.max(...active.map(beginningOf)) : (stryCov_9fa48("4309"), Math.min(...active.map(beginningOf)));
  }
}
function beginningOf({
  created_at: createdAt
}: Row): number {
  if (stryMutAct_9fa48("4310")) {
    {}
  } else {
    stryCov_9fa48("4310");
    const beginning = momentOf(createdAt);
    return Number.isNaN(beginning) ? Number.POSITIVE_INFINITY : beginning;
  }
}

/**
 * Whether a key belongs to the current membership of its owner. A key that is older was created in an
 * earlier membership and ended with it, so that forgotten keys do not work again when a person rejoins. Only
 * the two times decide, so this works no matter how the membership ended: on another replica, by another
 * program, or by a statement on the database.
 *
 * @param since the start of the current membership; see {@link memberSince}.
 * @param madeAt when the key was created, and when it was last restored.
 */
export function belongsSince(since: number | undefined, ...madeAt: readonly unknown[]): boolean {
  if (stryMutAct_9fa48("4311")) {
    {}
  } else {
    stryCov_9fa48("4311");
    return stryMutAct_9fa48("4314") ? since !== undefined || madeAt.some(moment => momentOf(moment) >= since) : stryMutAct_9fa48("4313") ? false : stryMutAct_9fa48("4312") ? true : (stryCov_9fa48("4312", "4313", "4314"), (stryMutAct_9fa48("4316") ? since === undefined : stryMutAct_9fa48("4315") ? true : (stryCov_9fa48("4315", "4316"), since !== undefined)) && (stryMutAct_9fa48("4317") ? madeAt.every(moment => momentOf(moment) >= since) : (stryCov_9fa48("4317"), madeAt.some(stryMutAct_9fa48("4318") ? () => undefined : (stryCov_9fa48("4318"), moment => stryMutAct_9fa48("4322") ? momentOf(moment) < since : stryMutAct_9fa48("4321") ? momentOf(moment) > since : stryMutAct_9fa48("4320") ? false : stryMutAct_9fa48("4319") ? true : (stryCov_9fa48("4319", "4320", "4321", "4322"), momentOf(moment) >= since))))));
  }
}

/** Determines the status of keys, including the membership of their owner. */
export class Standing {
  readonly #platform: Pick<Platform, 'memberships' | 'reader' | 'inTime'>;
  /** Keys that were just created, for a person whose membership was just checked. */
  readonly #new = new WeakSet<ApiKey>();
  constructor(platform: Pick<Platform, 'memberships' | 'reader' | 'inTime'>) {
    if (stryMutAct_9fa48("4323")) {
      {}
    } else {
      stryCov_9fa48("4323");
      this.#platform = platform;
    }
  }

  /** Skips the look-up for a key that was just created. */
  isNew(key: ApiKey): void {
    if (stryMutAct_9fa48("4324")) {
      {}
    } else {
      stryCov_9fa48("4324");
      if (stryMutAct_9fa48("4325")) {
        ;
      } else {
        stryCov_9fa48("4325");
        this.#new.add(key);
      }
    }
  }

  /** The current status of a key. Look-ups in the same turn of the event loop share one statement. */
  async statusOf(key: ApiKey): Promise<ApiKeyStatus> {
    if (stryMutAct_9fa48("4326")) {
      {}
    } else {
      stryCov_9fa48("4326");
      const status = statusOf(key);
      return (stryMutAct_9fa48("4329") ? status === 'ACTIVE' || (await this.hasOwnerLeft(key)) : stryMutAct_9fa48("4328") ? false : stryMutAct_9fa48("4327") ? true : (stryCov_9fa48("4327", "4328", "4329"), (stryMutAct_9fa48("4331") ? status !== 'ACTIVE' : stryMutAct_9fa48("4330") ? true : (stryCov_9fa48("4330", "4331"), status === (stryMutAct_9fa48("4332") ? "" : (stryCov_9fa48("4332"), 'ACTIVE')))) && (await this.hasOwnerLeft(key)))) ? stryMutAct_9fa48("4333") ? "" : (stryCov_9fa48("4333"), 'OWNER_LEFT') : status;
    }
  }

  /** Whether the membership in which a key was created or restored has ended. */
  async hasOwnerLeft(key: ApiKey): Promise<boolean> {
    if (stryMutAct_9fa48("4334")) {
      {}
    } else {
      stryCov_9fa48("4334");
      const {
        id,
        ownerId,
        organizationId,
        createdAt
      } = key;
      if (stryMutAct_9fa48("4337") ? organizationId === undefined && this.#new.has(key) : stryMutAct_9fa48("4336") ? false : stryMutAct_9fa48("4335") ? true : (stryCov_9fa48("4335", "4336", "4337"), (stryMutAct_9fa48("4339") ? organizationId !== undefined : stryMutAct_9fa48("4338") ? false : (stryCov_9fa48("4338", "4339"), organizationId === undefined)) || this.#new.has(key))) return stryMutAct_9fa48("4340") ? true : (stryCov_9fa48("4340"), false);
      const since = memberSince(await this.#platform.memberships(ownerId, organizationId), Date.now());
      if (stryMutAct_9fa48("4343") ? since !== undefined : stryMutAct_9fa48("4342") ? false : stryMutAct_9fa48("4341") ? true : (stryCov_9fa48("4341", "4342", "4343"), since === undefined)) return stryMutAct_9fa48("4344") ? false : (stryCov_9fa48("4344"), true);
      if (stryMutAct_9fa48("4346") ? false : stryMutAct_9fa48("4345") ? true : (stryCov_9fa48("4345", "4346"), belongsSince(since, createdAt))) return stryMutAct_9fa48("4347") ? true : (stryCov_9fa48("4347"), false);
      const {
        restoredAt
      } = await this.#platform.inTime(stryMutAct_9fa48("4348") ? () => undefined : (stryCov_9fa48("4348"), () => findApiKeyDetail(this.#platform.reader, id)));
      return stryMutAct_9fa48("4349") ? belongsSince(since, restoredAt) : (stryCov_9fa48("4349"), !belongsSince(since, restoredAt));
    }
  }
}