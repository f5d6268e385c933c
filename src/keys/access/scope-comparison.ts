import type { Person, Platform } from '../../platform/platform.ts';
import { ceilingOf } from '../record/ceiling.ts';
import { type CheckedContext, narrow } from './narrowed-context.ts';
import { keepsLimits } from './row-limits.ts';
import type { ExplainingSecurity, StoredPermissionSet } from './sufficiency.ts';

/** Compares what the scopes of a key say beside their names: the limits on rows and fields that permission sets put on it. */
export class ScopeComparison {
  readonly #platform: Pick<Platform, 'contextOf' | 'inTime'>;
  readonly #security: Pick<ExplainingSecurity, 'resolvePermissionSetsForContext'> | undefined;

  /** @param security `undefined` in a kernel that checks no permissions. */
  constructor(
    platform: Pick<Platform, 'contextOf' | 'inTime'>,
    security: Pick<ExplainingSecurity, 'resolvePermissionSetsForContext'> | undefined,
  ) {
    this.#platform = platform;
    this.#security = security;
  }

  /**
   * Whether a key of this person that keeps some of its scopes stays within the limits on rows and fields that it
   * has with all of them.
   *
   * @returns `false` also where nobody can say.
   */
  async keepsLimits(owner: Person, remaining: readonly string[], all: readonly string[]): Promise<boolean> {
    const security = this.#security;
    if (security === undefined) return false;
    const context = (await this.#platform.contextOf(owner)) as CheckedContext;
    const setsOf = (scopes: readonly string[]): Promise<StoredPermissionSet[]> => {
      const ceiling = ceilingOf(scopes);
      if (ceiling === undefined) throw new TypeError('a key without scopes has no limits of its own');
      return security.resolvePermissionSetsForContext(narrow(context, ceiling));
    };
    const [left, before] = await this.#platform.inTime(() => Promise.all([setsOf(remaining), setsOf(all)]));
    return keepsLimits(left, before);
  }
}
