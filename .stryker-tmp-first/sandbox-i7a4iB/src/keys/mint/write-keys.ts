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
import type { DataEngine, EngineContext } from '../../platform/engine.ts';
import { API_KEY_OBJECT, type ApiKey, insertApiKeys, type NewApiKey, toApiKey } from '../record/api-key.ts';
import { type NewApiKeyDetail, noteRestored, writeApiKeyDetails } from '../record/api-key-detail.ts';
import type { KeyChange } from '../record/change-scope.ts';
import { newId } from '../record/new-id.ts';
import type { KeyTransaction } from './key-writing.ts';
import type { MintOrder, Replacement } from './mint-order.ts';

/** An accepted order, as the row to write. */
type OrderedRow = MintOrder & NewApiKey;

/**
 * Writes the keys of accepted orders and ends the keys that they replace. It uses one statement, or one
 * for each person where the kernel can only be told the actor of a statement. The details of the keys take
 * one more statement, if there are any.
 *
 * @returns the keys, in the sequence of the orders.
 */
export async function writeKeys({
  engine,
  auditTrail,
  context
}: Pick<KeyTransaction, 'engine' | 'auditTrail' | 'context'>, orders: readonly MintOrder[], now: number): Promise<ApiKey[]> {
  if (stryMutAct_9fa48("2816")) {
    {}
  } else {
    stryCov_9fa48("2816");
    const createdAt = new Date(now);
    const rows = orders.map(stryMutAct_9fa48("2817") ? () => undefined : (stryCov_9fa48("2817"), (order): OrderedRow => stryMutAct_9fa48("2818") ? {} : (stryCov_9fa48("2818"), {
      ...order,
      id: stryMutAct_9fa48("2819") ? order.idempotent?.keyId && newId(now) : (stryCov_9fa48("2819"), (stryMutAct_9fa48("2820") ? order.idempotent.keyId : (stryCov_9fa48("2820"), order.idempotent?.keyId)) ?? newId(now)),
      createdAt
    })));
    if (stryMutAct_9fa48("2823") ? rows.length !== 0 : stryMutAct_9fa48("2822") ? false : stryMutAct_9fa48("2821") ? true : (stryCov_9fa48("2821", "2822", "2823"), rows.length === 0)) return stryMutAct_9fa48("2824") ? ["Stryker was here"] : (stryCov_9fa48("2824"), []);
    return auditTrail.duringMany(rows.flatMap(changesOf), context, async () => {
      if (stryMutAct_9fa48("2825")) {
        {}
      } else {
        stryCov_9fa48("2825");
        const written = new Map<string, ApiKey>();
        const groups = auditTrail.needsStatementPerPerson ? Map.groupBy(rows, stryMutAct_9fa48("2826") ? () => undefined : (stryCov_9fa48("2826"), ({
          owner
        }) => owner.userId)) : new Map(stryMutAct_9fa48("2827") ? [] : (stryCov_9fa48("2827"), [stryMutAct_9fa48("2828") ? [] : (stryCov_9fa48("2828"), [undefined, rows])]));
        for (const [userId, group] of groups) {
          if (stryMutAct_9fa48("2829")) {
            {}
          } else {
            stryCov_9fa48("2829");
            const actor = (stryMutAct_9fa48("2832") ? userId !== undefined : stryMutAct_9fa48("2831") ? false : stryMutAct_9fa48("2830") ? true : (stryCov_9fa48("2830", "2831", "2832"), userId === undefined)) ? context : stryMutAct_9fa48("2833") ? {} : (stryCov_9fa48("2833"), {
              ...context,
              userId
            });
            for (const key of await insertApiKeys(engine, group, actor)) if (stryMutAct_9fa48("2834")) {
              ;
            } else {
              stryCov_9fa48("2834");
              written.set(key.id, key);
            }
            for (const {
              replaces,
              owner
            } of group) {
              if (stryMutAct_9fa48("2835")) {
                {}
              } else {
                stryCov_9fa48("2835");
                const retiring = auditTrail.isRecorded ? stryMutAct_9fa48("2836") ? {} : (stryCov_9fa48("2836"), {
                  ...context,
                  userId: owner.userId
                }) : context;
                if (stryMutAct_9fa48("2839") ? replaces === undefined : stryMutAct_9fa48("2838") ? false : stryMutAct_9fa48("2837") ? true : (stryCov_9fa48("2837", "2838", "2839"), replaces !== undefined)) await retire(engine, replaces, now, retiring);
              }
            }
          }
        }
        await writeApiKeyDetails(engine, rows.flatMap(detailOf), context.transaction);
        for (const {
          id,
          memberSince = 0
        } of rows) {
          if (stryMutAct_9fa48("2840")) {
            {}
          } else {
            stryCov_9fa48("2840");
            // The clock that wrote the membership is ahead of this one; the key must not look older than the membership.
            if (stryMutAct_9fa48("2844") ? memberSince <= now : stryMutAct_9fa48("2843") ? memberSince >= now : stryMutAct_9fa48("2842") ? false : stryMutAct_9fa48("2841") ? true : (stryCov_9fa48("2841", "2842", "2843", "2844"), memberSince > now)) await noteRestored(engine, context.transaction, id, memberSince);
          }
        }
        return rows.flatMap(stryMutAct_9fa48("2845") ? () => undefined : (stryCov_9fa48("2845"), ({
          id
        }) => stryMutAct_9fa48("2846") ? written.get(id) && [] : (stryCov_9fa48("2846"), written.get(id) ?? (stryMutAct_9fa48("2847") ? ["Stryker was here"] : (stryCov_9fa48("2847"), [])))));
      }
    });
  }
}

