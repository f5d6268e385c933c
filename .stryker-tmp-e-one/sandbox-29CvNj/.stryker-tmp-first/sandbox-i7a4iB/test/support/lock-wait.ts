// @ts-nocheck
// 
import { setImmediate as turn } from 'node:timers/promises';
import type { TestKernel } from './kernel.ts';

/**
 * Until a request waits for a lock that another one holds, or is over. On SQLite there is one connection that
 * writes, so that the request waits for that one once it had a turn of the event loop.
 */
export async function waitsForLock(target: TestKernel, request: Promise<unknown>): Promise<void> {
  let over = false;
  void request.finally(() => {
    over = true;
  });
  if (target.database.driver === 'sqlite') return void (await turn());
  while (!over) {
    const waiting = await target.sql(
      "SELECT 1 AS one FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    if (waiting.length > 0) return;
  }
}
