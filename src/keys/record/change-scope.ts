import { AsyncLocalStorage } from 'node:async_hooks';
import type { KeyAction } from '../../observability/events.ts';
import type { Row } from '../../platform/engine.ts';

/** A change of a key that is being written, and where it came from. */
export interface KeyChange {
  readonly keyId: string;
  readonly prefix: string;
  readonly action: KeyAction;
  readonly requestId: string | undefined;
  readonly address: string | undefined;
  /** The endpoint or the route of the platform that it came through. */
  readonly endpoint?: string | undefined;
}

interface ChangeScope {
  /** Written by this service, which has checked it and tells of it by itself. */
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

/** Runs a write of somebody else. What it changes is added to `changes` on the way. */
export function duringForeignChanges<T>(changes: Map<string, KeyChange>, write: () => Promise<T>): Promise<T> {
  return scopes.run({ own: false, changes }, write);
}

/** Whether this service writes these keys at the moment. */
export function areOwnChanges(keyIds: readonly string[]): boolean {
  const scope = scopes.getStore();
  return scope?.own === true && keyIds.length > 0 && keyIds.every((id) => scope.changes.has(id));
}

/** Takes the rows of the audit trail about what is being written; `undefined` where their table does. */
export function recordedRows(): Row[] | undefined {
  return scopes.getStore()?.recorded;
}

/** What is being done to a key. */
export function changeOf(keyId: string): KeyChange | undefined {
  return scopes.getStore()?.changes.get(keyId);
}
