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
import { assertInFuture } from './mint-rules.ts';
import { writeKeys } from './write-keys.ts';

/** Writes a batch of keys in one transaction. Returns a result or an error for each order, in the same sequence. */
export type MintTransaction = (orders: readonly MintOrder[]) => Promise<(MintOutcome | ServiceError)[]>;

type Verdict =
  | { readonly kind: 'accepted'; readonly order: MintOrder }
  | { readonly kind: 'repeat'; readonly keyId: string }
  | { readonly kind: 'refused'; readonly error: ServiceError };

/**
 * The transaction that writes keys. Under one lock it counts limits, applies the policies of
 * organizations, finds repeats, ends the old key of a rotation and writes the rows. It writes all or nothing.
 */
export function mintTransaction(writing: KeyWriting): MintTransaction {
  const { engine, ledger } = writing;
  return (orders) =>
    committed(engine, API_KEY_OBJECT, async (context) => {
      const batch = await Batch.open({ ...writing, context }, orders);
      for (const order of orders) await batch.decide(order);
      const outcomes = await batch.write();
      await ledger.assertCommittable(context.transaction);
      // An order past its deadline has been answered with 503 and must not be written.
      if (orders.some(({ deadline }) => performance.now() >= deadline)) throw unavailable();
      return outcomes;
    });
}

/** The orders of one transaction, and the data read under its lock. */
class Batch {
  readonly #in: KeyTransaction;
  readonly #allowance: Allowance;
  readonly #policies: HeldPolicies;
  readonly #changed = new Map<string, string>();
  readonly #verdicts: Verdict[] = [];

  private constructor(transaction: KeyTransaction, allowance: Allowance, policies: HeldPolicies) {
    this.#in = transaction;
    this.#allowance = allowance;
    this.#policies = policies;
  }

  static async open(transaction: KeyTransaction, orders: readonly MintOrder[]): Promise<Batch> {
    const others = orders.flatMap(({ idempotent, replaces }) => [
      ...(idempotent ? [requestEntry(idempotent.keyId)] : []),
      ...(replaces ? [replacedEntry(replaces.id)] : []),
    ]);
    const allowance = await Allowance.open(transaction, orders.map(claimOf), others);
    const organizations = orders.flatMap(({ owner }) => owner.organizationId ?? []);
    const policies = await transaction.policies.hold(transaction.context.transaction, organizations);
    return new Batch(transaction, allowance, policies);
  }

  /** Decides on an order as if the orders before it had been written. */
  async decide(order: MintOrder): Promise<void> {
    this.#verdicts.push(this.#repeated(order) ?? (await this.#admitted(order)));
  }

