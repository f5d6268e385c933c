// @ts-nocheck
import { Pace } from '../../base/pace.ts';
import { DAY } from '../../base/time.ts';
import type { ChangeOrigin, Events, KeyEvent } from '../../observability/events.ts';
import type { DataEngine, SqlDriver } from '../../platform/engine.ts';
import { API_KEY_OBJECT, type ApiKey, type ApiKeyStatus, statusOf, toApiKey } from '../record/api-key.ts';
import type { ApiKeyDetail } from '../record/api-key-detail.ts';
import { type AuditedEvent, recordEvents } from '../record/audit-trail.ts';
import type { Standing } from '../record/standing.ts';
import { momentOf } from '../record/stored.ts';
import { FIRST_REMINDER, reminderDue } from './endings.ts';
import { type Notice, putBack, takeNew } from './notices.ts';

/** The keys of one statement. */
const BATCH = 200;
/** How long after an expiry the event is still published, if no replica was running at the time. */
const LATEST = 7 * DAY;

/** The origin of changes that no request made. */
export const BY_ITSELF: ChangeOrigin = { id: undefined, address: undefined, endpoint: 'system' };

export interface KeyWatchParts {
  readonly engine: DataEngine;
  readonly driver: SqlDriver;
  readonly standing: Pick<Standing, 'statusOf'>;
  readonly detailOf: (key: ApiKey) => Promise<Pick<ApiKeyDetail, 'restoredAt'>>;
  readonly events: Pick<Events, 'changed'>;
  /** Whether people are reminded before a key ends. */
  readonly reminds: boolean;
}

interface KeyNotice extends Notice {
  readonly key: ApiKey;
  readonly event: Pick<KeyEvent, 'action' | 'because' | 'endsAt' | 'daysLeft'>;
}

/** An event about a key without an actor. */
export function eventOf(key: ApiKey, event: Pick<KeyEvent, 'action' | 'because' | 'endsAt' | 'daysLeft'>): KeyEvent {
  const { id: keyId, prefix, ownerId, organizationId } = key;
  const nobody = { userId: undefined, previousKeyId: undefined, milliseconds: 0 };
  return { ...nobody, keyId, prefix, ownerId, organizationId, ...event };
}

function auditedNotice({ key: { id, prefix, organizationId }, event }: KeyNotice): AuditedEvent {
  const { action, because, endsAt, daysLeft } = event;
  const metadata = { action, prefix, endpoint: BY_ITSELF.endpoint, because, endsAt, daysLeft };
  return { keyId: id, organizationId, userId: undefined, metadata };
}

/** Publishes what happens to keys as time passes. Each event is published once, by the replica that finds it first. */
export class KeyWatch {
  readonly #parts: KeyWatchParts;

  constructor(parts: KeyWatchParts) {
    this.#parts = parts;
  }

  async run(now: number): Promise<void> {
    await this.#eachKey(now - LATEST, now, (keys) => this.#expired(keys, now));
    if (this.#parts.reminds) await this.#eachKey(now, now + FIRST_REMINDER, (keys) => this.#expiring(keys, now));
    await this.#eachActiveKey(now, (keys) => this.#ownerLeft(keys, now));
  }

  /** Publishes the reminders that are due for keys that will end unused. */
  async remind(endings: readonly { key: ApiKey; begins: number; ends: number }[], now: number): Promise<void> {
    if (!this.#parts.reminds) return;
    const notices = endings.flatMap(({ key, begins, ends }): KeyNotice[] => {
      const days = reminderDue(begins, ends, now);
      if (days === undefined) return [];
      const event = { action: 'expiring', because: 'disuse', endsAt: new Date(ends), daysLeft: days } as const;
      // A key that is used again has another end, and other reminders.
      return [{ key, keyId: key.id, what: `unused${days}:${Math.floor(begins / DAY)}`, event }];
    });
    await this.#announce(notices, now);
  }

  async #expired(keys: readonly ApiKey[], now: number): Promise<void> {
    const event = { action: 'expired', because: 'expiry' } as const;
    await this.#announce(
      keys.map((key): KeyNotice => ({ key, keyId: key.id, what: 'expired', event })),
      now,
    );
  }

  async #expiring(keys: readonly ApiKey[], now: number): Promise<void> {
    // Keys of people who left have ended already.
    const notices = (await this.#withStatus(keys, 'ACTIVE')).flatMap((key): KeyNotice[] => {
      const ends = key.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
      const days = reminderDue(key.createdAt.getTime(), ends, now);
      if (days === undefined) return [];
      const event = { action: 'expiring', because: 'expiry', endsAt: key.expiresAt, daysLeft: days } as const;
      return [{ key, keyId: key.id, what: `expires${days}`, event }];
    });
    await this.#announce(notices, now);
  }

  /** Once for each membership: a key that was restored since is announced again when its owner leaves again. */
  async #ownerLeft(keys: readonly ApiKey[], now: number): Promise<void> {
    const event = { action: 'ownerLeft' } as const;
    const left = await this.#withStatus(keys, 'OWNER_LEFT');
    const notices = left.map(async (key): Promise<KeyNotice> => {
      const { restoredAt } = await this.#parts.detailOf(key);
      return { key, keyId: key.id, what: `left:${momentOf(restoredAt) || 0}`, staysTrue: true, event };
    });
    await this.#announce(await Promise.all(notices), now);
  }

  async #withStatus(keys: readonly ApiKey[], wanted: ApiKeyStatus): Promise<ApiKey[]> {
    const statuses = await Promise.all(keys.map((key) => this.#parts.standing.statusOf(key)));
    return keys.filter((_key, index) => statuses[index] === wanted);
  }

  async #announce(notices: readonly KeyNotice[], now: number): Promise<void> {
    if (notices.length === 0) return;
    const { driver, engine, events } = this.#parts;
    const taken = await takeNew(driver, notices, now);
    if (taken.length === 0) return;
    try {
      await recordEvents(engine, taken.map(auditedNotice), { isSystem: true });
    } catch (error) {
      await putBack(driver, taken);
      throw error;
    }
    for (const { key, event } of taken) events.changed(BY_ITSELF, eventOf(key, event));
  }

  /** The keys that are not revoked and expire between two moments, in the order in which they do. */
  async #eachKey(after: number, until: number, visit: (keys: readonly ApiKey[]) => Promise<void>): Promise<void> {
    const end = { expires_at: { $lte: new Date(until).toISOString() } };
    let from: Record<string, unknown> = { expires_at: { $gt: new Date(after).toISOString() } };
    const pace = new Pace();
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
      await pace.rest();
    }
  }

  /**
   * The keys of organizations that are neither revoked nor expired, in the order of their ids. The others are left
   * out here and not by the database: where most keys are revoked, a statement would read all of them to find a
   * few, and on SQLite every request would wait for it.
   */
  async #eachActiveKey(now: number, visit: (keys: readonly ApiKey[]) => Promise<void>): Promise<void> {
    const pace = new Pace();
    for (let after = ''; ; ) {
      const rows = await this.#parts.engine.find(API_KEY_OBJECT, {
        where: { id: { $gt: after } },
        orderBy: [{ field: 'id', order: 'asc' }],
        limit: BATCH,
        context: { isSystem: true },
      });
      const keys = rows.map(toApiKey);
      const active = keys.filter((key) => key.organizationId !== undefined && statusOf(key, now) === 'ACTIVE');
      if (active.length > 0) await visit(active);
      const last = keys.at(-1);
      if (keys.length < BATCH || last === undefined) return;
      after = last.id;
      await pace.rest();
    }
  }
}
