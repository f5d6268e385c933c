import type { Exchange } from '../http/exchange.ts';

/** The steps of a request that have a span of their own. */
export type Step = 'authenticate' | 'mint' | 'database insert';

/** The trace of one request: a span for the whole, and one for each step. */
export interface Trace {
  /** Runs a step. Steps nest as their calls do, and do not overlap otherwise. */
  during<T>(step: Step, run: () => Promise<T>): Promise<T>;
  /** The request was answered. */
  end(exchange: Exchange, status: number): void;
}

/** Begins traces. */
export interface Tracing {
  /** @param traceparent the header of W3C Trace Context: whose request this one is a part of. */
  begin(exchange: Exchange, method: string, traceparent: string | null): Trace;
}

/** A request that is not traced. */
export const NO_TRACE: Trace = {
  during: (_step, run) => run(),
  end: () => undefined,
};

/** What there is without a place to send traces to. */
export const NO_TRACING: Tracing = { begin: () => NO_TRACE };
