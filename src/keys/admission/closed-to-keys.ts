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

/** Where the engine's objects are declared. */
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
 * The tables of the platform that hold what people write. The others say who people are, what they may
 * do and how the kernel works: with an administrator's key a thief would make an administrator of an
 * account of their own, and mint with that.
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

/** Who writes tables that no caller may: metadata is stored there for whoever may define it. */
const KEPT_BY_THE_ENGINE: ReadonlySet<unknown> = new Set(['engine-owned', 'append-only']);

/**
 * Refuses what no key may do, in a request that presents one. It is decided here and not at routes,
 * of which there are hundreds: what is written through a route that is added tomorrow passes here, too.
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
  // Also when the platform writes by itself: what a key causes it to do, the key does.
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
  // The platform reads sessions to find out who asks, and writes mails because of a record; a session
  // or a password that it writes for a key would be one that the key has made itself.
  if (writes && declaration?.managedBy === 'better-auth') return 'An API key cannot create or change credentials.';
  return undefined;
}
