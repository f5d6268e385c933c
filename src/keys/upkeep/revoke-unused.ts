import { setImmediate as turn } from 'node:timers/promises';
import type { Events } from '../../observability/events.ts';
import { committed } from '../../platform/committed.ts';
import type { Row, SqlDriver } from '../../platform/engine.ts';
import { query } from '../../platform/sql.ts';
import { userEntry } from '../ledger/ledger.ts';
import type { KeyWriting } from '../mint/key-writing.ts';
import { toPolicy } from '../policy/policy.ts';
import { API_KEY_POLICY_OBJECT } from '../policy/policy-table.ts';
import { API_KEY_OBJECT, type ApiKey, toApiKey } from '../record/api-key.ts';
import { API_KEY_DETAIL_OBJECT } from '../record/api-key-detail.ts';
import type { KeyChange } from '../record/change-scope.ts';
import { momentOf } from '../record/stored.ts';
import { FIRST_REMINDER } from './endings.ts';
import { BY_ITSELF, eventOf, type KeyWatch } from './watch-keys.ts';

/** Keys of one statement, and of one transaction: whoever makes a key waits for the latter. */
const BATCH = 500;
const REVOKED_AT_ONCE = 50;
/** A use is written some time after it happened, in milliseconds. */
const USES_ARE_LATE_BY = 5 * 60_000;

interface UnusedKey {
  readonly key: ApiKey;
  /** When it was last used, or made, or restored. */
  readonly begins: number;
}

/** Ends the keys that nobody has used for as long as the policy of their organization says, and reminds before. */
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
    // From here on a reminder is due, or the end.
    const before = new Date(now - revokeAfter + FIRST_REMINDER).toISOString();
    let from: Record<string, unknown>[] = [];
    for (;;) {
      const rows = await this.#writing.engine.find(API_KEY_OBJECT, {
        where: {
          $and: [{ active_organization_id: organizationId }, ...from, ...unusedSince(before), ...notExpired(now)],
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
      for (let start = 0; start < over.length; start += REVOKED_AT_ONCE) {
        await this.#revoke(organizationId, over.slice(start, start + REVOKED_AT_ONCE), now);
        await turn();
      }
      const last = rows.at(-1) && toApiKey(rows.at(-1) as Row);
      if (rows.length < BATCH || last === undefined) return;
      const at = last.createdAt.toISOString();
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

  /** What was found is looked at once more, under the locks of these people's keys and of the policy. */
  async #revoke(organizationId: string, keys: readonly ApiKey[], now: number): Promise<void> {
    const { engine, ledger, policies, auditTrail } = this.#writing;
    const revoked = await committed(engine, API_KEY_OBJECT, async (context) => {
      const owners = new Map(keys.map(({ ownerId }) => [userEntry(ownerId), '']));
      await ledger.lock(context.transaction, owners, []);
      const policy = (await policies.hold(context.transaction, [organizationId])).get(organizationId);
      if (policy?.revokeUnusedAfter === undefined) return [];
      const before = now - policy.revokeUnusedAfter - USES_ARE_LATE_BY;
      const where = { id: { $in: keys.map(({ id }) => id) }, revoked: { $ne: true } };
      const rows = await engine.find(API_KEY_OBJECT, { where, context });
      const still = (await this.#withBeginning(rows.map(toApiKey), context)).filter(({ begins }) => begins <= before);
      const changes = still.map(({ key: { id: keyId, prefix } }): KeyChange => {
        return {
          keyId,
          prefix,
          action: 'revoke',
          requestId: undefined,
          address: undefined,
          endpoint: BY_ITSELF.endpoint,
        };
      });
      await auditTrail.during(changes, async () => {
        for (const { keyId } of changes) await engine.update(API_KEY_OBJECT, { id: keyId, revoked: true }, { context });
      });
      await ledger.assertCommittable(context.transaction);
      return still.map(({ key }) => key);
    });
    for (const key of revoked) {
      this.#events.changed(BY_ITSELF, eventOf(key, { action: 'revoke', because: 'disuse' }));
    }
  }
}

function notExpired(now: number): Record<string, unknown>[] {
  return [{ $or: [{ expires_at: null }, { expires_at: { $gt: new Date(now).toISOString() } }] }];
}

/** Keys that were not revoked, and were neither made nor used since. */
function unusedSince(since: string): Record<string, unknown>[] {
  return [
    { created_at: { $lte: since } },
    { $or: [{ last_used_at: null }, { last_used_at: { $lte: since } }] },
    { revoked: { $ne: true } },
  ];
}