/** The details of a key; most keys have none. */
function detailOf({
  id,
  description,
  allowedNetworks,
  replaces
}: OrderedRow): NewApiKeyDetail[] {
  if (stryMutAct_9fa48("2848")) {
    {}
  } else {
    stryCov_9fa48("2848");
    if (stryMutAct_9fa48("2851") ? description === undefined && allowedNetworks.length === 0 || replaces === undefined : stryMutAct_9fa48("2850") ? false : stryMutAct_9fa48("2849") ? true : (stryCov_9fa48("2849", "2850", "2851"), (stryMutAct_9fa48("2853") ? description === undefined || allowedNetworks.length === 0 : stryMutAct_9fa48("2852") ? true : (stryCov_9fa48("2852", "2853"), (stryMutAct_9fa48("2855") ? description !== undefined : stryMutAct_9fa48("2854") ? true : (stryCov_9fa48("2854", "2855"), description === undefined)) && (stryMutAct_9fa48("2857") ? allowedNetworks.length !== 0 : stryMutAct_9fa48("2856") ? true : (stryCov_9fa48("2856", "2857"), allowedNetworks.length === 0)))) && (stryMutAct_9fa48("2859") ? replaces !== undefined : stryMutAct_9fa48("2858") ? true : (stryCov_9fa48("2858", "2859"), replaces === undefined)))) return stryMutAct_9fa48("2860") ? ["Stryker was here"] : (stryCov_9fa48("2860"), []);
    return stryMutAct_9fa48("2861") ? [] : (stryCov_9fa48("2861"), [stryMutAct_9fa48("2862") ? {} : (stryCov_9fa48("2862"), {
      id,
      description,
      allowedNetworks,
      replaces: stryMutAct_9fa48("2863") ? replaces.id : (stryCov_9fa48("2863"), replaces?.id)
    })]);
  }
}

