// @ts-nocheck
import { hashApiKey } from '@objectstack/core';
import type { Row } from '../platform/engine.ts';
import type { Platform } from '../platform/platform.ts';
import { type ApiKeyPrincipal, apiKeyPrincipal } from './principal.ts';

/** Decides whether a key is active. Every verification in the kernel uses the same instance. */
export interface KeyAdmission {
  /** @returns `undefined` if the key in this row is not active. */
  admit(row: Row): Promise<
    | {
        readonly key: { readonly id: string; readonly ownerId: string; readonly organizationId: string | undefined };
        readonly email: string;
      }
    | undefined
  >;
}

/** Authenticates API keys. */
export class ApiKeys {
  readonly #platform: Pick<Platform, 'findApiKey'>;
  readonly #admission: KeyAdmission;

  constructor(platform: Pick<Platform, 'findApiKey'>, admission: KeyAdmission) {
    this.#platform = platform;
    this.#admission = admission;
  }

  /** The principal of a key, or `undefined` if the key is not active. */
  async resolve(raw: string): Promise<ApiKeyPrincipal | undefined> {
    const row = await this.#platform.findApiKey(hashApiKey(raw));
    const admitted = row && (await this.#admission.admit(row));
    if (admitted === undefined) return undefined;
    const { id, ownerId, organizationId } = admitted.key;
    return apiKeyPrincipal({ userId: ownerId, email: admitted.email, organizationId }, id);
  }
}