  /** Writes the accepted orders and reads the keys of repeats. */
  async write(): Promise<(MintOutcome | ServiceError)[]> {
    const { engine, ledger, context } = this.#in;
    const orders = this.#verdicts.flatMap((verdict) => (verdict.kind === 'accepted' ? [verdict.order] : []));
    const written = await writeKeys(this.#in, orders, this.#allowance.now);
    for (const [entry, value] of this.#allowance.changes()) this.#changed.set(entry, value);
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
    const remembered = this.#allowance.entries.get(requestEntry(idempotent.keyId));
    if (remembered === undefined) return undefined;
    const { fingerprint, keyId } = readRequest(remembered, idempotent);
    if (fingerprint === idempotent.fingerprint) return { kind: 'repeat', keyId };
    return refused(new ServiceError('IDEMPOTENCY_KEY_REUSED'));
  }

  async #admitted(order: MintOrder): Promise<Verdict> {
    const { idempotent, replaces } = order;
    let settled = order;
    try {
      if (replaces !== undefined) await this.#assertReplaceable(replaces, order.owner.userId);
      if (order.isForgotten) settled = await this.#withFreeId(order);
      settled = { ...settled, expiresAt: this.#expiryOf(order) };
      assertInFuture(settled.expiresAt, this.#allowance.now);
      // A key that ends immediately makes room for its replacement.
      this.#allowance.take(claimOf(order), replaces?.overlap === 0 ? 0 : 1);
    } catch (error) {
      if (error instanceof ServiceError) return refused(error);
      throw error;
    }
    if (idempotent !== undefined) this.#note(requestEntry(idempotent.keyId), writtenRequest(idempotent, settled));
    if (replaces !== undefined) {
      const entry = replacedEntry(replaces.id);
      // A key that ends immediately may be restored and replaced again, but not twice in this transaction.
      if (replaces.overlap === 0) this.#allowance.entries.set(entry, '');
      else this.#note(entry, '');
    }
    return { kind: 'accepted', order: settled };
  }

  /** An id that follows from those that are taken: two replicas that look for one find the same, and one of them writes. */
  async #withFreeId(order: MintOrder): Promise<MintOrder> {
    if (order.idempotent === undefined) return order;
    const { engine, context } = this.#in;
    for (let { keyId } = order.idempotent; ; ) {
      const [row] = await engine.find(API_KEY_OBJECT, { where: { id: keyId }, limit: 1, context });
      if (row === undefined) return { ...order, idempotent: { ...order.idempotent, keyId } };
      keyId = nextKeyId(keyId, toApiKey(row).createdAt);
    }
  }

  /** The expiry that the policy in force allows. @throws ServiceError `POLICY_VIOLATION` */
  #expiryOf(order: MintOrder): Date | undefined {
    const { owner, administers, replaces } = order;
    const policy = this.#policies.of(owner.organizationId);
    assertAllowed(policy, order, administers);
    const wanted = { ...order, isReplacement: replaces !== undefined };
    return expiryUnderPolicy(policy, this.#in.limits, wanted, this.#allowance.now);
  }

  #note(entry: string, value: string): void {
    this.#allowance.entries.set(entry, value);
    this.#changed.set(entry, value);
  }

  async #assertReplaceable({ id, carries }: Replacement, userId: string): Promise<void> {
    const { engine, context } = this.#in;
    const [row] = await engine.find(API_KEY_OBJECT, { where: { id, user_id: userId }, limit: 1, context });
    if (row === undefined) throw noSuchKey();
    // A key in its overlap has already been replaced.
    if (statusOf(toApiKey(row), this.#allowance.now) !== 'ACTIVE' || this.#allowance.entries.has(replacedEntry(id))) {
      throw new ServiceError('KEY_NOT_ACTIVE');
    }
    const [detail = {}] = await engine.find(API_KEY_DETAIL_OBJECT, { where: { id }, limit: 1, context });
    // The key has changed since it was read. A retry uses its new values.
    if (carriedOver(toApiKey(row), toApiKeyDetail(detail)) !== carries) throw unavailable();
  }
}

function claimOf({ owner, address, replaces }: MintOrder): Claim {
  return { userId: owner.userId, address, locksUser: replaces !== undefined };
}

/** The result of a repeat. If its key has been deleted, it is not created again. */
function replay(apiKey: ApiKey | undefined): MintOutcome | ServiceError {
  if (apiKey !== undefined) return { apiKey, replayed: true };
  const message = 'The key created with this Idempotency-Key has been deleted. Use a new value to create another key.';
  return new ServiceError('IDEMPOTENCY_KEY_REUSED', { message });
}

/** What is remembered of a request: its fingerprint, and the id of its key where that is not the usual one. */
function writtenRequest({ keyId, fingerprint }: IdempotentRequest, { idempotent }: MintOrder): string {
  return idempotent === undefined || idempotent.keyId === keyId ? fingerprint : `${fingerprint} ${idempotent.keyId}`;
}

function readRequest(remembered: string, { keyId: usual }: IdempotentRequest): IdempotentRequest {
  const [fingerprint = '', keyId = usual] = remembered.split(' ');
  return { fingerprint, keyId };
}

function refused(error: ServiceError): Verdict {
  return { kind: 'refused', error };
}
