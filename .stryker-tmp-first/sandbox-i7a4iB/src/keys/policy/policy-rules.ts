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
import { type FieldError, ServiceError } from '../../base/errors.ts';
import { formatDuration } from '../input/duration.ts';
import type { KeyLimits } from '../limits/limits.ts';
import type { ApiKey } from '../record/api-key.ts';
import { type ApiKeyPolicy, livesTooLong } from './policy.ts';
const ONLY_ADMINISTRATORS = stryMutAct_9fa48("3172") ? "" : (stryCov_9fa48("3172"), 'administrators_only');

/** Looks up who administers an organization. */
export interface Administrators {
  administers(person: Pick<Principal, 'userId'>, organizationId: string): Promise<boolean>;
}

/** A requested key. */
export interface WantedKey {
  readonly scopes: readonly string[];
  readonly expiresAt: Date | undefined;
  /** The request has no expiry. */
  readonly endsByDefault: boolean;
  /** It replaces another key and gets its lifetime, as far as the policy allows. */
  readonly isReplacement: boolean;
}

/**
 * The expiry of a new key under the current policy. Without a requested expiry, the key gets the default
 * lifetime of the policy, within the limits of the policy and the operator. A replacement is shortened to
 * these limits.
 *
 * @throws ServiceError `POLICY_VIOLATION` if the requested lifetime is too long.
 */
export function expiryUnderPolicy(policy: ApiKeyPolicy, {
  maxKeyLifetime
}: Pick<KeyLimits, 'maxKeyLifetime'>, {
  expiresAt,
  endsByDefault,
  isReplacement
}: WantedKey, now: number): Date | undefined {
  if (stryMutAct_9fa48("3173")) {
    {}
  } else {
    stryCov_9fa48("3173");
    const {
      maxLifetime,
      defaultLifetime
    } = policy;
    if (stryMutAct_9fa48("3175") ? false : stryMutAct_9fa48("3174") ? true : (stryCov_9fa48("3174", "3175"), isReplacement)) return earliest(expiresAt, after(maxLifetime, now));
    if (stryMutAct_9fa48("3177") ? false : stryMutAct_9fa48("3176") ? true : (stryCov_9fa48("3176", "3177"), endsByDefault)) return earliest(after(defaultLifetime, now), after(maxLifetime, now), after(maxKeyLifetime, now));
    if (stryMutAct_9fa48("3180") ? maxLifetime !== undefined || expiresAt === undefined || expiresAt.getTime() > now + maxLifetime : stryMutAct_9fa48("3179") ? false : stryMutAct_9fa48("3178") ? true : (stryCov_9fa48("3178", "3179", "3180"), (stryMutAct_9fa48("3182") ? maxLifetime === undefined : stryMutAct_9fa48("3181") ? true : (stryCov_9fa48("3181", "3182"), maxLifetime !== undefined)) && (stryMutAct_9fa48("3184") ? expiresAt === undefined && expiresAt.getTime() > now + maxLifetime : stryMutAct_9fa48("3183") ? true : (stryCov_9fa48("3183", "3184"), (stryMutAct_9fa48("3186") ? expiresAt !== undefined : stryMutAct_9fa48("3185") ? false : (stryCov_9fa48("3185", "3186"), expiresAt === undefined)) || (stryMutAct_9fa48("3189") ? expiresAt.getTime() <= now + maxLifetime : stryMutAct_9fa48("3188") ? expiresAt.getTime() >= now + maxLifetime : stryMutAct_9fa48("3187") ? false : (stryCov_9fa48("3187", "3188", "3189"), expiresAt.getTime() > (stryMutAct_9fa48("3190") ? now - maxLifetime : (stryCov_9fa48("3190"), now + maxLifetime)))))))) {
      if (stryMutAct_9fa48("3191")) {
        {}
      } else {
        stryCov_9fa48("3191");
        throw livesTooLongError(maxLifetime);
      }
    }
    return expiresAt;
  }
}

/**
 * Checks a key and its creator against the policy.
 *
 * @param administers whether the creator is known to administer the organization.
 * @throws ServiceError `POLICY_VIOLATION`, naming the rule.
 */
