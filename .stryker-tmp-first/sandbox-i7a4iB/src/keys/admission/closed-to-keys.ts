// @ts-nocheck
function stryNS_9fa48() {
  var g = typeof globalThis === 'object' && globalThis && globalThis.Math === Math && globalThis || new Function("return this")();
  var ns = g.__stryker__ || (g.__stryker__ = {});
  if (ns.activeMutant === undefined && g.process && g.process.env && g.process.env.__STRYKER_ACTIVE_MUTANT__) {
    ns.activeMutant = g.process.env.__STRYKER_ACTIVE_MUTANT__;
  }
  function retrieveNS() {
    return ns;
  }
  stryNS_9fa48 = retrieveNS;
  return retrieveNS();
}
stryNS_9fa48();
function stryCov_9fa48() {
  var ns = stryNS_9fa48();
  var cov = ns.mutantCoverage || (ns.mutantCoverage = {
    static: {},
    perTest: {}
  });
  function cover() {
    var c = cov.static;
    if (ns.currentTestId) {
      c = cov.perTest[ns.currentTestId] = cov.perTest[ns.currentTestId] || {};
    }
    var a = arguments;
    for (var i = 0; i < a.length; i++) {
      c[a[i]] = (c[a[i]] || 0) + 1;
    }
  }
  stryCov_9fa48 = cover;
  cover.apply(null, arguments);
}
function stryMutAct_9fa48(id) {
  var ns = stryNS_9fa48();
  function isActive(id) {
    if (ns.activeMutant === id) {
      if (ns.hitCount !== void 0 && ++ns.hitCount > ns.hitLimit) {
        throw new Error('Stryker: Hit count limit reached (' + ns.hitCount + ')');
      }
      return true;
    }
    return false;
  }
  stryMutAct_9fa48 = isActive;
  return isActive(id);
}
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
const WRITES: ReadonlySet<EngineOperation['operation']> = new Set(stryMutAct_9fa48("581") ? [] : (stryCov_9fa48("581"), [stryMutAct_9fa48("582") ? "" : (stryCov_9fa48("582"), 'insert'), stryMutAct_9fa48("583") ? "" : (stryCov_9fa48("583"), 'update'), stryMutAct_9fa48("584") ? "" : (stryCov_9fa48("584"), 'delete')]));
const KEY_TABLES: ReadonlySet<string> = new Set(stryMutAct_9fa48("585") ? [] : (stryCov_9fa48("585"), [API_KEY_OBJECT, API_KEY_DETAIL_OBJECT, API_KEY_USAGE_OBJECT, API_KEY_POLICY_OBJECT, LEDGER_OBJECT]));

/**
 * The tables of the platform with content that people write. The other tables contain people, rights and
 * configuration. With an administrator's key, a thief could otherwise give their own account administrator
 * rights and create keys with it.
 */
const WRITTEN_BY_PEOPLE: ReadonlySet<string> = new Set(stryMutAct_9fa48("586") ? [] : (stryCov_9fa48("586"), [stryMutAct_9fa48("587") ? "" : (stryCov_9fa48("587"), 'sys_activity'), stryMutAct_9fa48("588") ? "" : (stryCov_9fa48("588"), 'sys_attachment'), stryMutAct_9fa48("589") ? "" : (stryCov_9fa48("589"), 'sys_comment'), stryMutAct_9fa48("590") ? "" : (stryCov_9fa48("590"), 'sys_file'), stryMutAct_9fa48("591") ? "" : (stryCov_9fa48("591"), 'sys_notification_preference'), stryMutAct_9fa48("592") ? "" : (stryCov_9fa48("592"), 'sys_notification_subscription'), stryMutAct_9fa48("593") ? "" : (stryCov_9fa48("593"), 'sys_user_preference')]));

/** The platform components that manage tables that no caller may write to. */
const KEPT_BY_THE_ENGINE: ReadonlySet<unknown> = new Set(stryMutAct_9fa48("594") ? [] : (stryCov_9fa48("594"), [stryMutAct_9fa48("595") ? "" : (stryCov_9fa48("595"), 'engine-owned'), stryMutAct_9fa48("596") ? "" : (stryCov_9fa48("596"), 'append-only')]));

