// @ts-nocheck
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
  readonly context: EngineContext & { transaction: Transaction };
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
    this.now = now;
    this.entries = entries;
    this.#limits = limits;
    this.#activeKeys = activeKeys;
  }

  /**
   * Locks the entries that the claims count against.
   *
   * @param others further entries of the ledger to read, if they exist.
   */
  static async open(
    { engine, ledger, limits, context }: AllowanceSource,
    claims: readonly Claim[],
    others: readonly string[],
  ): Promise<Allowance> {
    const now = Date.now();
    const { mintLimitPerUser, mintLimitPerAddress, maxActiveKeys } = limits;
    const initial = new Map<string, string>();
    for (const { userId, address, locksUser = false } of claims) {
      if (mintLimitPerUser !== undefined || maxActiveKeys !== undefined || locksUser) {
        initial.set(userEntry(userId), full(mintLimitPerUser, now));
      }
      if (mintLimitPerAddress !== undefined && address !== undefined) {
        initial.set(addressEntry(address), full(mintLimitPerAddress, now));
      }
    }
    const entries = await ledger.lock(context.transaction, initial, others);
    const people = [...new Set(claims.map(({ userId }) => userId))];
    const activeKeys = maxActiveKeys === undefined ? new Map() : await countActiveKeys(engine, people, now, context);
    return new Allowance(now, entries, limits, activeKeys);
  }

  /**
   * Counts one more key: takes a token from each bucket and a place under the limit on active keys.
   *
   * @param growth how many more active keys the person has afterwards.
   * @throws ServiceError `RATE_LIMITED`, `LIMIT_REACHED`; nothing is counted then.
   */
  take({ userId, address }: Claim, growth: 0 | 1): void {
    const { maxActiveKeys } = this.#limits;
    const active = (this.#activeKeys.get(userId) ?? 0) + growth;
    if (maxActiveKeys !== undefined && active > maxActiveKeys) throw capReached(maxActiveKeys);
    this.#takeTokens(userId, address);
    this.#activeKeys.set(userId, active);
  }

  /** The changed entries of the ledger, to be written. */
  *changes(): Generator<[entry: string, value: string]> {
    for (const [entry, bucket] of this.#buckets) yield [entry, bucket.toString()];
  }

  #takeTokens(userId: string, address: string | undefined): void {
    const { mintLimitPerUser, mintLimitPerAddress } = this.#limits;
    const buckets = [
      mintLimitPerUser && this.#bucket(userEntry(userId), mintLimitPerUser),
      mintLimitPerAddress && address !== undefined && this.#bucket(addressEntry(address), mintLimitPerAddress),
    ].filter((bucket) => bucket instanceof TokenBucket);
    const empty = buckets.filter((bucket) => !bucket.hasToken);
    if (empty.length > 0) {
      const retryAfter = Math.ceil(Math.max(...empty.map((bucket) => bucket.retryAfter)));
      const message = `You create keys faster than this server allows. Try again in ${inWords(retryAfter)}.`;
      throw new ServiceError('RATE_LIMITED', { message, retryAfter });
    }
    for (const bucket of buckets) bucket.take();
  }

  #bucket(entry: string, limit: RateLimit): TokenBucket {
    const known = this.#buckets.get(entry);
    if (known !== undefined) return known;
    const bucket = TokenBucket.read(this.entries.get(entry) ?? '', limit, this.now);
    this.#buckets.set(entry, bucket);
    return bucket;
  }
}

function full(limit: RateLimit | undefined, now: number): string {
  return limit === undefined ? '' : TokenBucket.full(limit, now);
}
