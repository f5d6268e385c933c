import { assertPrincipal, type SessionPrincipal } from '../../auth/principal.ts';
import { requireSession } from '../../auth/session-required.ts';
import { ServiceError } from '../../base/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import type { ApiKey } from '../record/api-key.ts';
import { isCapability } from '../record/ceiling.ts';
import { heldScopes } from './held-scopes.ts';
import { assertHoldsScopes, assertMayMintIn } from './policy.ts';

/** Decides who may make a key, or bring one back, before any lock is taken. */
export class Eligibility {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * Somebody who is signed in, as themselves, is a member of their active organization now, and holds
   * each of the permission sets among the scopes now.
   *
   * @returns since when they are a member; `undefined` without an organization.
   * @throws ServiceError `FORBIDDEN`, `SERVICE_UNAVAILABLE`. A look-alike of a principal is a TypeError.
   */
  async assertMayMint(principal: SessionPrincipal, scopes: readonly string[]): Promise<number | undefined> {
    assertMayChange(principal);
    if (principal.impersonated) {
      // A support person looking through somebody's eyes would walk away with a credential of
      // theirs that outlives the impersonation.
      throw new ServiceError('FORBIDDEN', {
        message:
          'You are impersonating this person. An impersonated session cannot create or restore keys: stop impersonating first.',
      });
    }
    const { userId, organizationId } = principal;
    const since = assertMayMintIn({
      organizationId,
      posture: await this.#platform.tenancyPosture(),
      memberships: organizationId === undefined ? [] : await this.#platform.memberships(userId, organizationId),
    });
    if (!scopes.every(isCapability)) assertHoldsScopes(scopes, await heldScopes(this.#platform, principal));
    return since;
  }

  /**
   * The same for a key that takes after another one, or that comes back: it reaches the organization
   * of that key, so that is the one to be a member of.
   */
  async assertMayMintLike(
    principal: SessionPrincipal,
    key: ApiKey,
    intent: 'rotate' | 'restore',
  ): Promise<number | undefined> {
    if (key.organizationId !== principal.organizationId) {
      throw new ServiceError('FORBIDDEN', {
        message: `This key belongs to another organization. Switch to that organization to ${intent} it.`,
      });
    }
    return this.assertMayMint(principal, key.scopes);
  }
}

/** Asked first of everybody who changes a key: that authentication knows them, by a session. */
export function assertMayChange(principal: SessionPrincipal): void {
  assertPrincipal(principal);
  requireSession(principal);
}
