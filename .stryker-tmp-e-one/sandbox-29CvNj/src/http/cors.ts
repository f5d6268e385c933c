// @ts-nocheck
import { Answer, AnswerHeaders } from './answer.ts';
import type { EndpointRequest } from './endpoint.ts';
import type { TrustedOrigins } from './origins.ts';

/** Every response header that grants something in CORS (Fetch standard, section 3.3.3). */
export const CORS_HEADERS = [
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Credentials',
  'Access-Control-Allow-Methods',
  'Access-Control-Allow-Headers',
  'Access-Control-Expose-Headers',
  'Access-Control-Max-Age',
  'Access-Control-Allow-Private-Network',
] as const;

const ALLOWED_HEADERS = 'Authorization, Content-Type, X-API-Key, X-Request-Id, Idempotency-Key';
const EXPOSED_HEADERS = 'Allow, Idempotency-Replayed, Location, Retry-After, WWW-Authenticate, X-Request-Id';
const MAX_AGE_SECONDS = 600;

/** Lets pages of trusted origins read a response. Other pages get no CORS headers. */
export function grantReading(headers: AnswerHeaders, origins: TrustedOrigins, origin: string | null): void {
  if (origin === null || !origins.has(origin)) return;
  headers.set('Access-Control-Allow-Origin', origin);
  headers.set('Access-Control-Allow-Credentials', 'true');
  headers.set('Access-Control-Expose-Headers', EXPOSED_HEADERS);
}

/**
 * The response to `OPTIONS`: CORS headers for the preflight of a trusted origin, otherwise only the
 * allowed methods (RFC 9110 section 9.3.7).
 */
export function optionsAnswer(
  request: Pick<EndpointRequest, 'headers'>,
  origins: TrustedOrigins,
  methods: string,
): Answer {
  const headers = new AnswerHeaders({ Allow: methods });
  const origin = request.headers.get('origin');
  if (origin !== null && origins.has(origin) && request.headers.has('access-control-request-method')) {
    headers.set('Access-Control-Allow-Origin', origin);
    headers.set('Access-Control-Allow-Credentials', 'true');
    headers.set('Access-Control-Allow-Methods', methods);
    headers.set('Access-Control-Allow-Headers', ALLOWED_HEADERS);
    headers.set('Access-Control-Max-Age', String(MAX_AGE_SECONDS));
  }
  return new Answer(204, headers, null);
}
