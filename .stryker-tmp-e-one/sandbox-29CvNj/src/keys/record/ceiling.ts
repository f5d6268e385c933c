// @ts-nocheck
import {
  MCP_AGENT_PERMISSION_SET_READ,
  MCP_AGENT_PERMISSION_SET_RESTRICTED,
  MCP_AGENT_PERMISSION_SET_WRITE,
  MCP_OAUTH_SCOPE_ACTIONS,
  MCP_OAUTH_SCOPE_DATA_READ,
  MCP_OAUTH_SCOPE_DATA_WRITE,
} from '@objectstack/spec/ai';

/** The stored scopes of a key; `unreadable` if the column does not contain a list of strings. */
export type StoredScopes = readonly string[] | 'unreadable';

/**
 * The most that a key may do, regardless of its owner. What it may actually do is the intersection with
 * what its owner may do now.
 */
export interface Ceiling {
  /** Names of permission sets. A key may do what any of them allows. Never empty. */
  readonly permissionSets: readonly string[];
  /** Whether it may run business actions. */
  readonly actions: boolean;
}

/** The platform's names for what an agent may do, with the permission sets that define them. */
const CAPABILITIES: ReadonlyMap<string, string | undefined> = new Map([
  [MCP_OAUTH_SCOPE_DATA_READ, MCP_AGENT_PERMISSION_SET_READ],
  [MCP_OAUTH_SCOPE_DATA_WRITE, MCP_AGENT_PERMISSION_SET_WRITE],
  [MCP_OAUTH_SCOPE_ACTIONS, undefined],
]);

/** The scopes that may be put on any key: `data:read`, `data:write` and `actions:execute`. */
export const CAPABILITY_SCOPES: readonly string[] = [...CAPABILITIES.keys()];

/** Whether a scope is one of the three capabilities; any other scope is the name of a permission set. */
export function isCapability(scope: string): boolean {
  return CAPABILITIES.has(scope);
}

/** Whether a scope allows at least what another one does, as far as their names say so: writing includes reading. */
export function covers(scope: string, other: string): boolean {
  return scope === other || (scope === MCP_OAUTH_SCOPE_DATA_WRITE && other === MCP_OAUTH_SCOPE_DATA_READ);
}

/**
 * The ceiling of a key: the union of what its scopes allow. A permission set that does not exist, or that
 * the platform cannot read, allows nothing.
 *
 * @returns `undefined` for a key without scopes, which may do everything that its owner may.
 */
export function ceilingOf(scopes: StoredScopes): Ceiling | undefined {
  if (scopes === 'unreadable') return NOTHING;
  if (scopes.length === 0) return undefined;
  const sets = scopes.flatMap((scope) => (isCapability(scope) ? (CAPABILITIES.get(scope) ?? []) : scope));
  return {
    // Always include the permission set that allows nothing: without any set, the platform would not check permissions.
    permissionSets: [...new Set(sets), ...NOTHING.permissionSets],
    actions: scopes.includes(MCP_OAUTH_SCOPE_ACTIONS),
  };
}

/** For a key whose scopes cannot be read. */
const NOTHING: Ceiling = { permissionSets: [MCP_AGENT_PERMISSION_SET_RESTRICTED], actions: false };
