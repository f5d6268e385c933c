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
import { createHmac, timingSafeEqual } from 'node:crypto';

/** better-auth's session tokens; its signed form is `<token>.<base64 of HMAC-SHA-256>`. */
const TOKEN = stryMutAct_9fa48("238") ? /^[^A-Za-z0-9_-]{16,128}$/ : stryMutAct_9fa48("237") ? /^[A-Za-z0-9_-]$/ : stryMutAct_9fa48("236") ? /^[A-Za-z0-9_-]{16,128}/ : stryMutAct_9fa48("235") ? /[A-Za-z0-9_-]{16,128}$/ : (stryCov_9fa48("235", "236", "237", "238"), /^[A-Za-z0-9_-]{16,128}$/);

/**
 * The session token in a bearer credential: the bare token, or better-auth's signed form with a valid
 * signature.
 */
export function tokenFromBearer(bearer: string, secret: string): string | undefined {
  if (stryMutAct_9fa48("239")) {
    {}
  } else {
    stryCov_9fa48("239");
    if (stryMutAct_9fa48("242") ? false : stryMutAct_9fa48("241") ? true : stryMutAct_9fa48("240") ? bearer.includes('.') : (stryCov_9fa48("240", "241", "242"), !bearer.includes(stryMutAct_9fa48("243") ? "" : (stryCov_9fa48("243"), '.')))) return TOKEN.test(bearer) ? bearer : undefined;
    return verifySigned(decode(bearer), secret);
  }
}

/**
 * The session token in a `Cookie` header. The cookie must be signed and have only one value. A second
 * cookie of the same name, which a sibling domain can plant ("cookie tossing"), makes the request
 * ambiguous.
 */
export function tokenFromCookie(cookieHeader: string, cookieName: string, secret: string): string | undefined {
  if (stryMutAct_9fa48("244")) {
    {}
  } else {
    stryCov_9fa48("244");
    const values = new Set<string>();
    for (const pair of cookieHeader.split(stryMutAct_9fa48("245") ? "" : (stryCov_9fa48("245"), ';'))) {
      if (stryMutAct_9fa48("246")) {
        {}
      } else {
        stryCov_9fa48("246");
        const separator = pair.indexOf(stryMutAct_9fa48("247") ? "" : (stryCov_9fa48("247"), '='));
        if (stryMutAct_9fa48("250") ? separator !== -1 || pair.slice(0, separator).trim() === cookieName : stryMutAct_9fa48("249") ? false : stryMutAct_9fa48("248") ? true : (stryCov_9fa48("248", "249", "250"), (stryMutAct_9fa48("252") ? separator === -1 : stryMutAct_9fa48("251") ? true : (stryCov_9fa48("251", "252"), separator !== (stryMutAct_9fa48("253") ? +1 : (stryCov_9fa48("253"), -1)))) && (stryMutAct_9fa48("255") ? pair.slice(0, separator).trim() !== cookieName : stryMutAct_9fa48("254") ? true : (stryCov_9fa48("254", "255"), (stryMutAct_9fa48("257") ? pair.trim() : stryMutAct_9fa48("256") ? pair.slice(0, separator) : (stryCov_9fa48("256", "257"), pair.slice(0, separator).trim())) === cookieName)))) values.add(stryMutAct_9fa48("260") ? pair.trim() : stryMutAct_9fa48("259") ? pair.slice(separator + 1) : (stryCov_9fa48("259", "260"), pair.slice(stryMutAct_9fa48("261") ? separator - 1 : (stryCov_9fa48("261"), separator + 1)).trim()));
      }
    }
    const [value, ...others] = values;
    if (stryMutAct_9fa48("264") ? value === undefined && others.length > 0 : stryMutAct_9fa48("263") ? false : stryMutAct_9fa48("262") ? true : (stryCov_9fa48("262", "263", "264"), (stryMutAct_9fa48("266") ? value !== undefined : stryMutAct_9fa48("265") ? false : (stryCov_9fa48("265", "266"), value === undefined)) || (stryMutAct_9fa48("269") ? others.length <= 0 : stryMutAct_9fa48("268") ? others.length >= 0 : stryMutAct_9fa48("267") ? false : (stryCov_9fa48("267", "268", "269"), others.length > 0)))) return undefined;
    return verifySigned(decode(value), secret);
  }
}
function decode(value: string): string | undefined {
  if (stryMutAct_9fa48("270")) {
    {}
  } else {
    stryCov_9fa48("270");
    try {
      if (stryMutAct_9fa48("271")) {
        {}
      } else {
        stryCov_9fa48("271");
        return decodeURIComponent(value);
      }
    } catch {
      if (stryMutAct_9fa48("272")) {
        {}
      } else {
        stryCov_9fa48("272");
        return undefined;
      }
    }
  }
}
function verifySigned(signed: string | undefined, secret: string): string | undefined {
  if (stryMutAct_9fa48("273")) {
    {}
  } else {
    stryCov_9fa48("273");
    if (stryMutAct_9fa48("276") ? signed !== undefined : stryMutAct_9fa48("275") ? false : stryMutAct_9fa48("274") ? true : (stryCov_9fa48("274", "275", "276"), signed === undefined)) return undefined;
    const dot = signed.lastIndexOf(stryMutAct_9fa48("277") ? "" : (stryCov_9fa48("277"), '.'));
    const token = stryMutAct_9fa48("278") ? signed : (stryCov_9fa48("278"), signed.slice(0, dot));
    if (stryMutAct_9fa48("281") ? dot < 1 && !TOKEN.test(token) : stryMutAct_9fa48("280") ? false : stryMutAct_9fa48("279") ? true : (stryCov_9fa48("279", "280", "281"), (stryMutAct_9fa48("284") ? dot >= 1 : stryMutAct_9fa48("283") ? dot <= 1 : stryMutAct_9fa48("282") ? false : (stryCov_9fa48("282", "283", "284"), dot < 1)) || (stryMutAct_9fa48("285") ? TOKEN.test(token) : (stryCov_9fa48("285"), !TOKEN.test(token))))) return undefined;
    const expected = createHmac(stryMutAct_9fa48("286") ? "" : (stryCov_9fa48("286"), 'sha256'), secret).update(token).digest();
    const presented = Buffer.from(stryMutAct_9fa48("287") ? signed : (stryCov_9fa48("287"), signed.slice(stryMutAct_9fa48("288") ? dot - 1 : (stryCov_9fa48("288"), dot + 1))), stryMutAct_9fa48("289") ? "" : (stryCov_9fa48("289"), 'base64'));
    return (stryMutAct_9fa48("292") ? presented.length === expected.length || timingSafeEqual(presented, expected) : stryMutAct_9fa48("291") ? false : stryMutAct_9fa48("290") ? true : (stryCov_9fa48("290", "291", "292"), (stryMutAct_9fa48("294") ? presented.length !== expected.length : stryMutAct_9fa48("293") ? true : (stryCov_9fa48("293", "294"), presented.length === expected.length)) && timingSafeEqual(presented, expected))) ? token : undefined;
  }
}