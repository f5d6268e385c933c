// @ts-nocheck
import { randomUUID } from 'node:crypto';

/** A caller may send an id in this header, and every response contains the id that was used. */
export const REQUEST_ID_HEADER = 'X-Request-Id';

const PLAIN = /^[A-Za-z0-9._-]{1,64}$/;

/**
 * Whether a text could be a credential. Request ids are logged, so a key, a hash or a session token
 * sent as a request id must be replaced. UUIDs, ULIDs, trace ids and nanoids pass.
 */
function looksSecret(text: string): boolean {
  if (/osk_/i.test(text)) return true;
  // SHA-256 in hexadecimal, and base32 of similar length.
  if (/[A-Za-z0-9]{33}/.test(text)) return true;
  // Keys, session tokens and JSON Web Tokens mix upper and lower case; ids of that length do not.
  return text.length > 28 && /[a-z]/.test(text) && /[A-Z]/.test(text);
}

/** The id of a request: the one that the caller sent if it is short and plain, otherwise a new UUID. */
export function requestIdFrom(header: string | null): string {
  return header !== null && PLAIN.test(header) && !looksSecret(header) ? header : randomUUID();
}
