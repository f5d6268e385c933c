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
import { ServiceError, unavailable } from '../../base/errors.ts';
import { committed } from '../../platform/committed.ts';
import { type IdempotentRequest, nextKeyId } from '../input/idempotency.ts';
import { replacedEntry, requestEntry } from '../ledger/ledger.ts';
import { Allowance, type Claim } from '../limits/allowance.ts';
import { assertAllowed, expiryUnderPolicy } from '../policy/policy-rules.ts';
import type { HeldPolicies } from '../policy/policy-table.ts';
import { noSuchKey } from '../read/find.ts';
import { API_KEY_OBJECT, type ApiKey, statusOf, toApiKey } from '../record/api-key.ts';
import { API_KEY_DETAIL_OBJECT, toApiKeyDetail } from '../record/api-key-detail.ts';
import type { KeyTransaction, KeyWriting } from './key-writing.ts';
import { carriedOver, type MintOrder, type MintOutcome, type Replacement } from './mint-order.ts';
import { assertInFuture } from './policy.ts';
import { writeKeys } from './write-keys.ts';

/** Writes a batch of keys in one transaction. Returns a result or an error for each order, in the same sequence. */
export type MintTransaction = (orders: readonly MintOrder[]) => Promise<(MintOutcome | ServiceError)[]>;
type Verdict = {
  readonly kind: 'accepted';
  readonly order: MintOrder;
} | {
  readonly kind: 'repeat';
  readonly keyId: string;
} | {
  readonly kind: 'refused';
  readonly error: ServiceError;
};

/**
 * The transaction that writes keys. Under one lock it counts limits, applies the policies of
 * organizations, finds repeats, ends the old key of a rotation and writes the rows. It writes all or nothing.
 */
export function mintTransaction(writing: KeyWriting): MintTransaction {
  if (stryMutAct_9fa48("2330")) {
    {}
  } else {
    stryCov_9fa48("2330");
    const {
      engine,
      ledger
    } = writing;
    return stryMutAct_9fa48("2331") ? () => undefined : (stryCov_9fa48("2331"), orders => committed(engine, API_KEY_OBJECT, async context => {
      if (stryMutAct_9fa48("2332")) {
        {}
      } else {
        stryCov_9fa48("2332");
        const batch = await Batch.open(stryMutAct_9fa48("2333") ? {} : (stryCov_9fa48("2333"), {
          ...writing,
          context
        }), orders);
        for (const order of orders) await batch.decide(order);
        const outcomes = await batch.write();
        await ledger.assertCommittable(context.transaction);
        // An order past its deadline has been answered with 503 and must not be written.
        if (stryMutAct_9fa48("2336") ? orders.every(({
          deadline
        }) => performance.now() >= deadline) : stryMutAct_9fa48("2335") ? false : stryMutAct_9fa48("2334") ? true : (stryCov_9fa48("2334", "2335", "2336"), orders.some(stryMutAct_9fa48("2337") ? () => undefined : (stryCov_9fa48("2337"), ({
          deadline
        }) => stryMutAct_9fa48("2341") ? performance.now() < deadline : stryMutAct_9fa48("2340") ? performance.now() > deadline : stryMutAct_9fa48("2339") ? false : stryMutAct_9fa48("2338") ? true : (stryCov_9fa48("2338", "2339", "2340", "2341"), performance.now() >= deadline))))) throw unavailable();
        return outcomes;
      }
    }));
  }
}

