import { randomBytes } from 'node:crypto';
import type { DataEngine, EngineContext } from '../../platform/engine.ts';
import { API_KEY_OBJECT, type ApiKey, insertApiKeys, type NewApiKey, toApiKey } from '../record/api-key.ts';
import { type NewApiKeyDetail, noteRestored, writeApiKeyDetails } from '../record/api-key-detail.ts';
import type { KeyChange } from '../record/change-scope.ts';
import type { KeyTransaction } from './key-writing.ts';
import type { MintOrder, Replacement } from './mint-order.ts';

/** An order that was accepted, as the row that it becomes. */
type OrderedRow = MintOrder & NewApiKey;

/**
 * Writes the keys of accepted orders and ends those that they replace: in one statement, or, where
 * somebody records who writes, in one for each person, since a write has one actor. What belongs to
 * them beside their records takes one more, where there is any.
 *
 * @returns the keys, in the order of the orders.
 */
export async function writeKeys(
  { engine, auditTrail, context }: Pick<KeyTransaction, 'engine' | 'auditTrail' | 'context'>,
  orders: readonly MintOrder[],
  now: number,
): Promise<ApiKey[]> {
  const createdAt = new Date(now);
  const rows = orders.map((order): OrderedRow => ({ ...order, id: order.idempotent?.keyId ?? newKeyId(), createdAt }));
  if (rows.length === 0) return [];
  return auditTrail.duringMany(rows.flatMap(changesOf), context, async () => {
    const written = new Map<string, ApiKey>();
    const groups = auditTrail.isRecorded
      ? Map.groupBy(rows, ({ owner }) => owner.userId)
      : new Map([[undefined, rows]]);
    for (const [userId, group] of groups) {
      const actor = userId === undefined ? context : { ...context, userId };
      for (const key of await insertApiKeys(engine, group, actor)) written.set(key.id, key);
      for (const { replaces } of group) {
        if (replaces !== undefined) await retire(engine, replaces, now, actor);
      }
    }
    await writeApiKeyDetails(engine, rows.flatMap(detailOf), context.transaction);
    for (const { id, memberSince = 0 } of rows) {
      // The membership was written by a clock that is ahead of this one: the key must not look older than it.
      if (memberSince > now) await noteRestored(engine, context.transaction, id, memberSince);
    }
    return rows.flatMap(({ id }) => written.get(id) ?? []);
  });
}

/** What belongs to a key beside its record; most keys have nothing there. */
function detailOf({ id, description, allowedNetworks, replaces }: OrderedRow): NewApiKeyDetail[] {
  if (description === undefined && allowedNetworks.length === 0 && replaces === undefined) return [];
  return [{ id, description, allowedNetworks, replaces: replaces?.id }];
}

/** Ends a key that has been replaced: now, or after the overlap if it would live longer. */
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
  // Where it was deleted meanwhile there is nothing to end.
  if (row === undefined) return;
  const { expiresAt } = toApiKey(row);
  if (expiresAt !== undefined && expiresAt <= end) return;
  await engine.update(API_KEY_OBJECT, { id, expires_at: end.toISOString() }, { context });
}

/** What an order does: a key comes into being, and where it replaces one, that one ends. */
function changesOf({ id, prefix, requestId, address, endpoint, replaces }: OrderedRow): KeyChange[] {
  const action = replaces === undefined ? 'create' : 'rotate';
  const change = { keyId: id, prefix, action, requestId, address, endpoint } as const;
  return replaces === undefined ? [change] : [change, { ...change, keyId: replaces.id, prefix: replaces.prefix }];
}

/** 96 random bits. In hexadecimal: an id that begins with a hyphen is an option to every command that it is given to. */
function newKeyId(): string {
  return randomBytes(12).toString('hex');
}
