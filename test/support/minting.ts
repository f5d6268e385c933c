import { type SessionPrincipal, sessionPrincipal } from '../../src/auth/principal.ts';
import { Budget } from '../../src/base/deadline.ts';
import { ServiceError } from '../../src/base/errors.ts';
import { Exchange, type ExchangeOrigin } from '../../src/http/exchange.ts';
import { Ledger } from '../../src/keys/ledger/ledger.ts';
import type { KeyLimits } from '../../src/keys/limits/limits.ts';
import type { Caller } from '../../src/keys/mint/caller.ts';
import { Eligibility } from '../../src/keys/mint/eligibility.ts';
import { carriedOver, type MintOrder, type MintOutcome, type Replacement } from '../../src/keys/mint/mint-order.ts';
import { mintTransaction } from '../../src/keys/mint/mint-transaction.ts';
import { MintWriter } from '../../src/keys/mint/mint-writer.ts';
import { Minter } from '../../src/keys/mint/minter.ts';
import { Revoker } from '../../src/keys/mint/revoker.ts';
import { Administration } from '../../src/keys/organization/administration.ts';
import { OrganizationKeys } from '../../src/keys/organization/organization-keys.ts';
import { API_KEY_POLICY_OBJECT, PolicyTable } from '../../src/keys/policy/policy-table.ts';
import { toApiKey } from '../../src/keys/record/api-key.ts';
import { API_KEY_DETAIL_OBJECT } from '../../src/keys/record/api-key-detail.ts';
import { AUDIT_LOG_OBJECT, AuditTrail } from '../../src/keys/record/audit-trail.ts';
import { Standing } from '../../src/keys/record/standing.ts';
import { KeyService } from '../../src/keys/service.ts';
import { Updater } from '../../src/keys/update/updater.ts';
import type { KeyEvent } from '../../src/observability/events.ts';
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
import { noPreview, noUsage } from './no-usage.ts';

export const NO_KEY_LIMITS: KeyLimits = {
  mintLimitPerUser: undefined,
  mintLimitPerAddress: undefined,
  maxActiveKeys: undefined,
  maxKeyLifetime: undefined,
};

/** A person with a session, as authentication would have found them. */
export const person = (userId: string, organizationId?: string, impersonated = false) =>
  sessionPrincipal({ userId, email: `${userId}@example.test`, organizationId }, impersonated);

/** An order of `ada`, without an end, a deadline or anything else that a test is not about. */
export function mintOrder(name: string, changes: Partial<MintOrder> = {}): MintOrder {
  return {
    owner: person('ada'),
    name,
    hash: `hash of ${name}`,
    prefix: `osk_${name}`,
    scopes: [],
    description: undefined,
    allowedNetworks: [],
    expiresAt: undefined,
    endsByDefault: false,
    administers: false,
    requestId: `request of ${name}`,
    address: undefined,
    memberSince: undefined,
    idempotent: undefined,
    replaces: undefined,
    deadline: Number.POSITIVE_INFINITY,
    ...changes,
  };
}

/** What an order says of the key that it takes the place of, where that is as {@link keyRow} makes it. */
export function replacementOf(id: string, overlap: number, changes: Row = {}): Replacement {
  const carries = carriedOver(toApiKey(keyRow(id, changes)), { description: undefined, allowedNetworks: [] });
  return { id, prefix: `osk_${id}`, overlap, carries };
}

/** The row of a key of `ada` that is active and has no end. */
export function keyRow(id: string, changes: Row = {}): Row {
  return {
    id,
    name: id,
    key: `hash of ${id}`,
    prefix: `osk_${id}`,
    user_id: 'ada',
    revoked: false,
    active_organization_id: null,
    scopes: null,
    expires_at: null,
    created_at: '2030-01-01T00:00:00.000Z',
    ...changes,
  };
}

export const outcomeOf = ({ name }: MintOrder): MintOutcome => ({ apiKey: toApiKey(keyRow(name)), replayed: false });

type Call =
  | { readonly does: 'find'; readonly query: EngineQuery }
  | { readonly does: 'aggregate'; readonly query: EngineAggregation }
  | { readonly does: 'insert'; readonly rows: Row[]; readonly context: EngineContext }
  | { readonly does: 'update'; readonly data: Row; readonly context: EngineContext };

/**
 * The table of keys and the ledger in memory, in one transaction at a time: what is thrown in it
 * takes back what was written. It remembers what it was asked.
 */
