import { API_KEY_PREFIX, extractApiKey } from '@objectstack/core';

interface RequestHeaders {
  get(name: string): string | null;
}

/** A key anywhere in `Authorization`: behind another credential, too, as when the header was sent twice. */
const KEY_IN_AUTHORIZATION = new RegExp(`(?:^|[\\s,])(?:ApiKey(?=[\\s,]|$)|${API_KEY_PREFIX})`, 'i');

/**
 * Whether a request presents an API key, live or not, wherever the platform would take one, and in the
 * spellings that only look like it. A cookie or a session token beside the key changes nothing: some
 * routes would take the one and some the other.
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
