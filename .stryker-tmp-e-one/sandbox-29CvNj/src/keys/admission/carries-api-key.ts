// @ts-nocheck
import { API_KEY_PREFIX, extractApiKey } from '@objectstack/core';

interface RequestHeaders {
  get(name: string): string | null;
}

/** A key anywhere in `Authorization`, even after another credential, as when the header was sent twice. */
const KEY_IN_AUTHORIZATION = new RegExp(`(?:^|[\\s,])(?:ApiKey(?=[\\s,]|$)|${API_KEY_PREFIX})`, 'i');

/**
 * Whether a request contains an API key, active or not, in any place where the platform accepts one, and in
 * similar spellings. A cookie or a session token beside the key makes no difference, because some routes
 * would use one and some the other.
 */
export function carriesApiKey(headers: RequestHeaders): boolean {
  const xApiKey = headers.get('x-api-key');
  const authorization = headers.get('authorization');
  if (xApiKey === null && authorization === null) return false;
  return (
    extractApiKey({ 'x-api-key': xApiKey, authorization }) !== undefined ||
    KEY_IN_AUTHORIZATION.test(authorization ?? '')
  );
}
