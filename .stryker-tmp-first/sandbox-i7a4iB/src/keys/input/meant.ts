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
import { quoteName } from '../../http/printable-name.ts';

/** What people write for a field of an input, without capitals, `_` and `-`. */
const MEANT: Readonly<Record<string, string>> = stryMutAct_9fa48("1761") ? {} : (stryCov_9fa48("1761"), {
  title: stryMutAct_9fa48("1762") ? "" : (stryCov_9fa48("1762"), 'name'),
  label: stryMutAct_9fa48("1763") ? "" : (stryCov_9fa48("1763"), 'name'),
  keyname: stryMutAct_9fa48("1764") ? "" : (stryCov_9fa48("1764"), 'name'),
  note: stryMutAct_9fa48("1765") ? "" : (stryCov_9fa48("1765"), 'description'),
  comment: stryMutAct_9fa48("1766") ? "" : (stryCov_9fa48("1766"), 'description'),
  scope: stryMutAct_9fa48("1767") ? "" : (stryCov_9fa48("1767"), 'scopes'),
  permission: stryMutAct_9fa48("1768") ? "" : (stryCov_9fa48("1768"), 'scopes'),
  permissions: stryMutAct_9fa48("1769") ? "" : (stryCov_9fa48("1769"), 'scopes'),
  permissionset: stryMutAct_9fa48("1770") ? "" : (stryCov_9fa48("1770"), 'scopes'),
  permissionsets: stryMutAct_9fa48("1771") ? "" : (stryCov_9fa48("1771"), 'scopes'),
  roles: stryMutAct_9fa48("1772") ? "" : (stryCov_9fa48("1772"), 'scopes'),
  expires: stryMutAct_9fa48("1773") ? "" : (stryCov_9fa48("1773"), 'expiresAt'),
  expiry: stryMutAct_9fa48("1774") ? "" : (stryCov_9fa48("1774"), 'expiresAt'),
  expiration: stryMutAct_9fa48("1775") ? "" : (stryCov_9fa48("1775"), 'expiresAt'),
  expirydate: stryMutAct_9fa48("1776") ? "" : (stryCov_9fa48("1776"), 'expiresAt'),
  expirationdate: stryMutAct_9fa48("1777") ? "" : (stryCov_9fa48("1777"), 'expiresAt'),
  validuntil: stryMutAct_9fa48("1778") ? "" : (stryCov_9fa48("1778"), 'expiresAt'),
  ttl: stryMutAct_9fa48("1779") ? "" : (stryCov_9fa48("1779"), 'expiresIn'),
  lifetime: stryMutAct_9fa48("1780") ? "" : (stryCov_9fa48("1780"), 'expiresIn'),
  lifespan: stryMutAct_9fa48("1781") ? "" : (stryCov_9fa48("1781"), 'expiresIn'),
  validfor: stryMutAct_9fa48("1782") ? "" : (stryCov_9fa48("1782"), 'expiresIn'),
  networks: stryMutAct_9fa48("1783") ? "" : (stryCov_9fa48("1783"), 'allowedNetworks'),
  ips: stryMutAct_9fa48("1784") ? "" : (stryCov_9fa48("1784"), 'allowedNetworks'),
  allowedips: stryMutAct_9fa48("1785") ? "" : (stryCov_9fa48("1785"), 'allowedNetworks'),
  ipallowlist: stryMutAct_9fa48("1786") ? "" : (stryCov_9fa48("1786"), 'allowedNetworks'),
  cidrs: stryMutAct_9fa48("1787") ? "" : (stryCov_9fa48("1787"), 'allowedNetworks'),
  grace: stryMutAct_9fa48("1788") ? "" : (stryCov_9fa48("1788"), 'overlap'),
  graceperiod: stryMutAct_9fa48("1789") ? "" : (stryCov_9fa48("1789"), 'overlap')
});
const OWNER = stryMutAct_9fa48("1790") ? "" : (stryCov_9fa48("1790"), 'A key always belongs to the person who creates it.');
const ORGANIZATION = stryMutAct_9fa48("1791") ? "" : (stryCov_9fa48("1791"), 'A key belongs to the active organization of your session: switch to the one that you want first.');
const SECRET = stryMutAct_9fa48("1792") ? "" : (stryCov_9fa48("1792"), 'The service makes the secret and returns it once, in the response.');

