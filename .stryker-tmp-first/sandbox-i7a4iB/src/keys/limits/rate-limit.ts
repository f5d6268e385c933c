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
import { formatDuration, parseDuration } from '../input/duration.ts';

/** At most `count` at once, refilled evenly over `period` milliseconds. */
export interface RateLimit {
  readonly count: number;
  readonly period: number;
}

/**
 * Reads `<count>/<ISO 8601 duration>`, such as `30/PT1M`.
 *
 * @returns the limit, or `undefined` if the text is not valid.
 */
export function parseRateLimit(text: string): RateLimit | undefined {
  if (stryMutAct_9fa48("2206")) {
    {}
  } else {
    stryCov_9fa48("2206");
    const [, count, duration] = stryMutAct_9fa48("2207") ? /^([1-9]\d{0,8})\/(P\S+)$/.exec(text) && [] : (stryCov_9fa48("2207"), (stryMutAct_9fa48("2214") ? /^([1-9]\d{0,8})\/(P\s+)$/ : stryMutAct_9fa48("2213") ? /^([1-9]\d{0,8})\/(P\S)$/ : stryMutAct_9fa48("2212") ? /^([1-9]\D{0,8})\/(P\S+)$/ : stryMutAct_9fa48("2211") ? /^([1-9]\d)\/(P\S+)$/ : stryMutAct_9fa48("2210") ? /^([^1-9]\d{0,8})\/(P\S+)$/ : stryMutAct_9fa48("2209") ? /^([1-9]\d{0,8})\/(P\S+)/ : stryMutAct_9fa48("2208") ? /([1-9]\d{0,8})\/(P\S+)$/ : (stryCov_9fa48("2208", "2209", "2210", "2211", "2212", "2213", "2214"), /^([1-9]\d{0,8})\/(P\S+)$/)).exec(text) ?? (stryMutAct_9fa48("2215") ? ["Stryker was here"] : (stryCov_9fa48("2215"), [])));
    const period = (stryMutAct_9fa48("2218") ? duration !== undefined : stryMutAct_9fa48("2217") ? false : stryMutAct_9fa48("2216") ? true : (stryCov_9fa48("2216", "2217", "2218"), duration === undefined)) ? undefined : parseDuration(duration);
    return (stryMutAct_9fa48("2221") ? period === undefined && period <= 0 : stryMutAct_9fa48("2220") ? false : stryMutAct_9fa48("2219") ? true : (stryCov_9fa48("2219", "2220", "2221"), (stryMutAct_9fa48("2223") ? period !== undefined : stryMutAct_9fa48("2222") ? false : (stryCov_9fa48("2222", "2223"), period === undefined)) || (stryMutAct_9fa48("2226") ? period > 0 : stryMutAct_9fa48("2225") ? period < 0 : stryMutAct_9fa48("2224") ? false : (stryCov_9fa48("2224", "2225", "2226"), period <= 0)))) ? undefined : stryMutAct_9fa48("2227") ? {} : (stryCov_9fa48("2227"), {
      count: Number(count),
      period
    });
  }
}
export function formatRateLimit({
  count,
  period
}: RateLimit): string {
  if (stryMutAct_9fa48("2228")) {
    {}
  } else {
    stryCov_9fa48("2228");
    return stryMutAct_9fa48("2229") ? `` : (stryCov_9fa48("2229"), `${count}/${formatDuration(period)}`);
  }
}

/**
 * A token bucket: it holds up to `count` tokens and refills at `count / period`. It is stored beside the
 * keys as `<tokens>@<milliseconds since the epoch>`, so that all replicas share it.
 */
export class TokenBucket {
  readonly #limit: RateLimit;
  #tokens: number;
  #filledAt: number;
  private constructor(limit: RateLimit, tokens: number, filledAt: number) {
    if (stryMutAct_9fa48("2230")) {
      {}
    } else {
      stryCov_9fa48("2230");
      this.#limit = limit;
      this.#tokens = tokens;
      this.#filledAt = filledAt;
    }
  }

  /**
   * Reads a stored bucket and refills it up to `now`. Empty text is a full bucket; text that cannot be
   * read is an empty bucket.
   */
  static read(text: string, limit: RateLimit, now: number): TokenBucket {
    if (stryMutAct_9fa48("2231")) {
      {}
    } else {
      stryCov_9fa48("2231");
      if (stryMutAct_9fa48("2234") ? text !== '' : stryMutAct_9fa48("2233") ? false : stryMutAct_9fa48("2232") ? true : (stryCov_9fa48("2232", "2233", "2234"), text === (stryMutAct_9fa48("2235") ? "Stryker was here!" : (stryCov_9fa48("2235"), '')))) return new TokenBucket(limit, limit.count, now);
      const [, tokens, filledAt] = stryMutAct_9fa48("2236") ? /^(\d+(?:\.\d+)?)@(\d+)$/.exec(text) && [] : (stryCov_9fa48("2236"), (stryMutAct_9fa48("2245") ? /^(\d+(?:\.\d+)?)@(\D+)$/ : stryMutAct_9fa48("2244") ? /^(\d+(?:\.\d+)?)@(\d)$/ : stryMutAct_9fa48("2243") ? /^(\d+(?:\.\D+)?)@(\d+)$/ : stryMutAct_9fa48("2242") ? /^(\d+(?:\.\d)?)@(\d+)$/ : stryMutAct_9fa48("2241") ? /^(\d+(?:\.\d+))@(\d+)$/ : stryMutAct_9fa48("2240") ? /^(\D+(?:\.\d+)?)@(\d+)$/ : stryMutAct_9fa48("2239") ? /^(\d(?:\.\d+)?)@(\d+)$/ : stryMutAct_9fa48("2238") ? /^(\d+(?:\.\d+)?)@(\d+)/ : stryMutAct_9fa48("2237") ? /(\d+(?:\.\d+)?)@(\d+)$/ : (stryCov_9fa48("2237", "2238", "2239", "2240", "2241", "2242", "2243", "2244", "2245"), /^(\d+(?:\.\d+)?)@(\d+)$/)).exec(text) ?? (stryMutAct_9fa48("2246") ? ["Stryker was here"] : (stryCov_9fa48("2246"), [])));
      const bucket = new TokenBucket(limit, Number(stryMutAct_9fa48("2247") ? tokens && 0 : (stryCov_9fa48("2247"), tokens ?? 0)), Number(stryMutAct_9fa48("2248") ? filledAt && now : (stryCov_9fa48("2248"), filledAt ?? now)));
      if (stryMutAct_9fa48("2249")) {
        ;
      } else {
        stryCov_9fa48("2249");
        bucket.#fill(now);
      }
      return bucket;
    }
  }

