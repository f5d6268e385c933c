import type { SqlDriver } from '../../platform/engine.ts';
import { query } from '../../platform/sql.ts';
import { LEDGER_OBJECT } from '../ledger/ledger.ts';

/** What is told is remembered for longer than there is a reason to tell it again, in milliseconds. */
const REMEMBERED = 60 * 86_400_000;

/** Something that is told once, by whichever replica finds it first. */
export interface Telling {
  readonly keyId: string;
  /** What is told of the key, such as `expired`. */
  readonly what: string;
  /** Whether it stays so for as long as the key is there, and so must not be forgotten. */
  readonly forGood?: boolean;
}

/** Marks what is about to be told, and answers which of it nobody has told yet. Each mark is taken once, over all replicas. */
export async function takeUntold<T extends Telling>(
  driver: SqlDriver,
  tellings: readonly T[],
  now: number,
): Promise<T[]> {
  if (tellings.length === 0) return [];
  const end = new Date(now + REMEMBERED).toISOString();
  const rows = await query(
    driver,
    `INSERT INTO ${LEDGER_OBJECT} (id, value, ends_at) VALUES ${tellings.map(() => "(?, '', ?)").join(', ')}
     ON CONFLICT (id) DO NOTHING RETURNING id`,
    tellings.flatMap((telling) => [markOf(telling), telling.forGood ? null : end]),
  );
  const taken = new Set(rows.map(({ id }) => id));
  return tellings.filter((telling) => taken.has(markOf(telling)));
}

function markOf({ keyId, what }: Telling): string {
  return `told:${what}:${keyId}`;
}
