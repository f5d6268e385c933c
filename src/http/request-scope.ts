import { AsyncLocalStorage } from 'node:async_hooks';
import type { ClientAddressReader } from './client-address.ts';
import { REQUEST_ID_HEADER, requestIdFrom } from './request-id.ts';

/** What can be said of a request before anybody looks into it. */
export interface RequestScope {
  /** At most 64 plain characters, and never a credential. */
  readonly id: string;
  /** The IP address of the client; `undefined` where there is no socket, as for an injected request. */
  readonly address: string | undefined;
  /** The URL as the server has it: absolute, or only its path. */
  readonly url: string;
  readonly headers: Pick<Headers, 'get'>;
}

/** The part of a Hono app through which every request goes, a request that is injected by a test included. */
interface FetchApp {
  fetch(request: Request, ...rest: unknown[]): Response | Promise<Response>;
}

const scopes = new AsyncLocalStorage<RequestScope | undefined>();

/**
 * The request on whose behalf this code runs, however deep in the kernel; `undefined` outside of a
 * request: at start-up, in a timer, in work that is shared by several requests.
 */
export function currentRequest(): RequestScope | undefined {
  return scopes.getStore();
}

/** Runs what answers a request, so that {@link currentRequest} finds it there. */
export function withinRequest<T>(scope: RequestScope, answer: () => T): T {
  return scopes.run(scope, answer);
}

/** The scope of a request that has just come in. */
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
 * Gives every request of an app its scope. It goes around the app, not into it: a Hono middleware
 * would miss the routes of plugins that were registered earlier.
 */
export function scopeRequests(app: FetchApp, clientAddress: ClientAddressReader): void {
  const { fetch } = app;
  app.fetch = (request, ...rest) =>
    withinRequest(scopeOf(request, peerOf(rest[0]), clientAddress), () => fetch(request, ...rest));
}

/** The peer of the socket in Hono's environment, where the server puts Node's request. */
function peerOf(env: unknown): string | undefined {
  return (env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming?.socket?.remoteAddress;
}