/**
 * Rejects operations that no key may perform, in a request with a key. This is enforced in the data engine
 * instead of in hundreds of routes, so that it also applies to routes added in the future.
 */
export function closedToKeys(declarations: Declarations): EngineMiddleware {
  if (stryMutAct_9fa48("597")) {
    {}
  } else {
    stryCov_9fa48("597");
    return async (operation, next) => {
      if (stryMutAct_9fa48("598")) {
        {}
      } else {
        stryCov_9fa48("598");
        if (stryMutAct_9fa48("600") ? false : stryMutAct_9fa48("599") ? true : (stryCov_9fa48("599", "600"), requestCarriesKey())) {
          if (stryMutAct_9fa48("601")) {
            {}
          } else {
            stryCov_9fa48("601");
            const refusal = refusalOf(operation, declarations);
            if (stryMutAct_9fa48("604") ? refusal === undefined : stryMutAct_9fa48("603") ? false : stryMutAct_9fa48("602") ? true : (stryCov_9fa48("602", "603", "604"), refusal !== undefined)) throw new PermissionDenied(stryMutAct_9fa48("606") ? `` : (stryCov_9fa48("606"), `[Security] Access denied: ${refusal}`));
          }
        }
        await next();
      }
    };
  }
}

/** Whether something is closed to keys for a caller who has every right. */
export function isClosedToKeys(operation: Pick<EngineOperation, 'object' | 'operation'>, declarations: Declarations): boolean {
  if (stryMutAct_9fa48("607")) {
    {}
  } else {
    stryCov_9fa48("607");
    return stryMutAct_9fa48("610") ? refusalOf({
      ...operation,
      context: {
        isSystem: false
      }
    }, declarations) === undefined : stryMutAct_9fa48("609") ? false : stryMutAct_9fa48("608") ? true : (stryCov_9fa48("608", "609", "610"), refusalOf(stryMutAct_9fa48("611") ? {} : (stryCov_9fa48("611"), {
      ...operation,
      context: stryMutAct_9fa48("612") ? {} : (stryCov_9fa48("612"), {
        isSystem: stryMutAct_9fa48("613") ? true : (stryCov_9fa48("613"), false)
      })
    }), declarations) !== undefined);
  }
}

