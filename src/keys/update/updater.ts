import { invalid, type ServiceError, unavailable } from '../../base/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import type { ScopeComparison } from '../access/scope-comparison.ts';
import type { UpdateApiKeyInput } from '../input/input.ts';
import type { Caller } from '../mint/caller.ts';
import { heldScopes } from '../mint/held-scopes.ts';
import type { KeyWriting } from '../mint/key-writing.ts';
import { carriedOver } from '../mint/mint-order.ts';
import { assertHoldsScopes, assertInFuture } from '../mint/mint-rules.ts';
import type { Revocation } from '../mint/revoker.ts';
import { findOwnApiKey, noSuchKey } from '../read/find.ts';
import type { ApiKey } from '../record/api-key.ts';
import { findApiKeyDetail } from '../record/api-key-detail.ts';
import { isCapability } from '../record/ceiling.ts';
import { actionOf, changesOf } from './changes.ts';
import { widenedFields } from './widening.ts';
import { writeUpdate } from './write-update.ts';

/** How often an update is decided, where the key is changed meanwhile. */
const TRIES = 3;

/**
 * Changes a key: its name and its description, and what it may do, of which an update only takes away. Whoever
 * holds the key would otherwise get more than it was made for, and no rule of minting would have been asked.
 */
export class Updater {
  readonly #platform: Platform;
  readonly #writing: KeyWriting;
  readonly #comparison: Pick<ScopeComparison, 'keepsLimits'>;

  constructor(platform: Platform, writing: KeyWriting, comparison: Pick<ScopeComparison, 'keepsLimits'>) {
    this.#platform = platform;
    this.#writing = writing;
    this.#comparison = comparison;
  }

  /**
   * @throws ServiceError `NOT_FOUND`; `VALIDATION_FAILED`, naming each field that would widen the key; `FORBIDDEN` for
   *   a permission set that the caller does not hold; `SERVICE_UNAVAILABLE`.
   */
  async update(caller: Caller, asked: UpdateApiKeyInput): Promise<Revocation> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const key = await findOwnApiKey(this.#platform, caller.principal, asked.id);
      if (key === undefined) throw noSuchKey();
      const settings = await this.#platform.inTime(() => findApiKeyDetail(this.#platform.reader, key.id));
      const widened = widenedFields({ ...key, ...settings }, asked);
      if (widened.length > 0) throw invalid(widened);
      const changes = changesOf(key, settings, asked);
      if (changes.columns === undefined && changes.settings === undefined) return { apiKey: key, changed: false };
      if (changes.columns?.['expires_at'] !== undefined) assertInFuture(asked.expiresAt ?? undefined, Date.now());
      if (changes.columns?.['scopes'] !== undefined) await this.#assertNarrows(key, asked.scopes ?? []);
      const decidedFor = carriedOver(key, settings);
      const apiKey = await this.#platform.inTime(() => writeUpdate(this.#writing, caller, key, decidedFor, changes));
      if (apiKey !== undefined) return { apiKey, changed: true, action: actionOf(changes) };
    }
    throw unavailable();
  }

  /** What the names of scopes do not say. */
  async #assertNarrows({ ownerId, organizationId, scopes }: ApiKey, remaining: readonly string[]): Promise<void> {
    const owner = { userId: ownerId, organizationId };
    if (scopes.length === 0) {
      if (!remaining.every(isCapability)) assertHoldsScopes(remaining, await heldScopes(this.#platform, owner));
    } else if (!(await this.#comparison.keepsLimits(owner, remaining, scopes))) throw liftsLimits();
  }
}

function liftsLimits(): ServiceError {
  const message =
    'The scopes that you take away limit which records or fields the key sees, so that it would see more without them. ' +
    'Make another key with the scopes that you want.';
  return invalid([{ field: 'scopes', code: 'widens', message }]);
}
