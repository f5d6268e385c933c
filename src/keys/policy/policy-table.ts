import { Field, ObjectSchema } from '@objectstack/spec/data';
import type { SqlDriver, Transaction } from '../../platform/engine.ts';
import { dialectOf, query } from '../../platform/sql.ts';
import { type ApiKeyPolicy, toPolicy } from './policy.ts';

export const API_KEY_POLICY_OBJECT = 'sys_api_key_policy';

/** The first of the two numbers of an advisory lock of PostgreSQL: "osk" in ASCII. */
const LOCK_CLASS = 0x6f736b;

/** The rules of organizations, under the id of each. An organization without a row has no rule of its own. */
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

/**
 * The policies inside one transaction of the database. Whoever writes a key holds the policy of its
 * organization until the commit, together with all others who write keys; whoever writes the policy
 * holds it alone. So the policy that a key was decided by is the one in force when it is committed.
 *
 * On SQLite the lock is the writing transaction, which the ledger begins. On PostgreSQL it is an advisory
 * lock: there may be no row to lock yet, and locking a row for sharing would write to it for each key.
 */
export class PolicyTable {
  readonly #driver: SqlDriver;

  constructor(driver: SqlDriver) {
    this.#driver = driver;
  }

  /**
   * The policies of these organizations, which stay as they are until the end of the transaction. What
   * is locked in the ledger must be locked before.
   */
  async hold(transaction: Transaction, organizationIds: Iterable<string>): Promise<Map<string, ApiKeyPolicy>> {
    const ids = [...new Set(organizationIds)].sort();
    if (ids.length === 0) return new Map();
    await this.#lock(transaction, 'pg_advisory_xact_lock_shared', ids);
    return this.#read(transaction, ids);
  }

  /** The policy of an organization, which nobody else reads or writes until the end of the transaction. */
  async holdAlone(transaction: Transaction, organizationId: string): Promise<ApiKeyPolicy | undefined> {
    await this.#lock(transaction, 'pg_advisory_xact_lock', [organizationId]);
    return (await this.#read(transaction, [organizationId])).get(organizationId);
  }

  async #lock(transaction: Transaction, lock: string, ids: readonly string[]): Promise<void> {
    if (dialectOf(this.#driver) !== 'postgres') return;
    const locks = ids.map(() => `${lock}(${LOCK_CLASS}, hashtext(?))`).join(', ');
    await this.#driver.execute(`SELECT ${locks}`, ids, { transaction });
  }

  /** A statement of its own: PostgreSQL shows it what was committed before it began, and so before the lock was had. */
  async #read(transaction: Transaction, ids: readonly string[]): Promise<Map<string, ApiKeyPolicy>> {
    const rows = await query(
      this.#driver,
      `SELECT id, max_lifetime, default_lifetime, revoke_unused_after, require_scopes, who_may_mint
       FROM ${API_KEY_POLICY_OBJECT} WHERE id IN (${ids.map(() => '?').join(', ')})`,
      ids,
      { transaction },
    );
    return new Map(rows.map((row) => [String(row['id']), toPolicy(row)]));
  }
}