export function assertAllowed({
  requireScopes,
  whoMayMint
}: ApiKeyPolicy, {
  scopes
}: Pick<ApiKey, 'scopes'>, administers: boolean): void {
  if (stryMutAct_9fa48("3192")) {
    {}
  } else {
    stryCov_9fa48("3192");
    if (stryMutAct_9fa48("3195") ? whoMayMint === 'ADMINISTRATORS' || !administers : stryMutAct_9fa48("3194") ? false : stryMutAct_9fa48("3193") ? true : (stryCov_9fa48("3193", "3194", "3195"), (stryMutAct_9fa48("3197") ? whoMayMint !== 'ADMINISTRATORS' : stryMutAct_9fa48("3196") ? true : (stryCov_9fa48("3196", "3197"), whoMayMint === (stryMutAct_9fa48("3198") ? "" : (stryCov_9fa48("3198"), 'ADMINISTRATORS')))) && (stryMutAct_9fa48("3199") ? administers : (stryCov_9fa48("3199"), !administers)))) {
      if (stryMutAct_9fa48("3200")) {
        {}
      } else {
        stryCov_9fa48("3200");
        throw violation(stryMutAct_9fa48("3201") ? {} : (stryCov_9fa48("3201"), {
          field: stryMutAct_9fa48("3202") ? "" : (stryCov_9fa48("3202"), 'whoMayMint'),
          code: ONLY_ADMINISTRATORS
        }), stryMutAct_9fa48("3203") ? "" : (stryCov_9fa48("3203"), 'The policy of this organization allows only its owners and administrators to create and restore keys.'));
      }
    }
    if (stryMutAct_9fa48("3206") ? requireScopes || scopes.length === 0 : stryMutAct_9fa48("3205") ? false : stryMutAct_9fa48("3204") ? true : (stryCov_9fa48("3204", "3205", "3206"), requireScopes && (stryMutAct_9fa48("3208") ? scopes.length !== 0 : stryMutAct_9fa48("3207") ? true : (stryCov_9fa48("3207", "3208"), scopes.length === 0)))) {
      if (stryMutAct_9fa48("3209")) {
        {}
      } else {
        stryCov_9fa48("3209");
        throw violation(stryMutAct_9fa48("3210") ? {} : (stryCov_9fa48("3210"), {
          field: stryMutAct_9fa48("3211") ? "" : (stryCov_9fa48("3211"), 'scopes'),
          code: stryMutAct_9fa48("3212") ? "" : (stryCov_9fa48("3212"), 'scopes_required')
        }), stryMutAct_9fa48("3213") ? "" : (stryCov_9fa48("3213"), 'The policy of this organization requires scopes. Give at least one, such as "data:read".'));
      }
    }
  }
}

/** The same for a restored key, which cannot change. @throws ServiceError `POLICY_VIOLATION` */
export function assertMayComeBack(policy: ApiKeyPolicy, key: ApiKey, administers: boolean): void {
  if (stryMutAct_9fa48("3214")) {
    {}
  } else {
    stryCov_9fa48("3214");
    if (stryMutAct_9fa48("3215")) {
      ;
    } else {
      stryCov_9fa48("3215");
      assertAllowed(policy, key, administers);
    }
    if (stryMutAct_9fa48("3218") ? policy.maxLifetime !== undefined || livesTooLong(policy, key) : stryMutAct_9fa48("3217") ? false : stryMutAct_9fa48("3216") ? true : (stryCov_9fa48("3216", "3217", "3218"), (stryMutAct_9fa48("3220") ? policy.maxLifetime === undefined : stryMutAct_9fa48("3219") ? true : (stryCov_9fa48("3219", "3220"), policy.maxLifetime !== undefined)) && livesTooLong(policy, key))) throw livesTooLongError(policy.maxLifetime);
  }
}

/**
 * Retries as an administrator if only that was missing. Checking this takes several reads, and most
 * organizations let every member create keys.
 */
