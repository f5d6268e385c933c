// @ts-nocheck
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context, Hono } from 'hono';
import { CORS_HEADERS } from './cors.ts';
import type { Endpoint, Handler } from './endpoint.ts';
import { NodeRequest, send } from './node.ts';
import { probeIn, proveOwnership } from './ownership.ts';
import { scopeOf, scopeRequests, withinRequest } from './request-scope.ts';
import type { Arrival, Responder } from './responder.ts';
import { WebRequest, webResponse } from './web.ts';

/** Handles a request of `node:http` and returns `true`, or returns `false` and leaves it untouched. */
export type DirectHandler = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

/**
 * Mounts endpoints on a Hono app, together with every path below them: a path that this service did not
 * handle would reach whatever else is mounted there.
 *
 * The routes are mounted early, to come first, but their handlers need a ready kernel. Until
 * {@link open} is called, every request gets a 503.
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
    // A CORS middleware of the host answers preflights by its own rules, before any route. The platform's
    // middleware trusts every page on localhost and, unless configured, every page anywhere.
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
   * Handles a request of `node:http` like the app would, if it is a POST to the exact path of an
   * endpoint. All other requests are left to the app.
   *
   * @returns whether it handles the request.
   */
  answerDirectly(incoming: IncomingMessage, outgoing: ServerResponse): boolean {
    if (incoming.method !== 'POST') return false;
    const endpoint = this.#endpoints.find(({ path }) => path === incoming.url);
    if (endpoint === undefined) return false;
    const request = new NodeRequest(incoming);
    const scope = scopeOf(request, incoming.socket.remoteAddress, this.#responder.clientAddress);
    const answer = withinRequest(scope, () => this.#respond({ request, endpoint, path: endpoint.path }));
    // Nothing else handles a failure to send, and an unhandled rejection would end the process.
    answer.then((made) => send(made, incoming, outgoing)).catch(() => outgoing.destroy());
    return true;
  }

  /**
   * Checks that these endpoints answer at their paths in the app, in every spelling of the paths.
   *
   * @throws WrongHandlerError
   */
  async prove(app: Hono): Promise<void> {
    const paths = this.#endpoints.map(({ path }) => path);
    await proveOwnership(app, this, paths);
  }

  /** Starts to handle requests. Call it after {@link prove}. */
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
    // Hono decodes paths before it matches them, so every spelling of a path is the same path.
    const { raw, path } = context.req;
    const response = webResponse(await this.#respond({ request: new WebRequest(raw), endpoint, path }));
    // Headers that a middleware of the host has set would override those of the response.
    for (const name of [...CORS_HEADERS, ...response.headers.keys()]) context.header(name, undefined);
    return response;
  }

  #respond(arrival: Arrival & { readonly endpoint: Endpoint<Name> }): ReturnType<Responder['respond']> {
    return this.#responder.respond(arrival, this.#handlers?.[arrival.endpoint.name]);
  }
}

/** A path as Hono compares it: percent-decoded if possible. */
function decoded(pathname: string): string {
  try {
    return decodeURI(pathname);
  } catch {
    return pathname;
  }
}
