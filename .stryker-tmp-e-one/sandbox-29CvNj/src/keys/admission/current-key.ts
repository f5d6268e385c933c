// @ts-nocheck
import { currentRequest, type RequestScope } from '../../http/request-scope.ts';
import { carriesApiKey } from './carries-api-key.ts';

/** The verified key of a request. */
export interface AdmittedKey {
  /** `sys_api_key.id`. */
  readonly id: string;
  /** The first characters of the secret, to tell keys apart. */
  readonly prefix: string;
  /** `sys_user.id` of the owner. */
  readonly ownerId: string;
  /** The organization of the key. */
  readonly organizationId: string | undefined;
  /** The stored scopes, whether the owner holds them or not. If they are unreadable, the key must be allowed nothing. */
  readonly scopes: readonly string[] | 'unreadable';
}

interface KeyState {
  readonly presented: boolean;
  admitted: AdmittedKey | undefined;
}

const states = new WeakMap<RequestScope, KeyState>();

/** The verified key of the current request; `undefined` before verification. */
export function currentKey(): AdmittedKey | undefined {
  return stateOf(currentRequest())?.admitted;
}

/**
 * Whether the current request contains an API key, verified or not. Use this to close something to keys: a
 * request with a key that is not verified yet must not be treated like one with a session.
 */
export function requestCarriesKey(): boolean {
  const state = stateOf(currentRequest());
  return state !== undefined && (state.presented || state.admitted !== undefined);
}

/**
 * Records the verified key of the current request. Outside of a request, it does nothing.
 *
 * @returns whether the request may continue: it must not contain two different keys.
 */
export function recordAdmittedKey(key: AdmittedKey): boolean {
  const state = stateOf(currentRequest());
  if (state === undefined) return true;
  if (state.admitted !== undefined && state.admitted.id !== key.id) return false;
  state.admitted = key;
  return true;
}

/** For transports without HTTP headers, such as MCP over stdio. */
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
