// @ts-nocheck
import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import { ServiceError } from '../../base/errors.ts';
import { currentRequest } from '../../http/request-scope.ts';
import type { ChangeOrigin, Events } from '../../observability/events.ts';
import { committed, ended } from '../../platform/committed.ts';
import type { DataEngine, EngineContext, HookContext, HookEngine, Row, Transaction } from '../../platform/engine.ts';
import type { EngineOperation, MiddlewareEngine } from '../../platform/middleware.ts';
import { usedVia } from '../admission/used-via.ts';
import { API_KEY_OBJECT, toApiKey } from '../record/api-key.ts';
import { areOwnChanges, duringForeignChanges, type KeyChange } from '../record/change-scope.ts';
import { type ObservedChange, observed, observedUpdate } from './observed-change.ts';
import { RefusedChange } from './refused-change.ts';
import { forbidden, type RestoreRules } from './restore-rules.ts';

/** Before the hooks of other plugins, which have a priority of 100 unless they say otherwise. */
const FIRST = 0;

/** A write of `sys_api_key` that did not come from this service. */
interface ForeignWrite {
  readonly origin: ChangeOrigin;
  readonly changes: ObservedChange[];
  /** What the audit trail is told of them. */
  readonly recorded: Map<string, KeyChange>;
}

/**
 * Stands around each write of `sys_api_key`, whichever route, tool, action or plugin it comes from: what
 * restores a key passes the rules of restoring, and every change is told to the log and completed in
 * the audit trail. What this service writes by itself was checked before and is told by it.
 */
export class KeyChanges {
  readonly #engine: DataEngine;
  readonly #basePath: string;
  readonly #rules: RestoreRules;
  readonly #events: Pick<Events, 'changed'>;
  readonly #writes = new AsyncLocalStorage<ForeignWrite>();
  /** What is looked up after a transaction must not run in it. */
  readonly #outside = new AsyncResource('KeyChanges');

  /** @param basePath the prefix of the platform's routes. */
  constructor(
    engine: DataEngine & MiddlewareEngine & HookEngine,
    basePath: string,
    rules: RestoreRules,
    events: Pick<Events, 'changed'>,
  ) {
    this.#engine = engine;
    this.#basePath = basePath;
    this.#rules = rules;
    this.#events = events;
    engine.registerMiddleware((operation, next) => this.#around(operation, next), { object: API_KEY_OBJECT });
    const options = { object: API_KEY_OBJECT, priority: FIRST };
    engine.registerHook('afterUpdate', (context) => this.#updated(context), options);
    engine.registerHook('afterDelete', (context) => this.#deleted(context), options);
  }

  async #around(operation: EngineOperation, next: () => Promise<void>): Promise<void> {
    if (!isWrite(operation) || areOwnChanges(keyIdsOf(operation))) return next();
    try {
      await this.#write(operation, next);
    } catch (error) {
      throw error instanceof ServiceError ? new RefusedChange(error) : error;
    }
  }

  async #write(operation: EngineOperation, next: () => Promise<void>): Promise<void> {
    const start = performance.now();
    const write: ForeignWrite = { origin: this.#origin(), changes: [], recorded: new Map() };
    const run = async (): Promise<readonly ObservedChange[]> => {
      await duringForeignChanges(write.recorded, () => this.#writes.run(write, next));
      if (operation.operation === 'insert') {
        for (const row of rowsOf(operation.result)) write.changes.push(observed(row, 'create'));
      }
      return write.changes;
    };
    const transaction = await this.#checked(operation, run);
    const milliseconds = performance.now() - start;
    const actor = operation.context?.userId;
    if (transaction === undefined) {
      for (const change of write.changes) this.#tell(write.origin, change, actor, milliseconds);
    } else if (write.changes.length > 0) {
      this.#outside.runInAsyncScope(() => this.#tellAfter(transaction, write, actor, milliseconds));
    }
  }

  /** @returns the transaction that it is part of, where that is not over. */
  async #checked(
    operation: EngineOperation,
    run: () => Promise<readonly ObservedChange[]>,
  ): Promise<Transaction | undefined> {
    const asked = isAsked(operation.context);
    const where = asked && mayRestore(operation) ? whereOf(operation) : undefined;
    if (where !== undefined && (await this.#isInTransaction(operation))) {
      // Who asks could not be looked up without waiting for the transaction itself.
      throw forbidden('Restore keys in a separate request, not in a transactional batch.');
    }
    const restoration = where === undefined ? undefined : await this.#rules.approve(operation, where);
    if (restoration !== undefined) {
      await committed(this.#engine, API_KEY_OBJECT, (context) => this.#rules.counted(restoration, context, run));
      return undefined;
    }
    const checked = async (): Promise<void> => {
      const changes = await run();
      // Whatever turned a write that restores nothing into one that does: it has passed no rule.
      if (asked && changes.some(({ action }) => action === 'restore')) throw forbidden('You cannot restore this key.');
    };
    const { transaction } = operation.context ?? {};
    if (transaction !== undefined) {
      await checked();
      return transaction;
    }
    return committed(this.#engine, API_KEY_OBJECT, async (context, { owned }) => {
      await checked();
      return owned ? undefined : context.transaction;
    });
  }

  async #isInTransaction({ context }: EngineOperation): Promise<boolean> {
    if (context?.transaction !== undefined) return true;
    return committed(this.#engine, API_KEY_OBJECT, async (_, { owned }) => !owned);
  }

  #updated({ previous, result }: HookContext): void {
    if (previous === undefined || typeof result !== 'object' || result === null) return;
    const change = observedUpdate(previous, result as Row);
    if (change !== undefined) this.#observe(change);
  }

  #deleted({ previous }: HookContext): void {
    if (previous !== undefined) this.#observe(observed(previous, 'delete'));
  }

  #observe(change: ObservedChange): void {
    const write = this.#writes.getStore();
    if (write === undefined || areOwnChanges([change.keyId])) return;
    write.changes.push(change);
    const { id: requestId, address, endpoint } = write.origin;
    write.recorded.set(change.keyId, { ...change, requestId, address, endpoint });
  }