/** The orders of one transaction, and the data read under its lock. */
class Batch {
  readonly #in: KeyTransaction;
  readonly #allowance: Allowance;
  readonly #policies: HeldPolicies;
  readonly #changed = new Map<string, string>();
  readonly #verdicts: Verdict[] = stryMutAct_9fa48("2342") ? ["Stryker was here"] : (stryCov_9fa48("2342"), []);
  private constructor(transaction: KeyTransaction, allowance: Allowance, policies: HeldPolicies) {
    if (stryMutAct_9fa48("2343")) {
      {}
    } else {
      stryCov_9fa48("2343");
      this.#in = transaction;
      this.#allowance = allowance;
      this.#policies = policies;
    }
  }
  static async open(transaction: KeyTransaction, orders: readonly MintOrder[]): Promise<Batch> {
    if (stryMutAct_9fa48("2344")) {
      {}
    } else {
      stryCov_9fa48("2344");
      const others = orders.flatMap(stryMutAct_9fa48("2345") ? () => undefined : (stryCov_9fa48("2345"), ({
        idempotent,
        replaces
      }) => stryMutAct_9fa48("2346") ? [] : (stryCov_9fa48("2346"), [...(idempotent ? stryMutAct_9fa48("2347") ? [] : (stryCov_9fa48("2347"), [requestEntry(idempotent.keyId)]) : stryMutAct_9fa48("2348") ? ["Stryker was here"] : (stryCov_9fa48("2348"), [])), ...(replaces ? stryMutAct_9fa48("2349") ? [] : (stryCov_9fa48("2349"), [replacedEntry(replaces.id)]) : stryMutAct_9fa48("2350") ? ["Stryker was here"] : (stryCov_9fa48("2350"), []))])));
      const allowance = await Allowance.open(transaction, orders.map(claimOf), others);
      const organizations = orders.flatMap(stryMutAct_9fa48("2351") ? () => undefined : (stryCov_9fa48("2351"), ({
        owner
      }) => stryMutAct_9fa48("2352") ? owner.organizationId && [] : (stryCov_9fa48("2352"), owner.organizationId ?? (stryMutAct_9fa48("2353") ? ["Stryker was here"] : (stryCov_9fa48("2353"), [])))));
      const policies = await transaction.policies.hold(transaction.context.transaction, organizations);
      return new Batch(transaction, allowance, policies);
    }
  }

  /** Decides on an order as if the orders before it had been written. */
  async decide(order: MintOrder): Promise<void> {
    if (stryMutAct_9fa48("2354")) {
      {}
    } else {
      stryCov_9fa48("2354");
      this.#verdicts.push(stryMutAct_9fa48("2356") ? this.#repeated(order) && (await this.#admitted(order)) : (stryCov_9fa48("2356"), this.#repeated(order) ?? (await this.#admitted(order))));
    }
  }

