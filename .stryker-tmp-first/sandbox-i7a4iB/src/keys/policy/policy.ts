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
import { unavailable } from '../../base/errors.ts';
import type { Row } from '../../platform/engine.ts';
import { parseDuration } from '../input/duration.ts';
import type { ApiKey } from '../record/api-key.ts';

/** Who may create and restore keys. */
export type ApiKeyMinters = 'MEMBERS' | 'ADMINISTRATORS';

/** The rules of an organization for its keys. Durations are in milliseconds; `undefined` means no rule. */
export interface ApiKeyPolicy {
  /** The longest lifetime of a key. */
  readonly maxLifetime: number | undefined;
  /** The lifetime of a key created without an expiry. */
  readonly defaultLifetime: number | undefined;
  /** How long a key may be unused before it is revoked. */
  readonly revokeUnusedAfter: number | undefined;
  /** Whether every key must have scopes. */
  readonly requireScopes: boolean;
  readonly whoMayMint: ApiKeyMinters;
}

/** The policy of an organization without rules. */
export const NO_POLICY: ApiKeyPolicy = stryMutAct_9fa48("3342") ? {} : (stryCov_9fa48("3342"), {
  maxLifetime: undefined,
  defaultLifetime: undefined,
  revokeUnusedAfter: undefined,
  requireScopes: stryMutAct_9fa48("3343") ? true : (stryCov_9fa48("3343"), false),
  whoMayMint: stryMutAct_9fa48("3344") ? "" : (stryCov_9fa48("3344"), 'MEMBERS')
});

/**
 * Reads the policy from a row of the engine or the driver.
 *
 * @throws ServiceError `SERVICE_UNAVAILABLE` if a rule cannot be read; it must not be taken for "no rule".
 */
export function toPolicy(row: Row): ApiKeyPolicy {
  if (stryMutAct_9fa48("3345")) {
    {}
  } else {
    stryCov_9fa48("3345");
    const {
      require_scopes: requireScopes,
      who_may_mint: whoMayMint
    } = row;
    if (stryMutAct_9fa48("3348") ? whoMayMint !== 'MEMBERS' || whoMayMint !== 'ADMINISTRATORS' : stryMutAct_9fa48("3347") ? false : stryMutAct_9fa48("3346") ? true : (stryCov_9fa48("3346", "3347", "3348"), (stryMutAct_9fa48("3350") ? whoMayMint === 'MEMBERS' : stryMutAct_9fa48("3349") ? true : (stryCov_9fa48("3349", "3350"), whoMayMint !== (stryMutAct_9fa48("3351") ? "" : (stryCov_9fa48("3351"), 'MEMBERS')))) && (stryMutAct_9fa48("3353") ? whoMayMint === 'ADMINISTRATORS' : stryMutAct_9fa48("3352") ? true : (stryCov_9fa48("3352", "3353"), whoMayMint !== (stryMutAct_9fa48("3354") ? "" : (stryCov_9fa48("3354"), 'ADMINISTRATORS')))))) throw unreadable(stryMutAct_9fa48("3355") ? "" : (stryCov_9fa48("3355"), 'who_may_mint'));
    return stryMutAct_9fa48("3356") ? {} : (stryCov_9fa48("3356"), {
      maxLifetime: durationOf(row, stryMutAct_9fa48("3357") ? "" : (stryCov_9fa48("3357"), 'max_lifetime')),
      defaultLifetime: durationOf(row, stryMutAct_9fa48("3358") ? "" : (stryCov_9fa48("3358"), 'default_lifetime')),
      revokeUnusedAfter: durationOf(row, stryMutAct_9fa48("3359") ? "" : (stryCov_9fa48("3359"), 'revoke_unused_after')),
      requireScopes: booleanOf(requireScopes),
      whoMayMint
    });
  }
}

/** Whether an existing key breaks the rules: it has no scopes although they are required, or its lifetime is too long. */
export function violates(policy: ApiKeyPolicy, key: Pick<ApiKey, 'scopes' | 'createdAt' | 'expiresAt'>): boolean {
  if (stryMutAct_9fa48("3360")) {
    {}
  } else {
    stryCov_9fa48("3360");
    if (stryMutAct_9fa48("3363") ? policy.requireScopes || key.scopes.length === 0 : stryMutAct_9fa48("3362") ? false : stryMutAct_9fa48("3361") ? true : (stryCov_9fa48("3361", "3362", "3363"), policy.requireScopes && (stryMutAct_9fa48("3365") ? key.scopes.length !== 0 : stryMutAct_9fa48("3364") ? true : (stryCov_9fa48("3364", "3365"), key.scopes.length === 0)))) return stryMutAct_9fa48("3366") ? false : (stryCov_9fa48("3366"), true);
    return livesTooLong(policy, key);
  }
}

