// @ts-nocheck
import type { Budget } from '../base/deadline.ts';
import type { ServiceError } from '../base/errors.ts';
import { NO_TRACE, type RequestFacts, type RequestObserver, type Trace } from './observer.ts';

/** The data of a new exchange. */
export interface ExchangeOrigin {
  readonly id: string;
  readonly address: string | undefined;
  readonly endpoint: string;
  readonly idempotencyKey: string | null;
  readonly budget: Budget;
}

/**
 * One request and its response: it links the response, log lines, metrics and audit events. It is
 * passed explicitly, so that signatures show who needs it; code called by the platform uses
 * `currentRequest()` instead. Nothing in it comes from the caller, except for an id that passed its check.
 */
export class Exchange implements RequestFacts {
  readonly id: string;
  readonly address: string | undefined;
  /** The raw `Idempotency-Key` header, not validated yet. */
  readonly idempotencyKey: string | null;
  /** The operation sets this if its result is that of an earlier request; the response then says so. */
  replayed = false;
  readonly endpoint: string;
  operation: string | undefined;
  /** The time limit for the request. */
  readonly budget: Budget;
  /** The trace of the request. */
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

  /** The response contains this error code. */
  refused(code: string, reason: string = code): void {
    this.#code ??= code;
    this.#reason ??= reason;
  }

  /** The response contains this error. */
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