export class KeyTable implements DataEngine, SqlDriver {
  readonly isSqlite = true;
  readonly isPostgres = false;
  readonly calls: Call[] = [];
  rows: Row[];
  /** The rows of the details of keys that were written, as the parameters of their statements. */
  details: (readonly unknown[])[] = [];
  /** The rows of the details of keys that are there. */
  detailRows: Row[] = [];
  /** What an audit trail holds; `undefined` where there is none. */
  audited: { rows: Row[]; context: EngineContext }[] | undefined;
  ledger = new Map<string, string>();
  readonly transactions: { context: EngineContext; options: { require: true } }[] = [];

  /** Runs before anything is done. */
  onCall: () => void = () => undefined;

  constructor(...rows: Row[]) {
    this.rows = rows;
  }

  #record(call: Call): void {
    this.onCall();
    this.calls.push(call);
  }

  async count(): Promise<number> {
    return this.rows.length;
  }

  callsOf<Does extends Call['does']>(does: Does): Extract<Call, { does: Does }>[] {
    return this.calls.filter((call): call is Extract<Call, { does: Does }> => call.does === does);
  }

  async find(object: string, query: EngineQuery): Promise<Row[]> {
    if (object === API_KEY_DETAIL_OBJECT) return this.detailRows.filter((row) => matches(row, query.where ?? {}));
    this.#record({ does: 'find', query });
    return this.rows.filter((row) => matches(row, query.where ?? {})).slice(0, query.limit);
  }

  async aggregate(_object: string, query: EngineAggregation): Promise<Row[]> {
    this.#record({ does: 'aggregate', query });
    const groups = Map.groupBy(
      this.rows.filter((row) => matches(row, query.where)),
      (row) => row['user_id'],
    );
    return [...groups].map(([userId, rows]) => ({ user_id: userId, active: rows.length }));
  }

  async insert(object: string, rows: Row[], { context }: { context: EngineContext }): Promise<Row[]> {
    if (object === AUDIT_LOG_OBJECT) {
      this.audited?.push({ rows, context });
      return rows;
    }
    this.#record({ does: 'insert', rows, context });
    this.rows.push(...rows);
    return rows;
  }

  async update(_object: string, data: Row, { context }: { context: EngineContext }): Promise<unknown> {
    this.#record({ does: 'update', data, context });
    this.rows = this.rows.map((row) => (row['id'] === data['id'] ? { ...row, ...data } : row));
    return undefined;
  }

  async transaction<T>(
    work: (context: EngineContext & { transaction: Transaction }, opening: { owned: boolean }) => Promise<T>,
    context: EngineContext,
    options: { require: true },
  ): Promise<T> {
    this.transactions.push({ context, options });
    const before = { rows: [...this.rows], details: [...this.details], ledger: new Map(this.ledger) };
    try {
      return await work({ ...context, transaction: TRANSACTION }, { owned: true });
    } catch (error) {
      Object.assign(this, before);
      throw error;
    }
  }

  async execute(statement: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    if (statement.includes(API_KEY_POLICY_OBJECT)) return [];
    if (statement.includes(API_KEY_DETAIL_OBJECT)) {
      this.details.push(parameters);
      return [];
    }
    const values = parameters.map(String);
    if (statement.startsWith('SELECT')) {
      return values.filter((id) => this.ledger.has(id)).map((id) => ({ id, value: this.ledger.get(id) }));
    }
    const columns = statement.includes('ends_at') ? 3 : 2;
    for (let at = 0; at < values.length; at += columns) {
      const [id = '', value = ''] = values.slice(at);
      if (statement.includes('DO UPDATE') || !this.ledger.has(id)) this.ledger.set(id, value);
    }
    return [];
  }

  getDriverForObject(): unknown {
    return this;
  }

  getObject(object: string): unknown {
    return object === AUDIT_LOG_OBJECT && this.audited !== undefined ? {} : undefined;
  }
}

/** The handle that {@link KeyTable} gives to whoever works in a transaction of it. */
export const TRANSACTION = { handle: 'of the transaction' } as unknown as Transaction;

/** The conditions that the code under test has words for. */
function matches(row: Row, where: Record<string, unknown>): boolean {
  return Object.entries(where).every(([field, wanted]) => {
    if (field === '$or') return (wanted as Record<string, unknown>[]).some((either) => matches(row, either));
    const value = row[field];
    if (typeof wanted !== 'object' || wanted === null) return value === wanted;
    return Object.entries(wanted).every(([operator, operand]) => {
      if (operator === '$in') return (operand as unknown[]).includes(value);
      if (operator === '$ne') return value !== operand;
      if (operator === '$gt') return typeof value === 'string' && value > String(operand);
      throw new Error(`no word for ${operator}`);
    });
  });
}

/** What the platform knows of a person. */
interface Facts {
  readonly scopes?: readonly string[];
  readonly memberships?: readonly Row[];
  readonly posture?: 'single' | 'isolated';
  /** Whether the scopes that a key keeps limit rows and fields as all of them do. */
  readonly keepsLimits?: boolean;
}

