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
import { API_KEY_PREFIX } from '@objectstack/core';
import { z } from 'zod';
import { type FieldError, invalid } from '../../base/errors.ts';
import { quoteName } from '../../http/printable-name.ts';
import { parseDuration } from './duration.ts';
import { expiresAt, expiresIn } from './expiry.ts';
import { isKeyId } from './key-id.ts';
import { adviceOnUnknownField } from './meant.ts';
import { allowedNetworks, remainingNetworks } from './networks.ts';
import { description, name } from './text.ts';

/** The most scopes on one key. */
export const MAX_SCOPES = 100;

/**
 * The machine name of a permission set. The pattern also keeps secrets that were pasted in the wrong
 * place out of the "you do not hold this scope" message, which names the scope.
 */
export const SCOPE_PATTERN = stryMutAct_9fa48("1640") ? /^(?!osk_)[a-z][^a-z0-9_.:-]{0,127}$/ : stryMutAct_9fa48("1639") ? /^(?!osk_)[a-z][a-z0-9_.:-]$/ : stryMutAct_9fa48("1638") ? /^(?!osk_)[^a-z][a-z0-9_.:-]{0,127}$/ : stryMutAct_9fa48("1637") ? /^(?=osk_)[a-z][a-z0-9_.:-]{0,127}$/ : stryMutAct_9fa48("1636") ? /^(?!osk_)[a-z][a-z0-9_.:-]{0,127}/ : stryMutAct_9fa48("1635") ? /(?!osk_)[a-z][a-z0-9_.:-]{0,127}$/ : (stryCov_9fa48("1635", "1636", "1637", "1638", "1639", "1640"), /^(?!osk_)[a-z][a-z0-9_.:-]{0,127}$/);
const scope = z.string(stryMutAct_9fa48("1641") ? "" : (stryCov_9fa48("1641"), 'A scope must be a string.')).regex(SCOPE_PATTERN, stryMutAct_9fa48("1642") ? "" : (stryCov_9fa48("1642"), 'A scope must be "data:read", "data:write", "actions:execute" or the name of a permission set.'));

/** Names of scopes. `none` is the answer to an empty list, which would mean "no limits" by accident. */
function scopes(none: string) {
  if (stryMutAct_9fa48("1643")) {
    {}
  } else {
    stryCov_9fa48("1643");
    return stryMutAct_9fa48("1645") ? z.array(scope, 'The scopes must be a list of strings.').max(1, none).max(MAX_SCOPES, `A key can carry at most ${MAX_SCOPES} scopes.`).transform(list => [...new Set(list)]) : stryMutAct_9fa48("1644") ? z.array(scope, 'The scopes must be a list of strings.').min(1, none).min(MAX_SCOPES, `A key can carry at most ${MAX_SCOPES} scopes.`).transform(list => [...new Set(list)]) : (stryCov_9fa48("1644", "1645"), z.array(scope, stryMutAct_9fa48("1646") ? "" : (stryCov_9fa48("1646"), 'The scopes must be a list of strings.')).min(1, none).max(MAX_SCOPES, stryMutAct_9fa48("1647") ? `` : (stryCov_9fa48("1647"), `A key can carry at most ${MAX_SCOPES} scopes.`)).transform(stryMutAct_9fa48("1648") ? () => undefined : (stryCov_9fa48("1648"), list => stryMutAct_9fa48("1649") ? [] : (stryCov_9fa48("1649"), [...new Set(list)]))));
  }
}

/** Left out, they put no limit on the key. A form sends an empty list when every choice was taken back. */
const scopesOfNewKey = scopes(stryMutAct_9fa48("1650") ? "" : (stryCov_9fa48("1650"), 'Give at least one scope, such as "data:read". To create a key that may do everything that you may, leave the scopes out.'));

