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
import { setImmediate as turn } from 'node:timers/promises';
import { ServiceError, unavailable } from '../../base/errors.ts';
import type { MintOrder, MintOutcome } from './mint-order.ts';
import type { MintTransaction } from './mint-transaction.ts';

/** The most orders in one transaction. SQLite cannot compile statements with many more rows. */
const MAX_BATCH = 64;
/** The most waiting orders. Above that the service cannot keep up, and rejecting is better than a growing queue. */
const MAX_WAITING = 2000;
/** The most turns of the event loop that a transaction waits for mints that have begun. */
const MAX_TURNS = 4;
interface Waiting {
  readonly order: MintOrder;
  readonly resolve: (outcome: MintOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes keys in the sequence of their requests. Orders that arrive while a transaction is running share
 * the next one and its commit, which is the cost of a durable write. A transaction also waits some turns of
 * the event loop for mints that have begun and have no order yet; without any, it does not wait. No order
 * resolves before the commit, and an order that cannot be written fails alone.
 */
export class MintWriter {
  readonly #transact: MintTransaction;
  readonly #waiting: Waiting[] = stryMutAct_9fa48("2518") ? ["Stryker was here"] : (stryCov_9fa48("2518"), []);
  /** A transaction belongs to no single request, so it must not run in the async context of one. */
  readonly #scope = new AsyncResource(stryMutAct_9fa48("2519") ? "" : (stryCov_9fa48("2519"), 'MintWriter'));
  #draining: Promise<void> | undefined;
  /** The requests of mints that have begun and whose order has not arrived. */
  readonly #begun = new Set<object>();
  constructor(transact: MintTransaction) {
    if (stryMutAct_9fa48("2520")) {
      {}
    } else {
      stryCov_9fa48("2520");
      this.#transact = transact;
    }
  }

  /** Runs a mint, from its beginning to its end. Its order may come at any time in between, or not at all. */
  async expecting<T>(request: object, mint: () => Promise<T>): Promise<T> {
    if (stryMutAct_9fa48("2521")) {
      {}
    } else {
      stryCov_9fa48("2521");
      if (stryMutAct_9fa48("2522")) {
        ;
      } else {
        stryCov_9fa48("2522");
        this.#begun.add(request);
      }
      try {
        if (stryMutAct_9fa48("2523")) {
          {}
        } else {
          stryCov_9fa48("2523");
          return await mint();
        }
      } finally {
        if (stryMutAct_9fa48("2524")) {
          {}
        } else {
          stryCov_9fa48("2524");
          if (stryMutAct_9fa48("2525")) {
            ;
          } else {
            stryCov_9fa48("2525");
            this.#begun.delete(request);
          }
        }
      }
    }
  }

  /**
   * Writes one key.
   *
   * @param request the one that {@link expecting} was told of.
   * @throws ServiceError if the order is rejected, or `SERVICE_UNAVAILABLE` if it could not be written in time.
   */
  submit(order: MintOrder, request: object = order): Promise<MintOutcome> {
    if (stryMutAct_9fa48("2526")) {
      {}
    } else {
      stryCov_9fa48("2526");
      if (stryMutAct_9fa48("2527")) {
        ;
      } else {
        stryCov_9fa48("2527");
        this.#begun.delete(request);
      }
      if (stryMutAct_9fa48("2531") ? this.#waiting.length < MAX_WAITING : stryMutAct_9fa48("2530") ? this.#waiting.length > MAX_WAITING : stryMutAct_9fa48("2529") ? false : stryMutAct_9fa48("2528") ? true : (stryCov_9fa48("2528", "2529", "2530", "2531"), this.#waiting.length >= MAX_WAITING)) return Promise.reject(unavailable());
      return new Promise((resolve, reject) => {
        if (stryMutAct_9fa48("2532")) {
          {}
        } else {
          stryCov_9fa48("2532");
          this.#waiting.push(stryMutAct_9fa48("2534") ? {} : (stryCov_9fa48("2534"), {
            order,
            resolve,
            reject
          }));
          stryMutAct_9fa48("2535") ? this.#draining &&= this.#scope.runInAsyncScope(() => this.#drain()) : (stryCov_9fa48("2535"), this.#draining ??= this.#scope.runInAsyncScope(stryMutAct_9fa48("2536") ? () => undefined : (stryCov_9fa48("2536"), () => this.#drain())));
        }
      });
    }
  }

