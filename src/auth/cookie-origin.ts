import type { EndpointRequest } from '../http/endpoint.ts';
import type { TrustedOrigins } from '../http/origins.ts';

/**
 * Whether a session cookie counts in a request. A browser sends the cookie with whatever any page
 * makes it send (cross-site request forgery), so the request must show that a trusted page made it:
 *
 * - `Origin`, which browsers put on every request that is not a GET and on every CORS request, must
 *   be a trusted origin. A page cannot set, remove or forge it; a sandboxed one sends `null`.
 * - Without it, `Sec-Fetch-Site` must say `same-origin`, or `none` (typed into the address bar) for a
 *   request that changes nothing. `same-site` does not do: a sibling domain is not trusted.
 * - Without both, a `Referer` must be of a trusted origin.
 * - With none of the three, a POST cannot come from a browser: it is a program, such as curl, that
 *   holds the cookie itself. A GET could (an image on a page served over plain http, in a browser
 *   that sends `Sec-Fetch-*` to secure addresses only), so it is refused.
 *
 * Credentials that a page must attach itself, bearer tokens and API keys, need none of this.
 */
export function cookieCounts(
  { method, headers }: Pick<EndpointRequest, 'method' | 'headers'>,
  origins: TrustedOrigins,
): boolean {
  const origin = headers.get('origin');
  if (origin !== null) return origins.has(origin);
  const safe = method === 'GET' || method === 'HEAD';
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' || (site === 'none' && safe);
  const referer = headers.get('referer');
  if (referer !== null) return URL.canParse(referer) && origins.has(new URL(referer).origin);
  return !safe;
}
