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
import type { Events, KeyAction } from '../observability/events.ts';
import type { Caller } from './mint/caller.ts';
import { assertMayChange } from './mint/eligibility.ts';
import type { MintedApiKey, Minter } from './mint/minter.ts';
import type { Revocation } from './mint/revoker.ts';
import type { ApiKey } from './record/api-key.ts';
import type { Standing } from './record/standing.ts';

/** Runs changes of keys, for somebody who may change keys at all, and reports to the log what was written. */
export class ReportedChanges {
  readonly #standing: Pick<Standing, 'isNew'>;
  readonly #events: Pick<Events, 'changed'>;
  readonly #minter: Pick<Minter, 'expecting'>;
  constructor(standing: Pick<Standing, 'isNew'>, minter: Pick<Minter, 'expecting'>, events: Pick<Events, 'changed'>) {
    if (stryMutAct_9fa48("4436")) {
      {}
    } else {
      stryCov_9fa48("4436");
      this.#standing = standing;
      this.#minter = minter;
      this.#events = events;
    }
  }

  /** Runs what makes a key, as a step of the request; its answer says when it is a repeat. */
  async minting<T extends MintedApiKey & {
    readonly previous?: ApiKey;
  }>(caller: Caller, action: 'create' | 'rotate', mint: () => Promise<T>): Promise<T> {
    if (stryMutAct_9fa48("4437")) {
      {}
    } else {
      stryCov_9fa48("4437");
      if (stryMutAct_9fa48("4438")) {
        ;
      } else {
        stryCov_9fa48("4438");
        assertMayChange(caller.principal);
      }
      const start = performance.now();
      const minted = await caller.request.during(stryMutAct_9fa48("4439") ? "" : (stryCov_9fa48("4439"), 'mint'), stryMutAct_9fa48("4440") ? () => undefined : (stryCov_9fa48("4440"), () => this.#minter.expecting(caller, mint)));
      const isRepeat = stryMutAct_9fa48("4443") ? minted.secret !== undefined : stryMutAct_9fa48("4442") ? false : stryMutAct_9fa48("4441") ? true : (stryCov_9fa48("4441", "4442", "4443"), minted.secret === undefined);
      caller.request.replayed = isRepeat;
      if (stryMutAct_9fa48("4446") ? false : stryMutAct_9fa48("4445") ? true : stryMutAct_9fa48("4444") ? isRepeat : (stryCov_9fa48("4444", "4445", "4446"), !isRepeat)) if (stryMutAct_9fa48("4447")) {
        ;
      } else {
        stryCov_9fa48("4447");
        this.#standing.isNew(minted.apiKey);
      }
      if (stryMutAct_9fa48("4450") ? false : stryMutAct_9fa48("4449") ? true : stryMutAct_9fa48("4448") ? isRepeat : (stryCov_9fa48("4448", "4449", "4450"), !isRepeat)) this.#report(caller, action, minted, stryMutAct_9fa48("4452") ? performance.now() + start : (stryCov_9fa48("4452"), performance.now() - start));
      return minted;
    }
  }

  /** Runs a change of one key, which may turn out to change nothing. */
  async one(caller: Caller, action: KeyAction, change: () => Promise<Revocation>): Promise<ApiKey> {
    if (stryMutAct_9fa48("4453")) {
      {}
    } else {
      stryCov_9fa48("4453");
      if (stryMutAct_9fa48("4454")) {
        ;
      } else {
        stryCov_9fa48("4454");
        assertMayChange(caller.principal);
      }
      const start = performance.now();
      const {
        apiKey,
        changed,
        action: done = action
      } = await change();
      if (stryMutAct_9fa48("4456") ? false : stryMutAct_9fa48("4455") ? true : (stryCov_9fa48("4455", "4456"), changed)) this.#report(caller, done, stryMutAct_9fa48("4458") ? {} : (stryCov_9fa48("4458"), {
        apiKey
      }), stryMutAct_9fa48("4459") ? performance.now() + start : (stryCov_9fa48("4459"), performance.now() - start));
      return apiKey;
    }
  }

  /** Runs a change of several keys. @returns those that were changed. */
  async several(caller: Caller, action: KeyAction, change: () => Promise<readonly ApiKey[]>): Promise<readonly ApiKey[]> {
    if (stryMutAct_9fa48("4460")) {
      {}
    } else {
      stryCov_9fa48("4460");
      if (stryMutAct_9fa48("4461")) {
        ;
      } else {
        stryCov_9fa48("4461");
        assertMayChange(caller.principal);
      }
      const start = performance.now();
      const changed = await change();
      for (const apiKey of changed) this.#report(caller, action, stryMutAct_9fa48("4463") ? {} : (stryCov_9fa48("4463"), {
        apiKey
      }), stryMutAct_9fa48("4464") ? performance.now() + start : (stryCov_9fa48("4464"), performance.now() - start));
      return changed;
    }
  }
  #report({
    principal: {
      userId,
      organizationId
    },
    request
  }: Caller, action: KeyAction, {
    apiKey,
    previous
  }: {
    readonly apiKey: ApiKey;
    readonly previous?: ApiKey;
  }, milliseconds: number): void {
    if (stryMutAct_9fa48("4465")) {
      {}
    } else {
      stryCov_9fa48("4465");
      const {
        id: keyId,
        prefix
      } = apiKey;
      const ownerId = (stryMutAct_9fa48("4468") ? apiKey.ownerId !== userId : stryMutAct_9fa48("4467") ? false : stryMutAct_9fa48("4466") ? true : (stryCov_9fa48("4466", "4467", "4468"), apiKey.ownerId === userId)) ? undefined : apiKey.ownerId;
      const previousKeyId = stryMutAct_9fa48("4469") ? previous.id : (stryCov_9fa48("4469"), previous?.id);
      const key = stryMutAct_9fa48("4470") ? {} : (stryCov_9fa48("4470"), {
        action,
        userId,
        ownerId,
        organizationId,
        keyId,
        prefix,
        previousKeyId,
        milliseconds
      });
      if (stryMutAct_9fa48("4471")) {
        ;
      } else {
        stryCov_9fa48("4471");
        this.#events.changed(request, key);
      }
    }
  }
}