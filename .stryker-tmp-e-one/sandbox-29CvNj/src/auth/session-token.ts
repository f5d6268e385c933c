// @ts-nocheck
import { createHmac, timingSafeEqual } from 'node:crypto';

/** better-auth's session tokens; its signed form is `<token>.<base64 of HMAC-SHA-256>`. */
const TOKEN = /^[A-Za-z0-9_-]{16,128}$/;

/**
 * The session token in a bearer credential: the bare token, or better-auth's signed form with a valid
 * signature.
 */
export function tokenFromBearer(bearer: string, secret: string): string | undefined {
  if (!bearer.includes('.')) return TOKEN.test(bearer) ? bearer : undefined;
  return verifySigned(decode(bearer), secret);
}

/**
 * The session token in a `Cookie` header. The cookie must be signed and have only one value. A second
 * cookie of the same name, which a sibling domain can plant ("cookie tossing"), makes the request
 * ambiguous.
 */
export function tokenFromCookie(cookieHeader: string, cookieName: string, secret: string): string | undefined {
  const values = new Set<string>();
  for (const pair of cookieHeader.split(';')) {
    const separator = pair.indexOf('=');
    if (separator !== -1 && pair.slice(0, separator).trim() === cookieName)
      values.add(pair.slice(separator + 1).trim());
  }
  const [value, ...others] = values;
  if (value === undefined || others.length > 0) return undefined;
  return verifySigned(decode(value), secret);
}

function decode(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}

function verifySigned(signed: string | undefined, secret: string): string | undefined {
  if (signed === undefined) return undefined;
  const dot = signed.lastIndexOf('.');
  const token = signed.slice(0, dot);
  if (dot < 1 || !TOKEN.test(token)) return undefined;
  const expected = createHmac('sha256', secret).update(token).digest();
  const presented = Buffer.from(signed.slice(dot + 1), 'base64');
  return presented.length === expected.length && timingSafeEqual(presented, expected) ? token : undefined;
}
