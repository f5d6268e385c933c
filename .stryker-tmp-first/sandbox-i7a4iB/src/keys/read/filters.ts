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
import { type FieldError, invalid } from '../../base/errors.ts';
import { LONGEST_DURATION, parseDuration } from '../input/duration.ts';
import { type ApiKeyStatus, type RecordedStatus, whereStatus } from '../record/api-key.ts';

/** The filters of a list of keys. A key must match all of them. */
export interface KeyFilters {
  readonly status: ApiKeyStatus | undefined;
  /** A part of the name or of the description, in upper or lower case, or the beginning of the key's visible prefix. */
  readonly search: string | undefined;
  /** An ISO 8601 duration: the key has not expired yet, but will within this time. */
  readonly expiresWithin: string | undefined;
  /** An ISO 8601 duration: the key was neither used nor created within this time. */
  readonly unusedFor: string | undefined;
}

/** The longest name. */
export const MAX_SEARCH = 255;

/**
 * The conditions of the filters at `now`, without the search, which takes a look at the descriptions:
 * see {@link matching}.
 *
 * @throws ServiceError `VALIDATION_FAILED`, naming each filter that cannot be read.
 */
export function whereFilters(filters: KeyFilters, now: number): Record<string, unknown>[] {
  if (stryMutAct_9fa48("3448")) {
    {}
  } else {
    stryCov_9fa48("3448");
    const errors: FieldError[] = stryMutAct_9fa48("3449") ? ["Stryker was here"] : (stryCov_9fa48("3449"), []);
    const conditions: Record<string, unknown>[] = stryMutAct_9fa48("3450") ? ["Stryker was here"] : (stryCov_9fa48("3450"), []);
    if (stryMutAct_9fa48("3453") ? filters.status === undefined : stryMutAct_9fa48("3452") ? false : stryMutAct_9fa48("3451") ? true : (stryCov_9fa48("3451", "3452", "3453"), filters.status !== undefined)) if (stryMutAct_9fa48("3454")) {
      ;
    } else {
      stryCov_9fa48("3454");
      conditions.push(whereStatus(recorded(filters.status), now));
    }
    if (stryMutAct_9fa48("3457") ? filters.search !== undefined || filters.search.length > MAX_SEARCH : stryMutAct_9fa48("3456") ? false : stryMutAct_9fa48("3455") ? true : (stryCov_9fa48("3455", "3456", "3457"), (stryMutAct_9fa48("3459") ? filters.search === undefined : stryMutAct_9fa48("3458") ? true : (stryCov_9fa48("3458", "3459"), filters.search !== undefined)) && (stryMutAct_9fa48("3462") ? filters.search.length <= MAX_SEARCH : stryMutAct_9fa48("3461") ? filters.search.length >= MAX_SEARCH : stryMutAct_9fa48("3460") ? true : (stryCov_9fa48("3460", "3461", "3462"), filters.search.length > MAX_SEARCH)))) {
      if (stryMutAct_9fa48("3463")) {
        {}
      } else {
        stryCov_9fa48("3463");
        const message = stryMutAct_9fa48("3464") ? `` : (stryCov_9fa48("3464"), `A search can have at most ${MAX_SEARCH} characters.`);
        errors.push(stryMutAct_9fa48("3466") ? {} : (stryCov_9fa48("3466"), {
          field: stryMutAct_9fa48("3467") ? "" : (stryCov_9fa48("3467"), 'search'),
          code: stryMutAct_9fa48("3468") ? "" : (stryCov_9fa48("3468"), 'out_of_range'),
          message
        }));
      }
    }
    for (const [field, condition] of [['expiresWithin', expiringBefore], ['unusedFor', unusedSince]] as const) {
      if (stryMutAct_9fa48("3469")) {
        {}
      } else {
        stryCov_9fa48("3469");
        const given = filters[field];
        if (stryMutAct_9fa48("3472") ? given !== undefined : stryMutAct_9fa48("3471") ? false : stryMutAct_9fa48("3470") ? true : (stryCov_9fa48("3470", "3471", "3472"), given === undefined)) continue;
        const milliseconds = parseDuration(given);
        if (stryMutAct_9fa48("3475") ? milliseconds === undefined && milliseconds > LONGEST_DURATION : stryMutAct_9fa48("3474") ? false : stryMutAct_9fa48("3473") ? true : (stryCov_9fa48("3473", "3474", "3475"), (stryMutAct_9fa48("3477") ? milliseconds !== undefined : stryMutAct_9fa48("3476") ? false : (stryCov_9fa48("3476", "3477"), milliseconds === undefined)) || (stryMutAct_9fa48("3480") ? milliseconds <= LONGEST_DURATION : stryMutAct_9fa48("3479") ? milliseconds >= LONGEST_DURATION : stryMutAct_9fa48("3478") ? false : (stryCov_9fa48("3478", "3479", "3480"), milliseconds > LONGEST_DURATION)))) {
          if (stryMutAct_9fa48("3481")) {
            {}
          } else {
            stryCov_9fa48("3481");
            const message = stryMutAct_9fa48("3482") ? "" : (stryCov_9fa48("3482"), 'The duration must be in the ISO 8601 form with weeks, days, hours, minutes and seconds, such as P90D, and at most P36500D.');
            errors.push(stryMutAct_9fa48("3484") ? {} : (stryCov_9fa48("3484"), {
              field,
              code: stryMutAct_9fa48("3485") ? "" : (stryCov_9fa48("3485"), 'invalid_duration'),
              message
            }));
          }
        } else if (stryMutAct_9fa48("3486")) {
          ;
        } else {
          stryCov_9fa48("3486");
          conditions.push(condition(milliseconds, now));
        }
      }
    }
    if (stryMutAct_9fa48("3490") ? errors.length <= 0 : stryMutAct_9fa48("3489") ? errors.length >= 0 : stryMutAct_9fa48("3488") ? false : stryMutAct_9fa48("3487") ? true : (stryCov_9fa48("3487", "3488", "3489", "3490"), errors.length > 0)) throw invalid(errors);
    return conditions;
  }
}

