// @ts-nocheck
// 
import type { ServiceError } from '../base/errors.ts';

/** The facts about a request that may be logged. None of them is secret. */
export interface RequestFacts {
  /** The `X-Request-Id` of the response. At most 64 plain characters, and never a credential. */
  readonly id: string;
  /** The IP address of the client; `undefined` without a socket, as for an injected request. */
  readonly address: string | undefined;
  /** The name of the endpoint. */
  readonly endpoint: string;
  /** The operation, once it is known: always a name from this project, never one from the caller. */
  readonly operation: string | undefined;
  /** `OK`, or the code of the first error in the response. */
  readonly code: string;
  /** The code of the first invalid field, or else of the error; `undefined` if the request succeeded. */
  readonly reason: string | undefined;
  /** Milliseconds since the request arrived. */
  readonly milliseconds: number;
}

/**
 * Observes requests, for logs and metrics. It is called while a request is handled, so it must not
 * block, throw, or keep what it receives.
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

/** Tracing that does nothing. */
export const NO_TRACING: Tracing = { begin: () => NO_TRACE };
