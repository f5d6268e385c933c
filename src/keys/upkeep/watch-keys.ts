import { setImmediate as turn } from 'node:timers/promises';
import type { ChangeOrigin, Events, KeyEvent } from '../../observability/events.ts';
import type { DataEngine, Row, SqlDriver } from '../../platform/engine.ts';
import { query } from '../../platform/sql.ts';
import { API_KEY_OBJECT, type ApiKey, toApiKey } from '../record/api-key.ts';
import type { Standing } from '../record/standing.ts';
import { DAY, FIRST_REMINDER, reminderDue } from './endings.ts';
import { type Telling, takeUntold } from './told.ts';

/** Keys of one statement. */
const BATCH = 500;
/** For how long after its end it is told that a key has expired, where no replica was there to tell it. */
const LATEST = 7 * DAY;

/** What the kernel does by itself comes from no request. */
export const BY_ITSELF: ChangeOrigin = { id: undefined, address: undefined, endpoint: 'system' };

export interface KeyWatchParts {
  readonly engine: DataEngine;
  readonly driver: SqlDriver;
  readonly standing: Pick<Standing, 'statusOf'>;
  readonly events: Pick<Events, 'changed'>;
  /** Whether people are reminded before a key ends. */
  readonly reminds: boolean;
}

interface KeyTelling extends Telling {
  readonly key: ApiKey;
  readonly event: Pick<KeyEvent, 'action' | 'because' | 'endsAt' | 'daysLeft'>;
}

/** An event about a key that nobody has caused. */
export function eventOf(key: ApiKey, event: Pick<KeyEvent, 'action' | 'because' | 'endsAt' | 'daysLeft'>): KeyEvent {
  const { id: keyId, prefix, ownerId, organizationId } = key;
  const nobody = { userId: undefined, previousKeyId: undefined, milliseconds: 0 };
  return { ...nobody, keyId, prefix, ownerId, organizationId, ...event };
}

/** Tells what happens to keys as time passes: each once, whichever replica looks first. */
export class KeyWatch {
  readonly #parts: KeyWatchParts;

  constructor(parts: KeyWatchParts) {
    this.#parts = parts;
  }

  async run(now: number): Promise<void> {
    await this.#eachKey(now - LATEST, now, (keys) => this.#expired(keys, now));
    if (this.#parts.reminds) await this.#eachKey(now, now + FIRST_REMINDER, (keys) => this.#expiring(keys, now));
    await this.#eachOfLeavers((keys) => this.#ownerLeft(keys, now));
  }

  /** Tells of keys that are about to end. Who gives them has found out that they would. */
  async remind(endings: readonly { key: ApiKey; begins: number; ends: number }[], now: number): Promise<void> {
    if (!this.#parts.reminds) return;
    const tellings = endings.flatMap(({ key, begins, ends }): KeyTelling[] => {
      const days = reminderDue(begins, ends, now);
      if (days === undefined) return [];
      const event = { action: 'expiring', because: 'disuse', endsAt: new Date(ends), daysLeft: days } as const;
      // A key that is used again has another end, and other reminders.
      return [{ key, keyId: key.id, what: `unused${days}:${Math.floor(begins / DAY)}`, event }];
    });
    await this.#tell(tellings, now);
  }

  async #expired(keys: readonly ApiKey[], now: number): Promise<void> {
    const event = { action: 'expired', because: 'expiry' } as const;
    await this.#tell(
      keys.map((key): KeyTelling => ({ key, keyId: key.id, what: 'expired', event })),
      now,
    );
  }

  async #expiring(keys: readonly ApiKey[], now: number): Promise<void> {
    const tellings = keys.flatMap((key): KeyTelling[] => {
      const ends = key.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
      const days = reminderDue(key.createdAt.getTime(), ends, now);
      if (days === undefined) return [];
      const event = { action: 'expiring', because: 'expiry', endsAt: key.expiresAt, daysLeft: days } as const;
      return [{ key, keyId: key.id, what: `expires${days}`, event }];
    });
    await this.#tell(await this.#ofMembers(tellings), now);
  }

  async #ownerLeft(keys: readonly ApiKey[], now: number): Promise<void> {
    const event = { action: 'ownerLeft' } as const;
    const tellings = keys.map((key): KeyTelling => ({ key, keyId: key.id, what: 'left', forGood: true, event }));
    await this.#tell(tellings, now);
  }

  /** Who has left needs no reminder of a key that is dead already. */
  async #ofMembers(tellings: readonly KeyTelling[]): Promise<KeyTelling[]> {
    const statuses = await Promise.all(tellings.map(({ key }) => this.#parts.standing.statusOf(key)));
    return tellings.filter((_telling, index) => statuses[index] !== 'OWNER_LEFT');
  }

  async #tell(tellings: readonly KeyTelling[], now: number): Promise<void> {
    const { driver, events } = this.#parts;
    for (const { key, event } of await takeUntold(driver, tellings, now))
      events.changed(BY_ITSELF, eventOf(key, event));
  }

  /** The keys that are not revoked and expire between two moments, in the order in which they do. */
  async #eachKey(after: number, until: number, visit: (keys: readonly ApiKey[]) => Promise<void>): Promise<void> {
    const end = { expires_at: { $lte: new Date(until).toISOString() } };
    let from: Record<string, unknown> = { expires_at: { $gt: new Date(after).toISOString() } };
    for (;;) {
      const rows = await this.#parts.engine.find(API_KEY_OBJECT, {
        where: { $and: [from, end, { revoked: { $ne: true } }] },
        orderBy: [
          { field: 'expires_at', order: 'asc' },
          { field: 'id', order: 'asc' },
        ],
        limit: BATCH,
        context: { isSystem: true },
      });
      const keys = rows.map(toApiKey);
      if (keys.length > 0) await visit(keys);
      const last = keys.at(-1);
      if (keys.length < BATCH || last === undefined) return;
      const at = last.expiresAt?.toISOString();
      from = { expires_at: { $gte: at }, $or: [{ expires_at: { $gt: at } }, { expires_at: at, id: { $gt: last.id } }] };
      await turn();
    }
  }

  /** However a membership ended: the rows of members say who is none any more. */
  async #eachOfLeavers(visit: (keys: readonly ApiKey[]) => Promise<void>): Promise<void> {
    for (let after = ''; ; ) {
      const page = await query(
        this.#parts.driver,
        `SELECT k.id, m.user_id AS member FROM
         (SELECT id, user_id, active_organization_id, revoked FROM ${API_KEY_OBJECT} WHERE id > ? ORDER BY id LIMIT ${BATCH}) k
         LEFT JOIN sys_member m ON m.user_id = k.user_id AND m.organization_id = k.active_organization_id
         ORDER BY k.id`,
        [after],
      );
      const left = page.flatMap(({ id, member }) => (member === null ? [String(id)] : []));
      if (left.length > 0) await visit(await this.#leftKeys(left));
      const last = page.at(-1)?.['id'];
      if (new Set(page.map(({ id }) => id)).size < BATCH || typeof last !== 'string') return;
      after = last;
      await turn();
    }
  }

  async #leftKeys(ids: readonly string[]): Promise<ApiKey[]> {
    const where = { id: { $in: ids }, revoked: { $ne: true }, active_organization_id: { $ne: null } };
    const rows: Row[] = await this.#parts.engine.find(API_KEY_OBJECT, { where, context: { isSystem: true } });
    return rows.map(toApiKey);
  }
}
