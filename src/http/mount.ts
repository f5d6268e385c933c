import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context, Hono } from 'hono';
import { DeadlineExceeded } from '../base/deadline.ts';
import { ServiceError, toServiceError, unavailable } from '../base/errors.ts';
import type { Events } from '../observability/events.ts';
import type { Tracing } from '../observability/tracing.ts';
import { errorAnswer } from '../rest/envelope.ts';
import type { Answer } from './answer.ts';
import { arrived } from './arrived.ts';
import { Budget } from './budget.ts';
import type { ClientAddressReader } from './client-address.ts';
import { CORS_HEADERS, optionsAnswer } from './cors.ts';
import type { EndpointRequest, Handler } from './endpoint.ts';
import { type EndpointName, Exchange } from './exchange.ts';
import type { Load } from './load.ts';
import { NodeRequest, send } from './node.ts';
import type { TrustedOrigins } from './origins.ts';
import { REQUEST_ID_HEADER } from './request-id.ts';
import { currentRequest, scopeOf, scopeRequests, withinRequest } from './request-scope.ts';
import { seal } from './seal.ts';
import { WebRequest, webResponse } from './web.ts';

/** Hono's environment is handed in by the process, never by a request: what is in it cannot be forged. */
const PROBE = Symbol('which handler answers');
interface ProbeEnv {
  [PROBE]?: { answeredBy?: Endpoints };
}

/** Answers a request of `node:http` and returns `true`, or returns `false` and has not touched it. */
export type DirectHandler = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

/** Who is told of the requests. */
export interface Observers {
  readonly events: Events;
  readonly tracing: Tracing;
}

/** An endpoint, its name, and where it is. */
export interface Endpoint {
  readonly name: EndpointName;
  readonly path: string;
  /**
   * The methods it answers at a path below its own (`''` for its own), as `Allow` lists them;
   * `undefined` where there is nothing.
   */
  readonly methods: (below: string) => string | undefined;
  readonly answer: Handler;
  /** An error in the shape in which this endpoint tells of errors. */
  readonly refuse: (request: EndpointRequest, error: ServiceError) => Answer;
}

export interface EndpointLimits {
  /** How long the service may take for one request, in milliseconds. */
  readonly deadline: number;
  /** Bytes of a body that are waited for. */
  readonly bodyBytes: number;
}

/**
 * The two endpoints at their paths on a Hono app. Everything below them is owned too: the platform has
 * a permissive `POST /keys` of its own, and a path that this service left over would reach it.
 */
export class Endpoints {
  readonly #endpoints: readonly Endpoint[];
  readonly #clientAddress: ClientAddressReader;
  readonly #origins: TrustedOrigins;
  readonly #observers: Observers;
  readonly #load: Load;
  readonly #limits: EndpointLimits;
  #open = false;

  constructor(
    endpoints: readonly Endpoint[],
    clientAddress: ClientAddressReader,
    origins: TrustedOrigins,
    observers: Observers,
    load: Load,
    limits: EndpointLimits,
  ) {
    this.#endpoints = endpoints;
    this.#clientAddress = clientAddress;
    this.#origins = origins;
    this.#observers = observers;
    this.#load = load;
    this.#limits = limits;
  }