  /** Resolves when all submitted orders have settled. */
  async idle(): Promise<void> {
    if (stryMutAct_9fa48("2537")) {
      {}
    } else {
      stryCov_9fa48("2537");
      await this.#draining;
    }
  }
  async #drain(): Promise<void> {
    if (stryMutAct_9fa48("2538")) {
      {}
    } else {
      stryCov_9fa48("2538");
      while (stryMutAct_9fa48("2541") ? this.#waiting.length <= 0 : stryMutAct_9fa48("2540") ? this.#waiting.length >= 0 : stryMutAct_9fa48("2539") ? false : (stryCov_9fa48("2539", "2540", "2541"), this.#waiting.length > 0)) {
        if (stryMutAct_9fa48("2542")) {
          {}
        } else {
          stryCov_9fa48("2542");
          await this.#gather();
          await this.#write(stryMutAct_9fa48("2543") ? this.#waiting.splice(0, MAX_BATCH) : (stryCov_9fa48("2543"), this.#waiting.splice(0, MAX_BATCH).filter(stillAwaited)));
        }
      }
      this.#draining = undefined;
    }
  }

  /** Waits for the other orders of this turn, and for those that will come soon. */
  async #gather(): Promise<void> {
    if (stryMutAct_9fa48("2544")) {
      {}
    } else {
      stryCov_9fa48("2544");
      for (let turns = 0; stryMutAct_9fa48("2546") ? turns === 0 && turns < MAX_TURNS && this.#begun.size > 0 : stryMutAct_9fa48("2545") ? false : (stryCov_9fa48("2545", "2546"), (stryMutAct_9fa48("2548") ? turns !== 0 : stryMutAct_9fa48("2547") ? false : (stryCov_9fa48("2547", "2548"), turns === 0)) || (stryMutAct_9fa48("2550") ? turns < MAX_TURNS || this.#begun.size > 0 : stryMutAct_9fa48("2549") ? false : (stryCov_9fa48("2549", "2550"), (stryMutAct_9fa48("2553") ? turns >= MAX_TURNS : stryMutAct_9fa48("2552") ? turns <= MAX_TURNS : stryMutAct_9fa48("2551") ? true : (stryCov_9fa48("2551", "2552", "2553"), turns < MAX_TURNS)) && (stryMutAct_9fa48("2556") ? this.#begun.size <= 0 : stryMutAct_9fa48("2555") ? this.#begun.size >= 0 : stryMutAct_9fa48("2554") ? true : (stryCov_9fa48("2554", "2555", "2556"), this.#begun.size > 0))))); stryMutAct_9fa48("2557") ? turns -= 1 : (stryCov_9fa48("2557"), turns += 1)) {
        if (stryMutAct_9fa48("2558")) {
          {}
        } else {
          stryCov_9fa48("2558");
          if (stryMutAct_9fa48("2562") ? this.#waiting.length < MAX_BATCH : stryMutAct_9fa48("2561") ? this.#waiting.length > MAX_BATCH : stryMutAct_9fa48("2560") ? false : stryMutAct_9fa48("2559") ? true : (stryCov_9fa48("2559", "2560", "2561", "2562"), this.#waiting.length >= MAX_BATCH)) return;
          await turn();
        }
      }
    }
  }
  async #write(batch: readonly Waiting[]): Promise<void> {
    if (stryMutAct_9fa48("2563")) {
      {}
    } else {
      stryCov_9fa48("2563");
      const [first, ...others] = batch;
      if (stryMutAct_9fa48("2566") ? first !== undefined : stryMutAct_9fa48("2565") ? false : stryMutAct_9fa48("2564") ? true : (stryCov_9fa48("2564", "2565", "2566"), first === undefined)) return;
      try {
        if (stryMutAct_9fa48("2567")) {
          {}
        } else {
          stryCov_9fa48("2567");
          const outcomes = await this.#transact(batch.map(stryMutAct_9fa48("2568") ? () => undefined : (stryCov_9fa48("2568"), ({
            order
          }) => order)));
          for (const [index, waiting] of batch.entries()) if (stryMutAct_9fa48("2569")) {
            ;
          } else {
            stryCov_9fa48("2569");
            settle(waiting, outcomes[index]);
          }
        }
      } catch (error) {
        if (stryMutAct_9fa48("2570")) {
          {}
        } else {
          stryCov_9fa48("2570");
          // The transaction was rolled back, so nothing of the batch was written.
          const awaited = stryMutAct_9fa48("2571") ? batch : (stryCov_9fa48("2571"), batch.filter(stillAwaited));
          if (stryMutAct_9fa48("2575") ? awaited.length >= batch.length : stryMutAct_9fa48("2574") ? awaited.length <= batch.length : stryMutAct_9fa48("2573") ? false : stryMutAct_9fa48("2572") ? true : (stryCov_9fa48("2572", "2573", "2574", "2575"), awaited.length < batch.length)) return this.#write(awaited);
          if (stryMutAct_9fa48("2578") ? others.length > 0 || isOfOneRow(error) : stryMutAct_9fa48("2577") ? false : stryMutAct_9fa48("2576") ? true : (stryCov_9fa48("2576", "2577", "2578"), (stryMutAct_9fa48("2581") ? others.length <= 0 : stryMutAct_9fa48("2580") ? others.length >= 0 : stryMutAct_9fa48("2579") ? true : (stryCov_9fa48("2579", "2580", "2581"), others.length > 0)) && isOfOneRow(error))) {
            if (stryMutAct_9fa48("2582")) {
              {}
            } else {
              stryCov_9fa48("2582");
              for (const waiting of batch) await this.#write(stryMutAct_9fa48("2583") ? [] : (stryCov_9fa48("2583"), [waiting]));
            }
          } else if (stryMutAct_9fa48("2586") ? isDuplicate(error) || first.order.idempotent !== undefined : stryMutAct_9fa48("2585") ? false : stryMutAct_9fa48("2584") ? true : (stryCov_9fa48("2584", "2585", "2586"), isDuplicate(error) && (stryMutAct_9fa48("2588") ? first.order.idempotent === undefined : stryMutAct_9fa48("2587") ? true : (stryCov_9fa48("2587", "2588"), first.order.idempotent !== undefined)))) {
            if (stryMutAct_9fa48("2589")) {
              {}
            } else {
              stryCov_9fa48("2589");
              // Another replica wrote the row of the same request first; now it is visible.
              await this.#replay(first);
            }
          } else {
            if (stryMutAct_9fa48("2590")) {
              {}
            } else {
              stryCov_9fa48("2590");
              for (const {
                reject
              } of batch) if (stryMutAct_9fa48("2591")) {
                ;
              } else {
                stryCov_9fa48("2591");
                reject(error instanceof ServiceError ? error : unavailable(error));
              }
            }
          }
        }
      }
    }
  }
  async #replay(waiting: Waiting): Promise<void> {
    if (stryMutAct_9fa48("2592")) {
      {}
    } else {
      stryCov_9fa48("2592");
      try {
        if (stryMutAct_9fa48("2593")) {
          {}
        } else {
          stryCov_9fa48("2593");
          const [outcome] = await this.#transact(stryMutAct_9fa48("2594") ? [] : (stryCov_9fa48("2594"), [waiting.order]));
          if (stryMutAct_9fa48("2595")) {
            ;
          } else {
            stryCov_9fa48("2595");
            settle(waiting, outcome);
          }
        }
      } catch (error) {
        if (stryMutAct_9fa48("2596")) {
          {}
        } else {
          stryCov_9fa48("2596");
          if (stryMutAct_9fa48("2599") ? isDuplicate(error) || !waiting.order.isForgotten : stryMutAct_9fa48("2598") ? false : stryMutAct_9fa48("2597") ? true : (stryCov_9fa48("2597", "2598", "2599"), isDuplicate(error) && (stryMutAct_9fa48("2600") ? waiting.order.isForgotten : (stryCov_9fa48("2600"), !waiting.order.isForgotten)))) return this.#remake(waiting);
          if (stryMutAct_9fa48("2601")) {
            ;
          } else {
            stryCov_9fa48("2601");
            waiting.reject(unavailable(error));
          }
        }
      }
    }
  }

  /** It was made longer ago than requests are remembered, and so it is a new one. */
  async #remake({
    order,
    resolve,
    reject
  }: Waiting): Promise<void> {
    if (stryMutAct_9fa48("2602")) {
      {}
    } else {
      stryCov_9fa48("2602");
      return this.#replay(stryMutAct_9fa48("2603") ? {} : (stryCov_9fa48("2603"), {
        order: stryMutAct_9fa48("2604") ? {} : (stryCov_9fa48("2604"), {
          ...order,
          isForgotten: stryMutAct_9fa48("2605") ? false : (stryCov_9fa48("2605"), true)
        }),
        resolve,
        reject
      }));
    }
  }
}
function settle({
  resolve,
  reject
}: Waiting, outcome: MintOutcome | ServiceError | undefined): void {
  if (stryMutAct_9fa48("2606")) {
    {}
  } else {
    stryCov_9fa48("2606");
    if (stryMutAct_9fa48("2609") ? outcome !== undefined : stryMutAct_9fa48("2608") ? false : stryMutAct_9fa48("2607") ? true : (stryCov_9fa48("2607", "2608", "2609"), outcome === undefined)) reject(new Error(stryMutAct_9fa48("2611") ? "" : (stryCov_9fa48("2611"), 'an order without an outcome')));else if (stryMutAct_9fa48("2613") ? false : stryMutAct_9fa48("2612") ? true : (stryCov_9fa48("2612", "2613"), outcome instanceof ServiceError)) {
      if (stryMutAct_9fa48("2614")) {
        ;
      } else {
        stryCov_9fa48("2614");
        reject(outcome);
      }
    } else if (stryMutAct_9fa48("2615")) {
      ;
    } else {
      stryCov_9fa48("2615");
      resolve(outcome);
    }
  }
}

