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
import { Field, ObjectSchema } from '@objectstack/spec/data';
import type { Row, SqlDriver, Transaction } from '../../platform/engine.ts';
import { dialectOf, query } from '../../platform/sql.ts';
import { type ApiKeyPolicy, NO_POLICY, toPolicy } from './policy.ts';
export const API_KEY_POLICY_OBJECT = stryMutAct_9fa48("3270") ? "" : (stryCov_9fa48("3270"), 'sys_api_key_policy');

/** The first of the two numbers of an advisory lock of PostgreSQL: "osk" in ASCII. */
const LOCK_CLASS = 0x6f736b;

/** The rules of organizations, by the id of the organization. An organization without a row has no rules. */
export const apiKeyPolicyObject = ObjectSchema.create(stryMutAct_9fa48("3271") ? {} : (stryCov_9fa48("3271"), {
  name: API_KEY_POLICY_OBJECT,
  label: stryMutAct_9fa48("3272") ? "" : (stryCov_9fa48("3272"), 'API key policy'),
  pluralLabel: stryMutAct_9fa48("3273") ? "" : (stryCov_9fa48("3273"), 'API key policies'),
  isSystem: stryMutAct_9fa48("3274") ? false : (stryCov_9fa48("3274"), true),
  managedBy: stryMutAct_9fa48("3275") ? "" : (stryCov_9fa48("3275"), 'engine-owned'),
  access: stryMutAct_9fa48("3276") ? {} : (stryCov_9fa48("3276"), {
    default: stryMutAct_9fa48("3277") ? "" : (stryCov_9fa48("3277"), 'private')
  }),
  description: stryMutAct_9fa48("3278") ? "" : (stryCov_9fa48("3278"), 'The rules of an organization for its API keys. Only the API keys plugin reads and writes it.'),
  fields: stryMutAct_9fa48("3279") ? {} : (stryCov_9fa48("3279"), {
    id: Field.text(stryMutAct_9fa48("3280") ? {} : (stryCov_9fa48("3280"), {
      label: stryMutAct_9fa48("3281") ? "" : (stryCov_9fa48("3281"), 'Id of the organization'),
      required: stryMutAct_9fa48("3282") ? false : (stryCov_9fa48("3282"), true),
      readonly: stryMutAct_9fa48("3283") ? false : (stryCov_9fa48("3283"), true)
    })),
    max_lifetime: Field.text(stryMutAct_9fa48("3284") ? {} : (stryCov_9fa48("3284"), {
      label: stryMutAct_9fa48("3285") ? "" : (stryCov_9fa48("3285"), 'Longest life, an ISO 8601 duration'),
      readonly: stryMutAct_9fa48("3286") ? false : (stryCov_9fa48("3286"), true),
      maxLength: 32
    })),
    default_lifetime: Field.text(stryMutAct_9fa48("3287") ? {} : (stryCov_9fa48("3287"), {
      label: stryMutAct_9fa48("3288") ? "" : (stryCov_9fa48("3288"), 'Default lifetime'),
      readonly: stryMutAct_9fa48("3289") ? false : (stryCov_9fa48("3289"), true),
      maxLength: 32
    })),
    revoke_unused_after: Field.text(stryMutAct_9fa48("3290") ? {} : (stryCov_9fa48("3290"), {
      label: stryMutAct_9fa48("3291") ? "" : (stryCov_9fa48("3291"), 'Revoke when unused for'),
      readonly: stryMutAct_9fa48("3292") ? false : (stryCov_9fa48("3292"), true),
      maxLength: 32
    })),
    require_scopes: Field.boolean(stryMutAct_9fa48("3293") ? {} : (stryCov_9fa48("3293"), {
      label: stryMutAct_9fa48("3294") ? "" : (stryCov_9fa48("3294"), 'Scopes are required'),
      readonly: stryMutAct_9fa48("3295") ? false : (stryCov_9fa48("3295"), true)
    })),
    who_may_mint: Field.text(stryMutAct_9fa48("3296") ? {} : (stryCov_9fa48("3296"), {
      label: stryMutAct_9fa48("3297") ? "" : (stryCov_9fa48("3297"), 'MEMBERS or ADMINISTRATORS'),
      required: stryMutAct_9fa48("3298") ? false : (stryCov_9fa48("3298"), true),
      readonly: stryMutAct_9fa48("3299") ? false : (stryCov_9fa48("3299"), true),
      maxLength: 32
    }))
  }),
  enable: stryMutAct_9fa48("3300") ? {} : (stryCov_9fa48("3300"), {
    apiEnabled: stryMutAct_9fa48("3301") ? true : (stryCov_9fa48("3301"), false),
    trackHistory: stryMutAct_9fa48("3302") ? true : (stryCov_9fa48("3302"), false),
    searchable: stryMutAct_9fa48("3303") ? true : (stryCov_9fa48("3303"), false)
  })
}));