/** The input for a new key, for both endpoints. The GraphQL input type has the same fields. */
export const createApiKeyInput = z.strictObject(stryMutAct_9fa48("1651") ? {} : (stryCov_9fa48("1651"), {
  name,
  description: description.nullish().transform(stryMutAct_9fa48("1652") ? () => undefined : (stryCov_9fa48("1652"), value => stryMutAct_9fa48("1655") ? value && undefined : stryMutAct_9fa48("1654") ? false : stryMutAct_9fa48("1653") ? true : (stryCov_9fa48("1653", "1654", "1655"), value || undefined))),
  scopes: scopesOfNewKey.nullish().transform(stryMutAct_9fa48("1656") ? () => undefined : (stryCov_9fa48("1656"), value => stryMutAct_9fa48("1657") ? value && [] : (stryCov_9fa48("1657"), value ?? (stryMutAct_9fa48("1658") ? ["Stryker was here"] : (stryCov_9fa48("1658"), []))))),
  expiresAt: expiresAt.nullish().transform(stryMutAct_9fa48("1659") ? () => undefined : (stryCov_9fa48("1659"), value => stryMutAct_9fa48("1660") ? value && undefined : (stryCov_9fa48("1660"), value ?? undefined))),
  expiresIn: expiresIn.nullish().transform(stryMutAct_9fa48("1661") ? () => undefined : (stryCov_9fa48("1661"), value => stryMutAct_9fa48("1662") ? value && undefined : (stryCov_9fa48("1662"), value ?? undefined))),
  allowedNetworks: allowedNetworks.nullish().transform(stryMutAct_9fa48("1663") ? () => undefined : (stryCov_9fa48("1663"), value => stryMutAct_9fa48("1664") ? value && [] : (stryCov_9fa48("1664"), value ?? (stryMutAct_9fa48("1665") ? ["Stryker was here"] : (stryCov_9fa48("1665"), [])))))
}));

/** The validated input for a new key. */
export type CreateApiKeyInput = z.output<typeof createApiKeyInput>;

/** The fields that a caller may send, by their GraphQL names. */
export const INPUT_FIELDS: ReadonlySet<string> = new Set(Object.keys(createApiKeyInput.shape));

/**
 * The refusal of a field that is not in the input: by its name, never by its value.
 *
 * @param fields those that there are, as the endpoint spells them.
 */
export function unknownField(field: string, fields: readonly string[]): FieldError {
  if (stryMutAct_9fa48("1666")) {
    {}
  } else {
    stryCov_9fa48("1666");
    return stryMutAct_9fa48("1667") ? {} : (stryCov_9fa48("1667"), {
      field: quoteName(field).replaceAll(stryMutAct_9fa48("1668") ? "" : (stryCov_9fa48("1668"), '"'), stryMutAct_9fa48("1669") ? "Stryker was here!" : (stryCov_9fa48("1669"), '')),
      code: stryMutAct_9fa48("1670") ? "" : (stryCov_9fa48("1670"), 'unknown_field'),
      message: stryMutAct_9fa48("1671") ? `` : (stryCov_9fa48("1671"), `The input has no field ${quoteName(field)}. ${adviceOnUnknownField(field, fields)}`)
    });
  }
}

/** Validates the input of `createApiKey`; see {@link parseInput}. */
export function parseCreateApiKeyInput(input: unknown): CreateApiKeyInput {
  if (stryMutAct_9fa48("1672")) {
    {}
  } else {
    stryCov_9fa48("1672");
    return parseInput(createApiKeyInput, input);
  }
}

/**
 * Validates an input.
 *
 * @throws ServiceError `VALIDATION_FAILED`, naming each invalid field but no value.
 */
