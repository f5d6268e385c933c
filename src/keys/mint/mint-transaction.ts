import { ServiceError, unavailable } from '../../base/errors.ts';
import { committed } from '../../platform/committed.ts';
import type { DataEngine, EngineContext, Transaction } from '../../platform/engine.ts';
import { addressEntry, type Ledger, replacedEntry, requestEntry, userEntry } from '../ledger/ledger.ts';
import { capReached, type KeyLimits } from '../limits/limits.ts';
import { type RateLimit, TokenBucket } from '../limits/rate-limit.ts';
import { API_KEY_OBJECT, type ApiKey, countActiveKeys, statusOf, toApiKey } from '../record/api-key.ts';
import type { AuditTrail } from '../record/audit-trail.ts';
import type { MintOrder, MintOutcome } from './mint-order.ts';
import { assertInFuture } from './policy.ts';
import { writeKeys } from './write-keys.ts';

/** Writes a batch of keys in one transaction; an outcome or a refusal for each order, in their order. */
export type MintTransaction = (orders: readonly MintOrder[]) => Promise<(MintOutcome | ServiceError)[]>;

type Verdict =
  | { readonly kind: 'accepted'; readonly order: MintOrder }
  | { readonly kind: 'repeat'; readonly keyId: string }
  | { readonly kind: 'refused'; readonly error: ServiceError };

/**
 * What happens between the check and the write happens here, under one lock: limits are counted,
 * repeats are found, the old key of a rotation is ended, and the rows are written, or nothing is.
 */
export function mintTransaction(
  engine: DataEngine,
  ledger: Ledger,
  limits: KeyLimits,
  auditTrail: AuditTrail,
): MintTransaction {
  return (orders) =>
    committed(engine, API_KEY_OBJECT, async (context) => {
      const batch = await Batch.open({ engine, ledger, limits, auditTrail, context }, orders);
      for (const order of orders) await batch.decide(order);
      const outcomes = await batch.write();
      await ledger.assertCommittable(context.transaction);
      // Past its deadline an order has been answered with 503: it must not be written after that.
      if (orders.some(({ deadline }) => performance.now() >= deadline)) throw unavailable();
      return outcomes;
    });
}

interface Surroundings {
  readonly engine: DataEngine;
  readonly ledger: Ledger;
  readonly limits: KeyLimits;
  readonly auditTrail: AuditTrail;
  readonly context: EngineContext & { transaction: Transaction };
}

/** The orders of one transaction, and what is known under its lock. */
class Batch {
  readonly #in: Surroundings;
  readonly #now: number;
  /** Entries of the ledger, as they were locked and as they are to be written. */
  readonly #entries: Map<string, string>;
  readonly #changed = new Map<string, string>();
  readonly #buckets = new Map<string, TokenBucket>();
  /** How many keys each person has that authenticate; those who have none are not in it. */
  readonly #activeKeys: Map<string, number>;
  readonly #verdicts: Verdict[] = [];

  private constructor(
    surroundings: Surroundings,
    now: number,
    entries: Map<string, string>,
    activeKeys: Map<string, number>,
  ) {
    this.#in = surroundings;
    this.#now = now;
    this.#entries = entries;
    this.#activeKeys = activeKeys;
  }

  static async open(surroundings: Surroundings, orders: readonly MintOrder[]): Promise<Batch> {
    const { engine, ledger, limits, context } = surroundings;
    const now = Date.now();
    const initial = new Map<string, string>();
    for (const { owner, address, replaces } of orders) {
      if (limits.perUser !== undefined || limits.maxActiveKeys !== undefined || replaces !== undefined) {
        initial.set(userEntry(owner.userId), full(limits.perUser, now));
      }
      if (limits.perAddress !== undefined && address !== undefined) {
        initial.set(addressEntry(address), full(limits.perAddress, now));
      }
    }
    const others = orders.flatMap(({ idempotent, replaces }) => [
      ...(idempotent ? [requestEntry(idempotent.keyId)] : []),
      ...(replaces ? [replacedEntry(replaces.id)] : []),
    ]);
    const entries = await ledger.lock(context.transaction, initial, others);
    const people = [...new Set(orders.map(({ owner }) => owner.userId))];
    const activeKeys =
      limits.maxActiveKeys === undefined ? new Map() : await countActiveKeys(engine, people, now, context);
    return new Batch(surroundings, now, entries, activeKeys);
  }

  /** Decides what becomes of an order, as if those before it had been written. */
  async decide(order: MintOrder): Promise<void> {
    this.#verdicts.push(this.#repeated(order) ?? (await this.#admitted(order)));
  }

