import { isExpired } from '@objectstack/core';
import { assertPrincipal, type SessionPrincipal } from '../../auth/principal.ts';
import type { DataEngine, EngineContext, Row } from '../../platform/engine.ts';
import { readScopes } from './stored.ts';

export const API_KEY_OBJECT = 'sys_api_key';

/** Whether a key authenticates, and if not, why. */
export type ApiKeyStatus = 'ACTIVE' | 'REVOKED' | 'EXPIRED' | 'OWNER_LEFT';

/** The part of it that the record of the key says by itself. */
export type RecordedStatus = Exclude<ApiKeyStatus, 'OWNER_LEFT'>;

/** The metadata of a key: what may be shown again. It has no place for the secret or its hash. */
export interface ApiKey {
  readonly id: string;
  /** `sys_user.id` of the person whose key it is. */
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

/** A row to write: the hash of the secret, never the secret. */
export interface NewApiKey {
  /** Whose key it is, and in which organization: no other field can say so. */
  readonly owner: SessionPrincipal;
  readonly id: string;
  readonly name: string;
  readonly hash: string;
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | undefined;
  readonly createdAt: Date;
}

/** The status at `now` by the record of the key, with the platform's own rule of expiry. */
export function statusOf(key: ApiKey, now: number = Date.now()): RecordedStatus {
  if (key.revoked) return 'REVOKED';
  return isExpired(key.expiresAt, now) ? 'EXPIRED' : 'ACTIVE';
}

/**
 * Writes the rows of new keys. `sys_api_key` is protection-locked, so this is an elevated write: the
 * one in this project that creates keys. It takes a principal that only the auth code can construct,
 * and pins the owner and the organization to it.
 *
 * @param context of the transaction that the rows are to be part of.
 * @returns the keys, in the order of the rows.
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
 * Conditions on the status of a key, for the keys of a person. `revoked = false` would say the same,
 * and SQLite then takes the index on `revoked`: it would read every key there is to find those of one
 * person.
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

/** How many active keys each of these people has at `now`. Whoever has none is not in the map. */
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

/** The metadata in a row as the engine returns it. */
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

/** Stands for scopes that cannot be read: such a key may do nothing. It is the name of no permission set, so nothing is minted with it. */
const UNREADABLE_SCOPES: readonly string[] = ['(unreadable)'];

function scopesOf(value: unknown): readonly string[] {
  const scopes = readScopes(value);
  return scopes === 'unreadable' ? UNREADABLE_SCOPES : scopes;
}

/** Databases and drivers give dates back as text, as milliseconds or as a Date. */
function toDate(value: unknown): Date | undefined {
  if (value instanceof Date) return value;
  if (typeof value === 'string' || typeof value === 'number') return new Date(value);
  return undefined;
}
