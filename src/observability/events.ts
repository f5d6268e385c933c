import type { ServiceError } from '../base/errors.ts';
import type { Exchange } from '../http/exchange.ts';
import type { KeyAction } from '../keys/record/audit-trail.ts';

/** A change of a key that was written. The secret and its hash have no place here. */
export interface KeyEvent {
  readonly action: KeyAction;
  /** `sys_user.id` of the owner, who did it. */
  readonly userId: string;
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

/**
 * Is told what happens at the endpoints: a log, metrics. It is called on the path of a request, so it
 * must not block and must not throw, and an {@link Exchange} must not be kept.
 */
export interface Events {
  /** A request was answered; what is known of it is in the exchange. */
  answered(exchange: Exchange, status: number): void;
  /** A key was created, rotated, revoked or restored; a repeat that changes nothing is not told. */
  changed(exchange: Exchange, key: KeyEvent): void;
  /** A failure that is not the caller's: the code of `error` has a status of 500 or more. */
  failed(exchange: Exchange, error: ServiceError): void;
}

/** Tells each of `all`, in order. */
export function toEach(all: readonly Events[]): Events {
  return {
    answered: (exchange, status) => {
      for (const events of all) events.answered(exchange, status);
    },
    changed: (exchange, key) => {
      for (const events of all) events.changed(exchange, key);
    },
    failed: (exchange, error) => {
      for (const events of all) events.failed(exchange, error);
    },
  };
}
