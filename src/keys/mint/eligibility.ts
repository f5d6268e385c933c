import { assertPrincipal, type SessionPrincipal } from '../../auth/principal.ts';
import { requireSession } from '../../auth/session-required.ts';
import { ServiceError } from '../../base/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import type { ApiKey } from '../record/api-key.ts';
import { isCapability } from '../record/ceiling.ts';
import { heldScopes } from './held-scopes.ts';
import { assertHoldsScopes, assertMayMintIn } from './mint-rules.ts';

/** Decides who may create or restore a key, before any lock is taken. */
export class Eligibility {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * The caller must be signed in without impersonation, be a member of their active organization now, and
   * hold each permission set among the scopes now.
   *
   * @returns the start of their membership; `undefined` without an organization.
   * @throws ServiceError `FORBIDDEN`, `SERVICE_UNAVAILABLE`; TypeError for a forged principal.
   */
  async assertMayMint(principal: SessionPrincipal, scopes: readonly string[]): Promise<number | undefined> {
    assertMayChange(principal);
    if (principal.impersonated) {
      // Otherwise a support person who impersonates a user could keep a credential of that user after
      // the impersonation ends.
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
   * The same for a replaced or restored key. The caller must be a member of the organization of that key.
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

/** Every change of a key requires a principal from authentication with a session. */
export function assertMayChange(principal: SessionPrincipal): void {
  assertPrincipal(principal);
  requireSession(principal);
}