  /** The stored text of a full bucket. */
  static full(limit: RateLimit, now: number): string {
    if (stryMutAct_9fa48("2250")) {
      {}
    } else {
      stryCov_9fa48("2250");
      return stryMutAct_9fa48("2251") ? `` : (stryCov_9fa48("2251"), `${limit.count}@${now}`);
    }
  }

  /** Whether there is a token. */
  get hasToken(): boolean {
    if (stryMutAct_9fa48("2252")) {
      {}
    } else {
      stryCov_9fa48("2252");
      return stryMutAct_9fa48("2256") ? this.#tokens < 1 : stryMutAct_9fa48("2255") ? this.#tokens > 1 : stryMutAct_9fa48("2254") ? false : stryMutAct_9fa48("2253") ? true : (stryCov_9fa48("2253", "2254", "2255", "2256"), this.#tokens >= 1);
    }
  }

  /** Whether it is as one that nothing was taken from yet. */
  get isFull(): boolean {
    if (stryMutAct_9fa48("2257")) {
      {}
    } else {
      stryCov_9fa48("2257");
      return stryMutAct_9fa48("2261") ? this.#tokens < this.#limit.count : stryMutAct_9fa48("2260") ? this.#tokens > this.#limit.count : stryMutAct_9fa48("2259") ? false : stryMutAct_9fa48("2258") ? true : (stryCov_9fa48("2258", "2259", "2260", "2261"), this.#tokens >= this.#limit.count);
    }
  }

  /** Seconds until there is a token. */
  get retryAfter(): number {
    if (stryMutAct_9fa48("2262")) {
      {}
    } else {
      stryCov_9fa48("2262");
      const {
        count,
        period
      } = this.#limit;
      return stryMutAct_9fa48("2263") ? Math.min(1, Math.ceil((1 - this.#tokens) / count * period / 1000)) : (stryCov_9fa48("2263"), Math.max(1, Math.ceil(stryMutAct_9fa48("2264") ? (1 - this.#tokens) / count * period * 1000 : (stryCov_9fa48("2264"), (stryMutAct_9fa48("2265") ? (1 - this.#tokens) / count / period : (stryCov_9fa48("2265"), (stryMutAct_9fa48("2266") ? (1 - this.#tokens) * count : (stryCov_9fa48("2266"), (stryMutAct_9fa48("2267") ? 1 + this.#tokens : (stryCov_9fa48("2267"), 1 - this.#tokens)) / count)) * period)) / 1000))));
    }
  }
  take(): void {
    if (stryMutAct_9fa48("2268")) {
      {}
    } else {
      stryCov_9fa48("2268");
      stryMutAct_9fa48("2269") ? this.#tokens += 1 : (stryCov_9fa48("2269"), this.#tokens -= 1);
    }
  }
  toString(): string {
    if (stryMutAct_9fa48("2270")) {
      {}
    } else {
      stryCov_9fa48("2270");
      return stryMutAct_9fa48("2271") ? `` : (stryCov_9fa48("2271"), `${this.#tokens}@${this.#filledAt}`);
    }
  }
  #fill(now: number): void {
    if (stryMutAct_9fa48("2272")) {
      {}
    } else {
      stryCov_9fa48("2272");
      const {
        count,
        period
      } = this.#limit;
      // The clocks of two replicas differ; that must not empty a bucket.
      const elapsed = stryMutAct_9fa48("2273") ? Math.min(0, now - this.#filledAt) : (stryCov_9fa48("2273"), Math.max(0, stryMutAct_9fa48("2274") ? now + this.#filledAt : (stryCov_9fa48("2274"), now - this.#filledAt)));
      this.#tokens = stryMutAct_9fa48("2275") ? Math.max(count, this.#tokens + elapsed / period * count) : (stryCov_9fa48("2275"), Math.min(count, stryMutAct_9fa48("2276") ? this.#tokens - elapsed / period * count : (stryCov_9fa48("2276"), this.#tokens + (stryMutAct_9fa48("2277") ? elapsed / period / count : (stryCov_9fa48("2277"), (stryMutAct_9fa48("2278") ? elapsed * period : (stryCov_9fa48("2278"), elapsed / period)) * count)))));
      this.#filledAt = stryMutAct_9fa48("2279") ? Math.min(now, this.#filledAt) : (stryCov_9fa48("2279"), Math.max(now, this.#filledAt));
    }
  }
}