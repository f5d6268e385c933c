// @ts-nocheck
import type { Answer } from './answer.ts';
import { grantReading } from './cors.ts';
import type { EndpointRequest } from './endpoint.ts';
import type { TrustedOrigins } from './origins.ts';

/**
 * Headers of every response of both endpoints. A response may contain a secret, so no cache may store
 * any of them (RFC 9111 section 5.2.2.5). No page may frame GraphiQL (clickjacking) or load a response
 * as another content type.
 */
const RESPONSE_HEADERS: readonly (readonly [string, string])[] = [
  ['Cache-Control', 'no-store'],
  ['X-Content-Type-Options', 'nosniff'],
  ['Content-Security-Policy', "frame-ancestors 'none'"],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  // What the response depends on (RFC 9110 section 12.5.5), in case a cache stores it anyway.
  ['Vary', 'Accept, Authorization, Cookie, Origin, X-API-Key'],
];

/** The last step for every response, including errors and preflights. */
export function seal(answer: Answer, request: EndpointRequest, origins: TrustedOrigins): Answer {
  for (const [name, value] of RESPONSE_HEADERS) {
    // A page has its own policy, which includes this one.
    if (name === 'Content-Security-Policy' && answer.headers.get(name) !== null) continue;
    answer.headers.set(name, value);
  }
  if (request.method !== 'OPTIONS') grantReading(answer.headers, origins, request.headers.get('origin'));
  return answer;
}
