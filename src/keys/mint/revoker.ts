import { ServiceError } from '../../base/errors.ts';
import type { KeyAction } from '../../observability/events.ts';
import { committed } from '../../platform/committed.ts';
import type { Platform } from '../../platform/platform.ts';
import { Allowance } from '../limits/allowance.ts';
import { assertMayComeBack, withAdministration } from '../policy/policy-rules.ts';
import { findOwnApiKey } from '../read/find.ts';
import { API_KEY_OBJECT, type ApiKey, toApiKey } from '../record/api-key.ts';
import { noteRestored } from '../record/api-key-detail.ts';
import type { Caller } from './caller.ts';
import { assertInTime, type KeyWriting } from './key-writing.ts';

/** A key after a request to revoke or restore it, and whether the request changed it. */
export interface Revocation {
  readonly apiKey: ApiKey;
  readonly changed: boolean;
  /** What was done, if that is not what was asked for. */
  readonly action?: KeyAction;
}

/** The owner of the key left the organization and rejoined. */
export interface Returned {
  /** The start of the new membership, in milliseconds since 1970. */
  readonly memberSince: number | undefined;
}

/**
 * Revokes and restores keys like the platform's `revoke_api_key` and `restore_api_key` actions: with the
 * caller's own rights, it updates `revoked`, the only column that a person may change. A key that already
 * has the requested state is not changed.
 */
export class Revoker {
  readonly #platform: Platform;
  readonly #writing: KeyWriting;

  constructor(platform: Platform, writing: KeyWriting) {
    this.#platform = platform;
    this.#writing = writing;
  }

  /** Revokes a key. @throws ServiceError `FORBIDDEN` if the platform's permissions reject it, `SERVICE_UNAVAILABLE`. */
  async revoke(caller: Caller, key: ApiKey): Promise<Revocation> {
    if (key.revoked) return { apiKey: key, changed: false };
    const update = await this.#update(caller, key, true);
    await this.#onRecord(caller, key, 'revoke', update);
    return { apiKey: reached(await findOwnApiKey(this.#platform, caller.principal, key.id), true), changed: true };
  }

  /**
   * Reactivates a key. This counts like a new key, under the same lock, and follows the same policy.
   * Otherwise a caller could exceed the limits by revoking, creating and restoring keys in turn.
   *
   * @param returned set if the owner left and rejoined. The key then belongs to the new membership.
   * @throws ServiceError `RATE_LIMITED`, `LIMIT_REACHED`, `POLICY_VIOLATION`, `FORBIDDEN` if the platform's permissions reject it, `SERVICE_UNAVAILABLE`.
   */
  async restore(caller: Caller, key: ApiKey, returned?: Returned): Promise<Revocation> {
    if (!key.revoked && returned === undefined) return { apiKey: key, changed: false };
    const update = await this.#update(caller, key, false);
    return withAdministration(this.#writing.administrators, caller.principal, (administers) =>
      this.#onRecord(caller, key, 'restore', () => this.#counted(caller, key.id, update, returned, administers)),
    );
  }

  /**
   * The key is read in the transaction: whoever revokes it right after the commit does not change what was done.
   * It is not changed where another request restored it before the lock was held.
   */
  #counted(
    { principal: { userId }, request }: Caller,
    id: string,
    update: () => Promise<unknown>,
    returned: Returned | undefined,
    administers: boolean,
  ): Promise<Revocation> {
    const { engine, ledger, policies } = this.#writing;
    return committed(engine, API_KEY_OBJECT, async (context) => {
      const claim = { userId, address: request.address, locksUser: true };
      const allowance = await Allowance.open({ ...this.#writing, context }, [claim], []);
      const read = async (): Promise<ApiKey | undefined> => {
        const [row] = await engine.find(API_KEY_OBJECT, { where: { id, user_id: userId }, limit: 1, context });
        return row && toApiKey(row);
      };
      const key = await read();
      if (key?.revoked === false && returned === undefined) return { apiKey: key, changed: false };
      const isRevoked = key === undefined || key.revoked;
      if (key?.organizationId !== undefined) {
        const held = await policies.hold(context.transaction, [key.organizationId]);
        assertMayComeBack(held.of(key.organizationId), key, administers);
      }
      // A key that ended with a membership still counts against the limit on active keys.
      allowance.take(claim, isRevoked ? 1 : 0);
      // The engine runs this update in the same transaction.
      if (isRevoked) await update();
      const apiKey = reached(isRevoked ? await read() : key, false);
      await noteRestored(engine, context.transaction, id, Math.max(allowance.now, returned?.memberSince ?? 0));
      await ledger.write(context.transaction, new Map(allowance.changes()));
      await ledger.assertCommittable(context.transaction);
      assertInTime(request.budget);
      return { apiKey, changed: true };
    });
  }

  async #update({ principal }: Caller, { id }: ApiKey, revoked: boolean): Promise<() => Promise<unknown>> {
    const context = await this.#platform.contextOf(principal);
    return () => this.#platform.engine.update(API_KEY_OBJECT, { id, revoked }, { context });
  }

  #onRecord<T>({ request }: Caller, { id, prefix }: ApiKey, action: KeyAction, write: () => Promise<T>): Promise<T> {
    const change = {
      keyId: id,
      prefix,
      action,
      requestId: request.id,
      address: request.address,
      endpoint: request.endpoint,
    };
    return this.#platform.inTime(() => this.#writing.auditTrail.during([change], write));
  }
}

/** The platform reports success even if its rules skipped an update, so the key is read again. */
function reached(key: ApiKey | undefined, revoked: boolean): ApiKey {
  if (key?.revoked === revoked) return key;
  throw new ServiceError('FORBIDDEN', {
    message: 'You do not have permission to change this key. Ask an administrator.',
  });
}
