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
import { createHash } from 'node:crypto';
import { invalid } from '../../base/errors.ts';

/** `Idempotency-Key`: visible ASCII. This rejects a header that was sent twice, because it arrives joined by ", ". */
const IDEMPOTENCY_KEY = stryMutAct_9fa48("1612") ? /^[^\x21-\x7e]{1,255}$/ : stryMutAct_9fa48("1611") ? /^[\x21-\x7e]$/ : stryMutAct_9fa48("1610") ? /^[\x21-\x7e]{1,255}/ : stryMutAct_9fa48("1609") ? /[\x21-\x7e]{1,255}$/ : (stryCov_9fa48("1609", "1610", "1611", "1612"), /^[\x21-\x7e]{1,255}$/);

/**
 * Reads an `Idempotency-Key` header (draft-ietf-httpapi-idempotency-key-header).
 *
 * @throws ServiceError `VALIDATION_FAILED` unless it is 1 to 255 visible ASCII characters.
 */
export function parseIdempotencyKey(header: string | null): string | undefined {
  if (stryMutAct_9fa48("1613")) {
    {}
  } else {
    stryCov_9fa48("1613");
    if (stryMutAct_9fa48("1616") ? header !== null : stryMutAct_9fa48("1615") ? false : stryMutAct_9fa48("1614") ? true : (stryCov_9fa48("1614", "1615", "1616"), header === null)) return undefined;
    if (stryMutAct_9fa48("1618") ? false : stryMutAct_9fa48("1617") ? true : (stryCov_9fa48("1617", "1618"), IDEMPOTENCY_KEY.test(header))) return header;
    throw invalid(stryMutAct_9fa48("1619") ? [] : (stryCov_9fa48("1619"), [stryMutAct_9fa48("1620") ? {} : (stryCov_9fa48("1620"), {
      field: stryMutAct_9fa48("1621") ? "" : (stryCov_9fa48("1621"), 'Idempotency-Key'),
      code: stryMutAct_9fa48("1622") ? "" : (stryCov_9fa48("1622"), 'invalid_value'),
      message: stryMutAct_9fa48("1623") ? "" : (stryCov_9fa48("1623"), 'The Idempotency-Key header must be 1 to 255 visible ASCII characters, such as a UUID.')
    })]));
  }
}

/** An idempotent request: it has one effect, however often it is sent. */
export interface IdempotentRequest {
  /** The id of the row that it creates. The database enforces that the id is unique. */
  readonly keyId: string;
  /** A digest of the input, to distinguish a repeat from the same value with different input. */
  readonly fingerprint: string;
}

/**
 * Derives the row id from the caller and the value of the header. The parts are joined as a JSON list, so
 * that different parts cannot produce the same text.
 */
export function idempotentRequest(who: {
  readonly userId: string;
  readonly organizationId: string | undefined;
}, value: string, input: unknown): IdempotentRequest {
  if (stryMutAct_9fa48("1624")) {
    {}
  } else {
    stryCov_9fa48("1624");
    return stryMutAct_9fa48("1625") ? {} : (stryCov_9fa48("1625"), {
      keyId: stryMutAct_9fa48("1626") ? digest([who.userId, who.organizationId ?? null, value]) : (stryCov_9fa48("1626"), digest(stryMutAct_9fa48("1627") ? [] : (stryCov_9fa48("1627"), [who.userId, stryMutAct_9fa48("1628") ? who.organizationId && null : (stryCov_9fa48("1628"), who.organizationId ?? null), value])).slice(0, 32)),
      fingerprint: digest(input)
    });
  }
}

/** The id of a further row for the same value of the header, after the earlier one has been forgotten. */
export function nextKeyId(keyId: string, createdAt: Date): string {
  if (stryMutAct_9fa48("1629")) {
    {}
  } else {
    stryCov_9fa48("1629");
    return stryMutAct_9fa48("1630") ? digest([keyId, createdAt.getTime()]) : (stryCov_9fa48("1630"), digest(stryMutAct_9fa48("1631") ? [] : (stryCov_9fa48("1631"), [keyId, createdAt.getTime()])).slice(0, 32));
  }
}
function digest(value: unknown): string {
  if (stryMutAct_9fa48("1632")) {
    {}
  } else {
    stryCov_9fa48("1632");
    return createHash(stryMutAct_9fa48("1633") ? "" : (stryCov_9fa48("1633"), 'sha256')).update(JSON.stringify(value)).digest(stryMutAct_9fa48("1634") ? "" : (stryCov_9fa48("1634"), 'hex'));
  }
}