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
import { z } from 'zod';

/** The longest name, in UTF-16 code units: the size of the `sys_api_key.name` column. */
export const MAX_NAME_LENGTH = 255;
/** The longest description, in UTF-16 code units. */
export const MAX_DESCRIPTION_LENGTH = 1000;

/**
 * Control characters, line and paragraph separators, halves of surrogate pairs, and the
 * bidirectional overrides of the "Trojan Source" attack (CVE-2021-42574), which make one key look
 * like another in a list.
 */
const FORBIDDEN = stryMutAct_9fa48("1849") ? /[\p{Cc}\p{Cs}\p{Zl}\P{Zp}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/u : stryMutAct_9fa48("1848") ? /[\p{Cc}\p{Cs}\P{Zl}\p{Zp}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/u : stryMutAct_9fa48("1847") ? /[\p{Cc}\P{Cs}\p{Zl}\p{Zp}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/u : stryMutAct_9fa48("1846") ? /[\P{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/u : stryMutAct_9fa48("1845") ? /[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/u : (stryCov_9fa48("1845", "1846", "1847", "1848", "1849"), /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/u);
/** A visible character: a name of only zero-width characters counts as empty. */
const VISIBLE = stryMutAct_9fa48("1854") ? /[\p{L}\p{N}\p{P}\P{S}]/u : stryMutAct_9fa48("1853") ? /[\p{L}\p{N}\P{P}\p{S}]/u : stryMutAct_9fa48("1852") ? /[\p{L}\P{N}\p{P}\p{S}]/u : stryMutAct_9fa48("1851") ? /[\P{L}\p{N}\p{P}\p{S}]/u : stryMutAct_9fa48("1850") ? /[^\p{L}\p{N}\p{P}\p{S}]/u : (stryCov_9fa48("1850", "1851", "1852", "1853", "1854"), /[\p{L}\p{N}\p{P}\p{S}]/u);
const NAME_TOO_LONG = stryMutAct_9fa48("1855") ? `` : (stryCov_9fa48("1855"), `The name must be at most ${MAX_NAME_LENGTH} characters.`);

/** The name of a key. */
export const name = stryMutAct_9fa48("1857") ? z.string({
  error: issue => issue.input === undefined ? 'A name is required: say what the key is for.' : 'The name must be a string.'
}).refine(value => !FORBIDDEN.test(value), 'The name must not contain control characters.').refine(value => VISIBLE.test(value), 'The name must not be empty: say what the key is for.').max(MAX_NAME_LENGTH, {
  error: NAME_TOO_LONG,
  abort: true
})
// Zod and PostgreSQL count an emoji as one character; the platform counts two, and would reject the row.
.refine(value => value.length <= MAX_NAME_LENGTH, NAME_TOO_LONG) : stryMutAct_9fa48("1856") ? z.string({
  error: issue => issue.input === undefined ? 'A name is required: say what the key is for.' : 'The name must be a string.'
}).refine(value => !FORBIDDEN.test(value), 'The name must not contain control characters.').trim().refine(value => VISIBLE.test(value), 'The name must not be empty: say what the key is for.').min(MAX_NAME_LENGTH, {
  error: NAME_TOO_LONG,
  abort: true
}) // Zod and PostgreSQL count an emoji as one character; the platform counts two, and would reject the row.
.refine(value => value.length <= MAX_NAME_LENGTH, NAME_TOO_LONG) : (stryCov_9fa48("1856", "1857"), z.string(stryMutAct_9fa48("1858") ? {} : (stryCov_9fa48("1858"), {
  error: stryMutAct_9fa48("1859") ? () => undefined : (stryCov_9fa48("1859"), issue => (stryMutAct_9fa48("1862") ? issue.input !== undefined : stryMutAct_9fa48("1861") ? false : stryMutAct_9fa48("1860") ? true : (stryCov_9fa48("1860", "1861", "1862"), issue.input === undefined)) ? stryMutAct_9fa48("1863") ? "" : (stryCov_9fa48("1863"), 'A name is required: say what the key is for.') : stryMutAct_9fa48("1864") ? "" : (stryCov_9fa48("1864"), 'The name must be a string.'))
})).refine(stryMutAct_9fa48("1865") ? () => undefined : (stryCov_9fa48("1865"), value => stryMutAct_9fa48("1866") ? FORBIDDEN.test(value) : (stryCov_9fa48("1866"), !FORBIDDEN.test(value))), stryMutAct_9fa48("1867") ? "" : (stryCov_9fa48("1867"), 'The name must not contain control characters.')).trim().refine(stryMutAct_9fa48("1868") ? () => undefined : (stryCov_9fa48("1868"), value => VISIBLE.test(value)), stryMutAct_9fa48("1869") ? "" : (stryCov_9fa48("1869"), 'The name must not be empty: say what the key is for.')).max(MAX_NAME_LENGTH, stryMutAct_9fa48("1870") ? {} : (stryCov_9fa48("1870"), {
  error: NAME_TOO_LONG,
  abort: stryMutAct_9fa48("1871") ? false : (stryCov_9fa48("1871"), true)
}))
// Zod and PostgreSQL count an emoji as one character; the platform counts two, and would reject the row.
.refine(stryMutAct_9fa48("1872") ? () => undefined : (stryCov_9fa48("1872"), value => stryMutAct_9fa48("1876") ? value.length > MAX_NAME_LENGTH : stryMutAct_9fa48("1875") ? value.length < MAX_NAME_LENGTH : stryMutAct_9fa48("1874") ? false : stryMutAct_9fa48("1873") ? true : (stryCov_9fa48("1873", "1874", "1875", "1876"), value.length <= MAX_NAME_LENGTH)), NAME_TOO_LONG));

/** The description of a key: like a name, but longer and with line breaks. Empty means none. */
export const description = z.string(stryMutAct_9fa48("1877") ? "" : (stryCov_9fa48("1877"), 'The description must be a string.')).transform(stryMutAct_9fa48("1878") ? () => undefined : (stryCov_9fa48("1878"), value => stryMutAct_9fa48("1879") ? value.replaceAll('\r\n', '\n') : (stryCov_9fa48("1879"), value.replaceAll(stryMutAct_9fa48("1880") ? "" : (stryCov_9fa48("1880"), '\r\n'), stryMutAct_9fa48("1881") ? "" : (stryCov_9fa48("1881"), '\n')).trim()))).refine(stryMutAct_9fa48("1882") ? () => undefined : (stryCov_9fa48("1882"), value => stryMutAct_9fa48("1883") ? FORBIDDEN.test(value.replaceAll('\n', '')) : (stryCov_9fa48("1883"), !FORBIDDEN.test(value.replaceAll(stryMutAct_9fa48("1884") ? "" : (stryCov_9fa48("1884"), '\n'), stryMutAct_9fa48("1885") ? "Stryker was here!" : (stryCov_9fa48("1885"), ''))))), stryMutAct_9fa48("1886") ? "" : (stryCov_9fa48("1886"), 'The description must not contain control characters.')).refine(stryMutAct_9fa48("1887") ? () => undefined : (stryCov_9fa48("1887"), value => stryMutAct_9fa48("1890") ? value === '' && VISIBLE.test(value) : stryMutAct_9fa48("1889") ? false : stryMutAct_9fa48("1888") ? true : (stryCov_9fa48("1888", "1889", "1890"), (stryMutAct_9fa48("1892") ? value !== '' : stryMutAct_9fa48("1891") ? false : (stryCov_9fa48("1891", "1892"), value === (stryMutAct_9fa48("1893") ? "Stryker was here!" : (stryCov_9fa48("1893"), '')))) || VISIBLE.test(value))), stryMutAct_9fa48("1894") ? "" : (stryCov_9fa48("1894"), 'The description must contain visible characters.')).refine(stryMutAct_9fa48("1895") ? () => undefined : (stryCov_9fa48("1895"), value => stryMutAct_9fa48("1899") ? value.length > MAX_DESCRIPTION_LENGTH : stryMutAct_9fa48("1898") ? value.length < MAX_DESCRIPTION_LENGTH : stryMutAct_9fa48("1897") ? false : stryMutAct_9fa48("1896") ? true : (stryCov_9fa48("1896", "1897", "1898", "1899"), value.length <= MAX_DESCRIPTION_LENGTH)), stryMutAct_9fa48("1900") ? `` : (stryCov_9fa48("1900"), `The description must be at most ${MAX_DESCRIPTION_LENGTH} characters.`));