export function parseInput<T extends z.ZodObject>(schema: T, input: unknown): z.output<T> {
  if (stryMutAct_9fa48("1673")) {
    {}
  } else {
    stryCov_9fa48("1673");
    // Check own keys before zod does: `__proto__` and `constructor` are names like any other.
    if (stryMutAct_9fa48("1676") ? typeof input === 'object' || input !== null : stryMutAct_9fa48("1675") ? false : stryMutAct_9fa48("1674") ? true : (stryCov_9fa48("1674", "1675", "1676"), (stryMutAct_9fa48("1678") ? typeof input !== 'object' : stryMutAct_9fa48("1677") ? true : (stryCov_9fa48("1677", "1678"), typeof input === (stryMutAct_9fa48("1679") ? "" : (stryCov_9fa48("1679"), 'object')))) && (stryMutAct_9fa48("1681") ? input === null : stryMutAct_9fa48("1680") ? true : (stryCov_9fa48("1680", "1681"), input !== null)))) {
      if (stryMutAct_9fa48("1682")) {
        {}
      } else {
        stryCov_9fa48("1682");
        const unknown = stryMutAct_9fa48("1683") ? Object.keys(input) : (stryCov_9fa48("1683"), Object.keys(input).filter(stryMutAct_9fa48("1684") ? () => undefined : (stryCov_9fa48("1684"), key => stryMutAct_9fa48("1685") ? Object.hasOwn(schema.shape, key) : (stryCov_9fa48("1685"), !Object.hasOwn(schema.shape, key)))));
        const fields = Object.keys(schema.shape);
        if (stryMutAct_9fa48("1689") ? unknown.length <= 0 : stryMutAct_9fa48("1688") ? unknown.length >= 0 : stryMutAct_9fa48("1687") ? false : stryMutAct_9fa48("1686") ? true : (stryCov_9fa48("1686", "1687", "1688", "1689"), unknown.length > 0)) throw invalid(stryMutAct_9fa48("1690") ? unknown.map(key => unknownField(key, fields)) : (stryCov_9fa48("1690"), unknown.slice(0, 10).map(stryMutAct_9fa48("1691") ? () => undefined : (stryCov_9fa48("1691"), key => unknownField(key, fields)))));
      }
    }
    const result = schema.safeParse(input);
    if (stryMutAct_9fa48("1693") ? false : stryMutAct_9fa48("1692") ? true : (stryCov_9fa48("1692", "1693"), result.success)) return result.data;
    throw invalid(result.error.issues.map(toFieldError));
  }
}
function toFieldError(issue: z.core.$ZodIssue): FieldError {
  if (stryMutAct_9fa48("1694")) {
    {}
  } else {
    stryCov_9fa48("1694");
    const field = issue.path[0];
    return stryMutAct_9fa48("1695") ? {} : (stryCov_9fa48("1695"), {
      field: (stryMutAct_9fa48("1698") ? typeof field !== 'string' : stryMutAct_9fa48("1697") ? false : stryMutAct_9fa48("1696") ? true : (stryCov_9fa48("1696", "1697", "1698"), typeof field === (stryMutAct_9fa48("1699") ? "" : (stryCov_9fa48("1699"), 'string')))) ? field : stryMutAct_9fa48("1700") ? "" : (stryCov_9fa48("1700"), 'input'),
      code: (stryMutAct_9fa48("1703") ? issue.code !== 'custom' : stryMutAct_9fa48("1702") ? false : stryMutAct_9fa48("1701") ? true : (stryCov_9fa48("1701", "1702", "1703"), issue.code === (stryMutAct_9fa48("1704") ? "" : (stryCov_9fa48("1704"), 'custom')))) ? stryMutAct_9fa48("1705") ? "" : (stryCov_9fa48("1705"), 'invalid_value') : issue.code,
      message: issue.message
    });
  }
}

