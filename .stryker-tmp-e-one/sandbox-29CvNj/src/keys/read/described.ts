// @ts-nocheck
import type { DataEngine } from '../../platform/engine.ts';
import { query, sqlDriverOf } from '../../platform/sql.ts';
import { API_KEY_OBJECT } from '../record/api-key.ts';
import { API_KEY_DETAIL_OBJECT } from '../record/api-key-detail.ts';

/** Most keys that one search finds by their description: the newest. A statement has room for so many ids. */
const MAX_FOUND = 1000;

/** Whose keys are searched. */
export type SearchedKeys = {
  readonly user_id?: string;
  readonly active_organization_id?: string;
};

/**
 * The ids of keys whose description contains a text, ignoring case. Descriptions are in a table of their own,
 * which the engine does not join; what is found is read with the caller's rights afterwards.
 */
export async function keysDescribedWith(
  engine: Pick<DataEngine, 'getDriverForObject'>,
  { user_id, active_organization_id }: SearchedKeys,
  text: string,
): Promise<string[]> {
  const driver = sqlDriverOf(engine, API_KEY_DETAIL_OBJECT);
  if (driver === undefined) return [];
  const owned = Object.entries({ user_id, active_organization_id }).filter(([, value]) => value !== undefined);
  const rows = await query(
    driver,
    `SELECT k.id FROM ${API_KEY_OBJECT} k JOIN ${API_KEY_DETAIL_OBJECT} d ON d.id = k.id
     WHERE ${owned.map(([column]) => `k.${column} = ?`).join(' AND ')}
     AND d.description ${driver.isPostgres ? 'ILIKE' : 'LIKE'} ? ESCAPE '!'
     ORDER BY k.created_at DESC LIMIT ${MAX_FOUND}`,
    [...owned.map(([, value]) => value), `%${text.replace(/[!%_]/g, '!$&')}%`],
  );
  return rows.map(({ id }) => String(id));
}
