// @ts-nocheck
import type { KeyAction } from '../../observability/events.ts';
import type { Row } from '../../platform/engine.ts';
import { toApiKey } from '../record/api-key.ts';

/** A change of one key, as the database was told to make it. */
export interface ObservedChange {
  readonly keyId: string;
  readonly prefix: string;
  readonly ownerId: string | undefined;
  readonly organizationId: string | undefined;
  readonly action: KeyAction;
}

/** What is changed with every write, or tells of a use. */
const BOOKKEEPING: ReadonlySet<string> = new Set(['updated_at', 'updated_by', 'last_used_at']);

/** @returns `undefined` where nothing about the key changed. */
export function observedUpdate(before: Row, after: Row): ObservedChange | undefined {
  const [was, is] = [toApiKey({ ...after, ...before }).revoked, toApiKey({ ...before, ...after }).revoked];
  if (was !== is) return observed(before, is ? 'revoke' : 'restore');
  const changed = Object.keys(after).some((column) => !BOOKKEEPING.has(column) && !same(before[column], after[column]));
  return changed ? observed(before, 'update') : undefined;
}

export function observed(row: Row, action: KeyAction): ObservedChange {
  return {
    keyId: String(row['id']),
    prefix: textOf(row['prefix']) ?? '',
    ownerId: textOf(row['user_id']),
    organizationId: textOf(row['active_organization_id']),
    action,
  };
}

/** Drivers give the same moment back as text, as milliseconds and as a Date. */
function same(a: unknown, b: unknown): boolean {
  return comparable(a) === comparable(b);
}

function comparable(value: unknown): string {
  return value instanceof Date ? value.toISOString() : JSON.stringify(value ?? null).replaceAll('"', '');
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
