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
import { ServiceError } from '../../base/errors.ts';
import { inWords } from '../../base/time.ts';
import type { DataEngine, EngineContext, Transaction } from '../../platform/engine.ts';
import { addressEntry, type Ledger, userEntry } from '../ledger/ledger.ts';
import { countActiveKeys } from '../record/api-key.ts';
import { capReached, type KeyLimits } from './limits.ts';
import { type RateLimit, TokenBucket } from './rate-limit.ts';

/** Whose limits a change counts against. */
export interface Claim {
  readonly userId: string;
  /** Where the request came from, for the limit per address. */
  readonly address: string | undefined;
  /** Whether to lock the person's entry even without a limit, because one of their keys is being replaced. */
  readonly locksUser?: boolean;
}

/** What limits are counted with. All of it belongs to one transaction. */
export interface AllowanceSource {
  readonly engine: DataEngine;
  readonly ledger: Ledger;
  readonly limits: KeyLimits;
  readonly context: EngineContext & {
    transaction: Transaction;
  };
}

/**
 * What is left of the limits for the people in one transaction, read while their entries in the ledger
 * are locked. Usage is written at the end of the transaction, or not at all.
 */
export class Allowance {
  readonly now: number;
  /** The locked entries of the ledger. */
  readonly entries: Map<string, string>;
  readonly #limits: KeyLimits;
  /** How many active keys each person has. People without any are not in the map. */
  readonly #activeKeys: Map<string, number>;
  readonly #buckets = new Map<string, TokenBucket>();
  private constructor(now: number, entries: Map<string, string>, limits: KeyLimits, activeKeys: Map<string, number>) {
    if (stryMutAct_9fa48("2050")) {
      {}
    } else {
      stryCov_9fa48("2050");
      this.now = now;
      this.entries = entries;
      this.#limits = limits;
      this.#activeKeys = activeKeys;
    }
  }

  /**
   * Locks the entries that the claims count against.
   *
   * @param others further entries of the ledger to read, if they exist.
   */
  static async open({
    engine,
    ledger,
    limits,
    context
  }: AllowanceSource, claims: readonly Claim[], others: readonly string[]): Promise<Allowance> {
    if (stryMutAct_9fa48("2051")) {
      {}
    } else {
      stryCov_9fa48("2051");
      const now = Date.now();
      const {
        mintLimitPerUser,
        mintLimitPerAddress,
        maxActiveKeys
      } = limits;
      const initial = new Map<string, string>();
      for (const {
        userId,
        address,
        locksUser = stryMutAct_9fa48("2052") ? true : (stryCov_9fa48("2052"), false)
      } of claims) {
        if (stryMutAct_9fa48("2053")) {
          {}
        } else {
          stryCov_9fa48("2053");
          if (stryMutAct_9fa48("2056") ? (mintLimitPerUser !== undefined || maxActiveKeys !== undefined) && locksUser : stryMutAct_9fa48("2055") ? false : stryMutAct_9fa48("2054") ? true : (stryCov_9fa48("2054", "2055", "2056"), (stryMutAct_9fa48("2058") ? mintLimitPerUser !== undefined && maxActiveKeys !== undefined : stryMutAct_9fa48("2057") ? false : (stryCov_9fa48("2057", "2058"), (stryMutAct_9fa48("2060") ? mintLimitPerUser === undefined : stryMutAct_9fa48("2059") ? false : (stryCov_9fa48("2059", "2060"), mintLimitPerUser !== undefined)) || (stryMutAct_9fa48("2062") ? maxActiveKeys === undefined : stryMutAct_9fa48("2061") ? false : (stryCov_9fa48("2061", "2062"), maxActiveKeys !== undefined)))) || locksUser)) {
            if (stryMutAct_9fa48("2063")) {
              {}
            } else {
              stryCov_9fa48("2063");
              if (stryMutAct_9fa48("2064")) {
                ;
              } else {
                stryCov_9fa48("2064");
                initial.set(userEntry(userId), full(mintLimitPerUser, now));
              }
            }
          }
          if (stryMutAct_9fa48("2067") ? mintLimitPerAddress !== undefined || address !== undefined : stryMutAct_9fa48("2066") ? false : stryMutAct_9fa48("2065") ? true : (stryCov_9fa48("2065", "2066", "2067"), (stryMutAct_9fa48("2069") ? mintLimitPerAddress === undefined : stryMutAct_9fa48("2068") ? true : (stryCov_9fa48("2068", "2069"), mintLimitPerAddress !== undefined)) && (stryMutAct_9fa48("2071") ? address === undefined : stryMutAct_9fa48("2070") ? true : (stryCov_9fa48("2070", "2071"), address !== undefined)))) {
            if (stryMutAct_9fa48("2072")) {
              {}
            } else {
              stryCov_9fa48("2072");
              if (stryMutAct_9fa48("2073")) {
                ;
              } else {
                stryCov_9fa48("2073");
                initial.set(addressEntry(address), full(mintLimitPerAddress, now));
              }
            }
          }
        }
      }
      const entries = await ledger.lock(context.transaction, initial, others);
      const people = stryMutAct_9fa48("2074") ? [] : (stryCov_9fa48("2074"), [...new Set(claims.map(stryMutAct_9fa48("2075") ? () => undefined : (stryCov_9fa48("2075"), ({
        userId
      }) => userId)))]);
      const activeKeys = (stryMutAct_9fa48("2078") ? maxActiveKeys !== undefined : stryMutAct_9fa48("2077") ? false : stryMutAct_9fa48("2076") ? true : (stryCov_9fa48("2076", "2077", "2078"), maxActiveKeys === undefined)) ? new Map() : await countActiveKeys(engine, people, now, context);
      return new Allowance(now, entries, limits, activeKeys);
    }
  }

