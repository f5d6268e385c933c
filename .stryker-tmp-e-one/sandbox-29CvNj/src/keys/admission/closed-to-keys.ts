// @ts-nocheck
import type { EngineMiddleware, EngineOperation } from '../../platform/middleware.ts';
import { PermissionDenied } from '../../platform/permission-denied.ts';
import { isCredentialObject } from '../../platform/protection/credential-objects.ts';
import type { ObjectDeclaration } from '../../platform/protection/declaration.ts';
import { LEDGER_OBJECT } from '../ledger/ledger.ts';
import { API_KEY_POLICY_OBJECT } from '../policy/policy-table.ts';
import { API_KEY_OBJECT } from '../record/api-key.ts';
import { API_KEY_DETAIL_OBJECT } from '../record/api-key-detail.ts';
import { API_KEY_USAGE_OBJECT } from '../record/api-key-usage.ts';
import { requestCarriesKey } from './current-key.ts';

/** The registry of the engine's objects. */
export interface Declarations {
  getObject(name: string): unknown;
}

const WRITES: ReadonlySet<EngineOperation['operation']> = new Set(['insert', 'update', 'delete']);
const KEY_TABLES: ReadonlySet<string> = new Set([
  API_KEY_OBJECT,
  API_KEY_DETAIL_OBJECT,
  API_KEY_USAGE_OBJECT,
  API_KEY_POLICY_OBJECT,
  LEDGER_OBJECT,
]);

/**
 * The tables of the platform with content that people write. The other tables contain people, rights and
 * configuration. With an administrator's key, a thief could otherwise give their own account administrator
 * rights and create keys with it.
 */
const WRITTEN_BY_PEOPLE: ReadonlySet<string> = new Set([
  'sys_activity',
  'sys_attachment',
  'sys_comment',
  'sys_file',
  'sys_notification_preference',
  'sys_notification_subscription',
  'sys_user_preference',
]);

/** The platform components that manage tables that no caller may write to. */
const KEPT_BY_THE_ENGINE: ReadonlySet<unknown> = new Set(['engine-owned', 'append-only']);

/**
 * Rejects operations that no key may perform, in a request with a key. This is enforced in the data engine
 * instead of in hundreds of routes, so that it also applies to routes added in the future.
 */
export function closedToKeys(declarations: Declarations): EngineMiddleware {
  return async (operation, next) => {
    if (requestCarriesKey()) {
      const refusal = refusalOf(operation, declarations);
      if (refusal !== undefined) throw new PermissionDenied(`[Security] Access denied: ${refusal}`);
    }
    await next();
  };
}

/** Whether something is closed to keys for a caller who has every right. */
export function isClosedToKeys(
  operation: Pick<EngineOperation, 'object' | 'operation'>,
  declarations: Declarations,
): boolean {
  return refusalOf({ ...operation, context: { isSystem: false } }, declarations) !== undefined;
}

/** A table of the platform that callers may write to as far as the platform is concerned; the engine keeps the others itself. */
function isClosedTable(object: string, declaration: ObjectDeclaration | undefined): boolean {
  const { isSystem, managedBy } = declaration ?? {};
  return isSystem === true && !WRITTEN_BY_PEOPLE.has(object) && !KEPT_BY_THE_ENGINE.has(managedBy);
}

function refusalOf({ object, operation, context }: EngineOperation, declarations: Declarations): string | undefined {
  const writes = WRITES.has(operation);
  // This includes writes of the platform itself: if a key causes a write, the key makes it.
  if (writes && KEY_TABLES.has(object)) {
    return 'An API key cannot create or change keys. Sign in and use your session.';
  }
  const declaration = declarations.getObject(object) as ObjectDeclaration | undefined;
  if (!isCredentialObject(object, declaration)) {
    return writes && context?.isSystem !== true && isClosedTable(object, declaration)
      ? 'An API key cannot change people, their rights, or the tables of the platform. Sign in and use your session.'
      : undefined;
  }
  if (context?.isSystem !== true) return 'An API key cannot read credentials.';
  // The platform reads sessions to find the caller, and writes mails because of a record. But a session or
  // a password that it writes for a key would be one that the key has created.
  if (writes && declaration?.managedBy === 'better-auth') return 'An API key cannot create or change credentials.';
  return undefined;
}
