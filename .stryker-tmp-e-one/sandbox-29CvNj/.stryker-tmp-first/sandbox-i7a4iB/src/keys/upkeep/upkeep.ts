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
import { AsyncResource } from 'node:async_hooks';
import type { Leases } from '../ledger/lease.ts';

/** How often it is looked whether there is something to do, in milliseconds. */
const LOOK_INTERVAL = 60_000;

/** A piece of work that is done now and then, by one replica for all of them. */
export interface Chore {
  readonly name: string;
  /** How often it is done, in milliseconds. */
  readonly every: number;
  /** Does it, as of this moment. It may be done twice at once, where it takes longer than {@link every}. */
  run(now: number): Promise<unknown>;
}

/** Does what has to be done from time to time: each chore by one replica at a time. */
export class Upkeep {
  readonly #leases: Leases;
  readonly #chores: readonly Chore[];
  readonly #report: (chore: string, error: unknown) => void;
  /** It belongs to no request. */
  readonly #scope = new AsyncResource(stryMutAct_9fa48("4870") ? "" : (stryCov_9fa48("4870"), 'Upkeep'));
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #closed = stryMutAct_9fa48("4871") ? true : (stryCov_9fa48("4871"), false);

  /** @param report is told of a chore that failed; it is tried again when it is due the next time. */
  constructor(leases: Leases, chores: readonly Chore[], report: (chore: string, error: unknown) => void) {
    if (stryMutAct_9fa48("4872")) {
      {}
    } else {
      stryCov_9fa48("4872");
      this.#leases = leases;
      this.#chores = chores;
      this.#report = report;
    }
  }

  /** Begins to look, now and then. */
  start(): void {
    if (stryMutAct_9fa48("4873")) {
      {}
    } else {
      stryCov_9fa48("4873");
      this.#timer = setInterval(stryMutAct_9fa48("4874") ? () => undefined : (stryCov_9fa48("4874"), () => void this.run()), LOOK_INTERVAL);
      if (stryMutAct_9fa48("4875")) {
        ;
      } else {
        stryCov_9fa48("4875");
        this.#timer.unref();
      }
    }
  }

  /** Does the chores that are due and that no other replica does. */
  run(now: number = Date.now()): Promise<void> {
    if (stryMutAct_9fa48("4876")) {
      {}
    } else {
      stryCov_9fa48("4876");
      this.#running = this.#running.then(stryMutAct_9fa48("4877") ? () => undefined : (stryCov_9fa48("4877"), () => this.#scope.runInAsyncScope(stryMutAct_9fa48("4878") ? () => undefined : (stryCov_9fa48("4878"), () => this.#run(now)))));
      return this.#running;
    }
  }

  /** Finishes the chore that is under way, and begins no other. */
  async close(): Promise<void> {
    if (stryMutAct_9fa48("4879")) {
      {}
    } else {
      stryCov_9fa48("4879");
      this.#closed = stryMutAct_9fa48("4880") ? false : (stryCov_9fa48("4880"), true);
      if (stryMutAct_9fa48("4881")) {
        ;
      } else {
        stryCov_9fa48("4881");
        clearInterval(this.#timer);
      }
      await this.#running;
    }
  }
  async #run(now: number): Promise<void> {
    if (stryMutAct_9fa48("4882")) {
      {}
    } else {
      stryCov_9fa48("4882");
      for (const {
        name,
        every,
        run
      } of this.#chores) {
        if (stryMutAct_9fa48("4883")) {
          {}
        } else {
          stryCov_9fa48("4883");
          if (stryMutAct_9fa48("4885") ? false : stryMutAct_9fa48("4884") ? true : (stryCov_9fa48("4884", "4885"), this.#closed)) return;
          try {
            if (stryMutAct_9fa48("4886")) {
              {}
            } else {
              stryCov_9fa48("4886");
              if (stryMutAct_9fa48("4888") ? false : stryMutAct_9fa48("4887") ? true : (stryCov_9fa48("4887", "4888"), await this.#leases.take(name, now, stryMutAct_9fa48("4889") ? now - every : (stryCov_9fa48("4889"), now + every)))) await run(now);
            }
          } catch (error) {
            if (stryMutAct_9fa48("4890")) {
              {}
            } else {
              stryCov_9fa48("4890");
              if (stryMutAct_9fa48("4891")) {
                ;
              } else {
                stryCov_9fa48("4891");
                this.#report(name, error);
              }
            }
          }
        }
      }
    }
  }
}