/**
 * The service on a {@link KeyTable}, with what it asked of the platform, the orders that it made and
 * what it told of keys. Each question to the database is asked within `inTime`, or is an error.
 */
export function keysOn(table: KeyTable, limits: Partial<KeyLimits> = {}, facts: Facts = {}) {
  const asked: unknown[] = [];
  const orders: MintOrder[] = [];
  const told: KeyEvent[] = [];
  let isWithinAsking = false;
  const stand: Pick<
    Platform,
    | 'engine'
    | 'reader'
    | 'inTime'
    | 'contextOf'
    | 'tenancyPosture'
    | 'memberships'
    | 'permissionSetsOf'
    | 'capabilitiesOf'
  > = {
    engine: table,
    reader: { find: async () => [] } as unknown as Platform['reader'],
    async inTime(read) {
      isWithinAsking = true;
      try {
        return await read();
      } finally {
        isWithinAsking = false;
      }
    },
    contextOf: async ({ userId }) => ({ userId }),
    async tenancyPosture() {
      asked.push('posture');
      return facts.posture;
    },
    async memberships(userId, organizationId) {
      asked.push(['memberships', userId, organizationId]);
      return [...(facts.memberships ?? [])];
    },
    capabilitiesOf: async () => [],
    async permissionSetsOf(userId, organizationId) {
      asked.push(['scopes', userId, organizationId]);
      return [...(facts.scopes ?? [])];
    },
  };
  const platform = stand as Platform;
  table.onCall = () => {
    if (!isWithinAsking) throw new Error('asked without a deadline');
  };
  const writer = new MintWriter(async (batch) => {
    table.onCall();
    orders.push(...batch);
    return batch.map((order) => ({ ...outcomeOf(order), replayed: order.idempotent?.keyId === 'repeat' }));
  });
  const auditTrail = new AuditTrail(auditedEngine(table, true));
  const administration = new Administration(platform);
  const writing = {
    engine: table,
    ledger: new Ledger(table),
    limits: { ...NO_KEY_LIMITS, ...limits },
    policies: new PolicyTable(table),
    administrators: administration,
    auditTrail,
  };
  const standing = new Standing(platform);
  const keys = new KeyService({
    platform,
    limits: writing.limits,
    eligibility: new Eligibility(platform),
    minter: new Minter(platform, writer, administration),
    revoker: new Revoker(platform, writing),
    updater: new Updater(platform, writing, {
      async keepsLimits(...given) {
        asked.push(['limits', ...given]);
        return facts.keepsLimits ?? true;
      },
    }),
    preview: noPreview(platform),
    usage: noUsage(platform),
    organization: new OrganizationKeys(platform, administration, standing, writing, {}),
    standing,
    events: { changed: (_request, key) => void told.push(key) },
  });
  return { keys, asked, orders, told, writer, auditTrail };
}

/** Somebody who asks, with a request that is as long under way as it likes. */
export function callerOf(principal: SessionPrincipal, changes: Partial<ExchangeOrigin> = {}): Caller {
  return { principal, request: requestOf(changes) };
}

function requestOf(changes: Partial<ExchangeOrigin>): Exchange {
  return new Exchange(
    {
      id: 'the request',
      endpoint: 'graphql',
      idempotencyKey: null,
      address: '192.0.2.1',
      budget: new Budget(Number.POSITIVE_INFINITY),
      ...changes,
    },
    { answered: () => undefined, failed: () => undefined },
  );
}

/** Mints in one transaction, where nobody records who writes. */
export async function mintIn(table: KeyTable, limits: Partial<KeyLimits>, ...orders: MintOrder[]) {
  const transact = mintTransaction({
    engine: table,
    ledger: new Ledger(table),
    limits: { ...NO_KEY_LIMITS, ...limits },
    policies: new PolicyTable(table),
    administrators: { administers: async () => false },
    auditTrail: new AuditTrail(auditedEngine(table, false)),
  });
  return transact(orders);
}

/** The same, as the names of keys, `again` for a repeat, and the codes of refusals. */
export async function answersIn(...given: Parameters<typeof mintIn>): Promise<string[]> {
  return (await mintIn(...given)).map((outcome) => {
    if (outcome instanceof ServiceError) return outcome.code;
    return outcome.replayed ? `${outcome.apiKey.name}, again` : outcome.apiKey.name;
  });
}

/** An engine with the audit plugin, or without. */
function auditedEngine(table: KeyTable, isAudited: boolean): ConstructorParameters<typeof AuditTrail>[0] {
  return {
    hasHooksFor: () => isAudited,
    registerHook: () => undefined,
    registerMiddleware: () => undefined,
    insert: (...given) => table.insert(...given),
  };
}
