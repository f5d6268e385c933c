import { isRecord } from './clause-names.ts';
import { isCredentialObject } from './credential-objects.ts';
import type { ObjectProtections, ObjectRegistry } from './object-protection.ts';

/** The platform's realtime service: it brings every write to browsers, and to webhooks outside. */
export interface RealtimeService {
  publish(event: PublishedEvent): Promise<unknown>;
}

interface PublishedEvent {
  readonly object?: unknown;
  readonly payload?: unknown;
}

/** The platform's webhooks read this table again when something in it changes. It has secrets of whoever receives them. */
const WEBHOOKS = 'sys_webhook';

/**
 * The engine publishes the row of each write as the database returned it: with the hash of a new key, with
 * session tokens. This removes protected values from what is published. Of a table of credentials nothing is
 * published, since the id alone of an invitation signs up; of webhooks only that there was a change.
 */
export function protectPublishedValues(
  realtime: RealtimeService,
  protections: Pick<ObjectProtections, 'of'>,
  registry: Pick<ObjectRegistry, 'getObject'>,
): void {
  const publish = realtime.publish.bind(realtime);
  realtime.publish = async (event) => {
    const { object, payload } = event;
    if (typeof object !== 'string' || !isRecord(payload)) return publish(event);
    if (object === WEBHOOKS) {
      const { changes, after, before, ...change } = payload;
      return publish({ ...event, payload: change });
    }
    if (isCredentialObject(object, registry.getObject(object))) return undefined;
    const { isProtected } = protections.of(object);
    const open = (record: unknown): unknown =>
      isRecord(record) ? Object.fromEntries(Object.entries(record).filter(([field]) => !isProtected(field))) : record;
    const { changes, after, before } = payload;
    return publish({
      ...event,
      payload: {
        ...payload,
        ...(changes !== undefined && { changes: open(changes) }),
        ...(after !== undefined && { after: open(after) }),
        ...(before !== undefined && { before: open(before) }),
      },
    });
  };
}
