import type { SqlDriver } from '../../platform/engine.ts';
import { API_KEY_OBJECT } from '../record/api-key.ts';

/**
 * Makes the index behind `viewer.apiKeys`: the keys of a person in the order in which they are
 * listed, so that a page is read from where it begins and no key before it is looked at. The
 * platform indexes the owner alone, and would sort all keys of a person for each page.
 */
export async function ensureListIndex(driver: SqlDriver): Promise<void> {
  const make = (): Promise<unknown> =>
    driver.execute(
      `CREATE INDEX IF NOT EXISTS ${API_KEY_OBJECT}_of_owner_by_age ON ${API_KEY_OBJECT} (user_id, created_at, id)`,
    );
  try {
    await make();
  } catch {
    // PostgreSQL lets two replicas that start together both begin, and fails the second; by then it is there.
    await make();
  }
}
