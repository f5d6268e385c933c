import { isGrantActive, resolveApiKeyAdmission } from '@objectstack/core';
import { postureEnforcesWall } from '@objectstack/spec/security';
import type { LastUsed } from '../keys/admission/last-used.ts';
import type { Platform } from '../platform/platform.ts';
import { WitnessedReader } from '../platform/witnessed-reader.ts';
import { isBanned } from './ban.ts';
import { type ApiKeyPrincipal, apiKeyPrincipal } from './principal.ts';

/**
 * Finds live API keys through the platform's own admission, so that both agree on what a live key
 * is. Two things it leaves open are closed here: a failing database reads there as "no such key",
 * and a banned owner is not looked at.
 */
export class ApiKeys {
  readonly #platform: Platform;
  readonly #lastUsed: Pick<LastUsed, 'note'>;

  constructor(platform: Platform, lastUsed: Pick<LastUsed, 'note'>) {
    this.#platform = platform;
    this.#lastUsed = lastUsed;
  }

  /** The program behind a key, or `undefined` when the key is not live. */
  async resolve(raw: string): Promise<ApiKeyPrincipal | undefined> {
    const posture = await this.#platform.tenancyPosture();
    const keys = new WitnessedReader(this.#platform.reader);
    const admission = await resolveApiKeyAdmission(keys, { 'x-api-key': raw }, Date.now(), posture);
    keys.assertAllRead();
    if (admission.outcome !== 'admitted' || admission.principal.keyId === undefined) return undefined;

    const { userId, tenantId, keyId } = admission.principal;
    const owner = await this.#platform.findUser(userId);
    if (owner === undefined || isBanned(owner['banned'], owner['ban_expires'])) return undefined;
    if (tenantId !== undefined && posture !== undefined && postureEnforcesWall(posture)) {
      // As the platform does: behind a wall, a key ends with its owner's membership.
      const memberships = await this.#platform.memberships(userId, tenantId);
      if (!memberships.some((membership) => isGrantActive(membership, Date.now()))) return undefined;
    }
    this.#lastUsed.note(keyId);
    return apiKeyPrincipal(
      { userId, email: typeof owner['email'] === 'string' ? owner['email'] : '', organizationId: tenantId },
      keyId,
    );
  }
}
