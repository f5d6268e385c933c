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
import { invalid, ServiceError } from '../../base/errors.ts';
import type { Events } from '../../observability/events.ts';
import { committed } from '../../platform/committed.ts';
import type { Platform } from '../../platform/platform.ts';
import { formatDuration } from '../input/duration.ts';
import { parseInput } from '../input/input.ts';
import { type PolicyChange, updateApiKeyPolicyInput } from '../input/policy.ts';
import type { KeyLimits } from '../limits/limits.ts';
import type { Caller } from '../mint/caller.ts';
import { assertMayChange } from '../mint/eligibility.ts';
import { assertInTime, type KeyWriting } from '../mint/key-writing.ts';
import { type ApiKeyPolicy, NO_POLICY, toPolicy, violates } from '../policy/policy.ts';
import { API_KEY_POLICY_OBJECT } from '../policy/policy-table.ts';
import { type ApiKey, statusOf } from '../record/api-key.ts';
import { type Administration, assertActsInPerson } from './administration.ts';

/** A policy before and after a change. */
interface ChangedPolicy {
  readonly organizationId: string;
  readonly before: ApiKeyPolicy;
  readonly after: ApiKeyPolicy;
}

/** The rules of an organization for its keys: every member reads them, and its administrators set them. */
export class OrganizationPolicy {
  readonly #platform: Platform;
  readonly #administration: Administration;
  readonly #writing: KeyWriting;
  readonly #events: Pick<Events, 'policyChanged'>;
  constructor(platform: Platform, administration: Administration, writing: KeyWriting, events: Pick<Events, 'policyChanged'>) {
    if (stryMutAct_9fa48("3043")) {
      {}
    } else {
      stryCov_9fa48("3043");
      this.#platform = platform;
      this.#administration = administration;
      this.#writing = writing;
      this.#events = events;
    }
  }