  /** Writes the accepted orders and reads the keys of repeats. */
  async write(): Promise<(MintOutcome | ServiceError)[]> {
    if (stryMutAct_9fa48("2357")) {
      {}
    } else {
      stryCov_9fa48("2357");
      const {
        engine,
        ledger,
        context
      } = this.#in;
      const orders = this.#verdicts.flatMap(stryMutAct_9fa48("2358") ? () => undefined : (stryCov_9fa48("2358"), verdict => (stryMutAct_9fa48("2361") ? verdict.kind !== 'accepted' : stryMutAct_9fa48("2360") ? false : stryMutAct_9fa48("2359") ? true : (stryCov_9fa48("2359", "2360", "2361"), verdict.kind === (stryMutAct_9fa48("2362") ? "" : (stryCov_9fa48("2362"), 'accepted')))) ? stryMutAct_9fa48("2363") ? [] : (stryCov_9fa48("2363"), [verdict.order]) : stryMutAct_9fa48("2364") ? ["Stryker was here"] : (stryCov_9fa48("2364"), [])));
      const written = await writeKeys(this.#in, orders, this.#allowance.now);
      for (const [entry, value] of this.#allowance.changes()) if (stryMutAct_9fa48("2365")) {
        ;
      } else {
        stryCov_9fa48("2365");
        this.#changed.set(entry, value);
      }
      await ledger.write(context.transaction, this.#changed);
      const repeats = this.#verdicts.flatMap(stryMutAct_9fa48("2366") ? () => undefined : (stryCov_9fa48("2366"), verdict => (stryMutAct_9fa48("2369") ? verdict.kind !== 'repeat' : stryMutAct_9fa48("2368") ? false : stryMutAct_9fa48("2367") ? true : (stryCov_9fa48("2367", "2368", "2369"), verdict.kind === (stryMutAct_9fa48("2370") ? "" : (stryCov_9fa48("2370"), 'repeat')))) ? stryMutAct_9fa48("2371") ? [] : (stryCov_9fa48("2371"), [verdict.keyId]) : stryMutAct_9fa48("2372") ? ["Stryker was here"] : (stryCov_9fa48("2372"), [])));
      const found = (stryMutAct_9fa48("2375") ? repeats.length !== 0 : stryMutAct_9fa48("2374") ? false : stryMutAct_9fa48("2373") ? true : (stryCov_9fa48("2373", "2374", "2375"), repeats.length === 0)) ? stryMutAct_9fa48("2376") ? ["Stryker was here"] : (stryCov_9fa48("2376"), []) : await engine.find(API_KEY_OBJECT, stryMutAct_9fa48("2377") ? {} : (stryCov_9fa48("2377"), {
        where: stryMutAct_9fa48("2378") ? {} : (stryCov_9fa48("2378"), {
          id: stryMutAct_9fa48("2379") ? {} : (stryCov_9fa48("2379"), {
            $in: repeats
          })
        }),
        context
      }));
      const repeated = new Map(found.map(toApiKey).map(stryMutAct_9fa48("2380") ? () => undefined : (stryCov_9fa48("2380"), apiKey => stryMutAct_9fa48("2381") ? [] : (stryCov_9fa48("2381"), [apiKey.id, apiKey]))));
      let next = 0;
      return this.#verdicts.map(verdict => {
        if (stryMutAct_9fa48("2382")) {
          {}
        } else {
          stryCov_9fa48("2382");
          if (stryMutAct_9fa48("2385") ? verdict.kind !== 'refused' : stryMutAct_9fa48("2384") ? false : stryMutAct_9fa48("2383") ? true : (stryCov_9fa48("2383", "2384", "2385"), verdict.kind === (stryMutAct_9fa48("2386") ? "" : (stryCov_9fa48("2386"), 'refused')))) return verdict.error;
          if (stryMutAct_9fa48("2389") ? verdict.kind !== 'repeat' : stryMutAct_9fa48("2388") ? false : stryMutAct_9fa48("2387") ? true : (stryCov_9fa48("2387", "2388", "2389"), verdict.kind === (stryMutAct_9fa48("2390") ? "" : (stryCov_9fa48("2390"), 'repeat')))) return replay(repeated.get(verdict.keyId));
          const apiKey = written[stryMutAct_9fa48("2391") ? next-- : (stryCov_9fa48("2391"), next++)];
          if (stryMutAct_9fa48("2394") ? apiKey !== undefined : stryMutAct_9fa48("2393") ? false : stryMutAct_9fa48("2392") ? true : (stryCov_9fa48("2392", "2393", "2394"), apiKey === undefined)) throw new Error(stryMutAct_9fa48("2396") ? "" : (stryCov_9fa48("2396"), 'a key of this transaction is missing'));
          return stryMutAct_9fa48("2397") ? {} : (stryCov_9fa48("2397"), {
            apiKey,
            replayed: stryMutAct_9fa48("2398") ? true : (stryCov_9fa48("2398"), false)
          });
        }
      });
    }
  }
  #repeated({
    idempotent
  }: MintOrder): Verdict | undefined {
    if (stryMutAct_9fa48("2399")) {
      {}
    } else {
      stryCov_9fa48("2399");
      if (stryMutAct_9fa48("2402") ? idempotent !== undefined : stryMutAct_9fa48("2401") ? false : stryMutAct_9fa48("2400") ? true : (stryCov_9fa48("2400", "2401", "2402"), idempotent === undefined)) return undefined;
      const remembered = this.#allowance.entries.get(requestEntry(idempotent.keyId));
      if (stryMutAct_9fa48("2405") ? remembered !== undefined : stryMutAct_9fa48("2404") ? false : stryMutAct_9fa48("2403") ? true : (stryCov_9fa48("2403", "2404", "2405"), remembered === undefined)) return undefined;
      const {
        fingerprint,
        keyId
      } = readRequest(remembered, idempotent);
      if (stryMutAct_9fa48("2408") ? fingerprint !== idempotent.fingerprint : stryMutAct_9fa48("2407") ? false : stryMutAct_9fa48("2406") ? true : (stryCov_9fa48("2406", "2407", "2408"), fingerprint === idempotent.fingerprint)) return stryMutAct_9fa48("2409") ? {} : (stryCov_9fa48("2409"), {
        kind: stryMutAct_9fa48("2410") ? "" : (stryCov_9fa48("2410"), 'repeat'),
        keyId
      });
      return refused(new ServiceError(stryMutAct_9fa48("2411") ? "" : (stryCov_9fa48("2411"), 'IDEMPOTENCY_KEY_REUSED')));
    }
  }
  async #admitted(order: MintOrder): Promise<Verdict> {
    if (stryMutAct_9fa48("2412")) {
      {}
    } else {
      stryCov_9fa48("2412");
      const {
        idempotent,
        replaces
      } = order;
      let settled = order;
      try {
        if (stryMutAct_9fa48("2413")) {
          {}
        } else {
          stryCov_9fa48("2413");
          if (stryMutAct_9fa48("2416") ? replaces === undefined : stryMutAct_9fa48("2415") ? false : stryMutAct_9fa48("2414") ? true : (stryCov_9fa48("2414", "2415", "2416"), replaces !== undefined)) await this.#assertReplaceable(replaces, order.owner.userId);
          if (stryMutAct_9fa48("2418") ? false : stryMutAct_9fa48("2417") ? true : (stryCov_9fa48("2417", "2418"), order.isForgotten)) settled = await this.#withFreeId(order);
          settled = stryMutAct_9fa48("2419") ? {} : (stryCov_9fa48("2419"), {
            ...settled,
            expiresAt: this.#expiryOf(order)
          });
          if (stryMutAct_9fa48("2420")) {
            ;
          } else {
            stryCov_9fa48("2420");
            assertInFuture(settled.expiresAt, this.#allowance.now);
          } // A key that ends immediately makes room for its replacement.
          this.#allowance.take(claimOf(order), (stryMutAct_9fa48("2424") ? replaces?.overlap !== 0 : stryMutAct_9fa48("2423") ? false : stryMutAct_9fa48("2422") ? true : (stryCov_9fa48("2422", "2423", "2424"), (stryMutAct_9fa48("2425") ? replaces.overlap : (stryCov_9fa48("2425"), replaces?.overlap)) === 0)) ? 0 : 1);
        }
      } catch (error) {
        if (stryMutAct_9fa48("2426")) {
          {}
        } else {
          stryCov_9fa48("2426");
          if (stryMutAct_9fa48("2428") ? false : stryMutAct_9fa48("2427") ? true : (stryCov_9fa48("2427", "2428"), error instanceof ServiceError)) return refused(error);
          throw error;
        }
      }
      if (stryMutAct_9fa48("2431") ? idempotent === undefined : stryMutAct_9fa48("2430") ? false : stryMutAct_9fa48("2429") ? true : (stryCov_9fa48("2429", "2430", "2431"), idempotent !== undefined)) if (stryMutAct_9fa48("2432")) {
        ;
      } else {
        stryCov_9fa48("2432");
        this.#note(requestEntry(idempotent.keyId), writtenRequest(idempotent, settled));
      }
      if (stryMutAct_9fa48("2435") ? replaces === undefined : stryMutAct_9fa48("2434") ? false : stryMutAct_9fa48("2433") ? true : (stryCov_9fa48("2433", "2434", "2435"), replaces !== undefined)) {
        if (stryMutAct_9fa48("2436")) {
          {}
        } else {
          stryCov_9fa48("2436");
          const entry = replacedEntry(replaces.id);
          // A key that ends immediately may be restored and replaced again, but not twice in this transaction.
          if (stryMutAct_9fa48("2439") ? replaces.overlap !== 0 : stryMutAct_9fa48("2438") ? false : stryMutAct_9fa48("2437") ? true : (stryCov_9fa48("2437", "2438", "2439"), replaces.overlap === 0)) this.#allowance.entries.set(entry, stryMutAct_9fa48("2441") ? "Stryker was here!" : (stryCov_9fa48("2441"), ''));else this.#note(entry, stryMutAct_9fa48("2443") ? "Stryker was here!" : (stryCov_9fa48("2443"), ''));
        }
      }
      return stryMutAct_9fa48("2444") ? {} : (stryCov_9fa48("2444"), {
        kind: stryMutAct_9fa48("2445") ? "" : (stryCov_9fa48("2445"), 'accepted'),
        order: settled
      });
    }
  }

  /** An id that follows from those that are taken: two replicas that look for one find the same, and one of them writes. */
  async #withFreeId(order: MintOrder): Promise<MintOrder> {
    if (stryMutAct_9fa48("2446")) {
      {}
    } else {
      stryCov_9fa48("2446");
      if (stryMutAct_9fa48("2449") ? order.idempotent !== undefined : stryMutAct_9fa48("2448") ? false : stryMutAct_9fa48("2447") ? true : (stryCov_9fa48("2447", "2448", "2449"), order.idempotent === undefined)) return order;
      const {
        engine,
        context
      } = this.#in;
      if (stryMutAct_9fa48("2450")) {
        for (let {
          keyId
        } = order.idempotent; false;) {
          const [row] = await engine.find(API_KEY_OBJECT, {
            where: {
              id: keyId
            },
            limit: 1,
            context
          });
          if (row === undefined) return {
            ...order,
            idempotent: {
              ...order.idempotent,
              keyId
            }
          };
          keyId = nextKeyId(keyId, toApiKey(row).createdAt);
        }
      } else {
        stryCov_9fa48("2450");
        for (let {
          keyId
        } = order.idempotent;;) {
          if (stryMutAct_9fa48("2451")) {
            {}
          } else {
            stryCov_9fa48("2451");
            const [row] = await engine.find(API_KEY_OBJECT, stryMutAct_9fa48("2452") ? {} : (stryCov_9fa48("2452"), {
              where: stryMutAct_9fa48("2453") ? {} : (stryCov_9fa48("2453"), {
                id: keyId
              }),
              limit: 1,
              context
            }));
            if (stryMutAct_9fa48("2456") ? row !== undefined : stryMutAct_9fa48("2455") ? false : stryMutAct_9fa48("2454") ? true : (stryCov_9fa48("2454", "2455", "2456"), row === undefined)) return stryMutAct_9fa48("2457") ? {} : (stryCov_9fa48("2457"), {
              ...order,
              idempotent: stryMutAct_9fa48("2458") ? {} : (stryCov_9fa48("2458"), {
                ...order.idempotent,
                keyId
              })
            });
            keyId = nextKeyId(keyId, toApiKey(row).createdAt);
          }
        }
      }
    }
  }

  /** The expiry that the policy in force allows. @throws ServiceError `POLICY_VIOLATION` */
  #expiryOf(order: MintOrder): Date | undefined {
    if (stryMutAct_9fa48("2459")) {
      {}
    } else {
      stryCov_9fa48("2459");
      const {
        owner,
        administers,
        replaces
      } = order;
      const policy = this.#policies.of(owner.organizationId);
      if (stryMutAct_9fa48("2460")) {
        ;
      } else {
        stryCov_9fa48("2460");
        assertAllowed(policy, order, administers);
      }
      const wanted = stryMutAct_9fa48("2461") ? {} : (stryCov_9fa48("2461"), {
        ...order,
        isReplacement: stryMutAct_9fa48("2464") ? replaces === undefined : stryMutAct_9fa48("2463") ? false : stryMutAct_9fa48("2462") ? true : (stryCov_9fa48("2462", "2463", "2464"), replaces !== undefined)
      });
      return expiryUnderPolicy(policy, this.#in.limits, wanted, this.#allowance.now);
    }
  }
  #note(entry: string, value: string): void {
    if (stryMutAct_9fa48("2465")) {
      {}
    } else {
      stryCov_9fa48("2465");
      if (stryMutAct_9fa48("2466")) {
        ;
      } else {
        stryCov_9fa48("2466");
        this.#allowance.entries.set(entry, value);
      }
      if (stryMutAct_9fa48("2467")) {
        ;
      } else {
        stryCov_9fa48("2467");
        this.#changed.set(entry, value);
      }
    }
  }
  async #assertReplaceable({
    id,
    carries
  }: Replacement, userId: string): Promise<void> {
    if (stryMutAct_9fa48("2468")) {
      {}
    } else {
      stryCov_9fa48("2468");
      const {
        engine,
        context
      } = this.#in;
      const [row] = await engine.find(API_KEY_OBJECT, stryMutAct_9fa48("2469") ? {} : (stryCov_9fa48("2469"), {
        where: stryMutAct_9fa48("2470") ? {} : (stryCov_9fa48("2470"), {
          id,
          user_id: userId
        }),
        limit: 1,
        context
      }));
      if (stryMutAct_9fa48("2473") ? row !== undefined : stryMutAct_9fa48("2472") ? false : stryMutAct_9fa48("2471") ? true : (stryCov_9fa48("2471", "2472", "2473"), row === undefined)) throw noSuchKey();
      // A key in its overlap has already been replaced.
      if (stryMutAct_9fa48("2476") ? statusOf(toApiKey(row), this.#allowance.now) !== 'ACTIVE' && this.#allowance.entries.has(replacedEntry(id)) : stryMutAct_9fa48("2475") ? false : stryMutAct_9fa48("2474") ? true : (stryCov_9fa48("2474", "2475", "2476"), (stryMutAct_9fa48("2478") ? statusOf(toApiKey(row), this.#allowance.now) === 'ACTIVE' : stryMutAct_9fa48("2477") ? false : (stryCov_9fa48("2477", "2478"), statusOf(toApiKey(row), this.#allowance.now) !== (stryMutAct_9fa48("2479") ? "" : (stryCov_9fa48("2479"), 'ACTIVE')))) || this.#allowance.entries.has(replacedEntry(id)))) {
        if (stryMutAct_9fa48("2480")) {
          {}
        } else {
          stryCov_9fa48("2480");
          throw new ServiceError(stryMutAct_9fa48("2482") ? "" : (stryCov_9fa48("2482"), 'KEY_NOT_ACTIVE'));
        }
      }
      const [detail = {}] = await engine.find(API_KEY_DETAIL_OBJECT, stryMutAct_9fa48("2483") ? {} : (stryCov_9fa48("2483"), {
        where: stryMutAct_9fa48("2484") ? {} : (stryCov_9fa48("2484"), {
          id
        }),
        limit: 1,
        context
      }));
      // The key has changed since it was read. A retry uses its new values.
      if (stryMutAct_9fa48("2487") ? carriedOver(toApiKey(row), toApiKeyDetail(detail)) === carries : stryMutAct_9fa48("2486") ? false : stryMutAct_9fa48("2485") ? true : (stryCov_9fa48("2485", "2486", "2487"), carriedOver(toApiKey(row), toApiKeyDetail(detail)) !== carries)) throw unavailable();
    }
  }
}
function claimOf({
  owner,
  address,
  replaces
}: MintOrder): Claim {
  if (stryMutAct_9fa48("2488")) {
    {}
  } else {
    stryCov_9fa48("2488");
    return stryMutAct_9fa48("2489") ? {} : (stryCov_9fa48("2489"), {
      userId: owner.userId,
      address,
      locksUser: stryMutAct_9fa48("2492") ? replaces === undefined : stryMutAct_9fa48("2491") ? false : stryMutAct_9fa48("2490") ? true : (stryCov_9fa48("2490", "2491", "2492"), replaces !== undefined)
    });
  }
}

