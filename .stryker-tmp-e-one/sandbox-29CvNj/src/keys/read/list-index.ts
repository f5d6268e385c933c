// @ts-nocheck
import type { SqlDriver } from '../../platform/engine.ts';
import { ensureIndex } from '../../platform/sql.ts';
import { API_KEY_OBJECT } from '../record/api-key.ts';

/** The columns by which keys are listed, by the names of their indexes. */
const LISTS = { of_owner_by_age: 'user_id', of_organization_by_age: 'active_organization_id' } as const;

/**
 * Creates the indexes for lists: the keys of a person and of an organization, in the order of the list, so
 * that reading a page does not read the keys before it. The platform indexes only the owner and the
 * organization, and would sort all of their keys for each page.
 */
export async function ensureListIndexes(driver: SqlDriver): Promise<void> {
  for (const [name, column] of Object.entries(LISTS)) {
    await ensureIndex(driver, `${API_KEY_OBJECT}_${name}`, `${API_KEY_OBJECT} (${column}, created_at, id)`);
  }
}
