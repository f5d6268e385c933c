import type { RequestFacts, RequestObserver } from '../http/observer.ts';

/** What a person did to a key. */
export type KeyAction = 'create' | 'rotate' | 'revoke' | 'restore';

/** A change of a key that was written. The secret and its hash have no place here. */
export interface KeyEvent {
  readonly action: KeyAction;
  /** `sys_user.id` of who did it. */
  readonly userId: string;
  /** `sys_user.id` of the owner, where an administrator did it to the key of somebody else. */
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
}

/** Is told what happens at the endpoints, as a {@link RequestObserver} is, and of changes of keys. */
export interface Events extends RequestObserver {
  /** A key was created, rotated, revoked or restored; a repeat that changes nothing is not told. */
  changed(request: RequestFacts, key: KeyEvent): void;
}

/** Tells each of `all`, in order. */
export function toEach(all: readonly Events[]): Events {
  return {
    answered: (request, status) => {
      for (const events of all) events.answered(request, status);
    },
    changed: (request, key) => {
      for (const events of all) events.changed(request, key);
    },
    failed: (request, error) => {
      for (const events of all) events.failed(request, error);
    },
  };
}
