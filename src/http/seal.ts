import type { Answer } from './answer.ts';
import { grantReading } from './cors.ts';
import type { EndpointRequest } from './endpoint.ts';
import type { TrustedOrigins } from './origins.ts';

/**
 * Headers of every answer of both endpoints. An answer may carry a secret, and an error on the way to
 * one is nothing to keep either: no cache stores any of them (RFC 9111 section 5.2.2.5). No page
 * frames GraphiQL (clickjacking) or embeds an answer as something that it is not.
 */
const RESPONSE_HEADERS: readonly (readonly [string, string])[] = [
  ['Cache-Control', 'no-store'],
  ['X-Content-Type-Options', 'nosniff'],
  ['Content-Security-Policy', "frame-ancestors 'none'"],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  // What an answer depends on (RFC 9110 section 12.5.5), for a cache that stores it all the same.
  ['Vary', 'Accept, Authorization, Cookie, Origin, X-API-Key'],
];

/** The last step of every answer, errors and preflights included. */
export function seal(answer: Answer, request: EndpointRequest, origins: TrustedOrigins): Answer {
  for (const [name, value] of RESPONSE_HEADERS) {
    // A page has a policy of its own, which says all that this one does.
    if (name === 'Content-Security-Policy' && answer.headers.get(name) !== null) continue;
    answer.headers.set(name, value);
  }
  if (request.method !== 'OPTIONS') grantReading(answer.headers, origins, request.headers.get('origin'));
  return answer;
}
