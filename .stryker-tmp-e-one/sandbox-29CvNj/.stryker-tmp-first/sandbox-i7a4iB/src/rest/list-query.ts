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
import { type FieldError, invalid } from '../base/errors.ts';
import { unknownField } from '../keys/input/input.ts';
import type { OrganizationListQuery } from '../keys/organization/organization-keys.ts';
import { MAX_PAGE } from '../keys/read/list.ts';
const STATUSES = ['ACTIVE', 'REVOKED', 'EXPIRED', 'OWNER_LEFT'] as const;

/** The query parameters of a list: the same filters as in GraphQL. */
export const listParameters = z.strictObject(stryMutAct_9fa48("5388") ? {} : (stryCov_9fa48("5388"), {
  first: z.string().regex(stryMutAct_9fa48("5392") ? /^\D{1,3}$/ : stryMutAct_9fa48("5391") ? /^\d$/ : stryMutAct_9fa48("5390") ? /^\d{1,3}/ : stryMutAct_9fa48("5389") ? /\d{1,3}$/ : (stryCov_9fa48("5389", "5390", "5391", "5392"), /^\d{1,3}$/), stryMutAct_9fa48("5393") ? `` : (stryCov_9fa48("5393"), `A page can have 0 to ${MAX_PAGE} keys.`)).optional().describe(stryMutAct_9fa48("5394") ? "" : (stryCov_9fa48("5394"), 'How many keys to return.')),
  after: z.string().optional().describe(stryMutAct_9fa48("5395") ? "" : (stryCov_9fa48("5395"), 'Return the keys that follow this cursor: the `next_cursor` of an earlier page.')),
  status: z.enum(STATUSES, stryMutAct_9fa48("5396") ? "" : (stryCov_9fa48("5396"), 'The status must be ACTIVE, REVOKED, EXPIRED or OWNER_LEFT.')).optional().describe(stryMutAct_9fa48("5397") ? "" : (stryCov_9fa48("5397"), 'Only keys with this status.')),
  search: z.string().optional().describe(stryMutAct_9fa48("5398") ? "" : (stryCov_9fa48("5398"), 'Only keys whose name or description contains this text, ignoring case, or whose prefix starts with it.')),
  expires_within: z.string().optional().describe(stryMutAct_9fa48("5399") ? "" : (stryCov_9fa48("5399"), 'Only keys that expire within this time from now.')),
  unused_for: z.string().optional().describe(stryMutAct_9fa48("5400") ? "" : (stryCov_9fa48("5400"), 'Only keys that have not been used for this long and are at least this old.'))
}));

/** The query parameters of the list of an organization's keys. */
export const organizationListParameters = listParameters.extend(stryMutAct_9fa48("5401") ? {} : (stryCov_9fa48("5401"), {
  owner_id: z.string().optional().describe(stryMutAct_9fa48("5402") ? "" : (stryCov_9fa48("5402"), 'Only keys that this person owns: the id of the `sys_user` record.'))
}));

/**
 * Reads the query of a list.
 *
 * @throws ServiceError `VALIDATION_FAILED`, naming each parameter that is unknown, repeated, or not valid.
 */