/** A table of the platform that callers may write to as far as the platform is concerned; the engine keeps the others itself. */
function isClosedTable(object: string, declaration: ObjectDeclaration | undefined): boolean {
  if (stryMutAct_9fa48("614")) {
    {}
  } else {
    stryCov_9fa48("614");
    const {
      isSystem,
      managedBy
    } = stryMutAct_9fa48("615") ? declaration && {} : (stryCov_9fa48("615"), declaration ?? {});
    return stryMutAct_9fa48("618") ? isSystem === true && !WRITTEN_BY_PEOPLE.has(object) || !KEPT_BY_THE_ENGINE.has(managedBy) : stryMutAct_9fa48("617") ? false : stryMutAct_9fa48("616") ? true : (stryCov_9fa48("616", "617", "618"), (stryMutAct_9fa48("620") ? isSystem === true || !WRITTEN_BY_PEOPLE.has(object) : stryMutAct_9fa48("619") ? true : (stryCov_9fa48("619", "620"), (stryMutAct_9fa48("622") ? isSystem !== true : stryMutAct_9fa48("621") ? true : (stryCov_9fa48("621", "622"), isSystem === (stryMutAct_9fa48("623") ? false : (stryCov_9fa48("623"), true)))) && (stryMutAct_9fa48("624") ? WRITTEN_BY_PEOPLE.has(object) : (stryCov_9fa48("624"), !WRITTEN_BY_PEOPLE.has(object))))) && (stryMutAct_9fa48("625") ? KEPT_BY_THE_ENGINE.has(managedBy) : (stryCov_9fa48("625"), !KEPT_BY_THE_ENGINE.has(managedBy))));
  }
}
function refusalOf({
  object,
  operation,
  context
}: EngineOperation, declarations: Declarations): string | undefined {
  if (stryMutAct_9fa48("626")) {
    {}
  } else {
    stryCov_9fa48("626");
    const writes = WRITES.has(operation);
    // This includes writes of the platform itself: if a key causes a write, the key makes it.
    if (stryMutAct_9fa48("629") ? writes || KEY_TABLES.has(object) : stryMutAct_9fa48("628") ? false : stryMutAct_9fa48("627") ? true : (stryCov_9fa48("627", "628", "629"), writes && KEY_TABLES.has(object))) {
      if (stryMutAct_9fa48("630")) {
        {}
      } else {
        stryCov_9fa48("630");
        return stryMutAct_9fa48("631") ? "" : (stryCov_9fa48("631"), 'An API key cannot create or change keys. Sign in and use your session.');
      }
    }
    const declaration = declarations.getObject(object) as ObjectDeclaration | undefined;
    if (stryMutAct_9fa48("634") ? false : stryMutAct_9fa48("633") ? true : stryMutAct_9fa48("632") ? isCredentialObject(object, declaration) : (stryCov_9fa48("632", "633", "634"), !isCredentialObject(object, declaration))) {
      if (stryMutAct_9fa48("635")) {
        {}
      } else {
        stryCov_9fa48("635");
        return (stryMutAct_9fa48("638") ? writes && context?.isSystem !== true || isClosedTable(object, declaration) : stryMutAct_9fa48("637") ? false : stryMutAct_9fa48("636") ? true : (stryCov_9fa48("636", "637", "638"), (stryMutAct_9fa48("640") ? writes || context?.isSystem !== true : stryMutAct_9fa48("639") ? true : (stryCov_9fa48("639", "640"), writes && (stryMutAct_9fa48("642") ? context?.isSystem === true : stryMutAct_9fa48("641") ? true : (stryCov_9fa48("641", "642"), (stryMutAct_9fa48("643") ? context.isSystem : (stryCov_9fa48("643"), context?.isSystem)) !== (stryMutAct_9fa48("644") ? false : (stryCov_9fa48("644"), true)))))) && isClosedTable(object, declaration))) ? stryMutAct_9fa48("645") ? "" : (stryCov_9fa48("645"), 'An API key cannot change people, their rights, or the tables of the platform. Sign in and use your session.') : undefined;
      }
    }
    if (stryMutAct_9fa48("648") ? context?.isSystem === true : stryMutAct_9fa48("647") ? false : stryMutAct_9fa48("646") ? true : (stryCov_9fa48("646", "647", "648"), (stryMutAct_9fa48("649") ? context.isSystem : (stryCov_9fa48("649"), context?.isSystem)) !== (stryMutAct_9fa48("650") ? false : (stryCov_9fa48("650"), true)))) return stryMutAct_9fa48("651") ? "" : (stryCov_9fa48("651"), 'An API key cannot read credentials.');
    // The platform reads sessions to find the caller, and writes mails because of a record. But a session or
    // a password that it writes for a key would be one that the key has created.
    if (stryMutAct_9fa48("654") ? writes || declaration?.managedBy === 'better-auth' : stryMutAct_9fa48("653") ? false : stryMutAct_9fa48("652") ? true : (stryCov_9fa48("652", "653", "654"), writes && (stryMutAct_9fa48("656") ? declaration?.managedBy !== 'better-auth' : stryMutAct_9fa48("655") ? true : (stryCov_9fa48("655", "656"), (stryMutAct_9fa48("657") ? declaration.managedBy : (stryCov_9fa48("657"), declaration?.managedBy)) === (stryMutAct_9fa48("658") ? "" : (stryCov_9fa48("658"), 'better-auth')))))) return stryMutAct_9fa48("659") ? "" : (stryCov_9fa48("659"), 'An API key cannot create or change credentials.');
    return undefined;
  }
}