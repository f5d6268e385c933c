import { randomUUID } from 'node:crypto';
import type { KeyEvent, PolicyEvent } from '../observability/events.ts';

/** The name that these events have where a webhook asks for one: they are no records of a table. */
export const EVENT_OBJECT = 'api_key_event';

/** The part of the platform's realtime service that is used. The platform's webhooks send what is published there. */
export interface RealtimeService {
  publish(event: PublishedEvent): Promise<unknown>;
}

/** An event about a record, as the platform's own ones are (`DataEvent` of `@objectstack/spec`). */
interface PublishedEvent {
  readonly type: 'data.record.created';
  readonly object: string;
  readonly timestamp: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/**
 * An event as a webhook sends it. It has ids, the prefix of the key, and no word that anybody has written. The platform
 * sends it to the webhooks of its organization only.
 */
export function keyEventPublished(key: KeyEvent): PublishedEvent {
  const { action, userId, ownerId, organizationId, keyId, prefix, previousKeyId, because, endsAt, daysLeft } = key;
  return published(organizationId, userId, {
    event: action,
    keyId,
    prefix,
    previousKeyId,
    ownerId: ownerId ?? userId,
    userId,
    organizationId,
    because,
    endsAt: endsAt?.toISOString(),
    daysLeft,
  });
}

export function policyEventPublished({ userId, organizationId, changes }: PolicyEvent): PublishedEvent {
  return published(organizationId, userId, { event: 'policyChanged', userId, organizationId, changes });
}

function published(
  organizationId: string | undefined,
  userId: string | undefined,
  event: Readonly<Record<string, unknown>>,
): PublishedEvent {
  const timestamp = new Date().toISOString();
  const type = 'data.record.created';
  const id = randomUUID();
  return {
    type,
    object: EVENT_OBJECT,
    timestamp,
    payload: {
      id,
      type,
      object: EVENT_OBJECT,
      recordId: id,
      after: Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined)),
      ...(userId !== undefined && { userId }),
      ...(organizationId !== undefined && { organizationId }),
      timestamp,
    },
  };
}
