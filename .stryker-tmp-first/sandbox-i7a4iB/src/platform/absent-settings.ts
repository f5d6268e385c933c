// @ts-nocheck
import type { DataEngine } from './engine.ts';
import type { MiddlewareEngine } from './middleware.ts';

/** Where the platform's settings service keeps settings. */
const SETTINGS = 'sys_setting';

/**
 * Answers reads of the platform's settings where nobody installed what keeps them: there are none. The platform
 * looks for the language of an organization there, also while a record is written, and takes a failure for an
 * answer; but PostgreSQL ends the transaction in which a statement fails, and with it the minting of a key.
 */
export function answerAbsentSettings(engine: MiddlewareEngine & Pick<DataEngine, 'getObject'>): void {
  engine.registerMiddleware(
    async (operation, next) => {
      if (operation.operation === 'find' && engine.getObject(SETTINGS) === undefined) operation.result = [];
      else await next();
    },
    { object: SETTINGS },
  );
}
