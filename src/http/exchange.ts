import type { ServiceError } from '../base/errors.ts';
import type { Events, KeyEvent } from '../observability/events.ts';
import { NO_TRACE, type Step, type Trace } from '../observability/tracing.ts';
import type { Budget } from './budget.ts';

export type EndpointName = 'graphql' | 'rest';

/** What an exchange is made of. */
export interface ExchangeOrigin {
  readonly id: string;
  readonly address: string | undefined;
  readonly endpoint: EndpointName;
  readonly idempotencyKey: string | null;
  readonly budget: Budget;
}

/**
 * One request on its way through the service: what its answer, its log lines, its metrics and its
 * audit events are joined by. It is handed on by hand, so that what needs it says so; code that the
 * platform calls has `currentRequest()` instead. Nothing in it was written by the caller, save for an
 * id that passed the check.
 */
export class Exchange {
  /** In the answer as `X-Request-Id`. At most 64 plain characters, and never a credential. */
  readonly id: string;
  /** The IP address of the client; `undefined` where there is no socket, as for an injected request. */
  readonly address: string | undefined;
  /** The `Idempotency-Key` header as it came, not checked yet. */
  readonly idempotencyKey: string | null;
  /** Set by the operation when its outcome is that of an earlier request; the answer then says so. */
  replayed = false;
  /** The endpoint at which the request arrived. */
  readonly endpoint: EndpointName;
  /** The field of the schema that was asked for, once that is known; never the caller's name for it. */
  operation: string | undefined;
  /** How much time there is for it. */
  readonly budget: Budget;
  /** Where the request is traced to. */
  trace: Trace = NO_TRACE;
  readonly #events: Events;
  readonly #start = performance.now();
  #code: string | undefined;
  #reason: string | undefined;

  constructor({ id, address, endpoint, idempotencyKey, budget }: ExchangeOrigin, events: Events) {
    this.id = id;
    this.address = address;
    this.endpoint = endpoint;
    this.idempotencyKey = idempotencyKey;
    this.budget = budget;
    this.#events = events;
  }

  /** `OK`, or the code of the first error in the answer. */
  get code(): string {
    return this.#code ?? 'OK';
  }

  /** The code of the first field at fault, or else of the error; `undefined` when nothing was refused. */
  get reason(): string | undefined {
    return this.#reason;
  }

  /** Milliseconds since the request arrived. */
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
    if (error.status >= 500) this.#events.failed(this, error);
  }

  /** Runs a step of the request, as a span of its trace. */
  during<T>(step: Step, run: () => Promise<T>): Promise<T> {
    return this.trace.during(step, run);
  }

  changed(key: KeyEvent): void {
    this.#events.changed(this, key);
  }

  answered(status: number): void {
    this.#events.answered(this, status);
    this.trace.end(this, status);
  }
}