/** The longest overlap of a replaced key and its replacement, in milliseconds: seven days. */
export const MAX_OVERLAP = stryMutAct_9fa48("1706") ? 7 * 24 * 60 * 60 / 1000 : (stryCov_9fa48("1706"), (stryMutAct_9fa48("1707") ? 7 * 24 * 60 / 60 : (stryCov_9fa48("1707"), (stryMutAct_9fa48("1708") ? 7 * 24 / 60 : (stryCov_9fa48("1708"), (stryMutAct_9fa48("1709") ? 7 / 24 : (stryCov_9fa48("1709"), 7 * 24)) * 60)) * 60)) * 1000);
const WHERE_IDS_ARE = stryMutAct_9fa48("1710") ? "" : (stryCov_9fa48("1710"), 'The list of keys shows the id of each.');
const id = stryMutAct_9fa48("1712") ? z.string('The id must be a string.').max(1, {
  error: `The id must not be empty. ${WHERE_IDS_ARE}`,
  abort: true
}) // Not looked up, and not repeated: it may be a whole key.
.refine(value => !value.startsWith(API_KEY_PREFIX), {
  error: `This is a key or its prefix, not its id. ${WHERE_IDS_ARE}`,
  abort: true
}).max(64, {
  error: `The id is too long. ${WHERE_IDS_ARE}`,
  abort: true
}).refine(isKeyId, `This is not a valid key id. ${WHERE_IDS_ARE}`) : stryMutAct_9fa48("1711") ? z.string('The id must be a string.').min(1, {
  error: `The id must not be empty. ${WHERE_IDS_ARE}`,
  abort: true
})
// Not looked up, and not repeated: it may be a whole key.
.refine(value => !value.startsWith(API_KEY_PREFIX), {
  error: `This is a key or its prefix, not its id. ${WHERE_IDS_ARE}`,
  abort: true
}).min(64, {
  error: `The id is too long. ${WHERE_IDS_ARE}`,
  abort: true
}).refine(isKeyId, `This is not a valid key id. ${WHERE_IDS_ARE}`) : (stryCov_9fa48("1711", "1712"), z.string(stryMutAct_9fa48("1713") ? "" : (stryCov_9fa48("1713"), 'The id must be a string.')).min(1, stryMutAct_9fa48("1714") ? {} : (stryCov_9fa48("1714"), {
  error: stryMutAct_9fa48("1715") ? `` : (stryCov_9fa48("1715"), `The id must not be empty. ${WHERE_IDS_ARE}`),
  abort: stryMutAct_9fa48("1716") ? false : (stryCov_9fa48("1716"), true)
}))
// Not looked up, and not repeated: it may be a whole key.
.refine(stryMutAct_9fa48("1717") ? () => undefined : (stryCov_9fa48("1717"), value => stryMutAct_9fa48("1718") ? value.startsWith(API_KEY_PREFIX) : (stryCov_9fa48("1718"), !(stryMutAct_9fa48("1719") ? value.endsWith(API_KEY_PREFIX) : (stryCov_9fa48("1719"), value.startsWith(API_KEY_PREFIX))))), stryMutAct_9fa48("1720") ? {} : (stryCov_9fa48("1720"), {
  error: stryMutAct_9fa48("1721") ? `` : (stryCov_9fa48("1721"), `This is a key or its prefix, not its id. ${WHERE_IDS_ARE}`),
  abort: stryMutAct_9fa48("1722") ? false : (stryCov_9fa48("1722"), true)
})).max(64, stryMutAct_9fa48("1723") ? {} : (stryCov_9fa48("1723"), {
  error: stryMutAct_9fa48("1724") ? `` : (stryCov_9fa48("1724"), `The id is too long. ${WHERE_IDS_ARE}`),
  abort: stryMutAct_9fa48("1725") ? false : (stryCov_9fa48("1725"), true)
})).refine(isKeyId, stryMutAct_9fa48("1726") ? `` : (stryCov_9fa48("1726"), `This is not a valid key id. ${WHERE_IDS_ARE}`)));
const OVERLAP = stryMutAct_9fa48("1727") ? "" : (stryCov_9fa48("1727"), 'The overlap must be an ISO 8601 duration from PT0S to P7D, such as "PT1H".');
const overlap = z.string(OVERLAP).transform((value, context) => {
  if (stryMutAct_9fa48("1728")) {
    {}
  } else {
    stryCov_9fa48("1728");
    const milliseconds = parseDuration(value);
    if (stryMutAct_9fa48("1731") ? milliseconds !== undefined || milliseconds <= MAX_OVERLAP : stryMutAct_9fa48("1730") ? false : stryMutAct_9fa48("1729") ? true : (stryCov_9fa48("1729", "1730", "1731"), (stryMutAct_9fa48("1733") ? milliseconds === undefined : stryMutAct_9fa48("1732") ? true : (stryCov_9fa48("1732", "1733"), milliseconds !== undefined)) && (stryMutAct_9fa48("1736") ? milliseconds > MAX_OVERLAP : stryMutAct_9fa48("1735") ? milliseconds < MAX_OVERLAP : stryMutAct_9fa48("1734") ? true : (stryCov_9fa48("1734", "1735", "1736"), milliseconds <= MAX_OVERLAP)))) return milliseconds;
    context.addIssue(stryMutAct_9fa48("1738") ? {} : (stryCov_9fa48("1738"), {
      code: stryMutAct_9fa48("1739") ? "" : (stryCov_9fa48("1739"), 'custom'),
      message: OVERLAP
    }));
    return z.NEVER;
  }
});

