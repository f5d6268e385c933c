// @ts-nocheck
import { SqlDriver } from '@objectstack/driver-sql';
import type { MiddlewareHandler } from 'hono';
import { unavailable } from '../base/errors.ts';
import { CORS_HEADERS } from '../http/cors.ts';
import { webResponse } from '../http/web.ts';
import { currentFailure, type Failure, noteFailure } from '../platform/failures.ts';
import { errorAnswer } from '../rest/envelope.ts';

/** The platform's SQL driver, which records database failures for each request. */
export class WatchedDriver extends SqlDriver {
  constructor(config: ConstructorParameters<typeof SqlDriver>[0]) {
    super(config);
    const { client } = this.knex;
    this.knex.on('query-error', (error: unknown) => {
      const failure = failureOf(error);
      if (failure !== undefined) noteFailure(failure);
    });
    const acquire: () => Promise<unknown> = client.acquireConnection;
    client.acquireConnection = async () => {
      try {
        return await acquire.call(client);
      } catch (error) {
        noteFailure('unavailable');
        throw error;
      }
    };
  }
}

/** What a caller may cause with a value: data that does not fit, and constraints (SQLSTATE 22 and 23). */
const CAUSED_BY_VALUES = /^(?:2[23][0-9A-Z]{3}|SQLITE_(?:CONSTRAINT|MISMATCH|RANGE|TOOBIG).*)$/;
/**
 * Connections, conflicts, resources, locks and what the operator or the system did (SQLSTATE 08, 40, 53, 55,
 * 57, 58, XX); of SQLite all but a statement that it does not take. The platform also tries statements that
 * fail and goes on, so that anything else says nothing of a request that it then refuses.
 */
const NOT_THERE = /^(?:(?:08|40|53|55|57|58|XX)[0-9A-Z]{3}|SQLITE_(?!ERROR).*|E[A-Z]+)$/;

/** @param error of a query; `undefined` is no failure of the database. */
function failureOf(error: unknown): Failure | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code === 'string') {
    if (CAUSED_BY_VALUES.test(code)) return undefined;
    return NOT_THERE.test(code) ? 'unavailable' : 'statement';
  }
  // SQLite's library throws these at values that it cannot bind.
  return error instanceof TypeError || error instanceof RangeError ? 'statement' : 'unavailable';
}

/** Whether an answer of the platform is what a failed database became on the way up. */
async function isBehind(failure: Failure | undefined, answer: Response): Promise<boolean> {
  if (failure === undefined) return false;
  if (answer.status >= 400) return failure === 'unavailable' || answer.status >= 500;
  return failure === 'unavailable' && (await isFailedTool(answer));
}

/** MCP answers 200 and says in the body that a tool failed. */
async function isFailedTool(answer: Response): Promise<boolean> {
  if (!answer.headers.get('content-type')?.startsWith('application/json')) return false;
  const body: unknown = await answer.clone().json();
  if (typeof body !== 'object' || body === null || !('jsonrpc' in body)) return false;
  return (
    'error' in body ||
    ('result' in body &&
      typeof body.result === 'object' &&
      body.result !== null &&
      'isError' in body.result &&
      body.result.isError === true)
  );
}

/**
 * Answers 503 if the platform rejected a request because the database failed. The platform treats a failed
 * look-up as an unknown key, a failed statement as a bug, and a lost connection as an error of the current
 * operation: 401, 400 or 500, sometimes with the statement in it. With a 503, the client tries again.
 *
 * @param isOwn whether a path belongs to an endpoint of this service, which tells failures apart by itself.
 */
export function answerFailures(isOwn: (path: string) => boolean): MiddlewareHandler {
  return async (context, next) => {
    await next();
    const { res } = context;
    if (isOwn(context.req.path) || !(await isBehind(currentFailure(), res))) return;
    const { status, headers, body } = errorAnswer(unavailable());
    const answer = webResponse({ status, headers, body });
    for (const name of ['Vary', ...CORS_HEADERS]) {
      const value = res.headers.get(name);
      if (value !== null) answer.headers.set(name, value);
    }
    answer.headers.set('Cache-Control', 'no-store');
    // Hono adds the headers of an answer that is replaced, its length among them.
    context.res = undefined;
    context.res = answer;
  };
}
