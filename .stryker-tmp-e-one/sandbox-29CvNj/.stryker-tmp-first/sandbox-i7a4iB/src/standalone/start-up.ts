// @ts-nocheck
// 
import type { Plugin, PluginContext } from '@objectstack/core';
import type { AuthManager } from '@objectstack/plugin-auth';

interface Drivers {
  getDefaultDriverName(): string | undefined;
  getDriverByName(name: string): { logger?: Warns } | undefined;
}

interface Warns {
  warn(message: string, meta?: unknown): void;
}

/** A read of no rows that was refused since the table is not there: SQLite's words and PostgreSQL's. */
const ABSENT_TABLE = /statement: SELECT [^;]* WHERE 1 = 0; .*(?:no such table|relation .* does not exist)/s;

/** What the kernel warns of when nobody provides background jobs, which this server has none of. Other services still count. */
const WITHOUT_JOBS = new Set([
  'CORE: Core service missing, functionality may be degraded: job',
  'System started with degraded capabilities. Missing core services: job',
]);

/**
 * Three things that the platform does at start-up and that look like faults to whoever reads its log
 * for the first time. To be added after the database and before `AuthPlugin`.
 */
export const startUpPlugin: Plugin = {
  name: 'com.objectstack.api-keys.start-up',
  version: '0.1.0',

  init(context: PluginContext): void {
    passOver(context.logger, (message) => WITHOUT_JOBS.has(message));
    passOverAbsentTables(context.getService<Drivers>('objectql'));
    // better-auth is set up by whoever asks for it first, and two ask at the same time: each would
    // set up its own, and the second fails to write the rows that the first has written.
    context.hook('kernel:ready', async () => {
      await context.getService<AuthManager>('auth').getAuthInstance();
    });
  },
};

/** On a new database the platform asks which tables there are by reading from them, and its driver warns of each "no". */
function passOverAbsentTables(drivers: Drivers): void {
  const name = drivers.getDefaultDriverName();
  const logger = name === undefined ? undefined : drivers.getDriverByName(name)?.logger;
  if (logger !== undefined) passOver(logger, (message) => ABSENT_TABLE.test(message));
}

/** Keeps warnings out of the log that tell of no fault. */
function passOver(logger: Warns, isNoFault: (message: string) => boolean): void {
  const warn = logger.warn.bind(logger);
  logger.warn = (message, meta) => {
    if (!isNoFault(message)) warn(message, meta);
  };
}
