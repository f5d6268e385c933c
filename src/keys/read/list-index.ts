import type { SqlDriver } from '../../platform/engine.ts';
import { ensureIndex } from '../../platform/sql.ts';
import { API_KEY_OBJECT } from '../record/api-key.ts';

/** By what keys are listed, and the names of the indexes. */
const LISTS = { of_owner_by_age: 'user_id', of_organization_by_age: 'active_organization_id' } as const;

/**
 * Makes the indexes behind the lists: the keys of a person, and those of an organization, in the order
 * in which they are listed, so that a page is read from where it begins and no key before it is looked
 * at. The platform indexes the owner and the organization alone, and would sort all their keys for each page.
 */
export async function ensureListIndexes(driver: SqlDriver): Promise<void> {
  for (const [name, column] of Object.entries(LISTS)) {
    await ensureIndex(driver, `${API_KEY_OBJECT}_${name}`, `${API_KEY_OBJECT} (${column}, created_at, id)`);
  }
}
