// @ts-nocheck
import { AsyncLocalStorage } from 'node:async_hooks';
import type { KeyAction } from '../../observability/events.ts';
import type { Row } from '../../platform/engine.ts';

/** A change of a key that is being written, and its origin. */
export interface KeyChange {
  readonly keyId: string;
  readonly prefix: string;
  readonly action: KeyAction;
  /** Who makes a new key, where one statement writes the keys of several people. */
  readonly actorId?: string | undefined;
  readonly requestId: string | undefined;
  readonly address: string | undefined;
  /** The endpoint, or the kind of platform route. */
  readonly endpoint?: string | undefined;
}

interface ChangeScope {
  /** Whether this service makes the write; it has checked it and logs it itself. */
  readonly own: boolean;
  /** By the id of the key. */
  readonly changes: Map<string, KeyChange>;
  /** The rows of the audit trail about them, where they are to be written together. */
  readonly recorded?: Row[] | undefined;
}

const scopes = new AsyncLocalStorage<ChangeScope>();

/**
 * Runs a write of this service. Nothing outside of this process can make its own look like one.
 *
 * @param recorded takes the rows of the audit trail, instead of their table.
 */
export function duringOwnChanges<T>(
  changes: readonly KeyChange[],
  write: () => Promise<T>,
  recorded?: Row[],
): Promise<T> {
  return scopes.run({ own: true, changes: new Map(changes.map((change) => [change.keyId, change])), recorded }, write);
}

/** Runs a write from another source, and collects its changes in `changes`. */
export function duringForeignChanges<T>(changes: Map<string, KeyChange>, write: () => Promise<T>): Promise<T> {
  return scopes.run({ own: false, changes }, write);
}

/** Whether this service is writing these keys right now. */
export function areOwnChanges(keyIds: readonly string[]): boolean {
  const scope = scopes.getStore();
  return scope?.own === true && keyIds.length > 0 && keyIds.every((id) => scope.changes.has(id));
}

/** Takes the rows of the audit trail about what is being written; `undefined` where their table does. */
export function recordedRows(): Row[] | undefined {
  return scopes.getStore()?.recorded;
}

/** The change of a key that is being written. */
export function changeOf(keyId: string): KeyChange | undefined {
  return scopes.getStore()?.changes.get(keyId);
}
