// @ts-nocheck
import { Field, ObjectSchema } from '@objectstack/spec/data';
import type { Row, SqlDriver, Transaction } from '../../platform/engine.ts';
import { dialectOf, query } from '../../platform/sql.ts';
import { type ApiKeyPolicy, NO_POLICY, toPolicy } from './policy.ts';

export const API_KEY_POLICY_OBJECT = 'sys_api_key_policy';

/** The first of the two numbers of an advisory lock of PostgreSQL: "osk" in ASCII. */
const LOCK_CLASS = 0x6f736b;

/** The rules of organizations, by the id of the organization. An organization without a row has no rules. */
export const apiKeyPolicyObject = ObjectSchema.create({
  name: API_KEY_POLICY_OBJECT,
  label: 'API key policy',
  pluralLabel: 'API key policies',
  isSystem: true,
  managedBy: 'engine-owned',
  access: { default: 'private' },
  description: 'The rules of an organization for its API keys. Only the API keys plugin reads and writes it.',
  fields: {
    id: Field.text({ label: 'Id of the organization', required: true, readonly: true }),
    max_lifetime: Field.text({ label: 'Longest life, an ISO 8601 duration', readonly: true, maxLength: 32 }),
    default_lifetime: Field.text({ label: 'Default lifetime', readonly: true, maxLength: 32 }),
    revoke_unused_after: Field.text({ label: 'Revoke when unused for', readonly: true, maxLength: 32 }),
    require_scopes: Field.boolean({ label: 'Scopes are required', readonly: true }),
    who_may_mint: Field.text({ label: 'MEMBERS or ADMINISTRATORS', required: true, readonly: true, maxLength: 32 }),
  },
  enable: { apiEnabled: false, trackHistory: false, searchable: false },
});

/** The policies of some organizations, locked until the end of a transaction. */
export class HeldPolicies {
  readonly #rows: ReadonlyMap<unknown, Row>;

  constructor(rows: readonly Row[]) {
    this.#rows = new Map(rows.map((row) => [row['id'], row]));
  }

  /** Whether the organization has a row of rules. */
  has(organizationId: string): boolean {
    return this.#rows.has(organizationId);
  }

  /**
   * The policy of an organization. A policy that cannot be read fails the keys of its organization, and not
   * those of others in the same transaction.
   *
   * @throws ServiceError `SERVICE_UNAVAILABLE` if a rule cannot be read.
   */
  of(organizationId: string | undefined): ApiKeyPolicy {
    const row = this.#rows.get(organizationId);
    return row === undefined ? NO_POLICY : toPolicy(row);
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
    this.#driver = driver;
  }

  /**
   * The policies of these organizations, locked against changes until the end of the transaction. Lock the
   * entries of the ledger first.
   */
  async hold(transaction: Transaction, organizationIds: Iterable<string>): Promise<HeldPolicies> {
    const ids = [...new Set(organizationIds)].sort();
    if (ids.length === 0) return new HeldPolicies([]);
    await this.#lock(transaction, 'pg_advisory_xact_lock_shared', ids);
    return this.#read(transaction, ids);
  }

  /** The policy of an organization, locked exclusively until the end of the transaction. */
  async holdAlone(transaction: Transaction, organizationId: string): Promise<HeldPolicies> {
    await this.#lock(transaction, 'pg_advisory_xact_lock', [organizationId]);
    return this.#read(transaction, [organizationId]);
  }

  async #lock(transaction: Transaction, lock: string, ids: readonly string[]): Promise<void> {
    if (dialectOf(this.#driver) !== 'postgres') return;
    const locks = ids.map(() => `${lock}(${LOCK_CLASS}, hashtext(?))`).join(', ');
    await this.#driver.execute(`SELECT ${locks}`, ids, { transaction });
  }

  /** A separate statement after the lock, so that PostgreSQL shows everything that was committed before the lock. */
  async #read(transaction: Transaction, ids: readonly string[]): Promise<HeldPolicies> {
    const rows = await query(
      this.#driver,
      `SELECT id, max_lifetime, default_lifetime, revoke_unused_after, require_scopes, who_may_mint
       FROM ${API_KEY_POLICY_OBJECT} WHERE id IN (${ids.map(() => '?').join(', ')})`,
      ids,
      { transaction },
    );
    return new HeldPolicies(rows);
  }
}
