// @ts-nocheck
function stryNS_9fa48() {
  var g = typeof globalThis === 'object' && globalThis && globalThis.Math === Math && globalThis || new Function("return this")();
  var ns = g.__stryker__ || (g.__stryker__ = {});
  if (ns.activeMutant === undefined && g.process && g.process.env && g.process.env.__STRYKER_ACTIVE_MUTANT__) {
    ns.activeMutant = g.process.env.__STRYKER_ACTIVE_MUTANT__;
  }
  function retrieveNS() {
    return ns;
  }
  stryNS_9fa48 = retrieveNS;
  return retrieveNS();
}
stryNS_9fa48();
function stryCov_9fa48() {
  var ns = stryNS_9fa48();
  var cov = ns.mutantCoverage || (ns.mutantCoverage = {
    static: {},
    perTest: {}
  });
  function cover() {
    var c = cov.static;
    if (ns.currentTestId) {
      c = cov.perTest[ns.currentTestId] = cov.perTest[ns.currentTestId] || {};
    }
    var a = arguments;
    for (var i = 0; i < a.length; i++) {
      c[a[i]] = (c[a[i]] || 0) + 1;
    }
  }
  stryCov_9fa48 = cover;
  cover.apply(null, arguments);
}
function stryMutAct_9fa48(id) {
  var ns = stryNS_9fa48();
  function isActive(id) {
    if (ns.activeMutant === id) {
      if (ns.hitCount !== void 0 && ++ns.hitCount > ns.hitLimit) {
        throw new Error('Stryker: Hit count limit reached (' + ns.hitCount + ')');
      }
      return true;
    }
    return false;
  }
  stryMutAct_9fa48 = isActive;
  return isActive(id);
}
import { MCP_AGENT_PERMISSION_SET_READ, MCP_AGENT_PERMISSION_SET_RESTRICTED, MCP_AGENT_PERMISSION_SET_WRITE, MCP_OAUTH_SCOPE_ACTIONS, MCP_OAUTH_SCOPE_DATA_READ, MCP_OAUTH_SCOPE_DATA_WRITE } from '@objectstack/spec/ai';

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
const CAPABILITIES: ReadonlyMap<string, string | undefined> = new Map(stryMutAct_9fa48("4213") ? [] : (stryCov_9fa48("4213"), [stryMutAct_9fa48("4214") ? [] : (stryCov_9fa48("4214"), [MCP_OAUTH_SCOPE_DATA_READ, MCP_AGENT_PERMISSION_SET_READ]), stryMutAct_9fa48("4215") ? [] : (stryCov_9fa48("4215"), [MCP_OAUTH_SCOPE_DATA_WRITE, MCP_AGENT_PERMISSION_SET_WRITE]), stryMutAct_9fa48("4216") ? [] : (stryCov_9fa48("4216"), [MCP_OAUTH_SCOPE_ACTIONS, undefined])]));

/** The scopes that may be put on any key: `data:read`, `data:write` and `actions:execute`. */
export const CAPABILITY_SCOPES: readonly string[] = stryMutAct_9fa48("4217") ? [] : (stryCov_9fa48("4217"), [...CAPABILITIES.keys()]);

/** Whether a scope is one of the three capabilities; any other scope is the name of a permission set. */
export function isCapability(scope: string): boolean {
  if (stryMutAct_9fa48("4218")) {
    {}
  } else {
    stryCov_9fa48("4218");
    return CAPABILITIES.has(scope);
  }
}

/** Whether a scope allows at least what another one does, as far as their names say so: writing includes reading. */
export function covers(scope: string, other: string): boolean {
  if (stryMutAct_9fa48("4219")) {
    {}
  } else {
    stryCov_9fa48("4219");
    return stryMutAct_9fa48("4222") ? scope === other && scope === MCP_OAUTH_SCOPE_DATA_WRITE && other === MCP_OAUTH_SCOPE_DATA_READ : stryMutAct_9fa48("4221") ? false : stryMutAct_9fa48("4220") ? true : (stryCov_9fa48("4220", "4221", "4222"), (stryMutAct_9fa48("4224") ? scope !== other : stryMutAct_9fa48("4223") ? false : (stryCov_9fa48("4223", "4224"), scope === other)) || (stryMutAct_9fa48("4226") ? scope === MCP_OAUTH_SCOPE_DATA_WRITE || other === MCP_OAUTH_SCOPE_DATA_READ : stryMutAct_9fa48("4225") ? false : (stryCov_9fa48("4225", "4226"), (stryMutAct_9fa48("4228") ? scope !== MCP_OAUTH_SCOPE_DATA_WRITE : stryMutAct_9fa48("4227") ? true : (stryCov_9fa48("4227", "4228"), scope === MCP_OAUTH_SCOPE_DATA_WRITE)) && (stryMutAct_9fa48("4230") ? other !== MCP_OAUTH_SCOPE_DATA_READ : stryMutAct_9fa48("4229") ? true : (stryCov_9fa48("4229", "4230"), other === MCP_OAUTH_SCOPE_DATA_READ)))));
  }
}

/**
 * The ceiling of a key: the union of what its scopes allow. A permission set that does not exist, or that
 * the platform cannot read, allows nothing.
 *
 * @returns `undefined` for a key without scopes, which may do everything that its owner may.
 */
export function ceilingOf(scopes: StoredScopes): Ceiling | undefined {
  if (stryMutAct_9fa48("4231")) {
    {}
  } else {
    stryCov_9fa48("4231");
    if (stryMutAct_9fa48("4234") ? scopes !== 'unreadable' : stryMutAct_9fa48("4233") ? false : stryMutAct_9fa48("4232") ? true : (stryCov_9fa48("4232", "4233", "4234"), scopes === (stryMutAct_9fa48("4235") ? "" : (stryCov_9fa48("4235"), 'unreadable')))) return NOTHING;
    if (stryMutAct_9fa48("4238") ? scopes.length !== 0 : stryMutAct_9fa48("4237") ? false : stryMutAct_9fa48("4236") ? true : (stryCov_9fa48("4236", "4237", "4238"), scopes.length === 0)) return undefined;
    const sets = scopes.flatMap(stryMutAct_9fa48("4239") ? () => undefined : (stryCov_9fa48("4239"), scope => isCapability(scope) ? stryMutAct_9fa48("4240") ? CAPABILITIES.get(scope) && [] : (stryCov_9fa48("4240"), CAPABILITIES.get(scope) ?? (stryMutAct_9fa48("4241") ? ["Stryker was here"] : (stryCov_9fa48("4241"), []))) : scope));
    return stryMutAct_9fa48("4242") ? {} : (stryCov_9fa48("4242"), {
      // Always include the permission set that allows nothing: without any set, the platform would not check permissions.
      permissionSets: stryMutAct_9fa48("4243") ? [] : (stryCov_9fa48("4243"), [...new Set(sets), ...NOTHING.permissionSets]),
      actions: scopes.includes(MCP_OAUTH_SCOPE_ACTIONS)
    });
  }
}

/** For a key whose scopes cannot be read. */
const NOTHING: Ceiling = stryMutAct_9fa48("4244") ? {} : (stryCov_9fa48("4244"), {
  permissionSets: stryMutAct_9fa48("4245") ? [] : (stryCov_9fa48("4245"), [MCP_AGENT_PERMISSION_SET_RESTRICTED]),
  actions: stryMutAct_9fa48("4246") ? true : (stryCov_9fa48("4246"), false)
});