/** The policies of some organizations, locked until the end of a transaction. */
export class HeldPolicies {
  readonly #rows: ReadonlyMap<unknown, Row>;
  constructor(rows: readonly Row[]) {
    if (stryMutAct_9fa48("3304")) {
      {}
    } else {
      stryCov_9fa48("3304");
      this.#rows = new Map(rows.map(stryMutAct_9fa48("3305") ? () => undefined : (stryCov_9fa48("3305"), row => stryMutAct_9fa48("3306") ? [] : (stryCov_9fa48("3306"), [row[stryMutAct_9fa48("3307") ? "" : (stryCov_9fa48("3307"), 'id')], row]))));
    }
  }

  /** Whether the organization has a row of rules. */
  has(organizationId: string): boolean {
    if (stryMutAct_9fa48("3308")) {
      {}
    } else {
      stryCov_9fa48("3308");
      return this.#rows.has(organizationId);
    }
  }

  /**
   * The policy of an organization. A policy that cannot be read fails the keys of its organization, and not
   * those of others in the same transaction.
   *
   * @throws ServiceError `SERVICE_UNAVAILABLE` if a rule cannot be read.
   */
  of(organizationId: string | undefined): ApiKeyPolicy {
    if (stryMutAct_9fa48("3309")) {
      {}
    } else {
      stryCov_9fa48("3309");
      const row = this.#rows.get(organizationId);
      return (stryMutAct_9fa48("3312") ? row !== undefined : stryMutAct_9fa48("3311") ? false : stryMutAct_9fa48("3310") ? true : (stryCov_9fa48("3310", "3311", "3312"), row === undefined)) ? NO_POLICY : toPolicy(row);
    }
  }
}

/**
 * The policies in a database transaction. A transaction that writes keys holds a shared lock on the policy
 * of the organization until its commit; a transaction that writes the policy holds an exclusive lock. So a
 * key always satisfies the policy that is in force at its commit.
 *
 * On SQLite, the lock is the write transaction, which the ledger starts. On PostgreSQL, it is an advisory
 * lock: there may be no row to lock yet, and a shared row lock would write to the row for each key.
 */
export class PolicyTable {
  readonly #driver: SqlDriver;
  constructor(driver: SqlDriver) {
    if (stryMutAct_9fa48("3313")) {
      {}
    } else {
      stryCov_9fa48("3313");
      this.#driver = driver;
    }
  }

