// @ts-nocheck
import type { ChangeOrigin } from '../../observability/events.ts';
import type { EngineContext, Transaction } from '../../platform/engine.ts';
import { API_KEY_OBJECT, type ApiKey } from '../record/api-key.ts';
import type { KeyWriting } from './key-writing.ts';

/**
 * The keys of one statement. The number of variables of a statement is limited, and the engine runs hooks of
 * other plugins for at most 10,000 rows of one update.
 */
const BATCH = 1000;

/**
 * Revokes keys in a transaction that holds the lock of their owners, elevated: the caller of this function
 * has decided that they may be revoked. A statement for each key would hold the lock, and on SQLite everything else,
 * for seconds if a person has many keys.
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
    for (let from = 0; from < keys.length; from += BATCH) {
      const where = { id: { $in: keys.slice(from, from + BATCH).map(({ id }) => id) } };
      await engine.update(API_KEY_OBJECT, { revoked: true }, { where, multi: true, context });
    }
  });
}
