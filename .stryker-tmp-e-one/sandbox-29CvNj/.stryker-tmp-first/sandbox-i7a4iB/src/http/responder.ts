// @ts-nocheck
// 
import { Budget, DeadlineExceeded } from '../base/deadline.ts';
import { ServiceError, toServiceError, unavailable } from '../base/errors.ts';
import type { Answer } from './answer.ts';
import { arrived } from './arrived.ts';
import type { ClientAddressReader } from './client-address.ts';
import { optionsAnswer } from './cors.ts';
import type { Endpoint, EndpointRequest, Handler } from './endpoint.ts';
import { Exchange } from './exchange.ts';
import type { Load } from './load.ts';
import type { RequestObserver, Tracing } from './observer.ts';
import type { TrustedOrigins } from './origins.ts';
import { REQUEST_ID_HEADER } from './request-id.ts';
import { currentRequest, scopeOf } from './request-scope.ts';
import { seal } from './seal.ts';

export interface ResponderOptions {
  readonly clientAddress: ClientAddressReader;
  readonly origins: TrustedOrigins;
  readonly observer: RequestObserver;
  readonly tracing: Tracing;
  readonly load: Load;
  /** The time limit for one request, in milliseconds. */
  readonly databaseTimeoutMs: number;
  /** The most bytes of a body to read before handling. */
  readonly maxBodyBytes: number;
}

/** A request and its endpoint. */
export interface Arrival {
  readonly request: EndpointRequest;
  readonly endpoint: Endpoint;
  /** The path, as Hono matches it. */
  readonly path: string;
}

/** Handles what is common to all endpoints: every request has one exchange, one time limit and one response. */
export class Responder {
  readonly clientAddress: ClientAddressReader;
  readonly #options: ResponderOptions;

  constructor(options: ResponderOptions) {
    this.clientAddress = options.clientAddress;
    this.#options = options;
  }

  /** @param handler `undefined` while the kernel is not ready. */
  async respond({ request, endpoint, path }: Arrival, handler: Handler | undefined): Promise<Answer> {
    const { headers } = request;
    const { clientAddress, origins, observer, tracing, load, databaseTimeoutMs, maxBodyBytes } = this.#options;
    const below = path.slice(endpoint.path.length).replace(/\/$/, '');
    const methods = endpoint.methods(below);
    const budget = new Budget(databaseTimeoutMs);
    const { id, address } = currentRequest() ?? scopeOf(request, undefined, clientAddress);
    const exchange = new Exchange(
      {
        id,
        address,
        endpoint: endpoint.name,
        idempotencyKey: headers.get('idempotency-key'),
        budget,
      },
      observer,
    );
    exchange.trace = tracing.begin(exchange, request.method, headers.get('traceparent'));
    const refuse = async (error: ServiceError): Promise<Answer> => {
      exchange.failed(error);
      return endpoint.refuse(request, error);
    };
    const handle = async (): Promise<Answer> => {
      if (handler === undefined) return refuse(new ServiceError('SERVICE_UNAVAILABLE', { retryAfter: 1 }));
      const whole = await arrived(request, maxBodyBytes);
      const answerOrThrow = async (): Promise<Answer> => {
        assertAllowed(request.method, methods, endpoint);
        return budget.within(() => handler(whole, exchange, below));
      };
      return load.admit(
        { address, credential: credentialIn(request) },
        () => answered(answerOrThrow, refuse),
        () => refuse(unavailable()),
      );
    };
    const answer =
      request.method === 'OPTIONS' && methods !== undefined ? optionsAnswer(request, origins, methods) : await handle();
    answer.headers.set(REQUEST_ID_HEADER, exchange.id);
    if (exchange.replayed) answer.headers.set('Idempotency-Replayed', 'true');
    exchange.answered(answer.status);
    return seal(answer, request, origins);
  }
}

/** The raw credential header, used to count requests. */
function credentialIn({ headers }: EndpointRequest): string | null {
  return headers.get('x-api-key') ?? headers.get('authorization') ?? headers.get('cookie');
}

/** @throws ServiceError `NOT_FOUND`, or `METHOD_NOT_ALLOWED` with `Allow` (RFC 9110 section 15.5.6). */
function assertAllowed(method: string, methods: string | undefined, { nothingHere }: Endpoint): void {
  if (methods === undefined) throw new ServiceError('NOT_FOUND', { message: nothingHere });
  if (methods.split(', ').includes(method)) return;
  throw new ServiceError('METHOD_NOT_ALLOWED', {
    message: `This method is not allowed here. Use ${methods.replace(', OPTIONS', '').replaceAll(', ', ' or ')}.`,
    headers: { Allow: methods },
  });
}

/** Handlers should not throw. If one does, the error must not reach a handler of the host, which might log or send it. */
async function answered(
  answer: () => Promise<Answer>,
  refuse: (error: ServiceError) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await answer();
  } catch (error) {
    return refuse(error instanceof DeadlineExceeded ? unavailable(error) : toServiceError(error));
  }
}
