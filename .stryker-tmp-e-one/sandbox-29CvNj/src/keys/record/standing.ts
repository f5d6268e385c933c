// @ts-nocheck
import { isGrantActive } from '@objectstack/core';
import type { Row } from '../../platform/engine.ts';
import type { Platform } from '../../platform/platform.ts';
import { type ApiKey, type ApiKeyStatus, statusOf } from './api-key.ts';
import { findApiKeyDetail } from './api-key-detail.ts';
import { momentOf } from './stored.ts';

/**
 * The start of a person's membership, in milliseconds since 1970; `undefined` if they are not a member now.
 * If it cannot be read, it is infinite, so that no key counts as newer.
 */
export function memberSince(memberships: readonly Row[], now: number): number | undefined {
  const active = memberships.filter((membership) => isGrantActive(membership, now));
  if (active.length === 0) return undefined;
  return Math.min(...active.map(beginningOf));
}

function beginningOf({ created_at: createdAt }: Row): number {
  const beginning = momentOf(createdAt);
  return Number.isNaN(beginning) ? Number.POSITIVE_INFINITY : beginning;
}

/**
 * Whether a key belongs to the current membership of its owner. A key that is older was created in an
 * earlier membership and ended with it, so that forgotten keys do not work again when a person rejoins. Only
 * the two times decide, so this works no matter how the membership ended: on another replica, by another
 * program, or by a statement on the database.
 *
 * @param since the start of the current membership; see {@link memberSince}.
 * @param madeAt when the key was created, and when it was last restored.
 */
export function belongsSince(since: number | undefined, ...madeAt: readonly unknown[]): boolean {
  return since !== undefined && madeAt.some((moment) => momentOf(moment) >= since);
}

/** Determines the status of keys, including the membership of their owner. */
export class Standing {
  readonly #platform: Pick<Platform, 'memberships' | 'reader' | 'inTime'>;
  /** Keys that were just created, for a person whose membership was just checked. */
  readonly #new = new WeakSet<ApiKey>();

  constructor(platform: Pick<Platform, 'memberships' | 'reader' | 'inTime'>) {
    this.#platform = platform;
  }

  /** Skips the look-up for a key that was just created. */
  isNew(key: ApiKey): void {
    this.#new.add(key);
  }

  /** The current status of a key. Look-ups in the same turn of the event loop share one statement. */
  async statusOf(key: ApiKey): Promise<ApiKeyStatus> {
    const status = statusOf(key);
    return status === 'ACTIVE' && (await this.hasOwnerLeft(key)) ? 'OWNER_LEFT' : status;
  }

  /** Whether the membership in which a key was created or restored has ended. */
  async hasOwnerLeft(key: ApiKey): Promise<boolean> {
    const { id, ownerId, organizationId, createdAt } = key;
    if (organizationId === undefined || this.#new.has(key)) return false;
    const since = memberSince(await this.#platform.memberships(ownerId, organizationId), Date.now());
    if (since === undefined) return true;
    if (belongsSince(since, createdAt)) return false;
    const { restoredAt } = await this.#platform.inTime(() => findApiKeyDetail(this.#platform.reader, id));
    return !belongsSince(since, restoredAt);
  }
}