/** Which key to replace, and how long the old key keeps working. */
export const rotateApiKeyInput = z.strictObject(stryMutAct_9fa48("1740") ? {} : (stryCov_9fa48("1740"), {
  id,
  overlap: overlap.nullish().transform(stryMutAct_9fa48("1741") ? () => undefined : (stryCov_9fa48("1741"), value => stryMutAct_9fa48("1742") ? value && 0 : (stryCov_9fa48("1742"), value ?? 0)))
}));

/** Whose keys to revoke. */
export const revokeApiKeysOfInput = z.strictObject(stryMutAct_9fa48("1743") ? {} : (stryCov_9fa48("1743"), {
  userId: id
}));

/** Of which scopes to say what a key with them could do, and with which object. */
export const apiKeyAccessInput = z.strictObject(stryMutAct_9fa48("1744") ? {} : (stryCov_9fa48("1744"), {
  scopes: scopes(stryMutAct_9fa48("1745") ? "" : (stryCov_9fa48("1745"), 'Give at least one scope. A key without scopes may do everything that you may.')),
  object: z.string(stryMutAct_9fa48("1746") ? "" : (stryCov_9fa48("1746"), 'The object must be a string.')).regex(stryMutAct_9fa48("1751") ? /^[a-z][^a-z0-9_]{0,127}$/ : stryMutAct_9fa48("1750") ? /^[a-z][a-z0-9_]$/ : stryMutAct_9fa48("1749") ? /^[^a-z][a-z0-9_]{0,127}$/ : stryMutAct_9fa48("1748") ? /^[a-z][a-z0-9_]{0,127}/ : stryMutAct_9fa48("1747") ? /[a-z][a-z0-9_]{0,127}$/ : (stryCov_9fa48("1747", "1748", "1749", "1750", "1751"), /^[a-z][a-z0-9_]{0,127}$/), stryMutAct_9fa48("1752") ? "" : (stryCov_9fa48("1752"), 'The object must be the name of an object, such as "account".')).nullish()
}));

/** Which key to revoke or to restore. */
export const apiKeyIdInput = z.strictObject(stryMutAct_9fa48("1753") ? {} : (stryCov_9fa48("1753"), {
  id
}));

/**
 * What to change of a key. What is left out stays as it is, and null means "none", as it does for a new key: no
 * description, and no limit, which only a key without one may be said to have.
 */
export const updateApiKeyInput = z.strictObject(stryMutAct_9fa48("1754") ? {} : (stryCov_9fa48("1754"), {
  id,
  name: name.optional(),
  description: description.nullable().optional(),
  scopes: scopes(stryMutAct_9fa48("1755") ? "" : (stryCov_9fa48("1755"), 'Give at least one scope that the key is to keep, or leave the scopes out to keep them all. To stop the key, revoke it.')).nullable().optional(),
  expiresAt: expiresAt.nullable().optional(),
  allowedNetworks: remainingNetworks.nullable().optional()
}));

/** A checked change of a key. */
export type UpdateApiKeyInput = z.output<typeof updateApiKeyInput>;