import { currentRequest, type RequestScope } from '../../http/request-scope.ts';
import { carriesApiKey } from './carries-api-key.ts';

/** A key that was found live for the request that presents it. */
export interface AdmittedKey {
  /** `sys_api_key.id`. */
  readonly id: string;
  /** The first characters of the secret, for telling keys apart. */
  readonly prefix: string;
  /** `sys_user.id` of the person whose key it is. */
  readonly ownerId: string;
  /** The organization that the key is pinned to. */
  readonly organizationId: string | undefined;
  /** As they are stored, held by the owner or not. Whoever cannot read them must allow nothing. */
  readonly scopes: readonly string[] | 'unreadable';
}

interface KeyState {
  readonly presented: boolean;
  admitted: AdmittedKey | undefined;
}

const states = new WeakMap<RequestScope, KeyState>();

/** The key of the request on whose behalf this code runs; `undefined` until one was verified. */
export function currentKey(): AdmittedKey | undefined {
  return stateOf(currentRequest())?.admitted;
}

/**
 * Whether the request on whose behalf this code runs presents an API key, verified or not. What is
 * closed to keys asks this: a key that was not looked at yet must not get through as a session.
 */
export function requestCarriesKey(): boolean {
  const state = stateOf(currentRequest());
  return state !== undefined && (state.presented || state.admitted !== undefined);
}

/**
 * Records that a key was found live. Outside of a request there is nowhere to record it.
 *
 * @returns whether the request may go on with it: it has one key, and not another one beside it.
 */
export function recordAdmittedKey(key: AdmittedKey): boolean {
  const state = stateOf(currentRequest());
  if (state === undefined) return true;
  if (state.admitted !== undefined && state.admitted.id !== key.id) return false;
  state.admitted = key;
  return true;
}

/** For what presents a key without HTTP headers, as MCP over stdio does. */
export function presentKey(scope: RequestScope): RequestScope {
  states.set(scope, { presented: true, admitted: undefined });
  return scope;
}

function stateOf(scope: RequestScope | undefined): KeyState | undefined {
  if (scope === undefined) return undefined;
  let state = states.get(scope);
  if (state === undefined) {
    state = { presented: carriesApiKey(scope.headers), admitted: undefined };
    states.set(scope, state);
  }
  return state;
}
