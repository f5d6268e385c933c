// @ts-nocheck
import type { Principal } from '../../auth/principal.ts';
import type { Platform } from '../../platform/platform.ts';
import { isKeyId } from '../input/key-id.ts';
import { API_KEY_OBJECT, type ApiKey, toApiKey } from '../record/api-key.ts';
import { API_KEY_DETAIL_OBJECT } from '../record/api-key-detail.ts';

/** Keys of the caller by their ids, read with their own rights in one statement. Keys of others are left out. */
export async function findOwnApiKeys(
  platform: Platform,
  principal: Principal,
  ids: readonly string[],
): Promise<Map<string, ApiKey>> {
  const asked = ids.filter(isKeyId);
  if (asked.length === 0) return new Map();
  const context = await platform.contextOf(principal);
  const where = { id: { $in: asked }, user_id: principal.userId };
  const rows = await platform.inTime(() =>
    platform.engine.find(API_KEY_OBJECT, { where, limit: asked.length, context }),
  );
  return new Map(rows.map(toApiKey).map((key) => [key.id, key]));
}

/** The caller's keys that replaced these keys, by the id of the old key: the newest one for each. */
export async function findReplacements(
  platform: Platform,
  principal: Principal,
  ids: readonly string[],
): Promise<Map<string, ApiKey>> {
  const rows = await platform.inTime(() =>
    platform.engine.find(API_KEY_DETAIL_OBJECT, {
      where: { replaces: { $in: [...ids] } },
      context: { isSystem: true },
    }),
  );
  const keys = await findOwnApiKeys(
    platform,
    principal,
    rows.map((row) => String(row['id'])),
  );
  const found = new Map<string, ApiKey>();
  for (const row of rows) {
    const replaced = String(row['replaces']);
    const key = keys.get(String(row['id']));
    const other = found.get(replaced);
    if (key !== undefined && (other === undefined || other.createdAt < key.createdAt)) found.set(replaced, key);
  }
  return found;
}
