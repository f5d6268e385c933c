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
import { z } from 'zod';
import { formatNetwork, parseNetwork } from '../../http/network.ts';

/** The most networks on one key. */
export const MAX_NETWORKS = 50;
const network = z.string(stryMutAct_9fa48("1819") ? "" : (stryCov_9fa48("1819"), 'A network must be a string.')).transform((value, context) => {
  if (stryMutAct_9fa48("1820")) {
    {}
  } else {
    stryCov_9fa48("1820");
    const parsed = parseNetwork(value);
    if (stryMutAct_9fa48("1823") ? parsed === undefined : stryMutAct_9fa48("1822") ? false : stryMutAct_9fa48("1821") ? true : (stryCov_9fa48("1821", "1822", "1823"), parsed !== undefined)) return formatNetwork(parsed);
    context.addIssue(stryMutAct_9fa48("1825") ? {} : (stryCov_9fa48("1825"), {
      code: stryMutAct_9fa48("1826") ? "" : (stryCov_9fa48("1826"), 'custom'),
      message: stryMutAct_9fa48("1827") ? "" : (stryCov_9fa48("1827"), 'A network must be an IPv4 or IPv6 address, or a range such as "10.0.0.0/8".')
    }));
    return z.NEVER;
  }
});

/** Networks in their one spelling. `none` is the answer to an empty list, which would mean "from anywhere" by accident. */
function networks(none: string) {
  if (stryMutAct_9fa48("1828")) {
    {}
  } else {
    stryCov_9fa48("1828");
    return stryMutAct_9fa48("1830") ? z.array(network, 'The allowed networks must be a list of strings.').max(1, none).max(MAX_NETWORKS, `A key can have at most ${MAX_NETWORKS} allowed networks.`).transform(list => [...new Set(list)]) : stryMutAct_9fa48("1829") ? z.array(network, 'The allowed networks must be a list of strings.').min(1, none).min(MAX_NETWORKS, `A key can have at most ${MAX_NETWORKS} allowed networks.`).transform(list => [...new Set(list)]) : (stryCov_9fa48("1829", "1830"), z.array(network, stryMutAct_9fa48("1831") ? "" : (stryCov_9fa48("1831"), 'The allowed networks must be a list of strings.')).min(1, none).max(MAX_NETWORKS, stryMutAct_9fa48("1832") ? `` : (stryCov_9fa48("1832"), `A key can have at most ${MAX_NETWORKS} allowed networks.`)).transform(stryMutAct_9fa48("1833") ? () => undefined : (stryCov_9fa48("1833"), list => stryMutAct_9fa48("1834") ? [] : (stryCov_9fa48("1834"), [...new Set(list)]))));
  }
}

/** From where a new key may be used. Left out, from anywhere. */
export const allowedNetworks = networks(stryMutAct_9fa48("1835") ? "" : (stryCov_9fa48("1835"), 'Name at least one network. For a key that may be used from anywhere, leave the allowed networks out.'));

/** From where a key may still be used. */
export const remainingNetworks = networks(stryMutAct_9fa48("1836") ? "" : (stryCov_9fa48("1836"), 'Name at least one network, or leave the allowed networks out to keep those that the key has. To stop the key, revoke it.'));