/** Ends a replaced key: immediately, or at the end of the overlap unless it expires before. */
async function retire(engine: DataEngine, {
  id,
  overlap
}: Replacement, now: number, context: EngineContext): Promise<void> {
  if (stryMutAct_9fa48("2864")) {
    {}
  } else {
    stryCov_9fa48("2864");
    if (stryMutAct_9fa48("2867") ? overlap !== 0 : stryMutAct_9fa48("2866") ? false : stryMutAct_9fa48("2865") ? true : (stryCov_9fa48("2865", "2866", "2867"), overlap === 0)) {
      if (stryMutAct_9fa48("2868")) {
        {}
      } else {
        stryCov_9fa48("2868");
        await engine.update(API_KEY_OBJECT, stryMutAct_9fa48("2869") ? {} : (stryCov_9fa48("2869"), {
          id,
          revoked: stryMutAct_9fa48("2870") ? false : (stryCov_9fa48("2870"), true)
        }), stryMutAct_9fa48("2871") ? {} : (stryCov_9fa48("2871"), {
          context
        }));
        return;
      }
    }
    const end = new Date(stryMutAct_9fa48("2872") ? now - overlap : (stryCov_9fa48("2872"), now + overlap));
    const [row] = await engine.find(API_KEY_OBJECT, stryMutAct_9fa48("2873") ? {} : (stryCov_9fa48("2873"), {
      where: stryMutAct_9fa48("2874") ? {} : (stryCov_9fa48("2874"), {
        id
      }),
      limit: 1,
      context
    }));
    // It may have been deleted in the meantime.
    if (stryMutAct_9fa48("2877") ? row !== undefined : stryMutAct_9fa48("2876") ? false : stryMutAct_9fa48("2875") ? true : (stryCov_9fa48("2875", "2876", "2877"), row === undefined)) return;
    const {
      expiresAt
    } = toApiKey(row);
    if (stryMutAct_9fa48("2880") ? expiresAt !== undefined || expiresAt <= end : stryMutAct_9fa48("2879") ? false : stryMutAct_9fa48("2878") ? true : (stryCov_9fa48("2878", "2879", "2880"), (stryMutAct_9fa48("2882") ? expiresAt === undefined : stryMutAct_9fa48("2881") ? true : (stryCov_9fa48("2881", "2882"), expiresAt !== undefined)) && (stryMutAct_9fa48("2885") ? expiresAt > end : stryMutAct_9fa48("2884") ? expiresAt < end : stryMutAct_9fa48("2883") ? true : (stryCov_9fa48("2883", "2884", "2885"), expiresAt <= end)))) return;
    await engine.update(API_KEY_OBJECT, stryMutAct_9fa48("2886") ? {} : (stryCov_9fa48("2886"), {
      id,
      expires_at: end.toISOString()
    }), stryMutAct_9fa48("2887") ? {} : (stryCov_9fa48("2887"), {
      context
    }));
  }
}

/** The changes that an order makes: it creates a key and, for a rotation, ends the old one. */
function changesOf({
  id,
  prefix,
  requestId,
  address,
  endpoint,
  replaces,
  owner
}: OrderedRow): KeyChange[] {
  if (stryMutAct_9fa48("2888")) {
    {}
  } else {
    stryCov_9fa48("2888");
    const action = (stryMutAct_9fa48("2891") ? replaces !== undefined : stryMutAct_9fa48("2890") ? false : stryMutAct_9fa48("2889") ? true : (stryCov_9fa48("2889", "2890", "2891"), replaces === undefined)) ? stryMutAct_9fa48("2892") ? "" : (stryCov_9fa48("2892"), 'create') : stryMutAct_9fa48("2893") ? "" : (stryCov_9fa48("2893"), 'rotate');
    const change = {
      keyId: id,
      prefix,
      action,
      actorId: owner.userId,
      requestId,
      address,
      endpoint
    } as const;
    return (stryMutAct_9fa48("2896") ? replaces !== undefined : stryMutAct_9fa48("2895") ? false : stryMutAct_9fa48("2894") ? true : (stryCov_9fa48("2894", "2895", "2896"), replaces === undefined)) ? stryMutAct_9fa48("2897") ? [] : (stryCov_9fa48("2897"), [change]) : stryMutAct_9fa48("2898") ? [] : (stryCov_9fa48("2898"), [change, stryMutAct_9fa48("2899") ? {} : (stryCov_9fa48("2899"), {
      ...change,
      keyId: replaces.id,
      prefix: replaces.prefix
    })]);
  }
}