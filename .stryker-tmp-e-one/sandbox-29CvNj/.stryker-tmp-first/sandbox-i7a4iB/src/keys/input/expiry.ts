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
import { invalid } from '../../base/errors.ts';
import { parseDateTime } from './date-time.ts';
import { durationField } from './duration.ts';
const DATE_TIME = stryMutAct_9fa48("1587") ? "" : (stryCov_9fa48("1587"), 'The expiry must be an RFC 3339 date-time with an offset, such as "2030-01-31T12:00:00Z".');
const LIFETIME = stryMutAct_9fa48("1588") ? "" : (stryCov_9fa48("1588"), 'The lifetime must be an ISO 8601 duration of weeks, days, hours, minutes and seconds, at most P36500D, such as "P90D".');

/**
 * When a key expires. Whether that is in the future is checked when the key is written, because the repeat of an
 * old request may come after it.
 */
export const expiresAt = z.string(DATE_TIME).transform((value, context) => {
  if (stryMutAct_9fa48("1589")) {
    {}
  } else {
    stryCov_9fa48("1589");
    const instant = parseDateTime(value);
    if (stryMutAct_9fa48("1592") ? instant === undefined : stryMutAct_9fa48("1591") ? false : stryMutAct_9fa48("1590") ? true : (stryCov_9fa48("1590", "1591", "1592"), instant !== undefined)) return instant;
    context.addIssue(stryMutAct_9fa48("1594") ? {} : (stryCov_9fa48("1594"), {
      code: stryMutAct_9fa48("1595") ? "" : (stryCov_9fa48("1595"), 'custom'),
      message: DATE_TIME
    }));
    return z.NEVER;
  }
});

/** How long a key lives, in milliseconds from when it is written. */
export const expiresIn = durationField(1, LIFETIME);

/** The requested expiry: a date, a lifetime, or neither, for a key that does not expire. */
export interface AskedExpiry {
  readonly expiresAt?: Date | undefined;
  /** Milliseconds. */
  readonly expiresIn?: number | undefined;
}

/**
 * The requested expiry as a date.
 *
 * @param now the start of a lifetime, in milliseconds since 1970.
 * @throws ServiceError `VALIDATION_FAILED` if both a date and a lifetime are given.
 */
export function askedExpiry({
  expiresAt,
  expiresIn
}: AskedExpiry, now: number): Date | undefined {
  if (stryMutAct_9fa48("1596")) {
    {}
  } else {
    stryCov_9fa48("1596");
    if (stryMutAct_9fa48("1599") ? expiresIn !== undefined : stryMutAct_9fa48("1598") ? false : stryMutAct_9fa48("1597") ? true : (stryCov_9fa48("1597", "1598", "1599"), expiresIn === undefined)) return expiresAt;
    if (stryMutAct_9fa48("1602") ? expiresAt !== undefined : stryMutAct_9fa48("1601") ? false : stryMutAct_9fa48("1600") ? true : (stryCov_9fa48("1600", "1601", "1602"), expiresAt === undefined)) return new Date(stryMutAct_9fa48("1603") ? now - expiresIn : (stryCov_9fa48("1603"), now + expiresIn));
    throw invalid(stryMutAct_9fa48("1604") ? [] : (stryCov_9fa48("1604"), [stryMutAct_9fa48("1605") ? {} : (stryCov_9fa48("1605"), {
      field: stryMutAct_9fa48("1606") ? "" : (stryCov_9fa48("1606"), 'expiresIn'),
      code: stryMutAct_9fa48("1607") ? "" : (stryCov_9fa48("1607"), 'ambiguous'),
      message: stryMutAct_9fa48("1608") ? "" : (stryCov_9fa48("1608"), 'Give either the date on which the key expires or how long it lives, not both.')
    })]));
  }
}