/** A key without an expiry exceeds every lifetime. */
export function livesTooLong({
  maxLifetime
}: Pick<ApiKeyPolicy, 'maxLifetime'>, {
  createdAt,
  expiresAt
}: Pick<ApiKey, 'createdAt' | 'expiresAt'>): boolean {
  if (stryMutAct_9fa48("3367")) {
    {}
  } else {
    stryCov_9fa48("3367");
    if (stryMutAct_9fa48("3370") ? maxLifetime !== undefined : stryMutAct_9fa48("3369") ? false : stryMutAct_9fa48("3368") ? true : (stryCov_9fa48("3368", "3369", "3370"), maxLifetime === undefined)) return stryMutAct_9fa48("3371") ? true : (stryCov_9fa48("3371"), false);
    // An unreadable time counts as exceeding the limit.
    return stryMutAct_9fa48("3374") ? expiresAt === undefined && !(expiresAt.getTime() - createdAt.getTime() <= maxLifetime) : stryMutAct_9fa48("3373") ? false : stryMutAct_9fa48("3372") ? true : (stryCov_9fa48("3372", "3373", "3374"), (stryMutAct_9fa48("3376") ? expiresAt !== undefined : stryMutAct_9fa48("3375") ? false : (stryCov_9fa48("3375", "3376"), expiresAt === undefined)) || (stryMutAct_9fa48("3377") ? expiresAt.getTime() - createdAt.getTime() <= maxLifetime : (stryCov_9fa48("3377"), !(stryMutAct_9fa48("3381") ? expiresAt.getTime() - createdAt.getTime() > maxLifetime : stryMutAct_9fa48("3380") ? expiresAt.getTime() - createdAt.getTime() < maxLifetime : stryMutAct_9fa48("3379") ? false : stryMutAct_9fa48("3378") ? true : (stryCov_9fa48("3378", "3379", "3380", "3381"), (stryMutAct_9fa48("3382") ? expiresAt.getTime() + createdAt.getTime() : (stryCov_9fa48("3382"), expiresAt.getTime() - createdAt.getTime())) <= maxLifetime)))));
  }
}
function durationOf(row: Row, column: string): number | undefined {
  if (stryMutAct_9fa48("3383")) {
    {}
  } else {
    stryCov_9fa48("3383");
    const value = row[column];
    if (stryMutAct_9fa48("3386") ? value === null && value === undefined : stryMutAct_9fa48("3385") ? false : stryMutAct_9fa48("3384") ? true : (stryCov_9fa48("3384", "3385", "3386"), (stryMutAct_9fa48("3388") ? value !== null : stryMutAct_9fa48("3387") ? false : (stryCov_9fa48("3387", "3388"), value === null)) || (stryMutAct_9fa48("3390") ? value !== undefined : stryMutAct_9fa48("3389") ? false : (stryCov_9fa48("3389", "3390"), value === undefined)))) return undefined;
    const milliseconds = (stryMutAct_9fa48("3393") ? typeof value !== 'string' : stryMutAct_9fa48("3392") ? false : stryMutAct_9fa48("3391") ? true : (stryCov_9fa48("3391", "3392", "3393"), typeof value === (stryMutAct_9fa48("3394") ? "" : (stryCov_9fa48("3394"), 'string')))) ? parseDuration(value) : undefined;
    if (stryMutAct_9fa48("3397") ? milliseconds === undefined && milliseconds <= 0 : stryMutAct_9fa48("3396") ? false : stryMutAct_9fa48("3395") ? true : (stryCov_9fa48("3395", "3396", "3397"), (stryMutAct_9fa48("3399") ? milliseconds !== undefined : stryMutAct_9fa48("3398") ? false : (stryCov_9fa48("3398", "3399"), milliseconds === undefined)) || (stryMutAct_9fa48("3402") ? milliseconds > 0 : stryMutAct_9fa48("3401") ? milliseconds < 0 : stryMutAct_9fa48("3400") ? false : (stryCov_9fa48("3400", "3401", "3402"), milliseconds <= 0)))) throw unreadable(column);
    return milliseconds;
  }
}

/** SQLite has no booleans. */
function booleanOf(value: unknown): boolean {
  if (stryMutAct_9fa48("3403")) {
    {}
  } else {
    stryCov_9fa48("3403");
    if (stryMutAct_9fa48("3406") ? value === true && value === 1 : stryMutAct_9fa48("3405") ? false : stryMutAct_9fa48("3404") ? true : (stryCov_9fa48("3404", "3405", "3406"), (stryMutAct_9fa48("3408") ? value !== true : stryMutAct_9fa48("3407") ? false : (stryCov_9fa48("3407", "3408"), value === (stryMutAct_9fa48("3409") ? false : (stryCov_9fa48("3409"), true)))) || (stryMutAct_9fa48("3411") ? value !== 1 : stryMutAct_9fa48("3410") ? false : (stryCov_9fa48("3410", "3411"), value === 1)))) return stryMutAct_9fa48("3412") ? false : (stryCov_9fa48("3412"), true);
    if (stryMutAct_9fa48("3415") ? value === false && value === 0 : stryMutAct_9fa48("3414") ? false : stryMutAct_9fa48("3413") ? true : (stryCov_9fa48("3413", "3414", "3415"), (stryMutAct_9fa48("3417") ? value !== false : stryMutAct_9fa48("3416") ? false : (stryCov_9fa48("3416", "3417"), value === (stryMutAct_9fa48("3418") ? true : (stryCov_9fa48("3418"), false)))) || (stryMutAct_9fa48("3420") ? value !== 0 : stryMutAct_9fa48("3419") ? false : (stryCov_9fa48("3419", "3420"), value === 0)))) return stryMutAct_9fa48("3421") ? true : (stryCov_9fa48("3421"), false);
    throw unreadable(stryMutAct_9fa48("3422") ? "" : (stryCov_9fa48("3422"), 'require_scopes'));
  }
}
function unreadable(column: string): Error {
  if (stryMutAct_9fa48("3423")) {
    {}
  } else {
    stryCov_9fa48("3423");
    return unavailable(new TypeError(stryMutAct_9fa48("3424") ? `` : (stryCov_9fa48("3424"), `the column ${column} of a policy cannot be read`)));
  }
}