/** Fields that no input has, on purpose. */
const NOT_ASKED: Readonly<Record<string, string>> = stryMutAct_9fa48("1793") ? {} : (stryCov_9fa48("1793"), {
  user: OWNER,
  userid: OWNER,
  owner: OWNER,
  ownerid: OWNER,
  organization: ORGANIZATION,
  organizationid: ORGANIZATION,
  activeorganizationid: ORGANIZATION,
  orgid: ORGANIZATION,
  tenantid: ORGANIZATION,
  key: SECRET,
  secret: SECRET,
  token: SECRET,
  hash: SECRET,
  prefix: SECRET
});
const plain = stryMutAct_9fa48("1794") ? () => undefined : (stryCov_9fa48("1794"), (() => {
  const plain = (field: string): string => stryMutAct_9fa48("1795") ? field.replace(/[_-]/g, '').toUpperCase() : (stryCov_9fa48("1795"), field.replace(stryMutAct_9fa48("1796") ? /[^_-]/g : (stryCov_9fa48("1796"), /[_-]/g), stryMutAct_9fa48("1797") ? "Stryker was here!" : (stryCov_9fa48("1797"), '')).toLowerCase());
  return plain;
})());

/**
 * What to do about a field that an input does not have: the field that is probably meant, why there is none,
 * or the fields that there are.
 *
 * @param fields the fields of the input, as the endpoint spells them.
 */
export function adviceOnUnknownField(field: string, fields: readonly string[]): string {
  if (stryMutAct_9fa48("1798")) {
    {}
  } else {
    stryCov_9fa48("1798");
    if (stryMutAct_9fa48("1801") ? fields.length !== 0 : stryMutAct_9fa48("1800") ? false : stryMutAct_9fa48("1799") ? true : (stryCov_9fa48("1799", "1800", "1801"), fields.length === 0)) return stryMutAct_9fa48("1802") ? "" : (stryCov_9fa48("1802"), 'Leave it out.');
    const bare = plain(field);
    const meant = Object.hasOwn(MEANT, bare) ? MEANT[bare] : bare;
    const known = fields.find(stryMutAct_9fa48("1803") ? () => undefined : (stryCov_9fa48("1803"), one => stryMutAct_9fa48("1806") ? plain(one) !== plain(meant ?? '') : stryMutAct_9fa48("1805") ? false : stryMutAct_9fa48("1804") ? true : (stryCov_9fa48("1804", "1805", "1806"), plain(one) === plain(stryMutAct_9fa48("1807") ? meant && '' : (stryCov_9fa48("1807"), meant ?? (stryMutAct_9fa48("1808") ? "Stryker was here!" : (stryCov_9fa48("1808"), '')))))));
    if (stryMutAct_9fa48("1811") ? known === undefined : stryMutAct_9fa48("1810") ? false : stryMutAct_9fa48("1809") ? true : (stryCov_9fa48("1809", "1810", "1811"), known !== undefined)) return stryMutAct_9fa48("1812") ? `` : (stryCov_9fa48("1812"), `Use ${quoteName(known)}.`);
    if (stryMutAct_9fa48("1814") ? false : stryMutAct_9fa48("1813") ? true : (stryCov_9fa48("1813", "1814"), Object.hasOwn(NOT_ASKED, bare))) return stryMutAct_9fa48("1815") ? NOT_ASKED[bare] && '' : (stryCov_9fa48("1815"), NOT_ASKED[bare] ?? (stryMutAct_9fa48("1816") ? "Stryker was here!" : (stryCov_9fa48("1816"), '')));
    return stryMutAct_9fa48("1817") ? `` : (stryCov_9fa48("1817"), `It has ${fields.map(quoteName).join(stryMutAct_9fa48("1818") ? "" : (stryCov_9fa48("1818"), ', '))}.`);
  }
}