  /**
   * The policy of the active organization, within what the operator allows.
   *
   * @throws ServiceError `FORBIDDEN` for who does not belong to it.
   */
  async find(principal: Principal): Promise<ApiKeyPolicy> {
    if (stryMutAct_9fa48("3044")) {
      {}
    } else {
      stryCov_9fa48("3044");
      const {
        organizationId
      } = principal;
      if (stryMutAct_9fa48("3047") ? organizationId === undefined && !(await this.#administration.knows(principal, organizationId)) : stryMutAct_9fa48("3046") ? false : stryMutAct_9fa48("3045") ? true : (stryCov_9fa48("3045", "3046", "3047"), (stryMutAct_9fa48("3049") ? organizationId !== undefined : stryMutAct_9fa48("3048") ? false : (stryCov_9fa48("3048", "3049"), organizationId === undefined)) || (stryMutAct_9fa48("3050") ? await this.#administration.knows(principal, organizationId) : (stryCov_9fa48("3050"), !(await this.#administration.knows(principal, organizationId)))))) {
        if (stryMutAct_9fa48("3051")) {
          {}
        } else {
          stryCov_9fa48("3051");
          throw new ServiceError(stryMutAct_9fa48("3053") ? "" : (stryCov_9fa48("3053"), 'FORBIDDEN'), stryMutAct_9fa48("3054") ? {} : (stryCov_9fa48("3054"), {
            message: stryMutAct_9fa48("3055") ? "" : (stryCov_9fa48("3055"), 'You are not a member of the active organization.')
          }));
        }
      }
      return within(this.#writing.limits, await this.#read(organizationId));
    }
  }

  /**
   * Whether a key that works breaks a rule that was made after it. Look-ups of the same turn of the event
   * loop share one statement.
   */
  async isViolatedBy(key: ApiKey): Promise<boolean> {
    if (stryMutAct_9fa48("3056")) {
      {}
    } else {
      stryCov_9fa48("3056");
      if (stryMutAct_9fa48("3059") ? key.organizationId === undefined && statusOf(key) !== 'ACTIVE' : stryMutAct_9fa48("3058") ? false : stryMutAct_9fa48("3057") ? true : (stryCov_9fa48("3057", "3058", "3059"), (stryMutAct_9fa48("3061") ? key.organizationId !== undefined : stryMutAct_9fa48("3060") ? false : (stryCov_9fa48("3060", "3061"), key.organizationId === undefined)) || (stryMutAct_9fa48("3063") ? statusOf(key) === 'ACTIVE' : stryMutAct_9fa48("3062") ? false : (stryCov_9fa48("3062", "3063"), statusOf(key) !== (stryMutAct_9fa48("3064") ? "" : (stryCov_9fa48("3064"), 'ACTIVE')))))) return stryMutAct_9fa48("3065") ? true : (stryCov_9fa48("3065"), false);
      return violates(await this.#read(key.organizationId), key);
    }
  }

  /**
   * Changes the rules that are given, and leaves the others. It waits for the keys that are being written
   * under the rules before; those that are written after it obey the new ones.
   *
   * @throws ServiceError `VALIDATION_FAILED`, `FORBIDDEN`, `SERVICE_UNAVAILABLE`, and then nothing is changed.
   */
  async update(caller: Caller, input: unknown): Promise<ApiKeyPolicy> {
    if (stryMutAct_9fa48("3066")) {
      {}
    } else {
      stryCov_9fa48("3066");
      const {
        principal,
        request
      } = caller;
      if (stryMutAct_9fa48("3067")) {
        ;
      } else {
        stryCov_9fa48("3067");
        assertMayChange(principal);
      }
      const change = parseInput(updateApiKeyPolicyInput, input);
      const organizationId = await this.#administration.organizationOf(principal);
      if (stryMutAct_9fa48("3068")) {
        ;
      } else {
        stryCov_9fa48("3068");
        assertActsInPerson(principal);
      }
      const {
        engine,
        ledger,
        policies,
        limits
      } = this.#writing;
      const changed = await this.#platform.inTime(stryMutAct_9fa48("3069") ? () => undefined : (stryCov_9fa48("3069"), () => committed(engine, API_KEY_POLICY_OBJECT, async context => {
        if (stryMutAct_9fa48("3070")) {
          {}
        } else {
          stryCov_9fa48("3070");
          await ledger.lock(context.transaction, new Map(), stryMutAct_9fa48("3071") ? ["Stryker was here"] : (stryCov_9fa48("3071"), []));
          const held = await policies.holdAlone(context.transaction, organizationId);
          const before = held.of(organizationId);
          const after = changedBy(before, change);
          if (stryMutAct_9fa48("3072")) {
            ;
          } else {
            stryCov_9fa48("3072");
            assertConsistent(after, limits);
          }
          const row = stryMutAct_9fa48("3073") ? {} : (stryCov_9fa48("3073"), {
            id: organizationId,
            ...columnsOf(after)
          });
          const actor = stryMutAct_9fa48("3074") ? {} : (stryCov_9fa48("3074"), {
            context: stryMutAct_9fa48("3075") ? {} : (stryCov_9fa48("3075"), {
              ...context,
              userId: principal.userId
            })
          });
          if (stryMutAct_9fa48("3077") ? false : stryMutAct_9fa48("3076") ? true : (stryCov_9fa48("3076", "3077"), held.has(organizationId))) await engine.update(API_KEY_POLICY_OBJECT, row, actor);else await engine.insert(API_KEY_POLICY_OBJECT, stryMutAct_9fa48("3078") ? [] : (stryCov_9fa48("3078"), [row]), actor);
          await ledger.assertCommittable(context.transaction);
          if (stryMutAct_9fa48("3079")) {
            ;
          } else {
            stryCov_9fa48("3079");
            assertInTime(request.budget);
          }
          return stryMutAct_9fa48("3080") ? {} : (stryCov_9fa48("3080"), {
            organizationId,
            before,
            after
          });
        }
      })));
      if (stryMutAct_9fa48("3081")) {
        ;
      } else {
        stryCov_9fa48("3081");
        this.#tell(caller, changed);
      }
      return within(limits, changed.after);
    }
  }
  #tell({
    principal: {
      userId
    },
    request
  }: Caller, {
    organizationId,
    before,
    after
  }: ChangedPolicy): void {
    if (stryMutAct_9fa48("3082")) {
      {}
    } else {
      stryCov_9fa48("3082");
      const [was, is] = stryMutAct_9fa48("3083") ? [] : (stryCov_9fa48("3083"), [spelled(before), spelled(after)]);
      const changes = Object.fromEntries(stryMutAct_9fa48("3084") ? Object.entries(is) : (stryCov_9fa48("3084"), Object.entries(is).filter(stryMutAct_9fa48("3085") ? () => undefined : (stryCov_9fa48("3085"), ([rule, value]) => stryMutAct_9fa48("3088") ? was[rule] === value : stryMutAct_9fa48("3087") ? false : stryMutAct_9fa48("3086") ? true : (stryCov_9fa48("3086", "3087", "3088"), was[rule] !== value)))));
      if (stryMutAct_9fa48("3092") ? Object.keys(changes).length <= 0 : stryMutAct_9fa48("3091") ? Object.keys(changes).length >= 0 : stryMutAct_9fa48("3090") ? false : stryMutAct_9fa48("3089") ? true : (stryCov_9fa48("3089", "3090", "3091", "3092"), Object.keys(changes).length > 0)) stryMutAct_9fa48("3093") ? this.#events.policyChanged(request, {
        userId,
        organizationId,
        changes
      }) : (stryCov_9fa48("3093"), this.#events.policyChanged?.(request, stryMutAct_9fa48("3094") ? {} : (stryCov_9fa48("3094"), {
        userId,
        organizationId,
        changes
      })));
    }
  }
  async #read(organizationId: string): Promise<ApiKeyPolicy> {
    if (stryMutAct_9fa48("3095")) {
      {}
    } else {
      stryCov_9fa48("3095");
      const read = stryMutAct_9fa48("3096") ? () => undefined : (stryCov_9fa48("3096"), (() => {
        const read = () => this.#platform.reader.find(API_KEY_POLICY_OBJECT, organizationId);
        return read;
      })());
      const [row] = await this.#platform.inTime(read);
      return (stryMutAct_9fa48("3099") ? row !== undefined : stryMutAct_9fa48("3098") ? false : stryMutAct_9fa48("3097") ? true : (stryCov_9fa48("3097", "3098", "3099"), row === undefined)) ? NO_POLICY : toPolicy(row);
    }
  }
}