export async function withAdministration<T>(administrators: Administrators, {
  userId,
  organizationId
}: Pick<Principal, 'userId' | 'organizationId'>, write: (administers: boolean) => Promise<T>): Promise<T> {
  if (stryMutAct_9fa48("3221")) {
    {}
  } else {
    stryCov_9fa48("3221");
    try {
      if (stryMutAct_9fa48("3222")) {
        {}
      } else {
        stryCov_9fa48("3222");
        return await write(stryMutAct_9fa48("3223") ? true : (stryCov_9fa48("3223"), false));
      }
    } catch (error) {
      if (stryMutAct_9fa48("3224")) {
        {}
      } else {
        stryCov_9fa48("3224");
        if (stryMutAct_9fa48("3227") ? organizationId === undefined && !isForAdministrators(error) : stryMutAct_9fa48("3226") ? false : stryMutAct_9fa48("3225") ? true : (stryCov_9fa48("3225", "3226", "3227"), (stryMutAct_9fa48("3229") ? organizationId !== undefined : stryMutAct_9fa48("3228") ? false : (stryCov_9fa48("3228", "3229"), organizationId === undefined)) || (stryMutAct_9fa48("3230") ? isForAdministrators(error) : (stryCov_9fa48("3230"), !isForAdministrators(error))))) throw error;
        if (stryMutAct_9fa48("3233") ? false : stryMutAct_9fa48("3232") ? true : stryMutAct_9fa48("3231") ? await administrators.administers({
          userId
        }, organizationId) : (stryCov_9fa48("3231", "3232", "3233"), !(await administrators.administers(stryMutAct_9fa48("3234") ? {} : (stryCov_9fa48("3234"), {
          userId
        }), organizationId)))) throw error;
        return write(stryMutAct_9fa48("3235") ? false : (stryCov_9fa48("3235"), true));
      }
    }
  }
}
function isForAdministrators(error: unknown): boolean {
  if (stryMutAct_9fa48("3236")) {
    {}
  } else {
    stryCov_9fa48("3236");
    return stryMutAct_9fa48("3239") ? error instanceof ServiceError || error.fields?.[0]?.code === ONLY_ADMINISTRATORS : stryMutAct_9fa48("3238") ? false : stryMutAct_9fa48("3237") ? true : (stryCov_9fa48("3237", "3238", "3239"), error instanceof ServiceError && (stryMutAct_9fa48("3241") ? error.fields?.[0]?.code !== ONLY_ADMINISTRATORS : stryMutAct_9fa48("3240") ? true : (stryCov_9fa48("3240", "3241"), (stryMutAct_9fa48("3243") ? error.fields[0]?.code : stryMutAct_9fa48("3242") ? error.fields?.[0].code : (stryCov_9fa48("3242", "3243"), error.fields?.[0]?.code)) === ONLY_ADMINISTRATORS)));
  }
}
function livesTooLongError(maxLifetime: number): ServiceError {
  if (stryMutAct_9fa48("3244")) {
    {}
  } else {
    stryCov_9fa48("3244");
    return violation(stryMutAct_9fa48("3245") ? {} : (stryCov_9fa48("3245"), {
      field: stryMutAct_9fa48("3246") ? "" : (stryCov_9fa48("3246"), 'expiresAt'),
      code: stryMutAct_9fa48("3247") ? "" : (stryCov_9fa48("3247"), 'exceeds_policy_lifetime')
    }), stryMutAct_9fa48("3248") ? `` : (stryCov_9fa48("3248"), `The policy of this organization limits the lifetime of a key to ${formatDuration(maxLifetime)}.`));
  }
}
function violation(fault: Omit<FieldError, 'message'>, message: string): ServiceError {
  if (stryMutAct_9fa48("3249")) {
    {}
  } else {
    stryCov_9fa48("3249");
    return new ServiceError(stryMutAct_9fa48("3250") ? "" : (stryCov_9fa48("3250"), 'POLICY_VIOLATION'), stryMutAct_9fa48("3251") ? {} : (stryCov_9fa48("3251"), {
      message,
      fields: stryMutAct_9fa48("3252") ? [] : (stryCov_9fa48("3252"), [stryMutAct_9fa48("3253") ? {} : (stryCov_9fa48("3253"), {
        ...fault,
        message
      })])
    }));
  }
}
function after(lifetime: number | undefined, now: number): Date | undefined {
  if (stryMutAct_9fa48("3254")) {
    {}
  } else {
    stryCov_9fa48("3254");
    return (stryMutAct_9fa48("3257") ? lifetime !== undefined : stryMutAct_9fa48("3256") ? false : stryMutAct_9fa48("3255") ? true : (stryCov_9fa48("3255", "3256", "3257"), lifetime === undefined)) ? undefined : new Date(stryMutAct_9fa48("3258") ? now - lifetime : (stryCov_9fa48("3258"), now + lifetime));
  }
}
function earliest(...dates: readonly (Date | undefined)[]): Date | undefined {
  if (stryMutAct_9fa48("3259")) {
    {}
  } else {
    stryCov_9fa48("3259");
    const given = dates.flatMap(stryMutAct_9fa48("3260") ? () => undefined : (stryCov_9fa48("3260"), date => (stryMutAct_9fa48("3263") ? date !== undefined : stryMutAct_9fa48("3262") ? false : stryMutAct_9fa48("3261") ? true : (stryCov_9fa48("3261", "3262", "3263"), date === undefined)) ? stryMutAct_9fa48("3264") ? ["Stryker was here"] : (stryCov_9fa48("3264"), []) : stryMutAct_9fa48("3265") ? [] : (stryCov_9fa48("3265"), [date.getTime()])));
    return (stryMutAct_9fa48("3268") ? given.length !== 0 : stryMutAct_9fa48("3267") ? false : stryMutAct_9fa48("3266") ? true : (stryCov_9fa48("3266", "3267", "3268"), given.length === 0)) ? undefined : new Date(stryMutAct_9fa48("3269") ? Math.max(...given) : (stryCov_9fa48("3269"), Math.min(...given)));
  }
}