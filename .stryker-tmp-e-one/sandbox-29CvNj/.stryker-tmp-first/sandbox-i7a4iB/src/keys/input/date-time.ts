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

/**
 * RFC 3339 section 5.6 `date-time`, with days that exist. `Date` also accepts dates without a time and
 * times without an offset, whose meaning depends on the time zone of the server, and turns February 30
 * into a day in March. A leap second (`:60`) is rejected because no JavaScript date can represent it.
 */
const DATE_TIME = z.iso.datetime(stryMutAct_9fa48("1510") ? {} : (stryCov_9fa48("1510"), {
  offset: stryMutAct_9fa48("1511") ? false : (stryCov_9fa48("1511"), true)
}));
/** RFC 3339 does not limit the digits of a fraction; this allows nanoseconds. */
const FINER_THAN_NANOSECONDS = stryMutAct_9fa48("1513") ? /\.\D{10}/ : stryMutAct_9fa48("1512") ? /\.\d/ : (stryCov_9fa48("1512", "1513"), /\.\d{10}/);

/**
 * Reads an RFC 3339 date-time with an offset.
 *
 * @returns the instant in milliseconds (finer digits are cut off), or `undefined` if the text is not
 *   valid.
 */
export function parseDateTime(text: string): Date | undefined {
  if (stryMutAct_9fa48("1514")) {
    {}
  } else {
    stryCov_9fa48("1514");
    // RFC 3339 allows `t` and `z`, which zod does not read.
    const written = text.replace(stryMutAct_9fa48("1515") ? /[^tz]/g : (stryCov_9fa48("1515"), /[tz]/g), stryMutAct_9fa48("1516") ? () => undefined : (stryCov_9fa48("1516"), letter => stryMutAct_9fa48("1517") ? letter.toLowerCase() : (stryCov_9fa48("1517"), letter.toUpperCase())));
    if (stryMutAct_9fa48("1520") ? FINER_THAN_NANOSECONDS.test(written) && !DATE_TIME.safeParse(written).success : stryMutAct_9fa48("1519") ? false : stryMutAct_9fa48("1518") ? true : (stryCov_9fa48("1518", "1519", "1520"), FINER_THAN_NANOSECONDS.test(written) || (stryMutAct_9fa48("1521") ? DATE_TIME.safeParse(written).success : (stryCov_9fa48("1521"), !DATE_TIME.safeParse(written).success)))) return undefined;
    return writable(new Date(written));
  }
}

/** Epoch numbers below this are seconds, others milliseconds, as in the platform. */
const FIRST_EPOCH_MILLISECOND = 1e12;

/**
 * Reads a Unix time as the platform's clients send it: seconds below 1e12, else milliseconds.
 *
 * @returns the instant, or `undefined` if RFC 3339 cannot express it (`1e300` passes a comparison with
 *   the clock and then throws in `toISOString`).
 */
export function parseEpoch(epoch: number): Date | undefined {
  if (stryMutAct_9fa48("1522")) {
    {}
  } else {
    stryCov_9fa48("1522");
    return writable(new Date((stryMutAct_9fa48("1526") ? epoch >= FIRST_EPOCH_MILLISECOND : stryMutAct_9fa48("1525") ? epoch <= FIRST_EPOCH_MILLISECOND : stryMutAct_9fa48("1524") ? false : stryMutAct_9fa48("1523") ? true : (stryCov_9fa48("1523", "1524", "1525", "1526"), epoch < FIRST_EPOCH_MILLISECOND)) ? stryMutAct_9fa48("1527") ? epoch / 1000 : (stryCov_9fa48("1527"), epoch * 1000) : epoch));
  }
}

/** The instant, if RFC 3339 can express it: an offset can move it past the year 9999 or before the year 0. */
function writable(instant: Date): Date | undefined {
  if (stryMutAct_9fa48("1528")) {
    {}
  } else {
    stryCov_9fa48("1528");
    const year = instant.getUTCFullYear();
    return (stryMutAct_9fa48("1531") ? year >= 0 || year <= 9999 : stryMutAct_9fa48("1530") ? false : stryMutAct_9fa48("1529") ? true : (stryCov_9fa48("1529", "1530", "1531"), (stryMutAct_9fa48("1534") ? year < 0 : stryMutAct_9fa48("1533") ? year > 0 : stryMutAct_9fa48("1532") ? true : (stryCov_9fa48("1532", "1533", "1534"), year >= 0)) && (stryMutAct_9fa48("1537") ? year > 9999 : stryMutAct_9fa48("1536") ? year < 9999 : stryMutAct_9fa48("1535") ? true : (stryCov_9fa48("1535", "1536", "1537"), year <= 9999)))) ? instant : undefined;
  }
}