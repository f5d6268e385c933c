/**
 * Headers of every answer of both doors. An answer may carry a secret, and an error on the way to
 * one is nothing to keep either: no cache stores any of them (RFC 9111 section 5.2.2.5).
 */
export const RESPONSE_HEADERS: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
};