/** Whether an order is within its deadline. If not, rejects it: it must not be written any more. */
function stillAwaited({
  order,
  reject
}: Waiting): boolean {
  if (stryMutAct_9fa48("2616")) {
    {}
  } else {
    stryCov_9fa48("2616");
    if (stryMutAct_9fa48("2620") ? performance.now() >= order.deadline : stryMutAct_9fa48("2619") ? performance.now() <= order.deadline : stryMutAct_9fa48("2618") ? false : stryMutAct_9fa48("2617") ? true : (stryCov_9fa48("2617", "2618", "2619", "2620"), performance.now() < order.deadline)) return stryMutAct_9fa48("2621") ? false : (stryCov_9fa48("2621"), true);
    if (stryMutAct_9fa48("2622")) {
      ;
    } else {
      stryCov_9fa48("2622");
      reject(unavailable());
    }
    return stryMutAct_9fa48("2623") ? true : (stryCov_9fa48("2623"), false);
  }
}

/** Whether a single row caused a failure, so that the other rows could still be written. */
function isOfOneRow(error: unknown): boolean {
  if (stryMutAct_9fa48("2624")) {
    {}
  } else {
    stryCov_9fa48("2624");
    return stryMutAct_9fa48("2627") ? isDuplicate(error) && codeOf(error) === 'VALIDATION_FAILED' : stryMutAct_9fa48("2626") ? false : stryMutAct_9fa48("2625") ? true : (stryCov_9fa48("2625", "2626", "2627"), isDuplicate(error) || (stryMutAct_9fa48("2629") ? codeOf(error) !== 'VALIDATION_FAILED' : stryMutAct_9fa48("2628") ? false : (stryCov_9fa48("2628", "2629"), codeOf(error) === (stryMutAct_9fa48("2630") ? "" : (stryCov_9fa48("2630"), 'VALIDATION_FAILED')))));
  }
}
function isDuplicate(error: unknown): boolean {
  if (stryMutAct_9fa48("2631")) {
    {}
  } else {
    stryCov_9fa48("2631");
    return stryMutAct_9fa48("2634") ? codeOf(error) !== 'DUPLICATE_RECORD' : stryMutAct_9fa48("2633") ? false : stryMutAct_9fa48("2632") ? true : (stryCov_9fa48("2632", "2633", "2634"), codeOf(error) === (stryMutAct_9fa48("2635") ? "" : (stryCov_9fa48("2635"), 'DUPLICATE_RECORD')));
  }
}
function codeOf(error: unknown): unknown {
  if (stryMutAct_9fa48("2636")) {
    {}
  } else {
    stryCov_9fa48("2636");
    return stryMutAct_9fa48("2637") ? (error as {
      readonly code?: unknown;
    } | null | undefined).code : (stryCov_9fa48("2637"), (error as {
      readonly code?: unknown;
    } | null | undefined)?.code);
  }
}