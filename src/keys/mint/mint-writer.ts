import { AsyncResource } from 'node:async_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import { ServiceError, unavailable } from '../../base/errors.ts';
import type { MintOrder, MintOutcome } from './mint-order.ts';
import type { MintTransaction } from './mint-transaction.ts';

/** Most orders in one transaction: SQLite compiles no statement of many more rows. */
const MAX_BATCH = 64;
/** Orders that may wait. Past that the service is not keeping up, and refusing is kinder than growing. */
const MAX_WAITING = 2000;

interface Waiting {
  readonly order: MintOrder;
  readonly resolve: (outcome: MintOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes keys in the order in which they are asked for. Orders that arrive while a transaction is
 * under way share the next one, and so its commit, which is what a durable write costs. No answer
 * is given before the commit, and an order that cannot be written fails alone.
 */
export class MintWriter {
  readonly #transact: MintTransaction;
  readonly #waiting: Waiting[] = [];
  /** Transactions belong to no request: whatever a request carries along stays with it. */
  readonly #scope = new AsyncResource('MintWriter');
  #draining: Promise<void> | undefined;

  constructor(transact: MintTransaction) {
    this.#transact = transact;
  }

  /**
   * Writes one key.
   *
   * @throws ServiceError the refusal, or `SERVICE_UNAVAILABLE` when it could not be written in time.
   */
  submit(order: MintOrder): Promise<MintOutcome> {
    if (this.#waiting.length >= MAX_WAITING) return Promise.reject(unavailable());
    return new Promise((resolve, reject) => {
      this.#waiting.push({ order, resolve, reject });
      this.#draining ??= this.#scope.runInAsyncScope(() => this.#drain());
    });
  }

  /** Settles once everything that was submitted has been answered. */
  async idle(): Promise<void> {
    await this.#draining;
  }

  async #drain(): Promise<void> {
    // Whoever else arrives in this turn of the event loop comes along.
    await turn();
    while (this.#waiting.length > 0) {
      await this.#write(this.#waiting.splice(0, MAX_BATCH).filter(stillAwaited));
    }
    this.#draining = undefined;
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    const [first, ...others] = batch;
    if (first === undefined) return;
    try {
      const outcomes = await this.#transact(batch.map(({ order }) => order));
      for (const [index, waiting] of batch.entries()) settle(waiting, outcomes[index]);
    } catch (error) {
      // The transaction was rolled back: nothing of the batch is written.
      const awaited = batch.filter(stillAwaited);
      if (awaited.length < batch.length) return this.#write(awaited);
      if (others.length > 0 && isOfOneRow(error)) {
        for (const waiting of batch) await this.#write([waiting]);
      } else if (isDuplicate(error) && first.order.idempotent !== undefined) {
        // Another replica wrote the row of this very request first; now it can be seen.
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

/** Rejects who has waited for too long: their answer has been given, and nothing may be written any more. */
function stillAwaited({ order, reject }: Waiting): boolean {
  if (performance.now() < order.deadline) return true;
  reject(unavailable());
  return false;
}

/** Failures that one row causes, and the others would not have met. */
function isOfOneRow(error: unknown): boolean {
  return isDuplicate(error) || codeOf(error) === 'VALIDATION_FAILED';
}

function isDuplicate(error: unknown): boolean {
  return codeOf(error) === 'DUPLICATE_RECORD';
}

function codeOf(error: unknown): unknown {
  return (error as { readonly code?: unknown } | null | undefined)?.code;
}
