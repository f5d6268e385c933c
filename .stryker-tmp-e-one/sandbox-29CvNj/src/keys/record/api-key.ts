// @ts-nocheck
import { isExpired } from '@objectstack/core';
import { assertPrincipal, type SessionPrincipal } from '../../auth/principal.ts';
import type { DataEngine, EngineContext, Row } from '../../platform/engine.ts';
import { readScopes } from './stored.ts';

export const API_KEY_OBJECT = 'sys_api_key';

/** Whether a key works, and if not, why. */
export type ApiKeyStatus = 'ACTIVE' | 'REVOKED' | 'EXPIRED' | 'OWNER_LEFT';

/** The status by the record of the key alone. */
export type RecordedStatus = Exclude<ApiKeyStatus, 'OWNER_LEFT'>;

/** The metadata of a key, which may be shown again. It has no field for the secret or its hash. */
export interface ApiKey {
  readonly id: string;
  /** `sys_user.id` of the owner. */
  readonly ownerId: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | undefined;
  readonly organizationId: string | undefined;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | undefined;
  readonly revoked: boolean;
}

/** A row to write. It contains the hash of the secret, never the secret. */
export interface NewApiKey {
  /** Determines the owner and the organization of the key. */
  readonly owner: SessionPrincipal;
  readonly id: string;
  readonly name: string;
  readonly hash: string;
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | undefined;
  readonly createdAt: Date;
}

/** The status at `now` by the record of the key, with the platform's own rule for expiry. */
export function statusOf(key: ApiKey, now: number = Date.now()): RecordedStatus {
  if (key.revoked) return 'REVOKED';
  return isExpired(key.expiresAt, now) ? 'EXPIRED' : 'ACTIVE';
}

/**
 * Writes the rows of new keys. `sys_api_key` is locked, so this is an elevated write, and the only one in
 * this project that creates keys. It takes the owner and the organization from a principal, which only the
 * auth code can construct.
 *
 * @param context the context of the transaction.
 * @returns the keys, in the sequence of the rows.
 */
export async function insertApiKeys(
  engine: DataEngine,
  keys: readonly NewApiKey[],
  context: EngineContext,
): Promise<ApiKey[]> {
  const rows = keys.map((key) => {
    assertPrincipal(key.owner);
    return {
      id: key.id,
      name: key.name,
      key: key.hash,
      prefix: key.prefix,
      user_id: key.owner.userId,
      revoked: false,
      active_organization_id: key.owner.organizationId ?? null,
      scopes: key.scopes.length === 0 ? null : JSON.stringify(key.scopes),
      expires_at: key.expiresAt?.toISOString() ?? null,
      created_at: key.createdAt.toISOString(),
    };
  });
  const inserted = await engine.insert(API_KEY_OBJECT, rows, { context: { ...context, isSystem: true } });
  if (inserted.length !== keys.length) throw new Error('the engine did not return a row for each key');
  return inserted.map(toApiKey);
}

/**
 * Conditions on the status, for the keys of a person. They avoid `revoked = false`, because SQLite would
 * then use the index on `revoked` and read all keys to find those of one person.
 */
export function whereStatus(status: RecordedStatus, now: number): Record<string, unknown> {
  const at = new Date(now).toISOString();
  switch (status) {
    case 'REVOKED':
      return { $and: [{ revoked: { $ne: false } }, { revoked: { $ne: null } }] };
    case 'EXPIRED':
      return { revoked: { $ne: true }, expires_at: { $lte: at } };
    case 'ACTIVE':
      return { revoked: { $ne: true }, $or: [{ expires_at: null }, { expires_at: { $gt: at } }] };
  }
}

/** How many active keys each of these people has at `now`. People without any are not in the map. */
export async function countActiveKeys(
  engine: DataEngine,
  userIds: readonly string[],
  now: number,
  context: EngineContext,
): Promise<Map<string, number>> {
  const rows = await engine.aggregate(API_KEY_OBJECT, {
    where: { user_id: { $in: userIds }, ...whereStatus('ACTIVE', now) },
    groupBy: ['user_id'],
    aggregations: [{ function: 'count', alias: 'active' }],
    context: { ...context, isSystem: true },
  });
  return new Map(rows.map((row) => [String(row['user_id']), Number(row['active'])]));
}

/** Reads the metadata from a row of the engine. */
export function toApiKey(row: Row): ApiKey {
  const { id, name, created_at: createdAt } = row;
  if (typeof id !== 'string' || typeof name !== 'string') throw new TypeError('sys_api_key row without id or name');
  return {
    id,
    ownerId: typeof row['user_id'] === 'string' ? row['user_id'] : '',
    name,
    prefix: typeof row['prefix'] === 'string' ? row['prefix'] : '',
    scopes: scopesOf(row['scopes']),
    expiresAt: toDate(row['expires_at']),
    organizationId: typeof row['active_organization_id'] === 'string' ? row['active_organization_id'] : undefined,
    createdAt: toDate(createdAt) ?? new Date(Number.NaN),
    lastUsedAt: toDate(row['last_used_at']),
    revoked: row['revoked'] === true || row['revoked'] === 1,
  };
}

/** Replaces unreadable scopes, so that the key may do nothing. No permission set can have this name, so no new key can have it. */
const UNREADABLE_SCOPES: readonly string[] = ['(unreadable)'];

function scopesOf(value: unknown): readonly string[] {
  const scopes = readScopes(value);
  return scopes === 'unreadable' ? UNREADABLE_SCOPES : scopes;
}

/** Databases and drivers return dates as text, as milliseconds or as a Date. */
function toDate(value: unknown): Date | undefined {
  if (value instanceof Date) return value;
  if (typeof value === 'string' || typeof value === 'number') return new Date(value);
  return undefined;
}
