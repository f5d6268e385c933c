// @ts-nocheck
import type { Authenticator } from '../../auth/authenticator.ts';
import { requireSession } from '../../auth/session-required.ts';
import { ServiceError, unavailable } from '../../base/errors.ts';
import { currentRequest } from '../../http/request-scope.ts';
import type { EngineContext, Transaction } from '../../platform/engine.ts';
import type { EngineOperation } from '../../platform/middleware.ts';
import { Allowance, type Claim } from '../limits/allowance.ts';
import type { Eligibility } from '../mint/eligibility.ts';
import type { KeyWriting } from '../mint/key-writing.ts';
import { assertMayComeBack } from '../policy/policy-rules.ts';
import { API_KEY_OBJECT, type ApiKey, toApiKey } from '../record/api-key.ts';
import { noteRestored } from '../record/api-key-detail.ts';
import type { ObservedChange } from './observed-change.ts';

/** Most keys that one write may restore. */
const MAX_KEYS = 100;

/** What a restore is decided with. */
export interface RestoreParts {
  readonly writing: KeyWriting;
  readonly eligibility: Eligibility;
  readonly authenticator: Pick<Authenticator, 'authenticate'>;
}

/** Keys that a person may restore, as far as the limits allow it. */
export interface Restoration {
  readonly claim: Claim;
  readonly keys: ReadonlyMap<string, ApiKey>;
  /** Whether they administer the organization of these keys, where its policy lets nobody else restore. */
  readonly administers: boolean;
}

/**
 * The rules of `restoreApiKey`, for the writes of the platform's own routes: restoring is minting, so
 * whoever could restore past the limits would have as many keys as they like.
 */
export class RestoreRules {
  #parts: RestoreParts | undefined;

  /** Until then every restore is refused: the kernel is starting. */
  open(parts: RestoreParts): void {
    this.#parts = parts;
  }

  /**
   * Decides, before any lock is taken, who asks and whether they may.
   *
   * @throws ServiceError as {@link Eligibility} does, and `FORBIDDEN` without a session or for somebody else's key.
   */
  async approve(operation: EngineOperation, where: Record<string, unknown>): Promise<Restoration> {
    const { writing, eligibility, authenticator } = this.#open();
    const request = currentRequest();
    if (request === undefined) throw signInFirst();
    const get = (name: string): string | null => request.headers.get(name);
    const headers = { get, has: (name: string) => get(name) !== null };
    const principal = requireSession(await authenticator.authenticate({ method: 'POST', headers }));
    const { context } = operation;
    if (context === undefined || context.userId !== principal.userId) throw signInFirst();

    // As the person sees them: of other keys the platform says what it says of any that is not there.
    const seen = await writing.engine.find(API_KEY_OBJECT, { where, limit: MAX_KEYS + 1, context });
    if (seen.length > MAX_KEYS) throw forbidden(`Restore at most ${MAX_KEYS} keys at a time.`);
    const ids = seen.map((row) => String(row['id']));
    const rows =
      ids.length === 0
        ? []
        : await writing.engine.find(API_KEY_OBJECT, { where: { id: { $in: ids } }, context: { isSystem: true } });
    const keys = new Map<string, ApiKey>();
    for (const row of rows) {
      const key = toApiKey(row);
      if (!key.revoked) continue;
      // An administrator who revives somebody's key would give out a credential in their name.
      if (row['user_id'] !== principal.userId) throw forbidden('Only its owner can restore a key.');
      await eligibility.assertMayMintLike(principal, key, 'restore');
      keys.set(key.id, key);
    }
    const { userId, organizationId } = principal;
    const administers =
      keys.size > 0 &&
      organizationId !== undefined &&
      (await writing.administrators.administers(principal, organizationId));
    return { claim: { userId, address: request.address, locksUser: true }, keys, administers };
  }

  /**
   * Runs the write under the lock of the person's keys and of the policy, and counts what it restored.
   *
   * @throws ServiceError `RATE_LIMITED`, `LIMIT_REACHED`, `POLICY_VIOLATION`; the transaction is to be rolled back.
   */
  async counted(
    { claim, keys, administers }: Restoration,
    context: EngineContext & { transaction: Transaction },
    write: () => Promise<readonly ObservedChange[]>,
  ): Promise<void> {
    const { writing } = this.#open();
    const allowance = await Allowance.open({ ...writing, context }, [claim], []);
    const { transaction } = context;
    const organizations = [...keys.values()].flatMap(({ organizationId }) => organizationId ?? []);
    const policies = await writing.policies.hold(transaction, organizations);
    for (const { action, keyId } of await write()) {
      if (action !== 'restore') continue;
      const key = keys.get(keyId);
      if (key === undefined) throw forbidden('This key was changed by another request. Try again.');
      assertMayComeBack(policies.of(key.organizationId), key, administers);
      allowance.take(claim, 1);
      await noteRestored(writing.engine, transaction, keyId, allowance.now);
    }
    await writing.ledger.write(transaction, new Map(allowance.changes()));
    await writing.ledger.assertCommittable(transaction);
  }

  #open(): RestoreParts {
    if (this.#parts === undefined) throw unavailable();
    return this.#parts;
  }
}

export function forbidden(message: string): ServiceError {
  return new ServiceError('FORBIDDEN', { message });
}

function signInFirst(): ServiceError {
  return forbidden('Restoring a key requires a session. Sign in first.');
}
