import Database from 'better-sqlite3';
import { KeyUsage } from '../../src/keys/access/key-usage.ts';
import { LEDGER_OBJECT, Ledger } from '../../src/keys/ledger/ledger.ts';
import type { KeyLimits } from '../../src/keys/limits/limits.ts';
import { Eligibility } from '../../src/keys/mint/eligibility.ts';
import { mintTransaction } from '../../src/keys/mint/mint-transaction.ts';
import { MintWriter } from '../../src/keys/mint/mint-writer.ts';
import { Minter } from '../../src/keys/mint/minter.ts';
import { Revoker } from '../../src/keys/mint/revoker.ts';
import { Administration } from '../../src/keys/organization/administration.ts';
import { OrganizationKeys } from '../../src/keys/organization/organization-keys.ts';
import { API_KEY_POLICY_OBJECT, PolicyTable } from '../../src/keys/policy/policy-table.ts';
import { API_KEY_OBJECT } from '../../src/keys/record/api-key.ts';
import { API_KEY_DETAIL_OBJECT } from '../../src/keys/record/api-key-detail.ts';
import { API_KEY_USAGE_OBJECT } from '../../src/keys/record/api-key-usage.ts';
import { AUDIT_LOG_OBJECT, AuditTrail } from '../../src/keys/record/audit-trail.ts';
import { Standing } from '../../src/keys/record/standing.ts';
import { KeyService } from '../../src/keys/service.ts';
import { Updater } from '../../src/keys/update/updater.ts';
import type { KeyEvent, PolicyEvent } from '../../src/observability/events.ts';
import type {
  DataEngine,
  EngineAggregation,
  EngineContext,
  EngineQuery,
  Row,
  SqlDriver,
  Transaction,
} from '../../src/platform/engine.ts';
import type { Platform } from '../../src/platform/platform.ts';
import { keyRow, NO_KEY_LIMITS } from './minting.ts';
import { noPreview } from './no-usage.ts';

const TABLES = {
  [API_KEY_OBJECT]:
    'id PRIMARY KEY, name, key, prefix, user_id, active_organization_id, scopes, expires_at, last_used_at, revoked, created_at',
  [API_KEY_DETAIL_OBJECT]:
    'id PRIMARY KEY, description, allowed_networks, replaces, restored_at, last_used_via, last_used_from',
  [API_KEY_POLICY_OBJECT]:
    'id PRIMARY KEY, max_lifetime, default_lifetime, revoke_unused_after, require_scopes, who_may_mint',
  [LEDGER_OBJECT]: 'id PRIMARY KEY, value, ends_at',
  [API_KEY_USAGE_OBJECT]: 'id PRIMARY KEY, key_id, object, operation, day, uses',
  [AUDIT_LOG_OBJECT]:
    'id, action, user_id, object_name, record_id, old_value, new_value, tenant_id, metadata, organization_id',
  sys_member: 'user_id, organization_id, role, created_at, valid_until',
  sys_user: 'id, name, email',
  sys_organization: 'id, name',
};

/** By what a live reader looks rows up. */
const LOOKED_UP_BY: Record<string, string> = { sys_member: 'user_id' };

/** The handle of the one transaction at a time. */
const TRANSACTION = { handle: 'of the database' } as unknown as Transaction;

interface Write {
  readonly object: string;
  readonly data: unknown;
  readonly context: EngineContext;
}

/** The engine and the driver of the service on a database in memory: real statements, without a kernel. */
export class KeyDatabase implements DataEngine, SqlDriver {
  readonly isSqlite = true;
  readonly isPostgres = false;
  readonly db = new Database(':memory:');
  readonly queries: { object: string; query: EngineQuery }[] = [];
  /** The inserts and updates of the engine. */
  readonly writes: Write[] = [];
  readonly statements: string[] = [];
  /** Runs before each statement of the driver and each write of the engine. */
  before: (what: string) => void = () => undefined;

  constructor() {
    for (const [table, columns] of Object.entries(TABLES)) this.db.exec(`CREATE TABLE ${table} (${columns})`);
  }

