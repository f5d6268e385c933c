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
import type { Principal } from '../../auth/principal.ts';
import { invalid } from '../../base/errors.ts';
import type { EngineContext, Row } from '../../platform/engine.ts';
import type { Platform } from '../../platform/platform.ts';
import { isKeyId } from '../input/key-id.ts';
import { API_KEY_OBJECT, type ApiKey, toApiKey } from '../record/api-key.ts';
import type { Standing } from '../record/standing.ts';
import { keysDescribedWith, type SearchedKeys } from './described.ts';
import { type KeyFilters, matching, whereFilters } from './filters.ts';

/** The default and the maximum number of keys on a page. */
export const DEFAULT_PAGE = 20;
export const MAX_PAGE = 100;
export interface ListQuery extends KeyFilters {
  readonly first: number | undefined;
  readonly after: string | undefined;
}
export interface Page {
  readonly keys: readonly ApiKey[];
  readonly hasNextPage: boolean;
  /** Counts the keys on all pages. Called only if the field is selected. */
  totalCount(): Promise<number>;
}

/**
 * A page of the caller's own keys, newest first, read with their own rights.
 *
 * @throws ServiceError `VALIDATION_FAILED` (`first` out of range, a filter or a cursor that cannot be read), `SERVICE_UNAVAILABLE`.
 */
export function listApiKeys(platform: Platform, standing: Standing, principal: Principal, query: ListQuery): Promise<Page> {
  if (stryMutAct_9fa48("3601")) {
    {}
  } else {
    stryCov_9fa48("3601");
    const mine = stryMutAct_9fa48("3602") ? {} : (stryCov_9fa48("3602"), {
      user_id: principal.userId
    });
    return readPage(platform, standing, mine, query, stryMutAct_9fa48("3603") ? () => undefined : (stryCov_9fa48("3603"), () => platform.contextOf(principal)));
  }
}

/**
 * A page of all keys of an organization, newest first. Only for administrators of that organization.
 *
 * @param ownerId only the keys of this person.
 * @throws ServiceError as {@link listApiKeys}.
 */
export function listKeysOfOrganization(platform: Platform, standing: Standing, organizationId: string, ownerId: string | undefined, query: ListQuery): Promise<Page> {
  if (stryMutAct_9fa48("3604")) {
    {}
  } else {
    stryCov_9fa48("3604");
    const where = stryMutAct_9fa48("3605") ? {} : (stryCov_9fa48("3605"), {
      active_organization_id: organizationId,
      ...((stryMutAct_9fa48("3608") ? ownerId !== undefined : stryMutAct_9fa48("3607") ? false : stryMutAct_9fa48("3606") ? true : (stryCov_9fa48("3606", "3607", "3608"), ownerId === undefined)) ? {} : stryMutAct_9fa48("3609") ? {} : (stryCov_9fa48("3609"), {
        user_id: ownerId
      }))
    });
    return readPage(platform, standing, where, query, stryMutAct_9fa48("3610") ? () => undefined : (stryCov_9fa48("3610"), async () => stryMutAct_9fa48("3611") ? {} : (stryCov_9fa48("3611"), {
      isSystem: stryMutAct_9fa48("3612") ? false : (stryCov_9fa48("3612"), true)
    })));
  }
}