/** The result of a repeat. If its key has been deleted, it is not created again. */
function replay(apiKey: ApiKey | undefined): MintOutcome | ServiceError {
  if (stryMutAct_9fa48("2493")) {
    {}
  } else {
    stryCov_9fa48("2493");
    if (stryMutAct_9fa48("2496") ? apiKey === undefined : stryMutAct_9fa48("2495") ? false : stryMutAct_9fa48("2494") ? true : (stryCov_9fa48("2494", "2495", "2496"), apiKey !== undefined)) return stryMutAct_9fa48("2497") ? {} : (stryCov_9fa48("2497"), {
      apiKey,
      replayed: stryMutAct_9fa48("2498") ? false : (stryCov_9fa48("2498"), true)
    });
    const message = stryMutAct_9fa48("2499") ? "" : (stryCov_9fa48("2499"), 'The key created with this Idempotency-Key has been deleted. Use a new value to create another key.');
    return new ServiceError(stryMutAct_9fa48("2500") ? "" : (stryCov_9fa48("2500"), 'IDEMPOTENCY_KEY_REUSED'), stryMutAct_9fa48("2501") ? {} : (stryCov_9fa48("2501"), {
      message
    }));
  }
}

/** What is remembered of a request: its fingerprint, and the id of its key where that is not the usual one. */
function writtenRequest({
  keyId,
  fingerprint
}: IdempotentRequest, {
  idempotent
}: MintOrder): string {
  if (stryMutAct_9fa48("2502")) {
    {}
  } else {
    stryCov_9fa48("2502");
    return (stryMutAct_9fa48("2505") ? idempotent === undefined && idempotent.keyId === keyId : stryMutAct_9fa48("2504") ? false : stryMutAct_9fa48("2503") ? true : (stryCov_9fa48("2503", "2504", "2505"), (stryMutAct_9fa48("2507") ? idempotent !== undefined : stryMutAct_9fa48("2506") ? false : (stryCov_9fa48("2506", "2507"), idempotent === undefined)) || (stryMutAct_9fa48("2509") ? idempotent.keyId !== keyId : stryMutAct_9fa48("2508") ? false : (stryCov_9fa48("2508", "2509"), idempotent.keyId === keyId)))) ? fingerprint : stryMutAct_9fa48("2510") ? `` : (stryCov_9fa48("2510"), `${fingerprint} ${idempotent.keyId}`);
  }
}
function readRequest(remembered: string, {
  keyId: usual
}: IdempotentRequest): IdempotentRequest {
  if (stryMutAct_9fa48("2511")) {
    {}
  } else {
    stryCov_9fa48("2511");
    const [fingerprint = stryMutAct_9fa48("2512") ? "Stryker was here!" : (stryCov_9fa48("2512"), ''), keyId = usual] = remembered.split(stryMutAct_9fa48("2513") ? "" : (stryCov_9fa48("2513"), ' '));
    return stryMutAct_9fa48("2514") ? {} : (stryCov_9fa48("2514"), {
      fingerprint,
      keyId
    });
  }
}
function refused(error: ServiceError): Verdict {
  if (stryMutAct_9fa48("2515")) {
    {}
  } else {
    stryCov_9fa48("2515");
    return stryMutAct_9fa48("2516") ? {} : (stryCov_9fa48("2516"), {
      kind: stryMutAct_9fa48("2517") ? "" : (stryCov_9fa48("2517"), 'refused'),
      error
    });
  }
}