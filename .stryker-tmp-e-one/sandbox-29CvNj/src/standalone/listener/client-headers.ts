// @ts-nocheck
import type { IncomingMessage } from 'node:http';
import { REQUEST_ID_HEADER, requestIdFrom } from '../../http/request-id.ts';

/**
 * Headers in which clients claim an address. The platform and better-auth believe each of them from
 * anybody: with a new one in each request, nobody would have a limit on sign-in.
 */
const CLAIMED_ADDRESS = [
  'cf-connecting-ip',
  'fastly-client-ip',
  'forwarded',
  'true-client-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'x-forwarded',
  'x-forwarded-for',
  'x-real-ip',
] as const;

/** What a proxy says of the address under which it was reached; the platform builds links from it. */
const CLAIMED_ORIGIN = ['x-forwarded-host', 'x-forwarded-port', 'x-forwarded-proto'] as const;

const ADDRESS_HEADER = 'X-Forwarded-For';

/**
 * Puts what this server knows of the client in place of what the client says of itself, before the
 * platform sees the request. better-auth reads the address from `X-Forwarded-For`, for its limits and
 * for the session; it is there alone, without the proxies in between.
 *
 * @param address of the client, by the rule for trusted proxies; `undefined` when there is none.
 * @param isProxied whether the peer is a trusted proxy, whose word on the outer address counts.
 */
export function replaceClaims(incoming: IncomingMessage, address: string | undefined, isProxied: boolean): void {
  const claimed: Set<string> = new Set(CLAIMED_ADDRESS);
  if (!isProxied) for (const name of CLAIMED_ORIGIN) claimed.add(name);
  const id = incoming.headers[REQUEST_ID_HEADER.toLowerCase()];
  // The platform logs the id that it is given, whatever it holds.
  if (typeof id === 'string' && requestIdFrom(id) !== id) claimed.add(REQUEST_ID_HEADER.toLowerCase());
  const { rawHeaders } = incoming;
  const kept: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] as string;
    if (!claimed.has(name.toLowerCase())) kept.push(name, rawHeaders[at + 1] as string);
  }
  if (address !== undefined) kept.push(ADDRESS_HEADER, address);
  incoming.rawHeaders = kept;
  // Node has read the headers by now, so both forms are changed.
  for (const name of claimed) delete incoming.headers[name];
  if (address !== undefined) incoming.headers[ADDRESS_HEADER.toLowerCase()] = address;
}