/** The cursor is the position of a key in the list, so that every page costs the same. */
async function readPage(platform: Platform, standing: Standing, mine: SearchedKeys, query: ListQuery, contextOf: () => Promise<EngineContext>): Promise<Page> {
  if (stryMutAct_9fa48("3613")) {
    {}
  } else {
    stryCov_9fa48("3613");
    const first = stryMutAct_9fa48("3614") ? query.first && DEFAULT_PAGE : (stryCov_9fa48("3614"), query.first ?? DEFAULT_PAGE);
    if (stryMutAct_9fa48("3617") ? first < 0 && first > MAX_PAGE : stryMutAct_9fa48("3616") ? false : stryMutAct_9fa48("3615") ? true : (stryCov_9fa48("3615", "3616", "3617"), (stryMutAct_9fa48("3620") ? first >= 0 : stryMutAct_9fa48("3619") ? first <= 0 : stryMutAct_9fa48("3618") ? false : (stryCov_9fa48("3618", "3619", "3620"), first < 0)) || (stryMutAct_9fa48("3623") ? first <= MAX_PAGE : stryMutAct_9fa48("3622") ? first >= MAX_PAGE : stryMutAct_9fa48("3621") ? false : (stryCov_9fa48("3621", "3622", "3623"), first > MAX_PAGE)))) {
      if (stryMutAct_9fa48("3624")) {
        {}
      } else {
        stryCov_9fa48("3624");
        throw invalid(stryMutAct_9fa48("3625") ? [] : (stryCov_9fa48("3625"), [stryMutAct_9fa48("3626") ? {} : (stryCov_9fa48("3626"), {
          field: stryMutAct_9fa48("3627") ? "" : (stryCov_9fa48("3627"), 'first'),
          code: stryMutAct_9fa48("3628") ? "" : (stryCov_9fa48("3628"), 'out_of_range'),
          message: stryMutAct_9fa48("3629") ? `` : (stryCov_9fa48("3629"), `A page can have 0 to ${MAX_PAGE} keys. Ask for more page by page, with the cursor of each page.`)
        })]));
      }
    }
    const now = Date.now();
    const filters = whereFilters(query, now);
    const after = (stryMutAct_9fa48("3632") ? query.after !== undefined : stryMutAct_9fa48("3631") ? false : stryMutAct_9fa48("3630") ? true : (stryCov_9fa48("3630", "3631", "3632"), query.after === undefined)) ? undefined : readCursor(query.after);
    const {
      search = stryMutAct_9fa48("3633") ? "Stryker was here!" : (stryCov_9fa48("3633"), '')
    } = query;
    if (stryMutAct_9fa48("3636") ? search === '' : stryMutAct_9fa48("3635") ? false : stryMutAct_9fa48("3634") ? true : (stryCov_9fa48("3634", "3635", "3636"), search !== (stryMutAct_9fa48("3637") ? "Stryker was here!" : (stryCov_9fa48("3637"), '')))) {
      if (stryMutAct_9fa48("3638")) {
        {}
      } else {
        stryCov_9fa48("3638");
        filters.push(matching(search, await platform.inTime(stryMutAct_9fa48("3640") ? () => undefined : (stryCov_9fa48("3640"), () => keysDescribedWith(platform.engine, mine, search)))));
      }
    }
    const context = await contextOf();
    const find = (from: Place | undefined, limit: number): Promise<Row[]> => {
      if (stryMutAct_9fa48("3641")) {
        {}
      } else {
        stryCov_9fa48("3641");
        const conditions = (stryMutAct_9fa48("3644") ? from !== undefined : stryMutAct_9fa48("3643") ? false : stryMutAct_9fa48("3642") ? true : (stryCov_9fa48("3642", "3643", "3644"), from === undefined)) ? filters : stryMutAct_9fa48("3645") ? [] : (stryCov_9fa48("3645"), [...filters, olderThan(from)]);
        const where = (stryMutAct_9fa48("3648") ? conditions.length !== 0 : stryMutAct_9fa48("3647") ? false : stryMutAct_9fa48("3646") ? true : (stryCov_9fa48("3646", "3647", "3648"), conditions.length === 0)) ? mine : stryMutAct_9fa48("3649") ? {} : (stryCov_9fa48("3649"), {
          $and: stryMutAct_9fa48("3650") ? [] : (stryCov_9fa48("3650"), [mine, ...conditions])
        });
        return platform.inTime(stryMutAct_9fa48("3651") ? () => undefined : (stryCov_9fa48("3651"), () => platform.engine.find(API_KEY_OBJECT, stryMutAct_9fa48("3652") ? {} : (stryCov_9fa48("3652"), {
          where,
          orderBy: NEWEST_FIRST,
          limit,
          context
        }))));
      }
    };
    const {
      status
    } = query;
    if (stryMutAct_9fa48("3655") ? status === 'ACTIVE' && status === 'OWNER_LEFT' : stryMutAct_9fa48("3654") ? false : stryMutAct_9fa48("3653") ? true : (stryCov_9fa48("3653", "3654", "3655"), (stryMutAct_9fa48("3657") ? status !== 'ACTIVE' : stryMutAct_9fa48("3656") ? false : (stryCov_9fa48("3656", "3657"), status === (stryMutAct_9fa48("3658") ? "" : (stryCov_9fa48("3658"), 'ACTIVE')))) || (stryMutAct_9fa48("3660") ? status !== 'OWNER_LEFT' : stryMutAct_9fa48("3659") ? false : (stryCov_9fa48("3659", "3660"), status === (stryMutAct_9fa48("3661") ? "" : (stryCov_9fa48("3661"), 'OWNER_LEFT')))))) {
      if (stryMutAct_9fa48("3662")) {
        {}
      } else {
        stryCov_9fa48("3662");
        const found = new Membership(find, stryMutAct_9fa48("3663") ? () => undefined : (stryCov_9fa48("3663"), async key => stryMutAct_9fa48("3666") ? (await standing.statusOf(key)) !== status : stryMutAct_9fa48("3665") ? false : stryMutAct_9fa48("3664") ? true : (stryCov_9fa48("3664", "3665", "3666"), (await standing.statusOf(key)) === status)));
        const keys = await found.read(after, stryMutAct_9fa48("3667") ? first - 1 : (stryCov_9fa48("3667"), first + 1), stryMutAct_9fa48("3668") ? first - 1 : (stryCov_9fa48("3668"), first + 1));
        return stryMutAct_9fa48("3669") ? {} : (stryCov_9fa48("3669"), {
          keys: stryMutAct_9fa48("3670") ? keys : (stryCov_9fa48("3670"), keys.slice(0, first)),
          hasNextPage: stryMutAct_9fa48("3674") ? keys.length <= first : stryMutAct_9fa48("3673") ? keys.length >= first : stryMutAct_9fa48("3672") ? false : stryMutAct_9fa48("3671") ? true : (stryCov_9fa48("3671", "3672", "3673", "3674"), keys.length > first),
          totalCount: stryMutAct_9fa48("3675") ? () => undefined : (stryCov_9fa48("3675"), async () => (await found.read(undefined, Number.POSITIVE_INFINITY, BATCH)).length)
        });
      }
    }
    const owned = (stryMutAct_9fa48("3678") ? filters.length !== 0 : stryMutAct_9fa48("3677") ? false : stryMutAct_9fa48("3676") ? true : (stryCov_9fa48("3676", "3677", "3678"), filters.length === 0)) ? mine : stryMutAct_9fa48("3679") ? {} : (stryCov_9fa48("3679"), {
      $and: stryMutAct_9fa48("3680") ? [] : (stryCov_9fa48("3680"), [mine, ...filters])
    });
    const rows = await find(after, stryMutAct_9fa48("3681") ? first - 1 : (stryCov_9fa48("3681"), first + 1));
    return stryMutAct_9fa48("3682") ? {} : (stryCov_9fa48("3682"), {
      keys: stryMutAct_9fa48("3683") ? rows.map(toApiKey) : (stryCov_9fa48("3683"), rows.slice(0, first).map(toApiKey)),
      hasNextPage: stryMutAct_9fa48("3687") ? rows.length <= first : stryMutAct_9fa48("3686") ? rows.length >= first : stryMutAct_9fa48("3685") ? false : stryMutAct_9fa48("3684") ? true : (stryCov_9fa48("3684", "3685", "3686", "3687"), rows.length > first),
      totalCount: stryMutAct_9fa48("3688") ? () => undefined : (stryCov_9fa48("3688"), () => platform.inTime(stryMutAct_9fa48("3689") ? () => undefined : (stryCov_9fa48("3689"), () => platform.engine.count(API_KEY_OBJECT, stryMutAct_9fa48("3690") ? {} : (stryCov_9fa48("3690"), {
        where: owned,
        context
      })))))
    });
  }
}
const NEWEST_FIRST = [{
  field: 'created_at',
  order: 'desc'
}, {
  field: 'id',
  order: 'desc'
}] as const;
/** The rows of each further statement, if the first did not return enough. */
const BATCH = 500;