  #origin(): ChangeOrigin {
    const request = currentRequest();
    return {
      id: request?.id,
      address: request?.address,
      endpoint: request === undefined ? 'system' : usedVia(request, this.#basePath).toLowerCase(),
    };
  }

  #tell(origin: ChangeOrigin, change: ObservedChange, userId: string | undefined, milliseconds: number): void {
    const { keyId, prefix, organizationId, action } = change;
    const ownerId = change.ownerId === userId ? undefined : change.ownerId;
    const event = { action, userId, ownerId, organizationId, keyId, prefix, previousKeyId: undefined, milliseconds };
    this.#events.changed(origin, event);
  }

  /** Whoever began the transaction may still roll it back: what it left behind is looked up. */
  async #tellAfter(
    transaction: Transaction,
    { origin, changes }: ForeignWrite,
    userId: string | undefined,
    milliseconds: number,
  ): Promise<void> {
    await ended(transaction);
    for (const change of changes) {
      if (await this.#stands(change)) this.#tell(origin, change, userId, milliseconds);
    }
  }

  async #stands({ keyId, action }: ObservedChange): Promise<boolean> {
    try {
      const query = { where: { id: keyId }, limit: 1, context: { isSystem: true } };
      const [row] = await this.#engine.find(API_KEY_OBJECT, query);
      if (row === undefined) return action === 'delete';
      if (action === 'delete') return false;
      return (action !== 'revoke' && action !== 'restore') || toApiKey(row).revoked === (action === 'revoke');
    } catch {
      // Better a line too many than a change that is not on record.
      return true;
    }
  }
}

function isWrite({ operation }: EngineOperation): boolean {
  return operation === 'insert' || operation === 'update' || operation === 'delete';
}

/** Whether somebody asked for it. What the platform does by itself is told and not refused. */
function isAsked(context: EngineContext | undefined): boolean {
  return context?.isSystem !== true && (context?.userId !== undefined || currentRequest() !== undefined);
}

function mayRestore({ operation, data }: EngineOperation): boolean {
  if (operation !== 'update' || typeof data !== 'object' || data === null || !('revoked' in data)) return false;
  return data.revoked !== true;
}

/** Which keys an update is about. */
function whereOf({ ast, data, options }: EngineOperation): Record<string, unknown> {
  if (typeof ast?.where === 'object' && ast.where !== null) return ast.where as Record<string, unknown>;
  const id = (data as Row)['id'];
  if (id !== undefined) return { id };
  return typeof options?.where === 'object' && options.where !== null ? (options.where as Row) : {};
}

/** The keys that a write names by their ids. */
function keyIdsOf(operation: EngineOperation): string[] {
  const named = operation.operation === 'update' ? idsOf(whereOf(operation)) : undefined;
  return named ?? rowsOf(operation.data).map((row) => String(row['id']));
}

/** The ids of a condition such as `{ id: { $in: [...] } }`; `undefined` for any other. */
function idsOf({ id, ...others }: Record<string, unknown>): string[] | undefined {
  if (typeof id !== 'object' || id === null || Object.keys(others).length > 0) return undefined;
  const { $in: ids } = id as { readonly $in?: unknown };
  return Array.isArray(ids) ? ids.map(String) : undefined;
}

function rowsOf(value: unknown): Row[] {
  if (Array.isArray(value)) return value as Row[];
  return typeof value === 'object' && value !== null ? [value as Row] : [];
}