export function readListQuery(url: string, parameters: z.ZodType<z.output<typeof organizationListParameters>> & {
  readonly shape: object;
}): OrganizationListQuery {
  if (stryMutAct_9fa48("5403")) {
    {}
  } else {
    stryCov_9fa48("5403");
    // The URL may be only a path; the host does not matter here.
    const given = new URL(url, stryMutAct_9fa48("5404") ? "" : (stryCov_9fa48("5404"), 'http://localhost')).searchParams;
    const known = Object.keys(parameters.shape);
    const faults: FieldError[] = stryMutAct_9fa48("5405") ? ["Stryker was here"] : (stryCov_9fa48("5405"), []);
    for (const name of new Set(given.keys())) {
      if (stryMutAct_9fa48("5406")) {
        {}
      } else {
        stryCov_9fa48("5406");
        if (stryMutAct_9fa48("5409") ? false : stryMutAct_9fa48("5408") ? true : stryMutAct_9fa48("5407") ? known.includes(name) : (stryCov_9fa48("5407", "5408", "5409"), !known.includes(name))) {
          if (stryMutAct_9fa48("5410")) {
            ;
          } else {
            stryCov_9fa48("5410");
            faults.push(unknownField(name, known));
          }
        } else if (stryMutAct_9fa48("5414") ? given.getAll(name).length <= 1 : stryMutAct_9fa48("5413") ? given.getAll(name).length >= 1 : stryMutAct_9fa48("5412") ? false : stryMutAct_9fa48("5411") ? true : (stryCov_9fa48("5411", "5412", "5413", "5414"), given.getAll(name).length > 1)) {
          if (stryMutAct_9fa48("5415")) {
            {}
          } else {
            stryCov_9fa48("5415");
            faults.push(stryMutAct_9fa48("5417") ? {} : (stryCov_9fa48("5417"), {
              field: name,
              code: stryMutAct_9fa48("5418") ? "" : (stryCov_9fa48("5418"), 'ambiguous'),
              message: stryMutAct_9fa48("5419") ? "" : (stryCov_9fa48("5419"), 'Give each parameter once.')
            }));
          }
        }
      }
    }
    if (stryMutAct_9fa48("5423") ? faults.length <= 0 : stryMutAct_9fa48("5422") ? faults.length >= 0 : stryMutAct_9fa48("5421") ? false : stryMutAct_9fa48("5420") ? true : (stryCov_9fa48("5420", "5421", "5422", "5423"), faults.length > 0)) throw invalid(stryMutAct_9fa48("5424") ? faults : (stryCov_9fa48("5424"), faults.slice(0, 10)));
    // As in forms, an empty parameter is the same as none.
    const parsed = parameters.safeParse(Object.fromEntries(stryMutAct_9fa48("5425") ? [...given] : (stryCov_9fa48("5425"), (stryMutAct_9fa48("5426") ? [] : (stryCov_9fa48("5426"), [...given])).filter(stryMutAct_9fa48("5427") ? () => undefined : (stryCov_9fa48("5427"), ([, value]) => stryMutAct_9fa48("5430") ? value === '' : stryMutAct_9fa48("5429") ? false : stryMutAct_9fa48("5428") ? true : (stryCov_9fa48("5428", "5429", "5430"), value !== (stryMutAct_9fa48("5431") ? "Stryker was here!" : (stryCov_9fa48("5431"), ''))))))));
    if (stryMutAct_9fa48("5434") ? false : stryMutAct_9fa48("5433") ? true : stryMutAct_9fa48("5432") ? parsed.success : (stryCov_9fa48("5432", "5433", "5434"), !parsed.success)) {
      if (stryMutAct_9fa48("5435")) {
        {}
      } else {
        stryCov_9fa48("5435");
        throw invalid(parsed.error.issues.map(stryMutAct_9fa48("5436") ? () => undefined : (stryCov_9fa48("5436"), ({
          path,
          message
        }) => stryMutAct_9fa48("5437") ? {} : (stryCov_9fa48("5437"), {
          field: String(path[0]),
          code: (stryMutAct_9fa48("5440") ? path[0] !== 'first' : stryMutAct_9fa48("5439") ? false : stryMutAct_9fa48("5438") ? true : (stryCov_9fa48("5438", "5439", "5440"), path[0] === (stryMutAct_9fa48("5441") ? "" : (stryCov_9fa48("5441"), 'first')))) ? stryMutAct_9fa48("5442") ? "" : (stryCov_9fa48("5442"), 'out_of_range') : stryMutAct_9fa48("5443") ? "" : (stryCov_9fa48("5443"), 'invalid_value'),
          message
        }))));
      }
    }
    const {
      first,
      after,
      status,
      search,
      expires_within,
      unused_for,
      owner_id
    } = parsed.data;
    return stryMutAct_9fa48("5444") ? {} : (stryCov_9fa48("5444"), {
      first: (stryMutAct_9fa48("5447") ? first !== undefined : stryMutAct_9fa48("5446") ? false : stryMutAct_9fa48("5445") ? true : (stryCov_9fa48("5445", "5446", "5447"), first === undefined)) ? undefined : Number(first),
      after,
      status,
      search,
      expiresWithin: expires_within,
      unusedFor: unused_for,
      ownerId: owner_id
    });
  }
}