  /**
   * Counts one more key: takes a token from each bucket and a place under the limit on active keys.
   *
   * @param growth how many more active keys the person has afterwards.
   * @throws ServiceError `RATE_LIMITED`, `LIMIT_REACHED`; nothing is counted then.
   */
  take({
    userId,
    address
  }: Claim, growth: 0 | 1): void {
    if (stryMutAct_9fa48("2079")) {
      {}
    } else {
      stryCov_9fa48("2079");
      const {
        maxActiveKeys
      } = this.#limits;
      const active = stryMutAct_9fa48("2080") ? (this.#activeKeys.get(userId) ?? 0) - growth : (stryCov_9fa48("2080"), (stryMutAct_9fa48("2081") ? this.#activeKeys.get(userId) && 0 : (stryCov_9fa48("2081"), this.#activeKeys.get(userId) ?? 0)) + growth);
      if (stryMutAct_9fa48("2084") ? maxActiveKeys !== undefined || active > maxActiveKeys : stryMutAct_9fa48("2083") ? false : stryMutAct_9fa48("2082") ? true : (stryCov_9fa48("2082", "2083", "2084"), (stryMutAct_9fa48("2086") ? maxActiveKeys === undefined : stryMutAct_9fa48("2085") ? true : (stryCov_9fa48("2085", "2086"), maxActiveKeys !== undefined)) && (stryMutAct_9fa48("2089") ? active <= maxActiveKeys : stryMutAct_9fa48("2088") ? active >= maxActiveKeys : stryMutAct_9fa48("2087") ? true : (stryCov_9fa48("2087", "2088", "2089"), active > maxActiveKeys)))) throw capReached(maxActiveKeys);
      if (stryMutAct_9fa48("2090")) {
        ;
      } else {
        stryCov_9fa48("2090");
        this.#takeTokens(userId, address);
      }
      if (stryMutAct_9fa48("2091")) {
        ;
      } else {
        stryCov_9fa48("2091");
        this.#activeKeys.set(userId, active);
      }
    }
  }

  /** The changed entries of the ledger, to be written. */
  *changes(): Generator<[entry: string, value: string]> {
    if (stryMutAct_9fa48("2092")) {
      {}
    } else {
      stryCov_9fa48("2092");
      for (const [entry, bucket] of this.#buckets) yield stryMutAct_9fa48("2093") ? [] : (stryCov_9fa48("2093"), [entry, bucket.toString()]);
    }
  }
  #takeTokens(userId: string, address: string | undefined): void {
    if (stryMutAct_9fa48("2094")) {
      {}
    } else {
      stryCov_9fa48("2094");
      const {
        mintLimitPerUser,
        mintLimitPerAddress
      } = this.#limits;
      const buckets = stryMutAct_9fa48("2095") ? [mintLimitPerUser && this.#bucket(userEntry(userId), mintLimitPerUser), mintLimitPerAddress && address !== undefined && this.#bucket(addressEntry(address), mintLimitPerAddress)] : (stryCov_9fa48("2095"), (stryMutAct_9fa48("2096") ? [] : (stryCov_9fa48("2096"), [stryMutAct_9fa48("2099") ? mintLimitPerUser || this.#bucket(userEntry(userId), mintLimitPerUser) : stryMutAct_9fa48("2098") ? false : stryMutAct_9fa48("2097") ? true : (stryCov_9fa48("2097", "2098", "2099"), mintLimitPerUser && this.#bucket(userEntry(userId), mintLimitPerUser)), stryMutAct_9fa48("2102") ? mintLimitPerAddress && address !== undefined || this.#bucket(addressEntry(address), mintLimitPerAddress) : stryMutAct_9fa48("2101") ? false : stryMutAct_9fa48("2100") ? true : (stryCov_9fa48("2100", "2101", "2102"), (stryMutAct_9fa48("2104") ? mintLimitPerAddress || address !== undefined : stryMutAct_9fa48("2103") ? true : (stryCov_9fa48("2103", "2104"), mintLimitPerAddress && (stryMutAct_9fa48("2106") ? address === undefined : stryMutAct_9fa48("2105") ? true : (stryCov_9fa48("2105", "2106"), address !== undefined)))) && this.#bucket(addressEntry(address), mintLimitPerAddress))])).filter(stryMutAct_9fa48("2107") ? () => undefined : (stryCov_9fa48("2107"), bucket => bucket instanceof TokenBucket)));
      const empty = stryMutAct_9fa48("2108") ? buckets : (stryCov_9fa48("2108"), buckets.filter(stryMutAct_9fa48("2109") ? () => undefined : (stryCov_9fa48("2109"), bucket => stryMutAct_9fa48("2110") ? bucket.hasToken : (stryCov_9fa48("2110"), !bucket.hasToken))));
      if (stryMutAct_9fa48("2114") ? empty.length <= 0 : stryMutAct_9fa48("2113") ? empty.length >= 0 : stryMutAct_9fa48("2112") ? false : stryMutAct_9fa48("2111") ? true : (stryCov_9fa48("2111", "2112", "2113", "2114"), empty.length > 0)) {
        if (stryMutAct_9fa48("2115")) {
          {}
        } else {
          stryCov_9fa48("2115");
          const retryAfter = Math.ceil(stryMutAct_9fa48("2116") ? Math.min(...empty.map(bucket => bucket.retryAfter)) : (stryCov_9fa48("2116"), Math.max(...empty.map(stryMutAct_9fa48("2117") ? () => undefined : (stryCov_9fa48("2117"), bucket => bucket.retryAfter)))));
          const message = stryMutAct_9fa48("2118") ? `` : (stryCov_9fa48("2118"), `You create keys faster than this server allows. Try again in ${inWords(retryAfter)}.`);
          throw new ServiceError(stryMutAct_9fa48("2120") ? "" : (stryCov_9fa48("2120"), 'RATE_LIMITED'), stryMutAct_9fa48("2121") ? {} : (stryCov_9fa48("2121"), {
            message,
            retryAfter
          }));
        }
      }
      for (const bucket of buckets) if (stryMutAct_9fa48("2122")) {
        ;
      } else {
        stryCov_9fa48("2122");
        bucket.take();
      }
    }
  }
  #bucket(entry: string, limit: RateLimit): TokenBucket {
    if (stryMutAct_9fa48("2123")) {
      {}
    } else {
      stryCov_9fa48("2123");
      const known = this.#buckets.get(entry);
      if (stryMutAct_9fa48("2126") ? known === undefined : stryMutAct_9fa48("2125") ? false : stryMutAct_9fa48("2124") ? true : (stryCov_9fa48("2124", "2125", "2126"), known !== undefined)) return known;
      const bucket = TokenBucket.read(stryMutAct_9fa48("2127") ? this.entries.get(entry) && '' : (stryCov_9fa48("2127"), this.entries.get(entry) ?? (stryMutAct_9fa48("2128") ? "Stryker was here!" : (stryCov_9fa48("2128"), ''))), limit, this.now);
      if (stryMutAct_9fa48("2129")) {
        ;
      } else {
        stryCov_9fa48("2129");
        this.#buckets.set(entry, bucket);
      }
      return bucket;
    }
  }
}
function full(limit: RateLimit | undefined, now: number): string {
  if (stryMutAct_9fa48("2130")) {
    {}
  } else {
    stryCov_9fa48("2130");
    return (stryMutAct_9fa48("2133") ? limit !== undefined : stryMutAct_9fa48("2132") ? false : stryMutAct_9fa48("2131") ? true : (stryCov_9fa48("2131", "2132", "2133"), limit === undefined)) ? stryMutAct_9fa48("2134") ? "Stryker was here!" : (stryCov_9fa48("2134"), '') : TokenBucket.full(limit, now);
  }
}