// @ts-nocheck
import { API_KEY_PREFIX } from '@objectstack/core';

/** The credential in the headers of a request, not verified yet. */
export type Credential =
  | { readonly kind: 'apiKey'; readonly raw: string }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'cookie'; readonly header: string }
  /** The request has no credential. */
  | { readonly kind: 'none' }
  /** The credential is malformed or can be read in several ways: it is rejected. */
  | { readonly kind: 'ambiguous' };

/** RFC 6750 section 2.1 `b64token`, plus `%`, because better-auth URL-encodes its signed tokens. */
const BEARER = /^Bearer +([A-Za-z0-9\-._~+/%]+=*)$/i;
/** The platform's own scheme for keys. */
const API_KEY = /^ApiKey +([\x21-\x2b\x2d-\x7e]+)$/i;
/** Visible ASCII without the comma: HTTP libraries join a header that was sent twice with a comma. */
const HEADER_TOKEN = /^[\x21-\x2b\x2d-\x7e]+$/;

/**
 * Reads the credential of a request, with the platform's precedence: an API key outranks a session,
 * and a bearer token outranks a cookie. Where the platform guesses (a header that was sent twice, an
 * unknown scheme, an empty key), this rejects the request.
 *
 * @param header the value of a header by its lower-case name; `null` when absent, joined by `", "` when sent twice.
 */
export function readCredential(header: (name: string) => string | null): Credential {
  const authorization = header('authorization')?.trim() ?? null;
  const xApiKey = header('x-api-key')?.trim() ?? null;

  const authorizationKey = authorization === null ? undefined : keyInAuthorization(authorization);
  if (xApiKey !== null) {
    if (!HEADER_TOKEN.test(xApiKey)) return { kind: 'ambiguous' };
    if (authorizationKey !== undefined && authorizationKey !== xApiKey) return { kind: 'ambiguous' };
    return { kind: 'apiKey', raw: xApiKey };
  }
  if (authorizationKey !== undefined) return { kind: 'apiKey', raw: authorizationKey };
  if (authorization !== null) {
    const token = BEARER.exec(authorization)?.[1];
    return token === undefined ? { kind: 'ambiguous' } : { kind: 'bearer', token };
  }
  const cookie = header('cookie');
  return cookie === null ? { kind: 'none' } : { kind: 'cookie', header: cookie };
}

function keyInAuthorization(authorization: string): string | undefined {
  const apiKey = API_KEY.exec(authorization)?.[1];
  if (apiKey !== undefined) return apiKey;
  const bearer = BEARER.exec(authorization)?.[1];
  return bearer?.startsWith(API_KEY_PREFIX) ? bearer : undefined;
}
