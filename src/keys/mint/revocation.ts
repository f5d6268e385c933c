import type { SessionPrincipal } from '../../auth/principal.ts';
import { ServiceError } from '../../base/errors.ts';
import { committed } from '../../platform/committed.ts';
import { userEntry } from '../ledger/ledger.ts';
import { capReached } from '../limits/limits.ts';
import { findOwnApiKey } from '../read/find.ts';
import { API_KEY_OBJECT, type ApiKey, countActiveKeys } from '../record/api-key.ts';
import type { KeyChange } from '../record/audit-trail.ts';
import type { Minting, MintRequest } from './mint.ts';

/** The key, and whether this changed it. */
export interface Revocation {
  readonly apiKey: ApiKey;
  readonly changed: boolean;
}

/**
 * Revokes or restores a key of the caller, as the platform's `revoke_api_key` and `restore_api_key`
 * actions do: an update of `revoked`, the one column that a person may change, with their own rights.
 * A key that is as asked already is left as it is.
 *
 * @throws ServiceError `NOT_FOUND` when the caller has no such key, `RATE_LIMITED` when restoring it
 *   would make more active keys than there may be, `SERVICE_UNAVAILABLE`.
 */
export async function setRevoked(
  minting: Minting,
  principal: SessionPrincipal,
  id: string,
  revoked: boolean,
  request: Pick<MintRequest, 'id' | 'address'>,
): Promise<Revocation> {
  const { platform, auditTrail } = minting;
  const key = await findOwnApiKey(platform, principal, id);
  if (key === undefined) throw new ServiceError('NOT_FOUND', { message: 'You have no such key.' });
  if (key.revoked === revoked) return { apiKey: key, changed: false };

  const context = await platform.contextOf(principal);
  const update = (): Promise<unknown> => platform.engine.update(API_KEY_OBJECT, { id, revoked }, { context });
  const change: KeyChange = {
    keyId: id,
    prefix: key.prefix,
    action: revoked ? 'revoke' : 'restore',
    requestId: request.id,
    address: request.address,
  };
  await platform.asking(() =>
    auditTrail.during([change], () => (revoked ? update() : withRoom(minting, principal.userId, update))),
  );
  const updated = await findOwnApiKey(platform, principal, id);
  if (updated?.revoked !== revoked) {
    throw new ServiceError('FORBIDDEN', { message: 'The platform did not let you change this key.' });
  }
  return { apiKey: updated, changed: true };
}

/** Runs a restoration under the lock that minting counts under: revoking, minting and restoring must not pass the cap. */
function withRoom(
  { platform: { engine }, ledger, limits: { maxActiveKeys } }: Minting,
  userId: string,
  restore: () => Promise<unknown>,
): Promise<unknown> {
  if (maxActiveKeys === undefined) return restore();
  return committed(engine, API_KEY_OBJECT, async (context) => {
    await ledger.lock(context.transaction, new Map([[userEntry(userId), '']]), []);
    const active = await countActiveKeys(engine, [userId], Date.now(), context);
    if ((active.get(userId) ?? 0) >= maxActiveKeys) throw capReached(maxActiveKeys);
    // The engine runs what is written meanwhile in this transaction.
    await restore();
    await ledger.assertCommittable(context.transaction);
  });
}