/** The record of a key whose owner has left looks active; the membership makes the difference. */
function recorded(status: ApiKeyStatus): RecordedStatus {
  if (stryMutAct_9fa48("3491")) {
    {}
  } else {
    stryCov_9fa48("3491");
    return (stryMutAct_9fa48("3494") ? status !== 'OWNER_LEFT' : stryMutAct_9fa48("3493") ? false : stryMutAct_9fa48("3492") ? true : (stryCov_9fa48("3492", "3493", "3494"), status === (stryMutAct_9fa48("3495") ? "" : (stryCov_9fa48("3495"), 'OWNER_LEFT')))) ? stryMutAct_9fa48("3496") ? "" : (stryCov_9fa48("3496"), 'ACTIVE') : status;
  }
}

/**
 * The condition of a search. Both operators take the text literally: `%`, `_` and `*` have no meaning.
 *
 * @param described the keys whose description contains the text.
 */
export function matching(search: string, described: readonly string[]): Record<string, unknown> {
  if (stryMutAct_9fa48("3497")) {
    {}
  } else {
    stryCov_9fa48("3497");
    const ids = (stryMutAct_9fa48("3500") ? described.length !== 0 : stryMutAct_9fa48("3499") ? false : stryMutAct_9fa48("3498") ? true : (stryCov_9fa48("3498", "3499", "3500"), described.length === 0)) ? stryMutAct_9fa48("3501") ? ["Stryker was here"] : (stryCov_9fa48("3501"), []) : stryMutAct_9fa48("3502") ? [] : (stryCov_9fa48("3502"), [stryMutAct_9fa48("3503") ? {} : (stryCov_9fa48("3503"), {
      id: stryMutAct_9fa48("3504") ? {} : (stryCov_9fa48("3504"), {
        $in: stryMutAct_9fa48("3505") ? [] : (stryCov_9fa48("3505"), [...described])
      })
    })]);
    return stryMutAct_9fa48("3506") ? {} : (stryCov_9fa48("3506"), {
      $or: stryMutAct_9fa48("3507") ? [] : (stryCov_9fa48("3507"), [stryMutAct_9fa48("3508") ? {} : (stryCov_9fa48("3508"), {
        name: stryMutAct_9fa48("3509") ? {} : (stryCov_9fa48("3509"), {
          $icontains: search
        })
      }), stryMutAct_9fa48("3510") ? {} : (stryCov_9fa48("3510"), {
        prefix: stryMutAct_9fa48("3511") ? {} : (stryCov_9fa48("3511"), {
          $startsWith: search
        })
      }), ...ids])
    });
  }
}
function expiringBefore(milliseconds: number, now: number): Record<string, unknown> {
  if (stryMutAct_9fa48("3512")) {
    {}
  } else {
    stryCov_9fa48("3512");
    const instant = stryMutAct_9fa48("3513") ? () => undefined : (stryCov_9fa48("3513"), (() => {
      const instant = (at: number): string => new Date(at).toISOString();
      return instant;
    })());
    return stryMutAct_9fa48("3514") ? {} : (stryCov_9fa48("3514"), {
      expires_at: stryMutAct_9fa48("3515") ? {} : (stryCov_9fa48("3515"), {
        $gt: instant(now),
        $lte: instant(stryMutAct_9fa48("3516") ? now - milliseconds : (stryCov_9fa48("3516"), now + milliseconds))
      })
    });
  }
}

/** Keys that were neither used nor created within this time before `now`. */
export function unusedSince(milliseconds: number, now: number): Record<string, unknown> {
  if (stryMutAct_9fa48("3517")) {
    {}
  } else {
    stryCov_9fa48("3517");
    const since = new Date(stryMutAct_9fa48("3518") ? now + milliseconds : (stryCov_9fa48("3518"), now - milliseconds)).toISOString();
    return stryMutAct_9fa48("3519") ? {} : (stryCov_9fa48("3519"), {
      created_at: stryMutAct_9fa48("3520") ? {} : (stryCov_9fa48("3520"), {
        $lte: since
      }),
      $or: stryMutAct_9fa48("3521") ? [] : (stryCov_9fa48("3521"), [stryMutAct_9fa48("3522") ? {} : (stryCov_9fa48("3522"), {
        last_used_at: null
      }), stryMutAct_9fa48("3523") ? {} : (stryCov_9fa48("3523"), {
        last_used_at: stryMutAct_9fa48("3524") ? {} : (stryCov_9fa48("3524"), {
          $lte: since
        })
      })])
    });
  }
}