import type { EngineMiddleware, EngineOperation } from '../../platform/middleware.ts';
import { PermissionDenied } from '../../platform/permission-denied.ts';
import { isCredentialObject } from '../../platform/protection/credential-objects.ts';
import type { ObjectDeclaration } from '../../platform/protection/declaration.ts';
import { LEDGER_OBJECT } from '../ledger/ledger.ts';
import { API_KEY_OBJECT } from '../record/api-key.ts';
import { API_KEY_DETAIL_OBJECT } from '../record/api-key-detail.ts';
import { requestCarriesKey } from './current-key.ts';

/** Where the engine's objects are declared. */
export interface Declarations {
  getObject(name: string): unknown;
}

const WRITES: ReadonlySet<EngineOperation['operation']> = new Set(['insert', 'update', 'delete']);
const KEY_TABLES: ReadonlySet<string> = new Set([API_KEY_OBJECT, API_KEY_DETAIL_OBJECT, LEDGER_OBJECT]);

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

function refusalOf({ object, operation, context }: EngineOperation, declarations: Declarations): string | undefined {
  const writes = WRITES.has(operation);
  // Also when the platform writes by itself: what a key causes it to do, the key does.
  if (writes && KEY_TABLES.has(object)) {
    return 'An API key cannot create or change keys. Sign in and use your session.';
  }
  const declaration = declarations.getObject(object) as ObjectDeclaration | undefined;
  if (!isCredentialObject(object, declaration)) return undefined;
  if (context?.isSystem !== true) return 'An API key cannot read credentials.';
  // The platform reads sessions to find out who asks, and writes mails because of a record; a session
  // or a password that it writes for a key would be one that the key has made itself.
  if (writes && declaration?.managedBy === 'better-auth') return 'An API key cannot create or change credentials.';
  return undefined;
}