/** What is left out stays as it is; `null` takes a rule back. */
function changedBy(before: ApiKeyPolicy, change: PolicyChange): ApiKeyPolicy {
  if (stryMutAct_9fa48("3100")) {
    {}
  } else {
    stryCov_9fa48("3100");
    const {
      requireScopes,
      whoMayMint
    } = change;
    const duration = (name: 'maxLifetime' | 'defaultLifetime' | 'revokeUnusedAfter'): number | undefined => {
      if (stryMutAct_9fa48("3101")) {
        {}
      } else {
        stryCov_9fa48("3101");
        const value = change[name];
        return (stryMutAct_9fa48("3104") ? value !== undefined : stryMutAct_9fa48("3103") ? false : stryMutAct_9fa48("3102") ? true : (stryCov_9fa48("3102", "3103", "3104"), value === undefined)) ? before[name] : stryMutAct_9fa48("3105") ? value && undefined : (stryCov_9fa48("3105"), value ?? undefined);
      }
    };
    return stryMutAct_9fa48("3106") ? {} : (stryCov_9fa48("3106"), {
      maxLifetime: duration(stryMutAct_9fa48("3107") ? "" : (stryCov_9fa48("3107"), 'maxLifetime')),
      defaultLifetime: duration(stryMutAct_9fa48("3108") ? "" : (stryCov_9fa48("3108"), 'defaultLifetime')),
      revokeUnusedAfter: duration(stryMutAct_9fa48("3109") ? "" : (stryCov_9fa48("3109"), 'revokeUnusedAfter')),
      requireScopes: stryMutAct_9fa48("3110") ? (requireScopes === undefined ? before.requireScopes : requireScopes) && NO_POLICY.requireScopes : (stryCov_9fa48("3110"), ((stryMutAct_9fa48("3113") ? requireScopes !== undefined : stryMutAct_9fa48("3112") ? false : stryMutAct_9fa48("3111") ? true : (stryCov_9fa48("3111", "3112", "3113"), requireScopes === undefined)) ? before.requireScopes : requireScopes) ?? NO_POLICY.requireScopes),
      whoMayMint: stryMutAct_9fa48("3114") ? (whoMayMint === undefined ? before.whoMayMint : whoMayMint) && NO_POLICY.whoMayMint : (stryCov_9fa48("3114"), ((stryMutAct_9fa48("3117") ? whoMayMint !== undefined : stryMutAct_9fa48("3116") ? false : stryMutAct_9fa48("3115") ? true : (stryCov_9fa48("3115", "3116", "3117"), whoMayMint === undefined)) ? before.whoMayMint : whoMayMint) ?? NO_POLICY.whoMayMint)
    });
  }
}
function assertConsistent({
  maxLifetime,
  defaultLifetime
}: ApiKeyPolicy, {
  maxKeyLifetime
}: Pick<KeyLimits, 'maxKeyLifetime'>): void {
  if (stryMutAct_9fa48("3118")) {
    {}
  } else {
    stryCov_9fa48("3118");
    const given = Object.entries(stryMutAct_9fa48("3119") ? {} : (stryCov_9fa48("3119"), {
      maxLifetime,
      defaultLifetime
    }));
    for (const [field, lifetime] of given) {
      if (stryMutAct_9fa48("3120")) {
        {}
      } else {
        stryCov_9fa48("3120");
        if (stryMutAct_9fa48("3123") ? (lifetime === undefined || maxKeyLifetime === undefined) && lifetime <= maxKeyLifetime : stryMutAct_9fa48("3122") ? false : stryMutAct_9fa48("3121") ? true : (stryCov_9fa48("3121", "3122", "3123"), (stryMutAct_9fa48("3125") ? lifetime === undefined && maxKeyLifetime === undefined : stryMutAct_9fa48("3124") ? false : (stryCov_9fa48("3124", "3125"), (stryMutAct_9fa48("3127") ? lifetime !== undefined : stryMutAct_9fa48("3126") ? false : (stryCov_9fa48("3126", "3127"), lifetime === undefined)) || (stryMutAct_9fa48("3129") ? maxKeyLifetime !== undefined : stryMutAct_9fa48("3128") ? false : (stryCov_9fa48("3128", "3129"), maxKeyLifetime === undefined)))) || (stryMutAct_9fa48("3132") ? lifetime > maxKeyLifetime : stryMutAct_9fa48("3131") ? lifetime < maxKeyLifetime : stryMutAct_9fa48("3130") ? false : (stryCov_9fa48("3130", "3131", "3132"), lifetime <= maxKeyLifetime)))) continue;
        const message = stryMutAct_9fa48("3133") ? `` : (stryCov_9fa48("3133"), `This server limits the lifetime of a key to ${formatDuration(maxKeyLifetime)}.`);
        throw invalid(stryMutAct_9fa48("3134") ? [] : (stryCov_9fa48("3134"), [stryMutAct_9fa48("3135") ? {} : (stryCov_9fa48("3135"), {
          field,
          code: stryMutAct_9fa48("3136") ? "" : (stryCov_9fa48("3136"), 'exceeds_max_lifetime'),
          message
        })]));
      }
    }
    if (stryMutAct_9fa48("3139") ? (maxLifetime === undefined || defaultLifetime === undefined) && defaultLifetime <= maxLifetime : stryMutAct_9fa48("3138") ? false : stryMutAct_9fa48("3137") ? true : (stryCov_9fa48("3137", "3138", "3139"), (stryMutAct_9fa48("3141") ? maxLifetime === undefined && defaultLifetime === undefined : stryMutAct_9fa48("3140") ? false : (stryCov_9fa48("3140", "3141"), (stryMutAct_9fa48("3143") ? maxLifetime !== undefined : stryMutAct_9fa48("3142") ? false : (stryCov_9fa48("3142", "3143"), maxLifetime === undefined)) || (stryMutAct_9fa48("3145") ? defaultLifetime !== undefined : stryMutAct_9fa48("3144") ? false : (stryCov_9fa48("3144", "3145"), defaultLifetime === undefined)))) || (stryMutAct_9fa48("3148") ? defaultLifetime > maxLifetime : stryMutAct_9fa48("3147") ? defaultLifetime < maxLifetime : stryMutAct_9fa48("3146") ? false : (stryCov_9fa48("3146", "3147", "3148"), defaultLifetime <= maxLifetime)))) return;
    const message = stryMutAct_9fa48("3149") ? `` : (stryCov_9fa48("3149"), `The default lifetime must not exceed the maximum lifetime, which is ${formatDuration(maxLifetime)}. Give a shorter one.`);
    throw invalid(stryMutAct_9fa48("3150") ? [] : (stryCov_9fa48("3150"), [stryMutAct_9fa48("3151") ? {} : (stryCov_9fa48("3151"), {
      field: stryMutAct_9fa48("3152") ? "" : (stryCov_9fa48("3152"), 'defaultLifetime'),
      code: stryMutAct_9fa48("3153") ? "" : (stryCov_9fa48("3153"), 'exceeds_policy_lifetime'),
      message
    })]));
  }
}

