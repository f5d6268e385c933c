// @ts-nocheck
import { AsyncLocalStorage } from 'node:async_hooks';
import type { ClientAddressReader } from './client-address.ts';
import { REQUEST_ID_HEADER, requestIdFrom } from './request-id.ts';

/** What is known of a request before it is handled. */
export interface RequestScope {
  /** At most 64 plain characters, and never a credential. */
  readonly id: string;
  /** The IP address of the client; `undefined` without a socket, as for an injected request. */
  readonly address: string | undefined;
  /** The URL as the server has it: absolute, or only its path. */
  readonly url: string;
  readonly headers: Pick<Headers, 'get'>;
}

/** The method of a Hono app that every request passes through, including requests injected by tests. */
interface FetchApp {
  fetch(request: Request, ...rest: unknown[]): Response | Promise<Response>;
}

const scopes = new AsyncLocalStorage<RequestScope | undefined>();

/**
 * The request that this code runs for, however deep in the kernel. `undefined` outside of a request:
 * at start-up, in a timer, or in work shared by several requests.
 */
export function currentRequest(): RequestScope | undefined {
  return scopes.getStore();
}

/** Runs a function so that {@link currentRequest} returns this request in it. */
export function withinRequest<T>(scope: RequestScope, answer: () => T): T {
  return scopes.run(scope, answer);
}

/** The scope of a new request. */
export function scopeOf(
  request: Pick<RequestScope, 'url' | 'headers'>,
  peer: string | undefined,
  clientAddress: ClientAddressReader,
): RequestScope {
  const { url, headers } = request;
  return {
    id: requestIdFrom(headers.get(REQUEST_ID_HEADER)),
    address: clientAddress(peer, headers.get('x-forwarded-for')),
    url,
    headers,
  };
}

/**
 * Gives every request of an app its scope. It wraps `fetch` instead of using a Hono middleware, which
 * would miss the routes of plugins that were registered earlier.
 */
export function scopeRequests(app: FetchApp, clientAddress: ClientAddressReader): void {
  const { fetch } = app;
  app.fetch = (request, ...rest) =>
    withinRequest(scopeOf(request, peerOf(rest[0]), clientAddress), () => fetch(request, ...rest));
}

/** The peer address of the socket. The server puts Node's request in Hono's environment. */
function peerOf(env: unknown): string | undefined {
  return (env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming?.socket?.remoteAddress;
}
