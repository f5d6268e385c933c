import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context, Hono } from 'hono';
import { CORS_HEADERS } from './cors.ts';
import type { Endpoint, Handler } from './endpoint.ts';
import { NodeRequest, send } from './node.ts';
import { probeIn, proveOwnership } from './ownership.ts';
import { scopeOf, scopeRequests, withinRequest } from './request-scope.ts';
import type { Arrival, Responder } from './responder.ts';
import { WebRequest, webResponse } from './web.ts';

/** Answers a request of `node:http` and returns `true`, or returns `false` and has not touched it. */
export type DirectHandler = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

/**
 * Endpoints at their paths on a Hono app. Everything below them is owned too: a path that this
 * service left over would reach whatever else is mounted there.
 *
 * Routes are mounted early, to be first, and what answers on them needs a kernel that is ready. Until
 * {@link open} requests are answered with 503.
 */
export class Endpoints<Name extends string> {
  readonly #endpoints: readonly Endpoint<Name>[];
  readonly #responder: Responder;
  #handlers: Readonly<Record<Name, Handler>> | undefined;

  constructor(endpoints: readonly Endpoint<Name>[], responder: Responder) {
    this.#endpoints = endpoints;
    this.#responder = responder;
  }

  /** Registers the routes. Hono serves the handler that was registered first. */
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
      return webResponse(await this.#respond({ request: new WebRequest(request), endpoint, path }));
    };
    scopeRequests(app, this.#responder.clientAddress);
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
    const scope = scopeOf(request, incoming.socket.remoteAddress, this.#responder.clientAddress);
    const answer = withinRequest(scope, () => this.#respond({ request, endpoint, path: endpoint.path }));
    // What cannot be sent is not told to anybody else: an unhandled rejection would end the process.
    answer.then((made) => send(made, incoming, outgoing)).catch(() => outgoing.destroy());
    return true;
  }

  /**
   * Proves that the app answers at these paths with these endpoints, however the paths are written.
   *
   * @throws WrongHandlerError
   */
  async prove(app: Hono): Promise<void> {
    const paths = this.#endpoints.map(({ path }) => path);
    await proveOwnership(app, this, paths);
  }

  /** Lets requests in, once the proof has been made. */
  open(handlers: Readonly<Record<Name, Handler>>): void {
    this.#handlers = handlers;
  }

  #endpointAt(pathname: string): Endpoint<Name> | undefined {
    return this.#endpoints.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`));
  }

  async #answer(context: Context, endpoint: Endpoint<Name>): Promise<Response> {
    const probe = probeIn(context.env);
    if (probe !== undefined) {
      probe.answeredBy = this;
      return context.body(null, 204);
    }
    // Hono decodes what it matches, so that no spelling of a path is another path.
    const { raw, path } = context.req;
    const response = webResponse(await this.#respond({ request: new WebRequest(raw), endpoint, path }));
    // What a middleware of the host has prepared would win over the headers of the answer.
    for (const name of [...CORS_HEADERS, ...response.headers.keys()]) context.header(name, undefined);
    return response;
  }

  #respond(arrival: Arrival & { readonly endpoint: Endpoint<Name> }): ReturnType<Responder['respond']> {
    return this.#responder.respond(arrival, this.#handlers?.[arrival.endpoint.name]);
  }
}

/** A path as Hono compares it: percent-encoding undone where that can be done. */
function decoded(pathname: string): string {
  try {
    return decodeURI(pathname);
  } catch {
    return pathname;
  }
}
