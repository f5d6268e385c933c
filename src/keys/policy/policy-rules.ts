import type { Principal } from '../../auth/principal.ts';
import { type FieldError, ServiceError } from '../../base/errors.ts';
import { formatDuration } from '../input/duration.ts';
import type { KeyLimits } from '../limits/limits.ts';
import type { ApiKey } from '../record/api-key.ts';
import { type ApiKeyPolicy, livesTooLong } from './policy.ts';

const ONLY_ADMINISTRATORS = 'administrators_only';

/** Who knows who administers an organization. */
export interface Administrators {
  administers(person: Pick<Principal, 'userId'>, organizationId: string): Promise<boolean>;
}

/** A key that somebody wants to have. */
export interface WantedKey {
  readonly scopes: readonly string[];
  readonly expiresAt: Date | undefined;
  /** Nobody said when it is to expire. */
  readonly endsByDefault: boolean;
  /** It replaces another one, and lives as long as that one did, as far as that is allowed. */
  readonly isReplacement: boolean;
}

/**
 * The expiry of a new key under the policy in force. A key for which nobody gave one lives as long as
 * the policy says, and no longer than it and the operator allow; a replacement is cut to that.
 *
 * @throws ServiceError `POLICY_VIOLATION` where a longer life was asked for.
 */
export function expiryUnderPolicy(
  policy: ApiKeyPolicy,
  { maxKeyLifetime }: Pick<KeyLimits, 'maxKeyLifetime'>,
  { expiresAt, endsByDefault, isReplacement }: WantedKey,
  now: number,
): Date | undefined {
  const { maxLifetime, defaultLifetime } = policy;
  if (isReplacement) return earliest(expiresAt, after(maxLifetime, now));
  if (endsByDefault) return earliest(after(defaultLifetime, now), after(maxLifetime, now), after(maxKeyLifetime, now));
  if (maxLifetime !== undefined && (expiresAt === undefined || expiresAt.getTime() > now + maxLifetime)) {
    throw livesTooLongError(maxLifetime);
  }
  return expiresAt;
}

/**
 * What the policy says of the key and of who wants it.
 *
 * @param administers whether they are known to administer the organization.
 * @throws ServiceError `POLICY_VIOLATION`, naming the rule.
 */
export function assertAllowed(
  { requireScopes, whoMayMint }: ApiKeyPolicy,
  { scopes }: Pick<ApiKey, 'scopes'>,
  administers: boolean,
): void {
  if (whoMayMint === 'ADMINISTRATORS' && !administers) {
    throw violation(
      { field: 'whoMayMint', code: ONLY_ADMINISTRATORS },
      'The policy of this organization allows only its owners and administrators to create and restore keys.',
    );
  }
  if (requireScopes && scopes.length === 0) {
    throw violation(
      { field: 'scopes', code: 'scopes_required' },
      'The policy of this organization requires scopes. Give at least one, such as "data:read".',
    );
  }
}

/** The same for a key that comes back, which is as it was. @throws ServiceError `POLICY_VIOLATION` */
export function assertMayComeBack(policy: ApiKeyPolicy, key: ApiKey, administers: boolean): void {
  assertAllowed(policy, key, administers);
  if (policy.maxLifetime !== undefined && livesTooLong(policy, key)) throw livesTooLongError(policy.maxLifetime);
}

/**
 * Tries again as an administrator, where only that was missing. Whether somebody is one takes several
 * reads, and most organizations let everybody mint.
 */
export async function withAdministration<T>(
  administrators: Administrators,
  { userId, organizationId }: Pick<Principal, 'userId' | 'organizationId'>,
  write: (administers: boolean) => Promise<T>,
): Promise<T> {
  try {
    return await write(false);
  } catch (error) {
    if (organizationId === undefined || !isForAdministrators(error)) throw error;
    if (!(await administrators.administers({ userId }, organizationId))) throw error;
    return write(true);
  }
}

function isForAdministrators(error: unknown): boolean {
  return error instanceof ServiceError && error.fields?.[0]?.code === ONLY_ADMINISTRATORS;
}

function livesTooLongError(maxLifetime: number): ServiceError {
  return violation(
    { field: 'expiresAt', code: 'exceeds_policy_lifetime' },
    `The policy of this organization limits the lifetime of a key to ${formatDuration(maxLifetime)}.`,
  );
}

function violation(fault: Omit<FieldError, 'message'>, message: string): ServiceError {
  return new ServiceError('POLICY_VIOLATION', { message, fields: [{ ...fault, message }] });
}

function after(lifetime: number | undefined, now: number): Date | undefined {
  return lifetime === undefined ? undefined : new Date(now + lifetime);
}

function earliest(...dates: readonly (Date | undefined)[]): Date | undefined {
  const given = dates.flatMap((date) => (date === undefined ? [] : [date.getTime()]));
  return given.length === 0 ? undefined : new Date(Math.min(...given));
}
