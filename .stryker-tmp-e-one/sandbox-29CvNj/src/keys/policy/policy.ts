// @ts-nocheck
import { unavailable } from '../../base/errors.ts';
import type { Row } from '../../platform/engine.ts';
import { parseDuration } from '../input/duration.ts';
import type { ApiKey } from '../record/api-key.ts';

/** Who may create and restore keys. */
export type ApiKeyMinters = 'MEMBERS' | 'ADMINISTRATORS';

/** The rules of an organization for its keys. Durations are in milliseconds; `undefined` means no rule. */
export interface ApiKeyPolicy {
  /** The longest lifetime of a key. */
  readonly maxLifetime: number | undefined;
  /** The lifetime of a key created without an expiry. */
  readonly defaultLifetime: number | undefined;
  /** How long a key may be unused before it is revoked. */
  readonly revokeUnusedAfter: number | undefined;
  /** Whether every key must have scopes. */
  readonly requireScopes: boolean;
  readonly whoMayMint: ApiKeyMinters;
}

/** The policy of an organization without rules. */
export const NO_POLICY: ApiKeyPolicy = {
  maxLifetime: undefined,
  defaultLifetime: undefined,
  revokeUnusedAfter: undefined,
  requireScopes: false,
  whoMayMint: 'MEMBERS',
};

/**
 * Reads the policy from a row of the engine or the driver.
 *
 * @throws ServiceError `SERVICE_UNAVAILABLE` if a rule cannot be read; it must not be taken for "no rule".
 */
export function toPolicy(row: Row): ApiKeyPolicy {
  const { require_scopes: requireScopes, who_may_mint: whoMayMint } = row;
  if (whoMayMint !== 'MEMBERS' && whoMayMint !== 'ADMINISTRATORS') throw unreadable('who_may_mint');
  return {
    maxLifetime: durationOf(row, 'max_lifetime'),
    defaultLifetime: durationOf(row, 'default_lifetime'),
    revokeUnusedAfter: durationOf(row, 'revoke_unused_after'),
    requireScopes: booleanOf(requireScopes),
    whoMayMint,
  };
}

/** Whether an existing key breaks the rules: it has no scopes although they are required, or its lifetime is too long. */
export function violates(policy: ApiKeyPolicy, key: Pick<ApiKey, 'scopes' | 'createdAt' | 'expiresAt'>): boolean {
  if (policy.requireScopes && key.scopes.length === 0) return true;
  return livesTooLong(policy, key);
}

/** A key without an expiry exceeds every lifetime. */
export function livesTooLong(
  { maxLifetime }: Pick<ApiKeyPolicy, 'maxLifetime'>,
  { createdAt, expiresAt }: Pick<ApiKey, 'createdAt' | 'expiresAt'>,
): boolean {
  if (maxLifetime === undefined) return false;
  // An unreadable time counts as exceeding the limit.
  return expiresAt === undefined || !(expiresAt.getTime() - createdAt.getTime() <= maxLifetime);
}

function durationOf(row: Row, column: string): number | undefined {
  const value = row[column];
  if (value === null || value === undefined) return undefined;
  const milliseconds = typeof value === 'string' ? parseDuration(value) : undefined;
  if (milliseconds === undefined || milliseconds <= 0) throw unreadable(column);
  return milliseconds;
}

/** SQLite has no booleans. */
function booleanOf(value: unknown): boolean {
  if (value === true || value === 1) return true;
  if (value === false || value === 0) return false;
  throw unreadable('require_scopes');
}

function unreadable(column: string): Error {
  return unavailable(new TypeError(`the column ${column} of a policy cannot be read`));
}
