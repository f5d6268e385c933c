import { randomUUID } from 'node:crypto';

/** Both ways: a caller may bring an id, and every answer of both endpoints names the one that was used. */
export const REQUEST_ID_HEADER = 'X-Request-Id';

const PLAIN = /^[A-Za-z0-9._-]{1,64}$/;

/**
 * Whether a text could be a credential: it goes into logs, so a key, a hash or a session token that
 * was sent as a request id must not pass. UUIDs, ULIDs, trace ids and nanoids do.
 */
function looksSecret(text: string): boolean {
  if (/osk_/i.test(text)) return true;
  // SHA-256 in hexadecimal, and base32 of as much.
  if (/[A-Za-z0-9]{33}/.test(text)) return true;
  // Keys, session tokens and JSON Web Tokens mix their letters; ids of that length do not.
  return text.length > 28 && /[a-z]/.test(text) && /[A-Z]/.test(text);
}

/** The id of a request: the one that its caller brought if that is short and plain, else a new UUID. */
export function requestIdFrom(header: string | null): string {
  return header !== null && PLAIN.test(header) && !looksSecret(header) ? header : randomUUID();
}