/**
 * Reads a list of keys with a condition on the membership of their owner. The engine does not join keys and
 * memberships, so this reads keys in batches and leaves out those that do not match.
 */
class Membership {
  readonly #find: (from: Place | undefined, limit: number) => Promise<Row[]>;
  readonly #isMeant: (key: ApiKey) => Promise<boolean>;
  constructor(find: (from: Place | undefined, limit: number) => Promise<Row[]>, isMeant: (key: ApiKey) => Promise<boolean>) {
    if (stryMutAct_9fa48("3691")) {
      {}
    } else {
      stryCov_9fa48("3691");
      this.#find = find;
      this.#isMeant = isMeant;
    }
  }
  async read(after: Place | undefined, wanted: number, firstBatch: number): Promise<ApiKey[]> {
    if (stryMutAct_9fa48("3692")) {
      {}
    } else {
      stryCov_9fa48("3692");
      const found: ApiKey[] = stryMutAct_9fa48("3693") ? ["Stryker was here"] : (stryCov_9fa48("3693"), []);
      let from = after;
      if (stryMutAct_9fa48("3694")) {
        for (let limit = firstBatch; false; limit = BATCH) {
          const keys = (await this.#find(from, limit)).map(toApiKey);
          const meant = await Promise.all(keys.map(this.#isMeant));
          found.push(...keys.filter((_key, index) => meant[index]));
          const last = keys.at(-1);
          if (found.length >= wanted || keys.length < limit || last === undefined) return found.slice(0, wanted);
          from = placeOf(last);
        }
      } else {
        stryCov_9fa48("3694");
        for (let limit = firstBatch;; limit = BATCH) {
          if (stryMutAct_9fa48("3695")) {
            {}
          } else {
            stryCov_9fa48("3695");
            const keys = (await this.#find(from, limit)).map(toApiKey);
            const meant = await Promise.all(keys.map(this.#isMeant));
            found.push(...(stryMutAct_9fa48("3697") ? keys : (stryCov_9fa48("3697"), keys.filter(stryMutAct_9fa48("3698") ? () => undefined : (stryCov_9fa48("3698"), (_key, index) => meant[index])))));
            const last = keys.at(stryMutAct_9fa48("3699") ? +1 : (stryCov_9fa48("3699"), -1));
            if (stryMutAct_9fa48("3702") ? (found.length >= wanted || keys.length < limit) && last === undefined : stryMutAct_9fa48("3701") ? false : stryMutAct_9fa48("3700") ? true : (stryCov_9fa48("3700", "3701", "3702"), (stryMutAct_9fa48("3704") ? found.length >= wanted && keys.length < limit : stryMutAct_9fa48("3703") ? false : (stryCov_9fa48("3703", "3704"), (stryMutAct_9fa48("3707") ? found.length < wanted : stryMutAct_9fa48("3706") ? found.length > wanted : stryMutAct_9fa48("3705") ? false : (stryCov_9fa48("3705", "3706", "3707"), found.length >= wanted)) || (stryMutAct_9fa48("3710") ? keys.length >= limit : stryMutAct_9fa48("3709") ? keys.length <= limit : stryMutAct_9fa48("3708") ? false : (stryCov_9fa48("3708", "3709", "3710"), keys.length < limit)))) || (stryMutAct_9fa48("3712") ? last !== undefined : stryMutAct_9fa48("3711") ? false : (stryCov_9fa48("3711", "3712"), last === undefined)))) return stryMutAct_9fa48("3713") ? found : (stryCov_9fa48("3713"), found.slice(0, wanted));
            from = placeOf(last);
          }
        }
      }
    }
  }
}
interface Place {
  readonly createdAt: string;
  readonly id: string;
}

/** The first condition is redundant, but lets the database start in the index at the cursor instead of at its beginning. */
function olderThan({
  createdAt,
  id
}: Place): Record<string, unknown> {
  if (stryMutAct_9fa48("3714")) {
    {}
  } else {
    stryCov_9fa48("3714");
    return stryMutAct_9fa48("3715") ? {} : (stryCov_9fa48("3715"), {
      created_at: stryMutAct_9fa48("3716") ? {} : (stryCov_9fa48("3716"), {
        $lte: createdAt
      }),
      $or: stryMutAct_9fa48("3717") ? [] : (stryCov_9fa48("3717"), [stryMutAct_9fa48("3718") ? {} : (stryCov_9fa48("3718"), {
        created_at: stryMutAct_9fa48("3719") ? {} : (stryCov_9fa48("3719"), {
          $lt: createdAt
        })
      }), stryMutAct_9fa48("3720") ? {} : (stryCov_9fa48("3720"), {
        created_at: createdAt,
        id: stryMutAct_9fa48("3721") ? {} : (stryCov_9fa48("3721"), {
          $lt: id
        })
      })])
    });
  }
}

/** The cursor of a key: opaque to clients. */
export function cursorOf(key: ApiKey): string {
  if (stryMutAct_9fa48("3722")) {
    {}
  } else {
    stryCov_9fa48("3722");
    const {
      createdAt,
      id
    } = placeOf(key);
    return Buffer.from(JSON.stringify(stryMutAct_9fa48("3723") ? [] : (stryCov_9fa48("3723"), [createdAt, id]))).toString(stryMutAct_9fa48("3724") ? "" : (stryCov_9fa48("3724"), 'base64url'));
  }
}
function placeOf({
  createdAt,
  id
}: ApiKey): Place {
  if (stryMutAct_9fa48("3725")) {
    {}
  } else {
    stryCov_9fa48("3725");
    return stryMutAct_9fa48("3726") ? {} : (stryCov_9fa48("3726"), {
      createdAt: createdAt.toISOString(),
      id
    });
  }
}
function readCursor(cursor: string): Place {
  if (stryMutAct_9fa48("3727")) {
    {}
  } else {
    stryCov_9fa48("3727");
    try {
      if (stryMutAct_9fa48("3728")) {
        {}
      } else {
        stryCov_9fa48("3728");
        const parsed: unknown = JSON.parse(Buffer.from(cursor, stryMutAct_9fa48("3729") ? "" : (stryCov_9fa48("3729"), 'base64url')).toString());
        if (stryMutAct_9fa48("3732") ? Array.isArray(parsed) && parsed.length === 2 || parsed.every(part => typeof part === 'string') : stryMutAct_9fa48("3731") ? false : stryMutAct_9fa48("3730") ? true : (stryCov_9fa48("3730", "3731", "3732"), (stryMutAct_9fa48("3734") ? Array.isArray(parsed) || parsed.length === 2 : stryMutAct_9fa48("3733") ? true : (stryCov_9fa48("3733", "3734"), Array.isArray(parsed) && (stryMutAct_9fa48("3736") ? parsed.length !== 2 : stryMutAct_9fa48("3735") ? true : (stryCov_9fa48("3735", "3736"), parsed.length === 2)))) && (stryMutAct_9fa48("3737") ? parsed.some(part => typeof part === 'string') : (stryCov_9fa48("3737"), parsed.every(stryMutAct_9fa48("3738") ? () => undefined : (stryCov_9fa48("3738"), part => stryMutAct_9fa48("3741") ? typeof part !== 'string' : stryMutAct_9fa48("3740") ? false : stryMutAct_9fa48("3739") ? true : (stryCov_9fa48("3739", "3740", "3741"), typeof part === (stryMutAct_9fa48("3742") ? "" : (stryCov_9fa48("3742"), 'string'))))))))) {
          if (stryMutAct_9fa48("3743")) {
            {}
          } else {
            stryCov_9fa48("3743");
            const [createdAt, id] = parsed as [string, string];
            if (stryMutAct_9fa48("3745") ? false : stryMutAct_9fa48("3744") ? true : (stryCov_9fa48("3744", "3745"), isKeyId(id))) return stryMutAct_9fa48("3746") ? {} : (stryCov_9fa48("3746"), {
              createdAt: new Date(createdAt).toISOString(),
              id
            });
          }
        }
      }
    } catch {
      // Not a cursor of ours.
    }
    throw invalid(stryMutAct_9fa48("3747") ? [] : (stryCov_9fa48("3747"), [stryMutAct_9fa48("3748") ? {} : (stryCov_9fa48("3748"), {
      field: stryMutAct_9fa48("3749") ? "" : (stryCov_9fa48("3749"), 'after'),
      code: stryMutAct_9fa48("3750") ? "" : (stryCov_9fa48("3750"), 'invalid_cursor'),
      message: stryMutAct_9fa48("3751") ? "" : (stryCov_9fa48("3751"), 'The cursor is not valid. Use one that an earlier page returned.')
    })]));
  }
}