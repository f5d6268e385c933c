import { isExpired, parseScopes } from '@objectstack/core';
import type { DataEngine, Row } from '../platform/engine.ts';

export const API_KEY_OBJECT = 'sys_api_key';

/** Whether a key authenticates, and if not, why. */
export type ApiKeyStatus = 'ACTIVE' | 'REVOKED' | 'EXPIRED';

/** The metadata of a key: what may be shown again. It has no place for the secret or its hash. */
export interface ApiKey {
  readonly id: string;
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
  readonly name: string;
  readonly hash: string;
  readonly prefix: string;
  readonly userId: string;
  readonly organizationId: string | undefined;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | undefined;
}

/** The status at `now`, by the platform's own rule of expiry. */
export function statusOf(key: ApiKey, now: number = Date.now()): ApiKeyStatus {
  if (key.revoked) return 'REVOKED';
  return isExpired(key.expiresAt, now) ? 'EXPIRED' : 'ACTIVE';
}

/**
 * Writes the row of a new key. `sys_api_key` is protection-locked, so this is an elevated write:
 * the one in this project, reachable only from `mint.ts`, which takes a principal that only the
 * auth code can construct. `userId` in the context names the person as the actor.
 */
export async function insertApiKey(engine: DataEngine, key: NewApiKey): Promise<ApiKey> {
  const row = await engine.insert(
    API_KEY_OBJECT,
    {
      name: key.name,
      key: key.hash,
      prefix: key.prefix,
      user_id: key.userId,
      revoked: false,
      ...(key.organizationId === undefined ? {} : { active_organization_id: key.organizationId }),
      ...(key.scopes.length === 0 ? {} : { scopes: JSON.stringify(key.scopes) }),
      ...(key.expiresAt === undefined ? {} : { expires_at: key.expiresAt.toISOString() }),
    },
    { context: { isSystem: true, userId: key.userId } },
  );
  return toApiKey(row as Row);
}

/** The metadata in a row as the engine returns it. */
export function toApiKey(row: Row): ApiKey {
  const { id, name, created_at: createdAt } = row;
  if (typeof id !== 'string' || typeof name !== 'string') throw new TypeError('sys_api_key row without id or name');
  return {
    id,
    name,
    prefix: typeof row['prefix'] === 'string' ? row['prefix'] : '',
    scopes: parseScopes(row['scopes']),
    expiresAt: toDate(row['expires_at']),
    organizationId: typeof row['active_organization_id'] === 'string' ? row['active_organization_id'] : undefined,
    createdAt: toDate(createdAt) ?? new Date(Number.NaN),
    lastUsedAt: toDate(row['last_used_at']),
    revoked: row['revoked'] === true || row['revoked'] === 1,
  };
}

/** Databases and drivers give dates back as text, as milliseconds or as a Date. */
function toDate(value: unknown): Date | undefined {
  if (value instanceof Date) return value;
  if (typeof value === 'string' || typeof value === 'number') return new Date(value);
  return undefined;
}