  /**
   * The policies of these organizations, locked against changes until the end of the transaction. Lock the
   * entries of the ledger first.
   */
  async hold(transaction: Transaction, organizationIds: Iterable<string>): Promise<HeldPolicies> {
    if (stryMutAct_9fa48("3314")) {
      {}
    } else {
      stryCov_9fa48("3314");
      const ids = stryMutAct_9fa48("3315") ? [...new Set(organizationIds)] : (stryCov_9fa48("3315"), (stryMutAct_9fa48("3316") ? [] : (stryCov_9fa48("3316"), [...new Set(organizationIds)])).sort());
      if (stryMutAct_9fa48("3319") ? ids.length !== 0 : stryMutAct_9fa48("3318") ? false : stryMutAct_9fa48("3317") ? true : (stryCov_9fa48("3317", "3318", "3319"), ids.length === 0)) return new HeldPolicies(stryMutAct_9fa48("3320") ? ["Stryker was here"] : (stryCov_9fa48("3320"), []));
      await this.#lock(transaction, stryMutAct_9fa48("3321") ? "" : (stryCov_9fa48("3321"), 'pg_advisory_xact_lock_shared'), ids);
      return this.#read(transaction, ids);
    }
  }

  /** The policy of an organization, locked exclusively until the end of the transaction. */
  async holdAlone(transaction: Transaction, organizationId: string): Promise<HeldPolicies> {
    if (stryMutAct_9fa48("3322")) {
      {}
    } else {
      stryCov_9fa48("3322");
      await this.#lock(transaction, stryMutAct_9fa48("3323") ? "" : (stryCov_9fa48("3323"), 'pg_advisory_xact_lock'), stryMutAct_9fa48("3324") ? [] : (stryCov_9fa48("3324"), [organizationId]));
      return this.#read(transaction, stryMutAct_9fa48("3325") ? [] : (stryCov_9fa48("3325"), [organizationId]));
    }
  }
  async #lock(transaction: Transaction, lock: string, ids: readonly string[]): Promise<void> {
    if (stryMutAct_9fa48("3326")) {
      {}
    } else {
      stryCov_9fa48("3326");
      if (stryMutAct_9fa48("3329") ? dialectOf(this.#driver) === 'postgres' : stryMutAct_9fa48("3328") ? false : stryMutAct_9fa48("3327") ? true : (stryCov_9fa48("3327", "3328", "3329"), dialectOf(this.#driver) !== (stryMutAct_9fa48("3330") ? "" : (stryCov_9fa48("3330"), 'postgres')))) return;
      const locks = ids.map(stryMutAct_9fa48("3331") ? () => undefined : (stryCov_9fa48("3331"), () => stryMutAct_9fa48("3332") ? `` : (stryCov_9fa48("3332"), `${lock}(${LOCK_CLASS}, hashtext(?))`))).join(stryMutAct_9fa48("3333") ? "" : (stryCov_9fa48("3333"), ', '));
      await this.#driver.execute(stryMutAct_9fa48("3334") ? `` : (stryCov_9fa48("3334"), `SELECT ${locks}`), ids, stryMutAct_9fa48("3335") ? {} : (stryCov_9fa48("3335"), {
        transaction
      }));
    }
  }

  /** A separate statement after the lock, so that PostgreSQL shows everything that was committed before the lock. */
  async #read(transaction: Transaction, ids: readonly string[]): Promise<HeldPolicies> {
    if (stryMutAct_9fa48("3336")) {
      {}
    } else {
      stryCov_9fa48("3336");
      const rows = await query(this.#driver, stryMutAct_9fa48("3337") ? `` : (stryCov_9fa48("3337"), `SELECT id, max_lifetime, default_lifetime, revoke_unused_after, require_scopes, who_may_mint
       FROM ${API_KEY_POLICY_OBJECT} WHERE id IN (${ids.map(stryMutAct_9fa48("3338") ? () => undefined : (stryCov_9fa48("3338"), () => stryMutAct_9fa48("3339") ? "" : (stryCov_9fa48("3339"), '?'))).join(stryMutAct_9fa48("3340") ? "" : (stryCov_9fa48("3340"), ', '))})`), ids, stryMutAct_9fa48("3341") ? {} : (stryCov_9fa48("3341"), {
        transaction
      }));
      return new HeldPolicies(rows);
    }
  }
}