  /** Registers the handlers. Hono serves the one that was registered first. */
  mount(app: Hono): void {
    for (const endpoint of this.#endpoints) {
      const handle = (context: Context): Promise<Response> => this.#answer(context, endpoint);
      app.all(endpoint.path, handle);
      app.all(`${endpoint.path}/*`, handle);
    }
    // A CORS middleware of the host answers preflights by its own rules, before any route; the
    // platform's trusts every page on localhost, and unless it is configured every page there is.
    const { fetch } = app;
    app.fetch = async (request, ...rest) => {
      const path = decoded(new URL(request.url).pathname);
      const endpoint = request.method === 'OPTIONS' ? this.#endpointAt(path) : undefined;
      if (endpoint === undefined) return fetch(request, ...rest);
      return webResponse(await this.#respond(new WebRequest(request), endpoint, path));
    };
    scopeRequests(app, this.#clientAddress);
  }

  /**
   * Answers a request of `node:http` as the app would, if it is a POST to the very path of an endpoint.
   * Everything else is left to the app.
   *
   * @returns whether it answers.
   */
  answerDirectly(incoming: IncomingMessage, outgoing: ServerResponse): boolean {
    if (incoming.method !== 'POST') return false;
    const endpoint = this.#endpoints.find(({ path }) => path === incoming.url);
    if (endpoint === undefined) return false;
    const request = new NodeRequest(incoming);
    const scope = scopeOf(request, incoming.socket.remoteAddress, this.#clientAddress);
    const answer = withinRequest(scope, () => this.#respond(request, endpoint, endpoint.path));
    // What cannot be sent is not told to anybody else: an unhandled rejection would end the process.
    answer.then((made) => send(made, incoming, outgoing)).catch(() => outgoing.destroy());
    return true;
  }

  /** Lets requests in, once the proof has been made. */
  open(): void {
    this.#open = true;
  }

  /**
   * Asks the app itself which handler answers, for each way of writing each path.
   *
   * @throws Error when it is another one, with what to do about it. The kernel then does not start.
   */
  async prove(app: Hono): Promise<void> {
    for (const { path } of this.#endpoints) {
      for (const spelling of spellings(path)) {
        const probe: NonNullable<ProbeEnv[typeof PROBE]> = {};
        const env: ProbeEnv = { [PROBE]: probe };
        await app.request(`http://localhost${spelling}`, { method: 'POST' }, env);
        if (probe.answeredBy !== this) throw new WrongHandlerError(spelling);
      }
    }
  }

  #endpointAt(pathname: string): Endpoint | undefined {
    return this.#endpoints.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`));
  }

  async #answer(context: Context, endpoint: Endpoint): Promise<Response> {
    const env = context.env as ProbeEnv | undefined;
    const probe = env?.[PROBE];
    if (probe !== undefined) {
      probe.answeredBy = this;
      return context.body(null, 204);
    }
    // Hono decodes what it matches, so that no spelling of a path is another path.
    const request = new WebRequest(context.req.raw);
    const response = webResponse(await this.#respond(request, endpoint, context.req.path));
    // What a middleware of the host has prepared would win over the headers of the answer.
    for (const name of [...CORS_HEADERS, ...response.headers.keys()]) context.header(name, undefined);
    return response;
  }

  async #respond(request: EndpointRequest, endpoint: Endpoint, path: string): Promise<Answer> {
    const { headers } = request;
    const below = path.slice(endpoint.path.length).replace(/\/$/, '');
    const methods = endpoint.methods(below);
    const answerAt = methods === undefined ? nothingHere : endpoint.answer;
    const refuse = async (error: ServiceError): Promise<Answer> => {
      exchange.failed(error);
      return endpoint.refuse(request, error);
    };
    const budget = new Budget(this.#limits.deadline);
    const { id, address } = currentRequest() ?? scopeOf(request, undefined, this.#clientAddress);
    const exchange = new Exchange(
      {
        id,
        address,
        endpoint: endpoint.name,
        idempotencyKey: headers.get('idempotency-key'),
        budget,
      },
      this.#observers.events,
    );
    exchange.trace = this.#observers.tracing.begin(exchange, request.method, headers.get('traceparent'));
    const answer =
      request.method === 'OPTIONS' && methods !== undefined
        ? optionsAnswer(request, this.#origins, methods)
        : !this.#open
          ? await refuse(new ServiceError('SERVICE_UNAVAILABLE', { retryAfter: 1 }))
          : await this.#admit(
              await arrived(request, this.#limits.bodyBytes),
              address,
              (whole) => answered(() => budget.within(() => answerAt(whole, exchange, below)), refuse),
              () => refuse(unavailable()),
            );
    answer.headers.set(REQUEST_ID_HEADER, exchange.id);
    if (exchange.replayed) answer.headers.set('Idempotency-Replayed', 'true');
    exchange.answered(answer.status);
    return seal(answer, request, this.#origins);
  }

  #admit(
    request: EndpointRequest,
    address: string | undefined,
    answer: (request: EndpointRequest) => Promise<Answer>,
    refuse: () => Promise<Answer>,
  ): Promise<Answer> {
    const { headers } = request;
    const credential = headers.get('x-api-key') ?? headers.get('authorization') ?? headers.get('cookie');
    return this.#load.admit({ address, credential }, () => answer(request), refuse);
  }
}

/** Another plugin answers at a path of this one. */
export class WrongHandlerError extends Error {
  override readonly name = 'WrongHandlerError';

  constructor(path: string) {
    super(
      `ApiKeysPlugin: POST ${path} is answered by another plugin, which would mint keys without the checks of this one. ` +
        'Register ApiKeysPlugin before every other plugin that mounts this path: right after HonoServerPlugin, ' +
        'and in any case before createDispatcherPlugin().',
    );
  }
}

/** Endpoints do not throw. Should one, its error must not reach a handler of the host, which may print or send it. */
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

const nothingHere: Handler = async (_request, exchange) => {
  const error = new ServiceError('NOT_FOUND');
  exchange.failed(error);
  return errorAnswer(error);
};

/** A path as Hono compares it: percent-encoding undone where that can be done. */
function decoded(pathname: string): string {
  try {
    return decodeURI(pathname);
  } catch {
    return pathname;
  }
}

/** A path as it is, with a trailing slash, with a query string, and with a letter percent-encoded. */
function spellings(path: string): string[] {
  const last = path.lastIndexOf('/') + 1;
  const letter = path.charCodeAt(last).toString(16).toUpperCase();
  const encoded = `${path.slice(0, last)}%${letter}${path.slice(last + 1)}`;
  return [path, `${path}/`, `${path}?probe=1`, `${path}/?probe=1`, encoded, `${encoded}/`];
}
