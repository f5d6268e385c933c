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
import { parse, serialize } from 'tinyduration';
import { z } from 'zod';
import { DAY, HOUR, MINUTE, SECOND } from '../../base/time.ts';

/** The longest duration in an input, in milliseconds: a hundred years, so that now plus a duration is a valid date. */
export const LONGEST_DURATION = stryMutAct_9fa48("1538") ? 36_500 / DAY : (stryCov_9fa48("1538"), 36_500 * DAY);
const part = stryMutAct_9fa48("1539") ? () => undefined : (stryCov_9fa48("1539"), (() => {
  const part = (designator: string): string => stryMutAct_9fa48("1540") ? String.raw`` : (stryCov_9fa48("1540"), String.raw`(?:\d+(?:[.,]\d+)?${designator})?`);
  return part;
})());
/** tinyduration starts at any `P` and stops at unexpected text: it reads `P1D1W` as one day. */
const DURATION = new RegExp(stryMutAct_9fa48("1541") ? `` : (stryCov_9fa48("1541"), `^P(?=.)${part(stryMutAct_9fa48("1542") ? "" : (stryCov_9fa48("1542"), 'W'))}${part(stryMutAct_9fa48("1543") ? "" : (stryCov_9fa48("1543"), 'D'))}(?:T(?=.)${part(stryMutAct_9fa48("1544") ? "" : (stryCov_9fa48("1544"), 'H'))}${part(stryMutAct_9fa48("1545") ? "" : (stryCov_9fa48("1545"), 'M'))}${part(stryMutAct_9fa48("1546") ? "" : (stryCov_9fa48("1546"), 'S'))})?$`));

/**
 * Parses an ISO 8601 duration of weeks, days, hours, minutes and seconds. Years and months have no fixed
 * length, so they are rejected as ambiguous. Negative durations are rejected, too.
 *
 * @returns milliseconds, or `undefined` if the text is not valid.
 */
export function parseDuration(text: string): number | undefined {
  if (stryMutAct_9fa48("1547")) {
    {}
  } else {
    stryCov_9fa48("1547");
    if (stryMutAct_9fa48("1550") ? false : stryMutAct_9fa48("1549") ? true : stryMutAct_9fa48("1548") ? DURATION.test(text) : (stryCov_9fa48("1548", "1549", "1550"), !DURATION.test(text))) return undefined;
    const {
      weeks = 0,
      days = 0,
      hours = 0,
      minutes = 0,
      seconds = 0
    } = parse(text);
    const milliseconds = Math.round(stryMutAct_9fa48("1551") ? (weeks * 7 + days) * DAY + hours * HOUR + minutes * MINUTE - seconds * SECOND : (stryCov_9fa48("1551"), (stryMutAct_9fa48("1552") ? (weeks * 7 + days) * DAY + hours * HOUR - minutes * MINUTE : (stryCov_9fa48("1552"), (stryMutAct_9fa48("1553") ? (weeks * 7 + days) * DAY - hours * HOUR : (stryCov_9fa48("1553"), (stryMutAct_9fa48("1554") ? (weeks * 7 + days) / DAY : (stryCov_9fa48("1554"), (stryMutAct_9fa48("1555") ? weeks * 7 - days : (stryCov_9fa48("1555"), (stryMutAct_9fa48("1556") ? weeks / 7 : (stryCov_9fa48("1556"), weeks * 7)) + days)) * DAY)) + (stryMutAct_9fa48("1557") ? hours / HOUR : (stryCov_9fa48("1557"), hours * HOUR)))) + (stryMutAct_9fa48("1558") ? minutes / MINUTE : (stryCov_9fa48("1558"), minutes * MINUTE)))) + (stryMutAct_9fa48("1559") ? seconds / SECOND : (stryCov_9fa48("1559"), seconds * SECOND))));
    return Number.isSafeInteger(milliseconds) ? milliseconds : undefined;
  }
}

/** Formats milliseconds as an ISO 8601 duration of days, hours, minutes and seconds, such as `P90D` or `PT1M`. */
export function formatDuration(milliseconds: number): string {
  if (stryMutAct_9fa48("1560")) {
    {}
  } else {
    stryCov_9fa48("1560");
    return serialize(stryMutAct_9fa48("1561") ? {} : (stryCov_9fa48("1561"), {
      days: Math.floor(stryMutAct_9fa48("1562") ? milliseconds * DAY : (stryCov_9fa48("1562"), milliseconds / DAY)),
      hours: Math.floor(stryMutAct_9fa48("1563") ? milliseconds % DAY * HOUR : (stryCov_9fa48("1563"), (stryMutAct_9fa48("1564") ? milliseconds * DAY : (stryCov_9fa48("1564"), milliseconds % DAY)) / HOUR)),
      minutes: Math.floor(stryMutAct_9fa48("1565") ? milliseconds % HOUR * MINUTE : (stryCov_9fa48("1565"), (stryMutAct_9fa48("1566") ? milliseconds * HOUR : (stryCov_9fa48("1566"), milliseconds % HOUR)) / MINUTE)),
      seconds: stryMutAct_9fa48("1567") ? milliseconds % MINUTE * SECOND : (stryCov_9fa48("1567"), (stryMutAct_9fa48("1568") ? milliseconds * MINUTE : (stryCov_9fa48("1568"), milliseconds % MINUTE)) / SECOND)
    }));
  }
}

/**
 * A field with a duration, read as milliseconds.
 *
 * @param shortest in milliseconds.
 * @param message what is said of every other value.
 */
export function durationField(shortest: number, message: string) {
  if (stryMutAct_9fa48("1569")) {
    {}
  } else {
    stryCov_9fa48("1569");
    return z.string(message).transform((value, context) => {
      if (stryMutAct_9fa48("1570")) {
        {}
      } else {
        stryCov_9fa48("1570");
        const milliseconds = parseDuration(value);
        if (stryMutAct_9fa48("1573") ? milliseconds !== undefined && milliseconds >= shortest || milliseconds <= LONGEST_DURATION : stryMutAct_9fa48("1572") ? false : stryMutAct_9fa48("1571") ? true : (stryCov_9fa48("1571", "1572", "1573"), (stryMutAct_9fa48("1575") ? milliseconds !== undefined || milliseconds >= shortest : stryMutAct_9fa48("1574") ? true : (stryCov_9fa48("1574", "1575"), (stryMutAct_9fa48("1577") ? milliseconds === undefined : stryMutAct_9fa48("1576") ? true : (stryCov_9fa48("1576", "1577"), milliseconds !== undefined)) && (stryMutAct_9fa48("1580") ? milliseconds < shortest : stryMutAct_9fa48("1579") ? milliseconds > shortest : stryMutAct_9fa48("1578") ? true : (stryCov_9fa48("1578", "1579", "1580"), milliseconds >= shortest)))) && (stryMutAct_9fa48("1583") ? milliseconds > LONGEST_DURATION : stryMutAct_9fa48("1582") ? milliseconds < LONGEST_DURATION : stryMutAct_9fa48("1581") ? true : (stryCov_9fa48("1581", "1582", "1583"), milliseconds <= LONGEST_DURATION)))) return milliseconds;
        context.addIssue(stryMutAct_9fa48("1585") ? {} : (stryCov_9fa48("1585"), {
          code: stryMutAct_9fa48("1586") ? "" : (stryCov_9fa48("1586"), 'custom'),
          message
        }));
        return z.NEVER;
      }
    });
  }
}