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
import { generateApiKey, resolveApiKeyAdmission } from '@objectstack/core';
import type { Row } from '../../platform/engine.ts';
import type { EngineOperation } from '../../platform/middleware.ts';
import { API_KEY_OBJECT } from '../record/api-key.ts';

/** Decides on the row of a key; `undefined` if the key is not active. */
export type Admit = (row: Row) => Promise<Row | undefined>;

/**
 * Wraps the read with which the platform verifies a key on every route: an elevated look-up in `sys_api_key`
 * by the hash. It returns no row for a key that is not admitted.
 */
export class Verification {
  readonly #admit: Admit;
  #count = 0;
  constructor(admit: Admit) {
    if (stryMutAct_9fa48("1014")) {
      {}
    } else {
      stryCov_9fa48("1014");
      this.#admit = admit;
    }
  }

  /** The middleware of the engine. */
  readonly around = async (operation: EngineOperation, next: () => Promise<void>): Promise<void> => {
    if (stryMutAct_9fa48("1015")) {
      {}
    } else {
      stryCov_9fa48("1015");
      await next();
      if (stryMutAct_9fa48("1018") ? false : stryMutAct_9fa48("1017") ? true : stryMutAct_9fa48("1016") ? isVerification(operation) : (stryCov_9fa48("1016", "1017", "1018"), !isVerification(operation))) return;
      stryMutAct_9fa48("1019") ? this.#count -= 1 : (stryCov_9fa48("1019"), this.#count += 1);
      const {
        result
      } = operation;
      if (stryMutAct_9fa48("1021") ? false : stryMutAct_9fa48("1020") ? true : (stryCov_9fa48("1020", "1021"), Array.isArray(result))) {
        if (stryMutAct_9fa48("1022")) {
          {}
        } else {
          stryCov_9fa48("1022");
          const rows = await Promise.all(result.map(stryMutAct_9fa48("1023") ? () => undefined : (stryCov_9fa48("1023"), (row: Row) => this.#admit(row))));
          operation.result = stryMutAct_9fa48("1024") ? rows : (stryCov_9fa48("1024"), rows.filter(stryMutAct_9fa48("1025") ? () => undefined : (stryCov_9fa48("1025"), row => stryMutAct_9fa48("1028") ? row === undefined : stryMutAct_9fa48("1027") ? false : stryMutAct_9fa48("1026") ? true : (stryCov_9fa48("1026", "1027", "1028"), row !== undefined))));
        }
      } else if (stryMutAct_9fa48("1031") ? typeof result === 'object' || result !== null : stryMutAct_9fa48("1030") ? false : stryMutAct_9fa48("1029") ? true : (stryCov_9fa48("1029", "1030", "1031"), (stryMutAct_9fa48("1033") ? typeof result !== 'object' : stryMutAct_9fa48("1032") ? true : (stryCov_9fa48("1032", "1033"), typeof result === (stryMutAct_9fa48("1034") ? "" : (stryCov_9fa48("1034"), 'object')))) && (stryMutAct_9fa48("1036") ? result === null : stryMutAct_9fa48("1035") ? true : (stryCov_9fa48("1035", "1036"), result !== null)))) {
        if (stryMutAct_9fa48("1037")) {
          {}
        } else {
          stryCov_9fa48("1037");
          operation.result = stryMutAct_9fa48("1038") ? (await this.#admit(result as Row)) && null : (stryCov_9fa48("1038"), (await this.#admit(result as Row)) ?? null);
        }
      }
    }
  };

  /**
   * Makes the platform verify a key that does not exist, to check that the look-up passes through here.
   *
   * @throws Error if it does not, for example in another version of the platform. Keys would not be checked
   *   at all, so the kernel does not start.
   */
  async prove(engine: object): Promise<void> {
    if (stryMutAct_9fa48("1039")) {
      {}
    } else {
      stryCov_9fa48("1039");
      const before = this.#count;
      await resolveApiKeyAdmission(engine, stryMutAct_9fa48("1040") ? {} : (stryCov_9fa48("1040"), {
        'x-api-key': generateApiKey().raw
      }));
      if (stryMutAct_9fa48("1043") ? this.#count !== before : stryMutAct_9fa48("1042") ? false : stryMutAct_9fa48("1041") ? true : (stryCov_9fa48("1041", "1042", "1043"), this.#count === before)) {
        if (stryMutAct_9fa48("1044")) {
          {}
        } else {
          stryCov_9fa48("1044");
          throw new Error((stryMutAct_9fa48("1046") ? "" : (stryCov_9fa48("1046"), 'ApiKeysPlugin: this version of @objectstack/core verifies API keys in a way that the plugin does not support, ')) + (stryMutAct_9fa48("1047") ? "" : (stryCov_9fa48("1047"), 'so it could not refuse inactive keys. Install compatible versions of the two.')));
        }
      }
    }
  }
}

/** The platform looks up a key by its hash only to verify it. */
function isVerification({
  object,
  operation,
  ast,
  context
}: EngineOperation): boolean {
  if (stryMutAct_9fa48("1048")) {
    {}
  } else {
    stryCov_9fa48("1048");
    if (stryMutAct_9fa48("1051") ? object !== API_KEY_OBJECT && operation !== 'find' && operation !== 'findOne' : stryMutAct_9fa48("1050") ? false : stryMutAct_9fa48("1049") ? true : (stryCov_9fa48("1049", "1050", "1051"), (stryMutAct_9fa48("1053") ? object === API_KEY_OBJECT : stryMutAct_9fa48("1052") ? false : (stryCov_9fa48("1052", "1053"), object !== API_KEY_OBJECT)) || (stryMutAct_9fa48("1055") ? operation !== 'find' || operation !== 'findOne' : stryMutAct_9fa48("1054") ? false : (stryCov_9fa48("1054", "1055"), (stryMutAct_9fa48("1057") ? operation === 'find' : stryMutAct_9fa48("1056") ? true : (stryCov_9fa48("1056", "1057"), operation !== (stryMutAct_9fa48("1058") ? "" : (stryCov_9fa48("1058"), 'find')))) && (stryMutAct_9fa48("1060") ? operation === 'findOne' : stryMutAct_9fa48("1059") ? true : (stryCov_9fa48("1059", "1060"), operation !== (stryMutAct_9fa48("1061") ? "" : (stryCov_9fa48("1061"), 'findOne')))))))) return stryMutAct_9fa48("1062") ? true : (stryCov_9fa48("1062"), false);
    const where = stryMutAct_9fa48("1063") ? ast.where : (stryCov_9fa48("1063"), ast?.where);
    return stryMutAct_9fa48("1066") ? context?.isSystem === true && typeof where === 'object' && where !== null || 'key' in where : stryMutAct_9fa48("1065") ? false : stryMutAct_9fa48("1064") ? true : (stryCov_9fa48("1064", "1065", "1066"), (stryMutAct_9fa48("1068") ? context?.isSystem === true && typeof where === 'object' || where !== null : stryMutAct_9fa48("1067") ? true : (stryCov_9fa48("1067", "1068"), (stryMutAct_9fa48("1070") ? context?.isSystem === true || typeof where === 'object' : stryMutAct_9fa48("1069") ? true : (stryCov_9fa48("1069", "1070"), (stryMutAct_9fa48("1072") ? context?.isSystem !== true : stryMutAct_9fa48("1071") ? true : (stryCov_9fa48("1071", "1072"), (stryMutAct_9fa48("1073") ? context.isSystem : (stryCov_9fa48("1073"), context?.isSystem)) === (stryMutAct_9fa48("1074") ? false : (stryCov_9fa48("1074"), true)))) && (stryMutAct_9fa48("1076") ? typeof where !== 'object' : stryMutAct_9fa48("1075") ? true : (stryCov_9fa48("1075", "1076"), typeof where === (stryMutAct_9fa48("1077") ? "" : (stryCov_9fa48("1077"), 'object')))))) && (stryMutAct_9fa48("1079") ? where === null : stryMutAct_9fa48("1078") ? true : (stryCov_9fa48("1078", "1079"), where !== null)))) && (stryMutAct_9fa48("1080") ? "" : (stryCov_9fa48("1080"), 'key')) in where);
  }
}