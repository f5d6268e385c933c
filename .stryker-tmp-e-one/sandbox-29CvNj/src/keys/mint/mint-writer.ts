// @ts-nocheck
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
  readonly #waiting: Waiting[] = [];
  /** A transaction belongs to no single request, so it must not run in the async context of one. */
  readonly #scope = new AsyncResource('MintWriter');
  #draining: Promise<void> | undefined;
  /** The requests of mints that have begun and whose order has not arrived. */
  readonly #begun = new Set<object>();

  constructor(transact: MintTransaction) {
    this.#transact = transact;
  }

  /** Runs a mint, from its beginning to its end. Its order may come at any time in between, or not at all. */
  async expecting<T>(request: object, mint: () => Promise<T>): Promise<T> {
    this.#begun.add(request);
    try {
      return await mint();
    } finally {
      this.#begun.delete(request);
    }
  }

  /**
   * Writes one key.
   *
   * @param request the one that {@link expecting} was told of.
   * @throws ServiceError if the order is rejected, or `SERVICE_UNAVAILABLE` if it could not be written in time.
   */
  submit(order: MintOrder, request: object = order): Promise<MintOutcome> {
    this.#begun.delete(request);
    if (this.#waiting.length >= MAX_WAITING) return Promise.reject(unavailable());
    return new Promise((resolve, reject) => {
      this.#waiting.push({ order, resolve, reject });
      this.#draining ??= this.#scope.runInAsyncScope(() => this.#drain());
    });
  }

  /** Resolves when all submitted orders have settled. */
  async idle(): Promise<void> {
    await this.#draining;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#gather();
      await this.#write(this.#waiting.splice(0, MAX_BATCH).filter(stillAwaited));
    }
    this.#draining = undefined;
  }

  /** Waits for the other orders of this turn, and for those that will come soon. */
  async #gather(): Promise<void> {
    for (let turns = 0; turns === 0 || (turns < MAX_TURNS && this.#begun.size > 0); turns += 1) {
      if (this.#waiting.length >= MAX_BATCH) return;
      await turn();
    }
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    const [first, ...others] = batch;
    if (first === undefined) return;
    try {
      const outcomes = await this.#transact(batch.map(({ order }) => order));
      for (const [index, waiting] of batch.entries()) settle(waiting, outcomes[index]);
    } catch (error) {
      // The transaction was rolled back, so nothing of the batch was written.
      const awaited = batch.filter(stillAwaited);
      if (awaited.length < batch.length) return this.#write(awaited);
      if (others.length > 0 && isOfOneRow(error)) {
        for (const waiting of batch) await this.#write([waiting]);
      } else if (isDuplicate(error) && first.order.idempotent !== undefined) {
        // Another replica wrote the row of the same request first; now it is visible.
        await this.#replay(first);
      } else {
        for (const { reject } of batch) reject(error instanceof ServiceError ? error : unavailable(error));
      }
    }
  }

  async #replay(waiting: Waiting): Promise<void> {
    try {
      const [outcome] = await this.#transact([waiting.order]);
      settle(waiting, outcome);
    } catch (error) {
      if (isDuplicate(error) && !waiting.order.isForgotten) return this.#remake(waiting);
      waiting.reject(unavailable(error));
    }
  }

  /** It was made longer ago than requests are remembered, and so it is a new one. */
  async #remake({ order, resolve, reject }: Waiting): Promise<void> {
    return this.#replay({ order: { ...order, isForgotten: true }, resolve, reject });
  }
}

function settle({ resolve, reject }: Waiting, outcome: MintOutcome | ServiceError | undefined): void {
  if (outcome === undefined) reject(new Error('an order without an outcome'));
  else if (outcome instanceof ServiceError) reject(outcome);
  else resolve(outcome);
}

/** Whether an order is within its deadline. If not, rejects it: it must not be written any more. */
function stillAwaited({ order, reject }: Waiting): boolean {
  if (performance.now() < order.deadline) return true;
  reject(unavailable());
  return false;
}

/** Whether a single row caused a failure, so that the other rows could still be written. */
function isOfOneRow(error: unknown): boolean {
  return isDuplicate(error) || codeOf(error) === 'VALIDATION_FAILED';
}

function isDuplicate(error: unknown): boolean {
  return codeOf(error) === 'DUPLICATE_RECORD';
}

function codeOf(error: unknown): unknown {
  return (error as { readonly code?: unknown } | null | undefined)?.code;
}
