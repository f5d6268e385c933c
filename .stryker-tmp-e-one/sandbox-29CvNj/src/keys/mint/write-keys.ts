// @ts-nocheck
import type { DataEngine, EngineContext } from '../../platform/engine.ts';
import { API_KEY_OBJECT, type ApiKey, insertApiKeys, type NewApiKey, toApiKey } from '../record/api-key.ts';
import { type NewApiKeyDetail, noteRestored, writeApiKeyDetails } from '../record/api-key-detail.ts';
import type { KeyChange } from '../record/change-scope.ts';
import { newId } from '../record/new-id.ts';
import type { KeyTransaction } from './key-writing.ts';
import type { MintOrder, Replacement } from './mint-order.ts';

/** An accepted order, as the row to write. */
type OrderedRow = MintOrder & NewApiKey;

/**
 * Writes the keys of accepted orders and ends the keys that they replace. It uses one statement, or one
 * for each person where the kernel can only be told the actor of a statement. The details of the keys take
 * one more statement, if there are any.
 *
 * @returns the keys, in the sequence of the orders.
 */
export async function writeKeys(
  { engine, auditTrail, context }: Pick<KeyTransaction, 'engine' | 'auditTrail' | 'context'>,
  orders: readonly MintOrder[],
  now: number,
): Promise<ApiKey[]> {
  const createdAt = new Date(now);
  const rows = orders.map((order): OrderedRow => ({ ...order, id: order.idempotent?.keyId ?? newId(now), createdAt }));
  if (rows.length === 0) return [];
  return auditTrail.duringMany(rows.flatMap(changesOf), context, async () => {
    const written = new Map<string, ApiKey>();
    const groups = auditTrail.needsStatementPerPerson
      ? Map.groupBy(rows, ({ owner }) => owner.userId)
      : new Map([[undefined, rows]]);
    for (const [userId, group] of groups) {
      const actor = userId === undefined ? context : { ...context, userId };
      for (const key of await insertApiKeys(engine, group, actor)) written.set(key.id, key);
      for (const { replaces, owner } of group) {
        const retiring = auditTrail.isRecorded ? { ...context, userId: owner.userId } : context;
        if (replaces !== undefined) await retire(engine, replaces, now, retiring);
      }
    }
    await writeApiKeyDetails(engine, rows.flatMap(detailOf), context.transaction);
    for (const { id, memberSince = 0 } of rows) {
      // The clock that wrote the membership is ahead of this one; the key must not look older than the membership.
      if (memberSince > now) await noteRestored(engine, context.transaction, id, memberSince);
    }
    return rows.flatMap(({ id }) => written.get(id) ?? []);
  });
}

/** The details of a key; most keys have none. */
function detailOf({ id, description, allowedNetworks, replaces }: OrderedRow): NewApiKeyDetail[] {
  if (description === undefined && allowedNetworks.length === 0 && replaces === undefined) return [];
  return [{ id, description, allowedNetworks, replaces: replaces?.id }];
}

/** Ends a replaced key: immediately, or at the end of the overlap unless it expires before. */
async function retire(
  engine: DataEngine,
  { id, overlap }: Replacement,
  now: number,
  context: EngineContext,
): Promise<void> {
  if (overlap === 0) {
    await engine.update(API_KEY_OBJECT, { id, revoked: true }, { context });
    return;
  }
  const end = new Date(now + overlap);
  const [row] = await engine.find(API_KEY_OBJECT, { where: { id }, limit: 1, context });
  // It may have been deleted in the meantime.
  if (row === undefined) return;
  const { expiresAt } = toApiKey(row);
  if (expiresAt !== undefined && expiresAt <= end) return;
  await engine.update(API_KEY_OBJECT, { id, expires_at: end.toISOString() }, { context });
}

/** The changes that an order makes: it creates a key and, for a rotation, ends the old one. */
function changesOf({ id, prefix, requestId, address, endpoint, replaces, owner }: OrderedRow): KeyChange[] {
  const action = replaces === undefined ? 'create' : 'rotate';
  const change = { keyId: id, prefix, action, actorId: owner.userId, requestId, address, endpoint } as const;
  return replaces === undefined ? [change] : [change, { ...change, keyId: replaces.id, prefix: replaces.prefix }];
}
