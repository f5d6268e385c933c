import { ServiceError } from '../../base/errors.ts';
import type { KeyAction } from '../../observability/events.ts';
import { committed } from '../../platform/committed.ts';
import type { Platform } from '../../platform/platform.ts';
import { Allowance } from '../limits/allowance.ts';
import { NO_POLICY } from '../policy/policy.ts';
import { assertMayComeBack, withAdministration } from '../policy/policy-rules.ts';
import { findOwnApiKey } from '../read/find.ts';
import { API_KEY_OBJECT, type ApiKey, toApiKey } from '../record/api-key.ts';
import { noteRestored } from '../record/api-key-detail.ts';
import type { Caller } from './caller.ts';
import { assertInTime, type KeyWriting } from './key-writing.ts';

/** A key after it was asked to be revoked or restored, and whether that changed it. */
export interface Revocation {
  readonly apiKey: ApiKey;
  readonly changed: boolean;
}

/** The owner of a key had left, and is a member again. */
export interface Returned {
  /** Since when, in milliseconds since 1970. */
  readonly memberSince: number | undefined;
}

/**
 * Revokes and restores keys as the platform's `revoke_api_key` and `restore_api_key` actions do: by
 * an update of `revoked`, the one column that a person may change, with their own rights. A key that
 * is as asked already is left as it is.
 */
export class Revoker {
  readonly #platform: Platform;
  readonly #writing: KeyWriting;

  constructor(platform: Platform, writing: KeyWriting) {
    this.#platform = platform;
    this.#writing = writing;
  }

  /** Ends a key. @throws ServiceError `FORBIDDEN` where the platform did not let them, `SERVICE_UNAVAILABLE`. */
  async revoke(caller: Caller, key: ApiKey): Promise<Revocation> {
    if (key.revoked) return { apiKey: key, changed: false };
    const update = await this.#update(caller, key, true);
    await this.#onRecord(caller, key, 'revoke', update);
    return { apiKey: await this.#outcome(caller, key, true), changed: true };
  }

  /**
   * Lets a key authenticate again. It is counted as a mint is, under the same lock, and obeys the policy
   * as one: revoking, minting and restoring in turn must pass neither the cap nor the limit of mints.
   *
   * @param returned where its owner had left meanwhile: the key is then of their present membership.
   * @throws ServiceError `RATE_LIMITED`, `LIMIT_REACHED`, `POLICY_VIOLATION`, `FORBIDDEN` where the platform did not let them, `SERVICE_UNAVAILABLE`.
   */
  async restore(caller: Caller, key: ApiKey, returned?: Returned): Promise<Revocation> {
    if (!key.revoked && returned === undefined) return { apiKey: key, changed: false };
    const update = await this.#update(caller, key, false);
    const changed = await withAdministration(this.#writing.administrators, caller.principal, (administers) =>
      this.#onRecord(caller, key, 'restore', () => this.#counted(caller, key.id, update, returned, administers)),
    );
    return { apiKey: await this.#outcome(caller, key, false), changed };
  }

  /** @returns whether it was there to be restored when the lock was had. */
  #counted(
    { principal: { userId }, request }: Caller,
    id: string,
    update: () => Promise<unknown>,
    returned: Returned | undefined,
    administers: boolean,
  ): Promise<boolean> {
    const { engine, ledger, policies } = this.#writing;
    return committed(engine, API_KEY_OBJECT, async (context) => {
      const claim = { userId, address: request.address, locksUser: true };
      const allowance = await Allowance.open({ ...this.#writing, context }, [claim], []);
      const [row] = await engine.find(API_KEY_OBJECT, { where: { id, user_id: userId }, limit: 1, context });
      const key = row && toApiKey(row);
      const isRevoked = key === undefined || key.revoked;
      if (!isRevoked && returned === undefined) return false;
      if (key?.organizationId !== undefined) {
        const policy = (await policies.hold(context.transaction, [key.organizationId])).get(key.organizationId);
        assertMayComeBack(policy ?? NO_POLICY, key, administers);
      }
      // A key that ended with a membership has kept its place under the cap.
      allowance.take(claim, isRevoked ? 1 : 0);
      // The engine runs what is written meanwhile in this transaction.
      if (isRevoked) await update();
      await noteRestored(engine, context.transaction, id, Math.max(allowance.now, returned?.memberSince ?? 0));
      await ledger.write(context.transaction, new Map(allowance.changes()));
      await ledger.assertCommittable(context.transaction);
      assertInTime(request.budget);
      return true;
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

  /** The platform answers an update that its rules passed over like one that it made, so it is looked up. */
  async #outcome({ principal }: Caller, { id }: ApiKey, revoked: boolean): Promise<ApiKey> {
    const updated = await findOwnApiKey(this.#platform, principal, id);
    if (updated?.revoked === revoked) return updated;
    throw new ServiceError('FORBIDDEN', {
      message: 'You do not have permission to change this key. Ask an administrator.',
    });
  }
}
