// @ts-nocheck
import type { Principal } from '../../auth/principal.ts';
import { type FieldError, ServiceError } from '../../base/errors.ts';
import { formatDuration } from '../input/duration.ts';
import type { KeyLimits } from '../limits/limits.ts';
import type { ApiKey } from '../record/api-key.ts';
import { type ApiKeyPolicy, livesTooLong } from './policy.ts';

const ONLY_ADMINISTRATORS = 'administrators_only';

/** Looks up who administers an organization. */
export interface Administrators {
  administers(person: Pick<Principal, 'userId'>, organizationId: string): Promise<boolean>;
}

/** A requested key. */
export interface WantedKey {
  readonly scopes: readonly string[];
  readonly expiresAt: Date | undefined;
  /** The request has no expiry. */
  readonly endsByDefault: boolean;
  /** It replaces another key and gets its lifetime, as far as the policy allows. */
  readonly isReplacement: boolean;
}

/**
 * The expiry of a new key under the current policy. Without a requested expiry, the key gets the default
 * lifetime of the policy, within the limits of the policy and the operator. A replacement is shortened to
 * these limits.
 *
 * @throws ServiceError `POLICY_VIOLATION` if the requested lifetime is too long.
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
 * Checks a key and its creator against the policy.
 *
 * @param administers whether the creator is known to administer the organization.
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

/** The same for a restored key, which cannot change. @throws ServiceError `POLICY_VIOLATION` */
export function assertMayComeBack(policy: ApiKeyPolicy, key: ApiKey, administers: boolean): void {
  assertAllowed(policy, key, administers);
  if (policy.maxLifetime !== undefined && livesTooLong(policy, key)) throw livesTooLongError(policy.maxLifetime);
}

/**
 * Retries as an administrator if only that was missing. Checking this takes several reads, and most
 * organizations let every member create keys.
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
