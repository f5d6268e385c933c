import { postureEnforcesWall, type TenancyPosture } from '@objectstack/spec/security';
import { invalid, ServiceError } from '../../base/errors.ts';
import { CAPABILITY_SCOPES, isCapability } from '../record/ceiling.ts';
import { memberSince } from '../record/standing.ts';

/** The facts about a person that decide whether they may create a key. They are read for each request. */
export interface MintFacts {
  /** The active organization of the session, if it has one. */
  readonly organizationId: string | undefined;
  /** The person's `sys_member` rows in that organization. */
  readonly memberships: readonly Record<string, unknown>[];
  /** The current tenancy posture, or `undefined` without a tenancy service. */
  readonly posture: TenancyPosture | undefined;
}

/**
 * A key inherits the active organization of the session. A session can outlive the membership, so the
 * membership must be current. If organizations are walled off from each other, a key without one could
 * read nothing, so it is not created.
 *
 * @returns the start of the membership, in milliseconds since 1970; `undefined` without an organization.
 * @throws ServiceError `FORBIDDEN`
 */
export function assertMayMintIn(facts: MintFacts, now: number = Date.now()): number | undefined {
  if (facts.organizationId === undefined) {
    if (facts.posture !== undefined && postureEnforcesWall(facts.posture)) {
      throw new ServiceError('FORBIDDEN', {
        message: 'Select an active organization first. Without one, the key could not read anything.',
      });
    }
    return undefined;
  }
  const since = memberSince(facts.memberships, now);
  if (since === undefined) {
    throw new ServiceError('FORBIDDEN', {
      message: 'You are not a member of the active organization. Switch to one that you belong to.',
    });
  }
  if (!Number.isFinite(since)) {
    throw new ServiceError('FORBIDDEN', {
      message:
        'Your membership in the active organization does not say when it began. Ask an administrator to add you again.',
    });
  }
  return since;
}

/**
 * Scopes only limit a key, so the platform's three capabilities may be put on any key. A permission set must
 * be held by the caller; otherwise callers could probe which permission sets exist.
 *
 * @throws ServiceError `FORBIDDEN`, naming the first scope that is not held, and the scopes that are.
 */
export function assertHoldsScopes(requested: readonly string[], held: readonly string[]): void {
  const missing = requested.filter((scope) => !isCapability(scope) && !held.includes(scope));
  if (missing.length === 0) return;
  const choice = [...CAPABILITY_SCOPES, ...held].map((scope) => `"${scope}"`).join(', ');
  throw new ServiceError('FORBIDDEN', {
    message: `You do not hold the scope "${missing[0]}", so you cannot put it on a key. You may use ${choice}.`,
    fields: missing.map((scope) => ({
      field: 'scopes',
      code: 'scope_not_held',
      message: `You do not hold the scope "${scope}".`,
    })),
  });
}

/**
 * Rejects an expiry in the past.
 *
 * @throws ServiceError `VALIDATION_FAILED`
 */
export function assertInFuture(expiresAt: Date | undefined, now: number): void {
  if (expiresAt === undefined || expiresAt.getTime() > now) return;
  throw invalid([
    {
      field: 'expiresAt',
      code: 'in_the_past',
      message: 'The expiry must be in the future. Give a later date, or leave it out for a key that does not expire.',
    },
  ]);
}
