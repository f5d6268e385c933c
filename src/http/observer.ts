import type { ServiceError } from '../base/errors.ts';

/** What is known of a request and may be told. Nothing in it is secret. */
export interface RequestFacts {
  /** In the answer as `X-Request-Id`. At most 64 plain characters, and never a credential. */
  readonly id: string;
  /** The IP address of the client; `undefined` where there is no socket, as for an injected request. */
  readonly address: string | undefined;
  /** The name of the endpoint at which the request arrived. */
  readonly endpoint: string;
  /** What was asked for, once that is known: a name that this project chose, never one of the caller's. */
  readonly operation: string | undefined;
  /** `OK`, or the code of the first error in the answer. */
  readonly code: string;
  /** The code of the first field at fault, or else of the error; `undefined` when nothing was refused. */
  readonly reason: string | undefined;
  /** Milliseconds since the request arrived. */
  readonly milliseconds: number;
}

/**
 * Is told of requests: a log, metrics. It is called on the path of a request, so it must not block
 * and must not throw, and what it is given must not be kept.
 */
export interface RequestObserver {
  /** A request was answered. */
  answered(request: RequestFacts, status: number): void;
  /** A failure that is not the caller's: the code of `error` has a status of 500 or more. */
  failed(request: RequestFacts, error: ServiceError): void;
}

/** The trace of one request: a span for the whole, and one for each step. */
export interface Trace {
  /** Runs a step. Steps nest as their calls do, and do not overlap otherwise. */
  during<T>(step: string, run: () => Promise<T>): Promise<T>;
  /** The request was answered. */
  end(request: RequestFacts, status: number): void;
}

/** Begins traces. */
export interface Tracing {
  /** @param traceparent the header of W3C Trace Context: whose request this one is a part of. */
  begin(request: RequestFacts, method: string, traceparent: string | null): Trace;
}

/** A request that is not traced. */
export const NO_TRACE: Trace = {
  during: (_step, run) => run(),
  end: () => undefined,
};

/** What there is without a place to send traces to. */
export const NO_TRACING: Tracing = { begin: () => NO_TRACE };
