import { hashApiKey } from '@objectstack/core';
import type { Row } from '../platform/engine.ts';
import type { Platform } from '../platform/platform.ts';
import { type ApiKeyPrincipal, apiKeyPrincipal } from './principal.ts';

/** Decides whether a key is live; the same one for every verification in the kernel. */
export interface KeyAdmission {
  /** @returns `undefined` when the key of this row is not live. */
  admit(row: Row): Promise<
    | {
        readonly key: { readonly id: string; readonly ownerId: string; readonly organizationId: string | undefined };
        readonly email: string;
      }
    | undefined
  >;
}

/** Finds the program behind an API key. */
export class ApiKeys {
  readonly #platform: Pick<Platform, 'findApiKey'>;
  readonly #admission: KeyAdmission;

  constructor(platform: Pick<Platform, 'findApiKey'>, admission: KeyAdmission) {
    this.#platform = platform;
    this.#admission = admission;
  }

  /** The program behind a key, or `undefined` when the key is not live. */
  async resolve(raw: string): Promise<ApiKeyPrincipal | undefined> {
    const row = await this.#platform.findApiKey(hashApiKey(raw));
    const admitted = row && (await this.#admission.admit(row));
    if (admitted === undefined) return undefined;
    const { id, ownerId, organizationId } = admitted.key;
    return apiKeyPrincipal({ userId: ownerId, email: admitted.email, organizationId }, id);
  }
}
