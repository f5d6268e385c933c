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
import type { ChangeOrigin } from '../../observability/events.ts';
import type { EngineContext, Transaction } from '../../platform/engine.ts';
import { API_KEY_OBJECT, type ApiKey } from '../record/api-key.ts';
import type { KeyWriting } from './key-writing.ts';

/**
 * The keys of one statement. The number of variables of a statement is limited, and the engine runs hooks of
 * other plugins for at most 10,000 rows of one update.
 */
const BATCH = 1000;

/**
 * Revokes keys in a transaction that holds the lock of their owners, elevated: the caller of this function
 * has decided that they may be revoked. A statement for each key would hold the lock, and on SQLite everything else,
 * for seconds if a person has many keys.
 *
 * @param context names the actor where there is one.
 */
export async function revokeKeys({
  engine,
  auditTrail
}: Pick<KeyWriting, 'engine' | 'auditTrail'>, keys: readonly Pick<ApiKey, 'id' | 'prefix'>[], {
  id: requestId,
  address,
  endpoint
}: ChangeOrigin, context: EngineContext & {
  readonly transaction: Transaction;
}): Promise<void> {
  if (stryMutAct_9fa48("2717")) {
    {}
  } else {
    stryCov_9fa48("2717");
    const changes = keys.map(stryMutAct_9fa48("2718") ? () => undefined : (stryCov_9fa48("2718"), ({
      id,
      prefix
    }) => ({
      keyId: id,
      prefix,
      action: 'revoke',
      requestId,
      address,
      endpoint
    }) as const));
    await auditTrail.duringMany(changes, context, async () => {
      if (stryMutAct_9fa48("2719")) {
        {}
      } else {
        stryCov_9fa48("2719");
        for (let from = 0; stryMutAct_9fa48("2722") ? from >= keys.length : stryMutAct_9fa48("2721") ? from <= keys.length : stryMutAct_9fa48("2720") ? false : (stryCov_9fa48("2720", "2721", "2722"), from < keys.length); stryMutAct_9fa48("2723") ? from -= BATCH : (stryCov_9fa48("2723"), from += BATCH)) {
          if (stryMutAct_9fa48("2724")) {
            {}
          } else {
            stryCov_9fa48("2724");
            const where = stryMutAct_9fa48("2725") ? {} : (stryCov_9fa48("2725"), {
              id: stryMutAct_9fa48("2726") ? {} : (stryCov_9fa48("2726"), {
                $in: stryMutAct_9fa48("2727") ? keys.map(({
                  id
                }) => id) : (stryCov_9fa48("2727"), keys.slice(from, stryMutAct_9fa48("2728") ? from - BATCH : (stryCov_9fa48("2728"), from + BATCH)).map(stryMutAct_9fa48("2729") ? () => undefined : (stryCov_9fa48("2729"), ({
                  id
                }) => id)))
              })
            });
            await engine.update(API_KEY_OBJECT, stryMutAct_9fa48("2730") ? {} : (stryCov_9fa48("2730"), {
              revoked: stryMutAct_9fa48("2731") ? false : (stryCov_9fa48("2731"), true)
            }), stryMutAct_9fa48("2732") ? {} : (stryCov_9fa48("2732"), {
              where,
              multi: stryMutAct_9fa48("2733") ? false : (stryCov_9fa48("2733"), true),
              context
            }));
          }
        }
      }
    });
  }
}