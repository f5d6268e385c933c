// @ts-nocheck
import { DAY } from '../../base/time.ts';
import type { SqlDriver } from '../../platform/engine.ts';
import { query } from '../../platform/sql.ts';
import { LEDGER_OBJECT, noticeEntry } from '../ledger/ledger.ts';

/** How long a notice is remembered, in milliseconds: longer than there is a reason to publish it again. */
const REMEMBERED = 60 * DAY;

/** Something that is published once, by the replica that finds it first. */
export interface Notice {
  readonly keyId: string;
  /** What it says of the key, such as `expired`. */
  readonly what: string;
  /** Whether it stays true, so that it must not be forgotten while the key exists. */
  readonly staysTrue?: boolean;
}

/** Marks notices as published, and returns those that no replica has published before. */
export async function takeNew<T extends Notice>(driver: SqlDriver, notices: readonly T[], now: number): Promise<T[]> {
  const end = new Date(now + REMEMBERED).toISOString();
  const rows = await query(
    driver,
    `INSERT INTO ${LEDGER_OBJECT} (id, value, ends_at) VALUES ${notices.map(() => "(?, '', ?)").join(', ')}
     ON CONFLICT (id) DO NOTHING RETURNING id`,
    notices.flatMap((notice) => [markOf(notice), notice.staysTrue ? null : end]),
  );
  const taken = new Set(rows.map(({ id }) => id));
  return notices.filter((notice) => taken.has(markOf(notice)));
}

/** Takes the marks back, so that the notices are published the next time. */
export async function putBack(driver: SqlDriver, notices: readonly Notice[]): Promise<void> {
  const places = notices.map(() => '?').join(', ');
  await query(driver, `DELETE FROM ${LEDGER_OBJECT} WHERE id IN (${places}) RETURNING id`, notices.map(markOf));
}

function markOf({ keyId, what }: Notice): string {
  return noticeEntry(what, keyId);
}
