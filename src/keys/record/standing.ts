import { isGrantActive } from '@objectstack/core';
import type { Row } from '../../platform/engine.ts';
import type { Platform } from '../../platform/platform.ts';
import { type ApiKey, type ApiKeyStatus, statusOf } from './api-key.ts';
import { findApiKeyDetail } from './api-key-detail.ts';
import { momentOf } from './stored.ts';

/**
 * Since when somebody has been a member, in milliseconds since 1970; `undefined` when they are none now.
 * A beginning that cannot be read is never: no key is known to be younger.
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
 * Whether a key belongs to a membership that holds. A key that is older than the present membership was
 * made in an earlier one, and ended with it: whoever comes back does not find the old keys working that
 * nobody has thought of since. It is decided by the two times and not by a mark, so that it holds however
 * the membership ended: through another replica, another program, or a statement on the database.
 *
 * @param since when the present membership began; see {@link memberSince}.
 * @param madeAt when the key was made, and if it was restored on purpose later, when that was.
 */
export function belongsSince(since: number | undefined, ...madeAt: readonly unknown[]): boolean {
  return since !== undefined && madeAt.some((moment) => momentOf(moment) >= since);
}

/** Tells the status of keys, of which the membership of their owner is a part. */
export class Standing {
  readonly #platform: Pick<Platform, 'memberships' | 'reader' | 'inTime'>;
  /** Keys that were just made, for somebody who was just found to be a member. */
  readonly #new = new WeakSet<ApiKey>();

  constructor(platform: Pick<Platform, 'memberships' | 'reader' | 'inTime'>) {
    this.#platform = platform;
  }

  /** Spares the look-up for a key that was just made. */
  isNew(key: ApiKey): void {
    this.#new.add(key);
  }

  /** The status of a key now. Look-ups of the same turn of the event loop share one statement. */
  async statusOf(key: ApiKey): Promise<ApiKeyStatus> {
    const status = statusOf(key);
    return status === 'ACTIVE' && (await this.hasOwnerLeft(key)) ? 'OWNER_LEFT' : status;
  }

  /** Whether the membership in which a key was made, or restored, has ended. */
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
