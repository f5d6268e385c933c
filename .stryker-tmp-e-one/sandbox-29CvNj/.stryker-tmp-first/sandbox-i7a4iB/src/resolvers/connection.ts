// @ts-nocheck
// 
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
import { type ClientConfiguration, clientConfigurations } from '../mcp/client-configuration.ts';
import type { AuthenticatedContext } from './context.ts';

/** What a user interface shows beside a new key. */
export interface Connection {
  readonly mcpUrl: string;
  readonly skill: string;
  readonly clients: readonly ClientConfiguration[];
}

/** `undefined` in a kernel without an MCP endpoint. */
export async function connection({
  platform
}: AuthenticatedContext): Promise<Connection | undefined> {
  if (stryMutAct_9fa48("5051")) {
    {}
  } else {
    stryCov_9fa48("5051");
    const endpoint = await platform.mcpEndpoint();
    return stryMutAct_9fa48("5054") ? endpoint || {
      mcpUrl: endpoint.url,
      skill: endpoint.skill,
      clients: clientConfigurations(endpoint.url)
    } : stryMutAct_9fa48("5053") ? false : stryMutAct_9fa48("5052") ? true : (stryCov_9fa48("5052", "5053", "5054"), endpoint && (stryMutAct_9fa48("5055") ? {} : (stryCov_9fa48("5055"), {
      mcpUrl: endpoint.url,
      skill: endpoint.skill,
      clients: clientConfigurations(endpoint.url)
    })));
  }
}