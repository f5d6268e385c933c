// @ts-nocheck
import { currentRequest, type RequestScope } from '../../http/request-scope.ts';
import type { Row } from '../../platform/engine.ts';
import type { EngineMiddleware, MiddlewareEngine } from '../../platform/middleware.ts';
import { requestCarriesKey } from '../admission/current-key.ts';

/**
 * Lets a device code (RFC 8628) be approved only in an ordinary session of the person whose session
 * it becomes. The session that the code is redeemed for says nothing of where it came from: approved
 * by an administrator who acts through somebody's account, or by a program with a key, it would be a
 * full session of that person, which mints keys.
 *
 * It stands at the data engine, so that no spelling of the platform's route gets past it. A request
 * whose session was not looked up in the database is refused, too.
 */
export function guardDeviceApproval(context: { getService<T>(name: string): T }): void {
  const engine = context.getService<MiddlewareEngine>('objectql');
  const sessions = new WeakMap<RequestScope, 'ordinary' | 'impersonated'>();

  const noteSession: EngineMiddleware = async (operation, next) => {
    await next();
    const scope = currentRequest();
    if (scope === undefined || (operation.operation !== 'find' && operation.operation !== 'findOne')) return;
    for (const row of rowsOf(operation.result)) {
      // Once seen, an impersonated session is not covered up by another one that was read.
      if (sessions.get(scope) !== 'impersonated')
        sessions.set(scope, isImpersonated(row) ? 'impersonated' : 'ordinary');
    }
  };
  const refuseApproval: EngineMiddleware = async ({ operation, data }, next) => {
    if (operation !== 'find' && operation !== 'findOne' && approves(data)) {
      const scope = currentRequest();
      const session = scope === undefined ? undefined : sessions.get(scope);
      if (session !== 'ordinary' || requestCarriesKey()) throw new ApprovalRefused();
    }
    await next();
  };
  engine.registerMiddleware(noteSession, { object: 'sys_session' });
  engine.registerMiddleware(refuseApproval, { object: 'sys_device_code' });
}

function rowsOf(result: unknown): readonly Row[] {
  if (Array.isArray(result)) return result as Row[];
  return typeof result === 'object' && result !== null ? [result as Row] : [];
}

function isImpersonated(session: Row): boolean {
  const by = session['impersonated_by'];
  return by !== undefined && by !== null && by !== '';
}

function approves(data: unknown): boolean {
  return rowsOf(data).some((row) => row['status'] === 'approved');
}

/** better-auth answers an error of this name with its status and its body, and any other one with 500. */
class ApprovalRefused extends Error {
  override readonly name = 'APIError';
  readonly status = 'FORBIDDEN';
  readonly statusCode = 403;
  readonly headers = {};
  readonly body = {
    code: 'FORBIDDEN',
    message: this.message,
    error: 'access_denied',
    error_description: this.message,
  };

  constructor() {
    super(
      'You can approve a sign-in only in your own session, not while impersonating another person and not with an API key.',
    );
  }
}
