// @ts-nocheck
import type { EndpointRequest } from '../http/endpoint.ts';
import type { TrustedOrigins } from '../http/origins.ts';

/**
 * Whether to accept the session cookie of a request. A browser attaches the cookie to requests from
 * any page (cross-site request forgery), so the request must prove that a trusted page sent it:
 *
 * - `Origin`, which browsers put on every request that is not a GET and on every CORS request, must
 *   be a trusted origin. A page cannot set, remove or forge it; a sandboxed one sends `null`.
 * - Without it, `Sec-Fetch-Site` must say `same-origin`, or `none` (typed into the address bar) for a
 *   request that changes nothing. `same-site` is not enough: a sibling domain is not trusted.
 * - Without both, a `Referer` must have a trusted origin.
 * - With none of the three, a POST cannot come from a browser: it comes from a program, such as curl,
 *   that holds the cookie itself. A GET could come from a browser (an image on a plain http page, in a
 *   browser that sends `Sec-Fetch-*` only to secure URLs), so it is rejected.
 *
 * This does not apply to bearer tokens and API keys: browsers do not attach them by themselves.
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
