import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { clientAddressReader, type TrustedProxies, trustedPeer } from '../../http/client-address.ts';
import type { DirectHandler } from '../../http/endpoints.ts';
import { replaceClaims } from './client-headers.ts';
import { ambiguous, refuse } from './refuse.ts';
import { isAmbiguous, pathOf } from './request-head.ts';

/** Hono, behind the objects of the Fetch standard. */
type App = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<unknown>;

/**
 * What happens to a request before a handler of this service or of the platform sees it.
 *
 * @param direct the endpoints of this service, which read Node's request as it is.
 */
export function requestHandler(direct: DirectHandler, app: App, proxies: TrustedProxies): RequestListener {
  const clientAddress = clientAddressReader(proxies);
  const isProxy = trustedPeer(proxies);
  return (incoming, outgoing) => {
    const { headers, socket } = incoming;
    const path = isAmbiguous(incoming) ? undefined : pathOf(incoming.url ?? '', headers.host);
    if (path === undefined) return refuse(incoming, outgoing, ambiguous());
    incoming.url = path;
    if (direct(incoming, outgoing)) return;
    const forwardedFor = headers['x-forwarded-for'];
    const address = clientAddress(socket.remoteAddress, typeof forwardedFor === 'string' ? forwardedFor : null);
    replaceClaims(incoming, address, isProxy(socket.remoteAddress));
    void app(incoming, outgoing);
  };
}
