// @ts-nocheck
import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { withDeadline } from '../base/deadline.ts';
import { ServiceError } from '../base/errors.ts';
import { VERSION } from '../base/version.ts';
import type { RequestFacts, Trace, Tracing } from '../http/observer.ts';

/** The destination of traces. */
export interface TracingOptions {
  /** The URL of an OTLP/HTTP receiver, without `/v1/traces`. */
  readonly endpoint: string;
  readonly serviceName: string;
  /** The share of traces starting here that is kept, from 0 to 1. */
  readonly sampleRatio: number;
}

/**
 * Sends traces over OTLP/HTTP. This module is loaded only if a receiver is configured.
 *
 * Spans are passed along with the request instead of through OpenTelemetry's context manager, which is
 * an `AsyncLocalStorage`. All text in spans comes from this project. Exceptions are not recorded, because
 * their messages may contain statements. Of the caller's headers, only the two ids in `traceparent` are
 * used (`tracestate` is free text).
 */
export class OpenTelemetry implements Tracing {
  readonly #provider: TracerProvider;
  readonly #tracer: Tracer;

  constructor({ endpoint, serviceName, sampleRatio }: TracingOptions) {
    this.#provider = new TracerProvider({
      resource: resourceFromAttributes({ 'service.name': serviceName, 'service.version': VERSION }),
      sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampleRatio) }),
      spanProcessors: [
        new BatchSpanProcessor({
          exporter: new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` }),
        }),
      ],
    });
    this.#tracer = this.#provider.getTracer('objectstack-api-keys', VERSION);
  }

  begin(request: RequestFacts, method: string, traceparent: string | null): Trace {
    const remote = traceparent === null ? null : parseTraceParent(traceparent);
    const parent = remote === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...remote, isRemote: true });
    const span = this.#tracer.startSpan(
      'request',
      {
        kind: SpanKind.SERVER,
        attributes: {
          'http.request.method': METHODS.has(method) ? method : '_OTHER',
          'api_keys.endpoint': request.endpoint,
          'api_keys.request_id': request.id,
        },
      },
      parent,
    );
    return new RequestTrace(this.#tracer, span);
  }

  /** Sends what is left. */
  async shutdown(): Promise<void> {
    // An unreachable collector must not delay the exit; the exporter itself would retry for longer.
    await withDeadline(this.#provider.shutdown(), SHUTDOWN_TIMEOUT).catch(() => undefined);
  }
}

/** The time limit for sending the last traces, in milliseconds. */
const SHUTDOWN_TIMEOUT = 2000;

/** A method may be any word (RFC 9110 section 9.1), even a secret. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

class RequestTrace implements Trace {
  readonly #tracer: Tracer;
  readonly #span: Span;
  #current: Context;

  constructor(tracer: Tracer, span: Span) {
    this.#tracer = tracer;
    this.#span = span;
    this.#current = trace.setSpan(ROOT_CONTEXT, span);
  }

  async during<T>(step: string, run: () => Promise<T>): Promise<T> {
    const outer = this.#current;
    const span = this.#tracer.startSpan(step, DATABASE_STEPS.has(step) ? { kind: SpanKind.CLIENT } : {}, outer);
    this.#current = trace.setSpan(outer, span);
    try {
      return await run();
    } catch (error) {
      span.setAttribute('error.type', error instanceof ServiceError ? error.code : 'INTERNAL_ERROR');
      if (!(error instanceof ServiceError) || error.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
      this.#current = outer;
    }
  }

  end(request: RequestFacts, status: number): void {
    const { operation, code } = request;
    if (operation !== undefined) {
      this.#span.updateName(operation);
      this.#span.setAttribute('api_keys.operation', operation);
    }
    this.#span.setAttributes({ 'api_keys.code': code, 'http.response.status_code': status });
    if (status >= 500) this.#span.setStatus({ code: SpanStatusCode.ERROR });
    this.#span.end();
  }
}

const DATABASE_STEPS: ReadonlySet<string> = new Set(['database insert']);