  put(table: keyof typeof TABLES | (string & {}), ...rows: Row[]): this {
    for (const row of rows) {
      const columns = Object.keys(row);
      const places = columns.map(() => '?').join(', ');
      this.db
        .prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`)
        .run(Object.values(row).map(stored));
    }
    return this;
  }

  putKeys(...keys: (Row & { id: string })[]): this {
    return this.put(API_KEY_OBJECT, ...keys.map((key) => keyRow(key.id, key)));
  }

  all(table: keyof typeof TABLES | (string & {})): Row[] {
    return this.db.prepare(`SELECT * FROM ${table} ORDER BY 1`).all() as Row[];
  }

  /** The ids of the keys that are revoked. */
  revoked(): unknown[] {
    return this.all(API_KEY_OBJECT)
      .filter(({ revoked }) => revoked === 1)
      .map(({ id }) => id);
  }

  async find(object: string, query: EngineQuery): Promise<Row[]> {
    this.queries.push({ object, query });
    const { sql, values } = condition(query.where ?? {});
    const order = (query.orderBy ?? []).map(({ field, order }) => `${field} ${order}`).join(', ');
    const statement = `SELECT * FROM ${object} WHERE ${sql}${order && ` ORDER BY ${order}`} LIMIT ?`;
    return this.db.prepare(statement).all(...values, query.limit ?? -1) as Row[];
  }

  async count(object: string, query: EngineQuery): Promise<number> {
    return (await this.find(object, query)).length;
  }

  async aggregate(object: string, { where, context }: EngineAggregation): Promise<Row[]> {
    const rows = await this.find(object, { where, context });
    return [...Map.groupBy(rows, (row) => row['user_id'])].map(([userId, group]) => ({
      user_id: userId,
      active: group.length,
    }));
  }

  async insert(object: string, rows: Row[], { context }: { context: EngineContext }): Promise<Row[]> {
    this.before(`insert ${object}`);
    this.writes.push({ object, data: rows, context });
    try {
      this.put(object, ...rows);
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'SQLITE_CONSTRAINT_PRIMARYKEY') throw error;
      // As the engine does.
      throw Object.assign(new Error('duplicate'), { code: 'DUPLICATE_RECORD', field: 'id' });
    }
    return rows;
  }

  async update(
    object: string,
    data: Row,
    { context, where }: { context: EngineContext; where?: Record<string, unknown> },
  ): Promise<unknown> {
    this.before(`update ${object}`);
    this.writes.push({ object, data, context });
    const { sql, values } = condition(where ?? { id: data['id'] });
    const set = Object.keys(data).map((column) => `${column} = ?`);
    this.db
      .prepare(`UPDATE ${object} SET ${set.join(', ')} WHERE ${sql}`)
      .run(...Object.values(data).map(stored), ...values);
    return undefined;
  }

  async transaction<T>(
    work: (context: EngineContext & { transaction: Transaction }, opening: { owned: boolean }) => Promise<T>,
    context: EngineContext,
  ): Promise<T> {
    this.db.exec('BEGIN');
    try {
      const result = await work({ ...context, transaction: TRANSACTION }, { owned: true });
      this.db.exec('COMMIT');
      return result;
    } catch (error) {
      this.db.exec('ROLLBACK');
      throw error;
    }
  }

  async execute(statement: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    this.before(statement);
    this.statements.push(statement);
    const prepared = this.db.prepare(statement);
    const values = parameters.map(stored);
    if (prepared.reader) return prepared.all(...values) as Row[];
    prepared.run(...values);
    return [];
  }

  getDriverForObject(): unknown {
    return this;
  }

  getObject(object: string): unknown {
    return object in TABLES ? { fields: {} } : undefined;
  }

  readonly hasHooksFor = (): boolean => false;
  readonly registerHook = (): void => undefined;
  readonly registerMiddleware = (): void => undefined;

  /** The rows that a live reader finds. */
  async look(object: string, value: string): Promise<Row[]> {
    const column = LOOKED_UP_BY[object] ?? 'id';
    return this.db.prepare(`SELECT * FROM ${object} WHERE ${column} = ?`).all(value) as Row[];
  }
}

/** The platform on this database, where nobody has any capability except those given. */
export function platformOn(database: KeyDatabase, capabilities: Record<string, string[]> = {}): Platform {
  const stand: Partial<Platform> = {
    engine: database,
    reader: { find: (object: string, value: string) => database.look(object, value) } as unknown as Platform['reader'],
    inTime: (read) => read(),
    contextOf: async ({ userId }) => ({ userId }),
    memberships: async (userId, organizationId) =>
      (await database.look('sys_member', userId)).filter((row) => row['organization_id'] === organizationId),
    capabilitiesOf: async (userId) => capabilities[userId] ?? [],
    findUser: async (userId) => (await database.look('sys_user', userId))[0],
    findOrganization: async (id) => (await database.look('sys_organization', id))[0],
  };
  return stand as Platform;
}

/** The parts that write keys, on this database. */
export function writingOn(database: KeyDatabase, limits: Partial<KeyLimits> = {}, platform = platformOn(database)) {
  return {
    engine: database,
    ledger: new Ledger(database),
    limits: { ...NO_KEY_LIMITS, ...limits },
    policies: new PolicyTable(database),
    administrators: new Administration(platform),
    auditTrail: new AuditTrail(database),
  };
}

/** What administrators do, on this database, and the changes of rules that were told. */
export function organizationOn(
  database: KeyDatabase,
  limits: Partial<KeyLimits> = {},
  capabilities: Record<string, string[]> = {},
) {
  const told: PolicyEvent[] = [];
  const platform = platformOn(database, capabilities);
  const keys = new OrganizationKeys(
    platform,
    new Administration(platform),
    new Standing(platform),
    writingOn(database, limits, platform),
    { policyChanged: (_origin, event) => void told.push(event) },
  );
  return { keys, told };
}

/** The whole service on this database, and the changes that were told. */
export function serviceOn(
  database: KeyDatabase,
  limits: Partial<KeyLimits> = {},
  capabilities: Record<string, string[]> = {},
) {
  const told: KeyEvent[] = [];
  const platform: Platform = Object.assign(platformOn(database, capabilities), {
    tenancyPosture: async () => undefined,
    permissionSetsOf: async () => ['member_default'],
    mcpEndpoint: async () => undefined,
  });
  const writing = writingOn(database, limits, platform);
  const standing = new Standing(platform);
  const keys = new KeyService({
    platform,
    limits: writing.limits,
    eligibility: new Eligibility(platform),
    minter: new Minter(platform, new MintWriter(mintTransaction(writing)), writing.administrators),
    revoker: new Revoker(platform, writing),
    updater: new Updater(platform, writing, { keepsLimits: async () => true }),
    organization: new OrganizationKeys(platform, writing.administrators, standing, writing, {}),
    preview: noPreview(platform),
    usage: new KeyUsage(platform, database, { security: undefined, sharing: undefined }),
    standing,
    events: { changed: (_origin, event) => void told.push(event) },
  });
  return { keys, platform, told };
}

function stored(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value instanceof Date ? value.toISOString() : (value ?? null);
}

const OPERATORS: Record<string, string> = { $gt: '>', $gte: '>=', $lt: '<', $lte: '<=', $ne: 'IS NOT' };

/** The conditions that the code under test has words for, in SQL. */
function condition(where: Record<string, unknown>): { sql: string; values: unknown[] } {
  const values: unknown[] = [];
  const all = (conditions: Record<string, unknown>): string =>
    Object.entries(conditions)
      .map(([field, wanted]) => `(${one(field, wanted)})`)
      .join(' AND ') || '1';
  const one = (field: string, wanted: unknown): string => {
    if (field === '$and')
      return (wanted as Record<string, unknown>[]).map((each) => `(${all(each)})`).join(' AND ') || '1';
    if (field === '$or')
      return (wanted as Record<string, unknown>[]).map((each) => `(${all(each)})`).join(' OR ') || '0';
    if (typeof wanted !== 'object' || wanted === null) return compared(field, 'IS', wanted);
    return Object.entries(wanted)
      .map(([operator, operand]) => {
        if (operator === '$in') {
          const operands = operand as unknown[];
          values.push(...operands.map(stored));
          return `${field} IN (${operands.map(() => '?').join(', ')})`;
        }
        if (operator === '$icontains') return compared(`instr(lower(${field}), lower(?)) > 0 OR 0`, '=', operand, true);
        if (operator === '$startsWith') return compared(`instr(${field}, ?) = 1 OR 0`, '=', operand, true);
        return compared(field, OPERATORS[operator] ?? `no word for ${operator}`, operand);
      })
      .join(' AND ');
  };
  const compared = (left: string, operator: string, operand: unknown, isWhole = false): string => {
    values.push(stored(operand));
    return isWhole ? left : `${left} ${operator} ?`;
  };
  return { sql: all(where), values };
}
