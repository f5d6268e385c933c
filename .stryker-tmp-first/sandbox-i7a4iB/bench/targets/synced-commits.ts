// @ts-nocheck
import type { Plugin, PluginContext } from '@objectstack/core';
import type { TargetMessage } from './probe.ts';

interface SqlDriver {
  execute(statement: string): Promise<Record<string, unknown>[] | { rows: Record<string, unknown>[] }>;
}

/**
 * Makes every commit of a kernel a synced one and tells the driver what the database then says of
 * it. The platform leaves SQLite at `synchronous=NORMAL`, which loses commits in a power cut: a
 * comparison with a service that does not would be unfair.
 */
export class SyncedCommits implements Plugin {
  readonly name = 'bench.synced-commits';
  readonly version = '1.0.0';
  readonly dependencies = ['com.objectstack.runtime.default-datasource'];
  readonly #sqlite: boolean;

  constructor(databaseUrl: string) {
    this.#sqlite = databaseUrl.startsWith('file:');
  }

  async init(context: PluginContext): Promise<void> {
    const driver = context.getService<SqlDriver>('driver.com.objectstack.driver.sql');
    if (this.#sqlite) await driver.execute('PRAGMA synchronous=FULL');
    context.hook('kernel:ready', async () => {
      const answer = await driver.execute(this.#sqlite ? 'PRAGMA synchronous' : 'SHOW synchronous_commit');
      const [row] = Array.isArray(answer) ? answer : answer.rows;
      const message: TargetMessage = { commits: String(Object.values(row ?? {})[0]) };
      process.send?.(message);
    });
  }
}
