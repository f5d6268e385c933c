// @ts-nocheck
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { ServiceError, unavailable } from '../../base/errors.ts';
import { clientAddressReader, type TrustedProxies, trustedPeer } from '../../http/client-address.ts';
import { networkOf } from '../../http/client-network.ts';
import type { DirectHandler } from '../../http/endpoints.ts';
import type { TrustedOrigins } from '../../http/origins.ts';
import { Bodies, hasBody } from './bodies.ts';
import { replaceClaims } from './client-headers.ts';
import { Connections } from './connections.ts';
import type { ListenerLimits } from './limits.ts';
import { ambiguous, refuse } from './refuse.ts';
import { isAmbiguous, pathOf } from './request-head.ts';
import { Turns } from './turns.ts';

/** Hono, behind the objects of the Fetch standard. */
type App = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<unknown>;

export interface HandlerOptions {
  readonly limits: ListenerLimits;
  readonly trustProxy: TrustedProxies;
  /** Origins whose pages may read an answer. */
  readonly origins: TrustedOrigins;
  /** Milliseconds that a request may wait for its turn. */
  readonly patienceMs: number;
}

/**
 * Answers what a server receives: what happens to a request before a handler of this service or of
 * the platform sees it.
 *
 * @param direct the endpoints of this service, which read Node's request as it is.
 */
export function answerRequests(server: Server, direct: DirectHandler, app: App, options: HandlerOptions): void {
  const { limits, trustProxy, origins, patienceMs } = options;
  const clientAddress = clientAddressReader(trustProxy);
  const isProxy = trustedPeer(trustProxy);
  const connections = new Connections(server, limits, isProxy);
  const bodies = new Bodies(limits);
  const turns = new Turns(limits.maxPlatformRequests, patienceMs);

  const throughPlatform = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const { headers, socket, url = '' } = incoming;
    const forwardedFor = headers['x-forwarded-for'];
    const address = clientAddress(socket.remoteAddress, typeof forwardedFor === 'string' ? forwardedFor : null);
    replaceClaims(incoming, address, isProxy(socket.remoteAddress));
    const network = address === undefined ? '' : networkOf(address);
    try {
      if (hasBody(incoming)) await bodies.receive(incoming, outgoing, network);
    } catch (error) {
      return refuse(incoming, outgoing, error instanceof ServiceError ? error : unavailable(), origins);
    }
    // Pages and probes ask nothing of anybody.
    if (!url.startsWith('/api/')) return void app(incoming, outgoing);
    turns.enter(
      network,
      credentialOf(incoming),
      (leave) => {
        if (outgoing.destroyed) return leave();
        leaveWithHead(outgoing, leave);
        void app(incoming, outgoing);
      },
      () => refuse(incoming, outgoing, unavailable(), origins),
    );
  };

  server.on('request', (incoming, outgoing) => {
    const path = isAmbiguous(incoming) ? undefined : pathOf(incoming.url ?? '', incoming.headers.host);
    if (path !== undefined) incoming.url = path;
    connections.inTurn(incoming.socket, outgoing, () => {
      if (path === undefined) return refuse(incoming, outgoing, ambiguous(), origins);
      // A key reads and never mints: its requests wait with the others.
      if (!presentsKey(incoming) && direct(incoming, outgoing)) return;
      void throughPlatform(incoming, outgoing);
    });
  });
}

function presentsKey({ headers }: IncomingMessage): boolean {
  const { authorization } = headers;
  return headers['x-api-key'] !== undefined || (authorization !== undefined && /^apikey |osk_/i.test(authorization));
}

/** The header with the credential as it is: only who sends the same is counted together. */
function credentialOf({ headers }: IncomingMessage): string {
  return String(headers['x-api-key'] ?? headers.authorization ?? headers.cookie ?? '');
}

/** The work is done when the head of the answer is there; how long the client takes to read it is its own time. */
function leaveWithHead(outgoing: ServerResponse, leave: () => void): void {
  outgoing.once('close', leave);
  const { writeHead } = outgoing;
  outgoing.writeHead = ((...given: Parameters<typeof writeHead>) => {
    leave();
    return writeHead.apply(outgoing, given);
  }) as typeof writeHead;
}
