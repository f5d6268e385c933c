import type { ChangeOrigin } from '../../observability/events.ts';
import type { EngineContext, Transaction } from '../../platform/engine.ts';
import { API_KEY_OBJECT, type ApiKey } from '../record/api-key.ts';
import type { KeyWriting } from './key-writing.ts';

/**
 * Revokes keys in a transaction that holds the lock of their owners, elevated: the caller of this function
 * has decided that they may be revoked. The audit trail gets its rows in one statement.
 *
 * @param context names the actor where there is one.
 */
export async function revokeKeys(
  { engine, auditTrail }: Pick<KeyWriting, 'engine' | 'auditTrail'>,
  keys: readonly Pick<ApiKey, 'id' | 'prefix'>[],
  { id: requestId, address, endpoint }: ChangeOrigin,
  context: EngineContext & { readonly transaction: Transaction },
): Promise<void> {
  const changes = keys.map(
    ({ id, prefix }) => ({ keyId: id, prefix, action: 'revoke', requestId, address, endpoint }) as const,
  );
  await auditTrail.duringMany(changes, context, async () => {
    for (const { id } of keys) await engine.update(API_KEY_OBJECT, { id, revoked: true }, { context });
  });
}
