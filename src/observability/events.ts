import type { RequestObserver } from '../http/observer.ts';

/** What was done to a key. `update`: anything else about it was changed, such as its expiry. */
export type KeyAction = 'create' | 'rotate' | 'revoke' | 'restore' | 'update' | 'delete';

/** What happens to a key without anybody doing something to it. */
export type KeyOccurrence = 'expiring' | 'expired' | 'ownerLeft';

/** Where a change of a key came from. */
export interface ChangeOrigin {
  /** The id of the request; `undefined` where the kernel changed a key by itself. */
  readonly id: string | undefined;
  /** The IP address of the client; `undefined` where there is no socket. */
  readonly address: string | undefined;
  /** `graphql`, `rest`, `data`, `mcp`, `other` for another route of the platform, `system` outside of a request. */
  readonly endpoint: string;
}

/** A change of a key that was written. The secret and its hash have no place here. */
export interface KeyEvent {
  readonly action: KeyAction | KeyOccurrence;
  /** `sys_user.id` of who did it; `undefined` where the kernel did it for nobody. */
  readonly userId: string | undefined;
  /** `sys_user.id` of the owner, where somebody else did it. */
  readonly ownerId?: string | undefined;
  readonly organizationId: string | undefined;
  /** `sys_api_key.id`; of a rotation, that of the new key. */
  readonly keyId: string;
  /** The first characters of the key, as they are stored for telling keys apart. */
  readonly prefix: string;
  /** Of a rotation, the `sys_api_key.id` of the key that was replaced. */
  readonly previousKeyId: string | undefined;
  /** From the decision until it was written. */
  readonly milliseconds: number;
  /** Why it ends by itself: its time is over, or nobody has used it for as long as the policy says. */
  readonly because?: 'expiry' | 'disuse' | undefined;
  /** Of one that is about to end, when it does. */
  readonly endsAt?: Date | undefined;
  /** Of one that is about to end, which reminder it is: 30, 7 or 1. */
  readonly daysLeft?: number | undefined;
}

/** A change of the rules of an organization for its keys. */
export interface PolicyEvent {
  /** `sys_user.id` of who did it. */
  readonly userId: string;
  readonly organizationId: string;
  /** The rules that were changed, with what they are now: durations as ISO 8601, `null` where there is no such rule any more. */
  readonly changes: Readonly<Record<string, string | boolean | null>>;
}

/** Is told what happens at the endpoints, as a {@link RequestObserver} is, and of changes of keys. */
export interface Events extends RequestObserver {
  /** A key was changed, through whichever route; a repeat that changes nothing is not told. */
  changed(origin: ChangeOrigin, key: KeyEvent): void;
  /** The rules of an organization were changed. */
  policyChanged?(origin: ChangeOrigin, policy: PolicyEvent): void;
}

/** Tells each of `all`, in order. */
export function toEach(all: readonly Events[]): Events {
  return {
    answered: (request, status) => {
      for (const events of all) events.answered(request, status);
    },
    changed: (origin, key) => {
      for (const events of all) events.changed(origin, key);
    },
    policyChanged: (origin, policy) => {
      for (const events of all) events.policyChanged?.(origin, policy);
    },
    failed: (request, error) => {
      for (const events of all) events.failed(request, error);
    },
  };
}
