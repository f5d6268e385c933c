// @ts-nocheck
// 
import type { RequestObserver } from '../http/observer.ts';

/** What was done to a key. `narrow` takes scopes, networks or time away from it; `update` is any other change, such as a new name. */
export type KeyAction = 'create' | 'rotate' | 'narrow' | 'revoke' | 'restore' | 'update' | 'delete';

/** What happens to a key without anybody doing something to it. */
export type KeyOccurrence = 'expiring' | 'expired' | 'ownerLeft';

/** Where a change of a key came from. */
export interface ChangeOrigin {
  /** The id of the request; `undefined` if the kernel changed a key by itself. */
  readonly id: string | undefined;
  /** The IP address of the client; `undefined` without a socket. */
  readonly address: string | undefined;
  /** `graphql`, `rest`, `data`, `mcp`, `other` for another route of the platform, `system` outside of a request. */
  readonly endpoint: string;
}

/** A committed change of a key. It never contains the secret or its hash. */
export interface KeyEvent {
  readonly action: KeyAction | KeyOccurrence;
  /** `sys_user.id` of who did it; `undefined` where the kernel did it for nobody. */
  readonly userId: string | undefined;
  /** `sys_user.id` of the owner, if another person made the change. */
  readonly ownerId?: string | undefined;
  readonly organizationId: string | undefined;
  /** `sys_api_key.id`; for a rotation, of the new key. */
  readonly keyId: string;
  /** The stored first characters of the key, to tell keys apart. */
  readonly prefix: string;
  /** For a rotation, the `sys_api_key.id` of the replaced key. */
  readonly previousKeyId: string | undefined;
  /** The time from accepting the change to its commit. */
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
  /** `sys_user.id` of the person who made the change. */
  readonly userId: string;
  readonly organizationId: string;
  /** The changed rules with their new values: durations as ISO 8601, `null` for a removed rule. */
  readonly changes: Readonly<Record<string, string | boolean | null>>;
}

/** Observes requests, as a {@link RequestObserver} does, and changes of keys. */
export interface Events extends RequestObserver {
  /** A key was changed, on any route. Not called for a repeat that changes nothing. */
  changed(origin: ChangeOrigin, key: KeyEvent): void;
  /** The rules of an organization were changed. */
  policyChanged?(origin: ChangeOrigin, policy: PolicyEvent): void;
}

/** Forwards each event to all of these, in order. */
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
