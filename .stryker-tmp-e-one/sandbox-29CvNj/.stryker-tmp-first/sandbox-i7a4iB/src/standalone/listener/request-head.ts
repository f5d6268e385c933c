// @ts-nocheck
// 
import type { IncomingMessage } from 'node:http';

/**
 * Headers that a request has once or not at all, each with a bit of its own. A proxy that reads the
 * first of two and a server that reads the last disagree about who asks, from where, or where the
 * next request begins.
 */
const SINGLE = new Map(
  [
    'authorization',
    'content-encoding',
    'content-length',
    'content-type',
    'cookie',
    'host',
    'idempotency-key',
    'origin',
    'proxy-authorization',
    'referer',
    'transfer-encoding',
    'x-api-key',
    'x-request-id',
    'x-tenant-id',
  ].map((name, index) => [name, 1 << index]),
);

/**
 * Whether the head of a request can be read in two ways. Node refuses conflicting lengths by itself
 * and lets these pass: a field that is no list and comes twice (RFC 9110 section 5.3; RFC 9112
 * section 3.2 for `Host`), and a transfer coding that is not plain `chunked` or comes in HTTP/1.0
 * (RFC 9112 section 6.1), where a proxy would end the request elsewhere.
 */
export function isAmbiguous({ rawHeaders, httpVersionMinor }: IncomingMessage): boolean {
  let seen = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] as string).toLowerCase();
    const bit = SINGLE.get(name);
    if (bit === undefined) continue;
    if ((seen & bit) !== 0) return true;
    seen |= bit;
    if (name === 'transfer-encoding') {
      if (httpVersionMinor === 0 || (rawHeaders[at + 1] as string).toLowerCase() !== 'chunked') return true;
    }
  }
  return false;
}

/** `http://host/path`, which only a client of a proxy sends. */
const ABSOLUTE = /^https?:\/\/([^/?#]*)(.*)$/i;

/**
 * The request target in the form of a path, so that everything behind reads one form.
 *
 * @returns `undefined` where the target is none (RFC 9112 section 3.2), holds credentials (RFC 9110
 *   section 4.2.4), or names another host than the `Host` header.
 */
export function pathOf(target: string, host: string | undefined): string | undefined {
  if (target.includes('#')) return undefined;
  if (target.startsWith('/')) return target;
  const [, authority, rest = ''] = ABSOLUTE.exec(target) ?? [];
  if (authority === undefined || authority.includes('@')) return undefined;
  if (authority.toLowerCase() !== host?.toLowerCase()) return undefined;
  return rest.startsWith('/') ? rest : `/${rest}`;
}
