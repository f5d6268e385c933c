// @ts-nocheck
import type { DataEngine, EngineContext, HookContext, HookEngine, Row } from '../../platform/engine.ts';
import type { EngineOperation, MiddlewareEngine } from '../../platform/middleware.ts';
import { API_KEY_OBJECT } from './api-key.ts';
import { changeOf, duringOwnChanges, type KeyChange, recordedRows } from './change-scope.ts';
import { newId } from './new-id.ts';

/** The table of the platform's audit plugin. */
export const AUDIT_LOG_OBJECT = 'sys_audit_log';

/** An event about a key that the audit plugin does not see, because no row of the table of keys changes. */
export interface AuditedEvent {
  readonly keyId: string;
  readonly organizationId: string | undefined;
  /** The actor; `undefined` if nobody did it. */
  readonly userId: string | undefined;
  readonly before?: object;
  readonly after?: object;
  readonly metadata?: object;
}

/** Writes events to the audit trail, if there is one. */
export async function recordEvents(
  engine: Pick<DataEngine, 'insert' | 'getObject'>,
  events: readonly AuditedEvent[],
  context: EngineContext,
): Promise<void> {
  const table = engine.getObject(AUDIT_LOG_OBJECT) as { readonly fields?: object } | undefined;
  if (table === undefined || events.length === 0) return;
  const isOfOrganization = 'organization_id' in (table.fields ?? {});
  const rows = events.map(({ keyId, organizationId = null, userId = null, before, after, metadata }): Row => {
    return {
      // The table has no better word for what is neither a creation nor a deletion.
      action: 'update',
      user_id: userId,
      object_name: API_KEY_OBJECT,
      record_id: keyId,
      old_value: before === undefined ? null : JSON.stringify(before),
      new_value: after === undefined ? null : JSON.stringify(after),
      tenant_id: organizationId,
      ...(isOfOrganization && { organization_id: organizationId }),
      ...(metadata !== undefined && { metadata: JSON.stringify(metadata) }),
    };
  });
  await engine.insert(AUDIT_LOG_OBJECT, rows, { context });
}

/** The rows of one statement. SQLite cannot compile one with many more. */
const BATCH = 250;
/** Before the hooks of other plugins, which have a priority of 100 unless they say otherwise. */
const FIRST = 0;

/**
 * If the platform's audit plugin is installed, it records the actor, the record and the changes of each
 * write. Three hooks adapt this for keys. One names the person who makes a key to the hooks of other plugins,
 * so that one statement can write the keys of several people. One removes the hash of a new key before other
 * plugins see it, because the audit plugin would copy it into its table. One adds the action, the key's prefix,
 * the request and the address to the rows about keys.
 */
export class AuditTrail {
  /** Whether a plugin records writes, so that an elevated write must name its actor. */
  readonly isRecorded: boolean;
  readonly #engine: HookEngine & Pick<DataEngine, 'insert'>;
  readonly #tellsActors: boolean;

  constructor(engine: HookEngine & MiddlewareEngine & Pick<DataEngine, 'insert'>) {
    this.#engine = engine;
    this.isRecorded = engine.hasHooksFor('afterInsert', API_KEY_OBJECT);
    this.#tellsActors = 'executionContext' in (engine.createContext?.({ isSystem: true }) ?? {});
    if (this.#tellsActors) {
      engine.registerHook('beforeInsert', asActor, { object: API_KEY_OBJECT, priority: FIRST });
    }
    engine.registerHook('afterInsert', withoutHash, { object: API_KEY_OBJECT, priority: FIRST });
    engine.registerHook('beforeInsert', complete, {
      object: AUDIT_LOG_OBJECT,
      priority: FIRST,
    });
    engine.registerMiddleware(collect, { object: AUDIT_LOG_OBJECT });
  }

  /**
   * Whether each person's keys need a statement of their own. Hooks are told the actor of each row; the realtime
   * service knows only the actor of a statement.
   */
  get needsStatementPerPerson(): boolean {
    return this.isRecorded && (!this.#tellsActors || this.#engine.realtimeService != null);
  }

  /** Runs a write of this service, and completes the audit rows about these keys that it causes. */
  during<T>(changes: readonly KeyChange[], write: () => Promise<T>): Promise<T> {
    return duringOwnChanges(changes, write);
  }

  /**
   * The same for many keys in one transaction: what is recorded of them is written together. The audit
   * plugin passes over a row that it could not write; here the keys are not written either.
   */
  async duringMany<T>(
    changes: readonly KeyChange[],
    { transaction }: EngineContext,
    write: () => Promise<T>,
  ): Promise<T> {
    const recorded: Row[] = [];
    const result = await duringOwnChanges(changes, write, recorded);
    const context = { isSystem: true, ...(transaction && { transaction }) };
    for (let from = 0; from < recorded.length; from += BATCH) {
      const rows = recorded.slice(from, from + BATCH);
      await duringOwnChanges(changes, () => this.#engine.insert(AUDIT_LOG_OBJECT, rows, { context }));
    }
    return result;
  }
}

async function collect(operation: EngineOperation, next: () => Promise<void>): Promise<void> {
  const recorded = recordedRows();
  const row = operation.data as Row | undefined;
  if (recorded === undefined || operation.operation !== 'insert' || row?.['object_name'] !== API_KEY_OBJECT) {
    return next();
  }
  // As the engine does by itself where one person writes.
  recorded.push({ id: newId(Date.now()), ...row, created_by: row['user_id'], updated_by: row['user_id'] });
  operation.result = row;
}

/** The engine keeps this context for the hooks that run after the insert. */
function asActor(context: HookContext): void {
  const actorId = changeOf(String(context.input?.data?.['id']))?.actorId;
  if (actorId === undefined) return;
  context.session = { ...context.session, userId: actorId };
  context.user = { id: actorId };
  if (context.api !== undefined) {
    context.api.executionContext = { ...context.api.executionContext, userId: actorId };
  }
}

function complete({ input }: HookContext): void {
  const row = input?.data;
  if (row?.['object_name'] !== API_KEY_OBJECT) return;
  const change = changeOf(String(row['record_id']));
  if (change === undefined) return;
  row['ip_address'] ??= change.address ?? null;
  row['metadata'] ??= JSON.stringify({
    action: change.action,
    prefix: change.prefix,
    request_id: change.requestId,
    endpoint: change.endpoint,
  });
}

function withoutHash(context: HookContext): void {
  if (typeof context.result !== 'object' || context.result === null) return;
  const { key: _hash, ...shown } = context.result as Row;
  context.result = shown;
}
