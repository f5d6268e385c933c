import type { Budget } from '../base/deadline.ts';
import type { ServiceError } from '../base/errors.ts';
import { NO_TRACE, type RequestFacts, type RequestObserver, type Trace } from './observer.ts';

/** What an exchange is made of. */
export interface ExchangeOrigin {
  readonly id: string;
  readonly address: string | undefined;
  readonly endpoint: string;
  readonly idempotencyKey: string | null;
  readonly budget: Budget;
}

/**
 * One request on its way through the service: what its answer, its log lines, its metrics and its
 * audit events are joined by. It is handed on by hand, so that what needs it says so; code that the
 * platform calls has `currentRequest()` instead. Nothing in it was written by the caller, save for an
 * id that passed the check.
 */
export class Exchange implements RequestFacts {
  readonly id: string;
  readonly address: string | undefined;
  /** The `Idempotency-Key` header as it came, not checked yet. */
  readonly idempotencyKey: string | null;
  /** Set by the operation when its outcome is that of an earlier request; the answer then says so. */
  replayed = false;
  readonly endpoint: string;
  operation: string | undefined;
  /** How much time there is for it. */
  readonly budget: Budget;
  /** Where the request is traced to. */
  trace: Trace = NO_TRACE;
  readonly #observer: RequestObserver;
  readonly #start = performance.now();
  #code: string | undefined;
  #reason: string | undefined;

  constructor({ id, address, endpoint, idempotencyKey, budget }: ExchangeOrigin, observer: RequestObserver) {
    this.id = id;
    this.address = address;
    this.endpoint = endpoint;
    this.idempotencyKey = idempotencyKey;
    this.budget = budget;
    this.#observer = observer;
  }

  get code(): string {
    return this.#code ?? 'OK';
  }

  get reason(): string | undefined {
    return this.#reason;
  }

  get milliseconds(): number {
    return performance.now() - this.#start;
  }

  /** The answer holds this code of an error. */
  refused(code: string, reason: string = code): void {
    this.#code ??= code;
    this.#reason ??= reason;
  }

  /** The answer holds this error. */
  failed(error: ServiceError): void {
    this.refused(error.code, error.fields?.[0]?.code);
    if (error.status >= 500) this.#observer.failed(this, error);
  }

  /** Runs a step of the request, as a span of its trace. */
  during<T>(step: string, run: () => Promise<T>): Promise<T> {
    return this.trace.during(step, run);
  }

  answered(status: number): void {
    this.#observer.answered(this, status);
    this.trace.end(this, status);
  }
}
