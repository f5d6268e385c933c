// @ts-nocheck
// 
import type { Principal } from '../../auth/principal.ts';
import type { SqlDriver } from '../../platform/engine.ts';
import type { Platform } from '../../platform/platform.ts';
import { EVERY_KEY } from '../admission/key-uses.ts';
import { heldScopes } from '../mint/held-scopes.ts';
import { findOwnApiKey } from '../read/find.ts';
import { type ApiKeyUse, UsageReader } from '../read/usage.ts';
import type { ExplainingSecurity } from './sufficiency.ts';
import { ScopeSuggestions } from './suggestion.ts';

/** Services of the kernel that are asked about rights, where it has them. */
export interface RightsServices {
  readonly security: ExplainingSecurity | undefined;
  /** Shares single records. */
  readonly sharing: object | undefined;
}

/** What keys were used for, and how little would have been enough. */
export class KeyUsage {
  readonly #platform: Platform;
  readonly #reader: UsageReader;
  readonly #suggestions: ScopeSuggestions | undefined;

  constructor(platform: Platform, driver: SqlDriver, { security, sharing }: RightsServices) {
    this.#platform = platform;
    this.#reader = new UsageReader(driver);
    this.#suggestions = security && new ScopeSuggestions(platform, security, sharing !== undefined);
  }

  /** What a key was used for in the last 30 days. */
  find(keyId: string): Promise<ApiKeyUse[]> {
    return this.#platform.inTime(() => this.#reader.find(keyId));
  }

  /**
   * The smallest scopes under which a key of this person could do all that it was used for.
   *
   * @returns `undefined` when nothing is recorded, when not all of it is, or when no scopes are enough for it.
   */
  async suggestedScopes(principal: Principal, keyId: string): Promise<string[] | undefined> {
    const [key, uses, ofEveryKey] = await Promise.all([
      findOwnApiKey(this.#platform, principal, keyId),
      this.find(keyId),
      this.find(EVERY_KEY),
    ]);
    if (key === undefined || uses.length === 0) return undefined;
    const owner = { userId: principal.userId, organizationId: key.organizationId };
    const held = await heldScopes(this.#platform, owner);
    return this.#suggestions?.suggest({ owner, scopes: key.scopes, held }, [...uses, ...ofEveryKey]);
  }
}