  /** Writes what was accepted and reads what was repeated. */
  async write(): Promise<(MintOutcome | ServiceError)[]> {
    const { engine, ledger, context } = this.#in;
    const orders = this.#verdicts.flatMap((verdict) => (verdict.kind === 'accepted' ? [verdict.order] : []));
    const written = await writeKeys(this.#in, orders, this.#now);
    for (const [entry, bucket] of this.#buckets) this.#changed.set(entry, bucket.toString());
    await ledger.write(context.transaction, this.#changed);

    const repeats = this.#verdicts.flatMap((verdict) => (verdict.kind === 'repeat' ? [verdict.keyId] : []));
    const found =
      repeats.length === 0 ? [] : await engine.find(API_KEY_OBJECT, { where: { id: { $in: repeats } }, context });
    const repeated = new Map(found.map(toApiKey).map((apiKey) => [apiKey.id, apiKey]));
    let next = 0;
    return this.#verdicts.map((verdict) => {
      if (verdict.kind === 'refused') return verdict.error;
      if (verdict.kind === 'repeat') return replay(repeated.get(verdict.keyId));
      const apiKey = written[next++];
      if (apiKey === undefined) throw new Error('a key of this transaction is missing');
      return { apiKey, replayed: false };
    });
  }

  #repeated({ idempotent }: MintOrder): Verdict | undefined {
    if (idempotent === undefined) return undefined;
    const fingerprint = this.#entries.get(requestEntry(idempotent.keyId));
    if (fingerprint === undefined) return undefined;
    if (fingerprint === idempotent.fingerprint) return { kind: 'repeat', keyId: idempotent.keyId };
    return refused(new ServiceError('IDEMPOTENCY_KEY_REUSED'));
  }

  async #admitted(order: MintOrder): Promise<Verdict> {
    try {
      if (order.replaces !== undefined) await this.#assertActive(order.replaces.id, order.owner.userId);
      assertInFuture(order.expiresAt, this.#now);
      const activeKeys = this.#assertRoom(order);
      this.#takeTokens(order);
      this.#activeKeys.set(order.owner.userId, activeKeys);
    } catch (error) {
      if (error instanceof ServiceError) return refused(error);
      throw error;
    }
    if (order.idempotent !== undefined) this.#note(requestEntry(order.idempotent.keyId), order.idempotent.fingerprint);
    if (order.replaces !== undefined) {
      const entry = replacedEntry(order.replaces.id);
      // Ended at once, it may be restored and replaced again; only this transaction must not do it twice.
      if (order.replaces.overlap === 0) this.#entries.set(entry, '');
      else this.#note(entry, '');
    }
    return { kind: 'accepted', order };
  }

  #note(entry: string, value: string): void {
    this.#entries.set(entry, value);
    this.#changed.set(entry, value);
  }

  async #assertActive(id: string, userId: string): Promise<void> {
    const [row] = await this.#in.engine.find(API_KEY_OBJECT, {
      where: { id, user_id: userId },
      limit: 1,
      context: this.#in.context,
    });
    if (row === undefined) throw new ServiceError('NOT_FOUND', { message: 'You have no such key.' });
    // A key that lives on for its overlap has its replacement already.
    if (statusOf(toApiKey(row), this.#now) !== 'ACTIVE' || this.#entries.has(replacedEntry(id))) {
      throw new ServiceError('KEY_NOT_ACTIVE');
    }
  }

  /** @returns how many keys that authenticate the person has after this order. */
  #assertRoom({ owner, replaces }: MintOrder): number {
    const { maxActiveKeys } = this.#in.limits;
    const before = this.#activeKeys.get(owner.userId) ?? 0;
    const after = replaces?.overlap === 0 ? before : before + 1;
    if (maxActiveKeys !== undefined && after > maxActiveKeys) throw capReached(maxActiveKeys);
    return after;
  }

  #takeTokens({ owner, address }: MintOrder): void {
    const { perUser, perAddress } = this.#in.limits;
    const buckets = [
      perUser && this.#bucket(userEntry(owner.userId), perUser),
      perAddress && address !== undefined && this.#bucket(addressEntry(address), perAddress),
    ].filter((bucket) => bucket instanceof TokenBucket);
    const empty = buckets.filter((bucket) => !bucket.hasToken);
    if (empty.length > 0) {
      throw new ServiceError('RATE_LIMITED', { retryAfter: Math.max(...empty.map((bucket) => bucket.retryAfter)) });
    }
    for (const bucket of buckets) bucket.take();
  }

  #bucket(entry: string, limit: RateLimit): TokenBucket {
    const known = this.#buckets.get(entry);
    if (known !== undefined) return known;
    const bucket = TokenBucket.read(this.#entries.get(entry) ?? '', limit, this.#now);
    this.#buckets.set(entry, bucket);
    return bucket;
  }
}

function full(limit: RateLimit | undefined, now: number): string {
  return limit === undefined ? '' : TokenBucket.full(limit, now);
}

/** The outcome of a repeat; its key may have been deleted since, and is not made once more. */
function replay(apiKey: ApiKey | undefined): MintOutcome | ServiceError {
  if (apiKey !== undefined) return { apiKey, replayed: true };
  const message = 'The key that this Idempotency-Key made has been deleted. Use a new value for a new key.';
  return new ServiceError('IDEMPOTENCY_KEY_REUSED', { message });
}

function refused(error: ServiceError): Verdict {
  return { kind: 'refused', error };
}
