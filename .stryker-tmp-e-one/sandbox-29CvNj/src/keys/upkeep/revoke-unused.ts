// @ts-nocheck
import { Pace } from '../../base/pace.ts';
import type { Events } from '../../observability/events.ts';
import { committed } from '../../platform/committed.ts';
import type { Row, SqlDriver } from '../../platform/engine.ts';
import { query } from '../../platform/sql.ts';
import { userEntry } from '../ledger/ledger.ts';
import type { KeyWriting } from '../mint/key-writing.ts';
import { revokeKeys } from '../mint/revoke-keys.ts';
import { toPolicy } from '../policy/policy.ts';
import { API_KEY_POLICY_OBJECT } from '../policy/policy-table.ts';
import { unusedSince } from '../read/filters.ts';
import { API_KEY_OBJECT, type ApiKey, toApiKey, whereStatus } from '../record/api-key.ts';
import { API_KEY_DETAIL_OBJECT } from '../record/api-key-detail.ts';
import { momentOf } from '../record/stored.ts';
import { FIRST_REMINDER } from './endings.ts';
import { BY_ITSELF, eventOf, type KeyWatch } from './watch-keys.ts';

/** The keys of one statement, and of one transaction. A mint on SQLite may have to wait for one. */
const BATCH = 100;
/** A use is written some time after it happened, in milliseconds. */
const USES_ARE_LATE_BY = 5 * 60_000;

interface UnusedKey {
  readonly key: ApiKey;
  /** When it was last used, or made, or restored. */
  readonly begins: number;
}

/** Revokes the keys that were not used for as long as the policy of their organization says, and sends reminders before. */
export class UnusedKeys {
  readonly #writing: KeyWriting;
  readonly #driver: SqlDriver;
  readonly #watch: Pick<KeyWatch, 'remind'>;
  readonly #events: Pick<Events, 'changed'>;

  constructor(
    writing: KeyWriting,
    driver: SqlDriver,
    watch: Pick<KeyWatch, 'remind'>,
    events: Pick<Events, 'changed'>,
  ) {
    this.#writing = writing;
    this.#driver = driver;
    this.#watch = watch;
    this.#events = events;
  }

  /** @throws Error what one organization failed with, after the others were done. */
  async run(now: number): Promise<void> {
    const statement = `SELECT * FROM ${API_KEY_POLICY_OBJECT} WHERE revoke_unused_after IS NOT NULL ORDER BY id`;
    const failures: unknown[] = [];
    for (const row of await query(this.#driver, statement)) {
      try {
        await this.#ofOrganization(String(row['id']), toPolicy(row).revokeUnusedAfter ?? Number.POSITIVE_INFINITY, now);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  async #ofOrganization(organizationId: string, revokeAfter: number, now: number): Promise<void> {
    const pace = new Pace();
    let from: Record<string, unknown>[] = [];
    for (;;) {
      const rows = await this.#writing.engine.find(API_KEY_OBJECT, {
        where: {
          $and: [
            { active_organization_id: organizationId },
            ...from,
            unusedSince(revokeAfter - FIRST_REMINDER, now),
            whereStatus('ACTIVE', now),
          ],
        },
        orderBy: [
          { field: 'created_at', order: 'asc' },
          { field: 'id', order: 'asc' },
        ],
        limit: BATCH,
        context: { isSystem: true },
      });
      const unused = await this.#withBeginning(rows.map(toApiKey));
      const isOver = ({ begins }: UnusedKey): boolean => begins + revokeAfter + USES_ARE_LATE_BY <= now;
      const endings = unused.map(({ key, begins }) => ({ key, begins, ends: begins + revokeAfter }));
      await this.#watch.remind(endings, now);
      const over = unused.filter(isOver).map(({ key }) => key);
      if (over.length > 0) await this.#revoke(organizationId, over, now);
      const last = rows.at(-1) && toApiKey(rows.at(-1) as Row);
      if (rows.length < BATCH || last === undefined) return;
      const at = last.createdAt.toISOString();
      await pace.rest();
      from = [{ $or: [{ created_at: { $gt: at } }, { created_at: at, id: { $gt: last.id } }] }];
    }
  }

  async #withBeginning(keys: readonly ApiKey[], context: object = {}): Promise<UnusedKey[]> {
    if (keys.length === 0) return [];
    const where = { id: { $in: keys.map(({ id }) => id) } };
    const details = await this.#writing.engine.find(API_KEY_DETAIL_OBJECT, {
      where,
      context: { isSystem: true, ...context },
    });
    const restored = new Map(details.map((row) => [row['id'], momentOf(row['restored_at'])]));
    return keys.map((key) => {
      const moments = [key.createdAt.getTime(), key.lastUsedAt?.getTime() ?? 0, restored.get(key.id) || 0];
      return { key, begins: Math.max(...moments) };
    });
  }

  /** Checks the keys again under the locks of their owners and of the policy, and revokes those that are still unused. */
  async #revoke(organizationId: string, keys: readonly ApiKey[], now: number): Promise<void> {
    const { engine, ledger, policies } = this.#writing;
    const revoked = await committed(engine, API_KEY_OBJECT, async (context) => {
      const owners = new Map(keys.map(({ ownerId }) => [userEntry(ownerId), '']));
      await ledger.lock(context.transaction, owners, []);
      const { revokeUnusedAfter } = (await policies.hold(context.transaction, [organizationId])).of(organizationId);
      if (revokeUnusedAfter === undefined) return [];
      const before = now - revokeUnusedAfter - USES_ARE_LATE_BY;
      const where = { id: { $in: keys.map(({ id }) => id) }, revoked: { $ne: true } };
      const rows = await engine.find(API_KEY_OBJECT, { where, context });
      const still = (await this.#withBeginning(rows.map(toApiKey), context)).filter(({ begins }) => begins <= before);
      const unused = still.map(({ key }) => key);
      await revokeKeys(this.#writing, unused, BY_ITSELF, context);
      await ledger.assertCommittable(context.transaction);
      return unused;
    });
    for (const key of revoked) {
      this.#events.changed(BY_ITSELF, eventOf(key, { action: 'revoke', because: 'disuse' }));
    }
  }
}