/** The operator may have set a tighter bound after the organization did. */
function within({
  maxKeyLifetime
}: Pick<KeyLimits, 'maxKeyLifetime'>, policy: ApiKeyPolicy): ApiKeyPolicy {
  if (stryMutAct_9fa48("3154")) {
    {}
  } else {
    stryCov_9fa48("3154");
    if (stryMutAct_9fa48("3157") ? maxKeyLifetime !== undefined : stryMutAct_9fa48("3156") ? false : stryMutAct_9fa48("3155") ? true : (stryCov_9fa48("3155", "3156", "3157"), maxKeyLifetime === undefined)) return policy;
    const bounded = stryMutAct_9fa48("3158") ? () => undefined : (stryCov_9fa48("3158"), (() => {
      const bounded = (lifetime: number | undefined) => stryMutAct_9fa48("3161") ? lifetime || Math.min(lifetime, maxKeyLifetime) : stryMutAct_9fa48("3160") ? false : stryMutAct_9fa48("3159") ? true : (stryCov_9fa48("3159", "3160", "3161"), lifetime && (stryMutAct_9fa48("3162") ? Math.max(lifetime, maxKeyLifetime) : (stryCov_9fa48("3162"), Math.min(lifetime, maxKeyLifetime))));
      return bounded;
    })());
    return stryMutAct_9fa48("3163") ? {} : (stryCov_9fa48("3163"), {
      ...policy,
      maxLifetime: bounded(policy.maxLifetime),
      defaultLifetime: bounded(policy.defaultLifetime)
    });
  }
}
function spelled(policy: ApiKeyPolicy): Record<string, string | boolean | null> {
  if (stryMutAct_9fa48("3164")) {
    {}
  } else {
    stryCov_9fa48("3164");
    const duration = stryMutAct_9fa48("3165") ? () => undefined : (stryCov_9fa48("3165"), (() => {
      const duration = (milliseconds: number | undefined) => (stryMutAct_9fa48("3168") ? milliseconds !== undefined : stryMutAct_9fa48("3167") ? false : stryMutAct_9fa48("3166") ? true : (stryCov_9fa48("3166", "3167", "3168"), milliseconds === undefined)) ? null : formatDuration(milliseconds);
      return duration;
    })());
    return stryMutAct_9fa48("3169") ? {} : (stryCov_9fa48("3169"), {
      maxLifetime: duration(policy.maxLifetime),
      defaultLifetime: duration(policy.defaultLifetime),
      revokeUnusedAfter: duration(policy.revokeUnusedAfter),
      requireScopes: policy.requireScopes,
      whoMayMint: policy.whoMayMint
    });
  }
}
function columnsOf(policy: ApiKeyPolicy): Record<string, unknown> {
  if (stryMutAct_9fa48("3170")) {
    {}
  } else {
    stryCov_9fa48("3170");
    const {
      maxLifetime,
      defaultLifetime,
      revokeUnusedAfter,
      requireScopes,
      whoMayMint
    } = spelled(policy);
    return stryMutAct_9fa48("3171") ? {} : (stryCov_9fa48("3171"), {
      max_lifetime: maxLifetime,
      default_lifetime: defaultLifetime,
      revoke_unused_after: revokeUnusedAfter,
      require_scopes: requireScopes,
      who_may_mint: whoMayMint
    });
  }
}