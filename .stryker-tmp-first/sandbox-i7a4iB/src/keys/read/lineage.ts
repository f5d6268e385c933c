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
import type { Principal } from '../../auth/principal.ts';
import type { Platform } from '../../platform/platform.ts';
import { isKeyId } from '../input/key-id.ts';
import { API_KEY_OBJECT, type ApiKey, toApiKey } from '../record/api-key.ts';
import { API_KEY_DETAIL_OBJECT } from '../record/api-key-detail.ts';

/** Keys of the caller by their ids, read with their own rights in one statement. Keys of others are left out. */
export async function findOwnApiKeys(platform: Platform, principal: Principal, ids: readonly string[]): Promise<Map<string, ApiKey>> {
  if (stryMutAct_9fa48("3560")) {
    {}
  } else {
    stryCov_9fa48("3560");
    const asked = stryMutAct_9fa48("3561") ? ids : (stryCov_9fa48("3561"), ids.filter(isKeyId));
    if (stryMutAct_9fa48("3564") ? asked.length !== 0 : stryMutAct_9fa48("3563") ? false : stryMutAct_9fa48("3562") ? true : (stryCov_9fa48("3562", "3563", "3564"), asked.length === 0)) return new Map();
    const context = await platform.contextOf(principal);
    const where = stryMutAct_9fa48("3565") ? {} : (stryCov_9fa48("3565"), {
      id: stryMutAct_9fa48("3566") ? {} : (stryCov_9fa48("3566"), {
        $in: asked
      }),
      user_id: principal.userId
    });
    const rows = await platform.inTime(stryMutAct_9fa48("3567") ? () => undefined : (stryCov_9fa48("3567"), () => platform.engine.find(API_KEY_OBJECT, stryMutAct_9fa48("3568") ? {} : (stryCov_9fa48("3568"), {
      where,
      limit: asked.length,
      context
    }))));
    return new Map(rows.map(toApiKey).map(stryMutAct_9fa48("3569") ? () => undefined : (stryCov_9fa48("3569"), key => stryMutAct_9fa48("3570") ? [] : (stryCov_9fa48("3570"), [key.id, key]))));
  }
}

/** The caller's keys that replaced these keys, by the id of the old key: the newest one for each. */
export async function findReplacements(platform: Platform, principal: Principal, ids: readonly string[]): Promise<Map<string, ApiKey>> {
  if (stryMutAct_9fa48("3571")) {
    {}
  } else {
    stryCov_9fa48("3571");
    const rows = await platform.inTime(stryMutAct_9fa48("3572") ? () => undefined : (stryCov_9fa48("3572"), () => platform.engine.find(API_KEY_DETAIL_OBJECT, stryMutAct_9fa48("3573") ? {} : (stryCov_9fa48("3573"), {
      where: stryMutAct_9fa48("3574") ? {} : (stryCov_9fa48("3574"), {
        replaces: stryMutAct_9fa48("3575") ? {} : (stryCov_9fa48("3575"), {
          $in: stryMutAct_9fa48("3576") ? [] : (stryCov_9fa48("3576"), [...ids])
        })
      }),
      context: stryMutAct_9fa48("3577") ? {} : (stryCov_9fa48("3577"), {
        isSystem: stryMutAct_9fa48("3578") ? false : (stryCov_9fa48("3578"), true)
      })
    }))));
    const keys = await findOwnApiKeys(platform, principal, rows.map(stryMutAct_9fa48("3579") ? () => undefined : (stryCov_9fa48("3579"), row => String(row[stryMutAct_9fa48("3580") ? "" : (stryCov_9fa48("3580"), 'id')]))));
    const found = new Map<string, ApiKey>();
    for (const row of rows) {
      if (stryMutAct_9fa48("3581")) {
        {}
      } else {
        stryCov_9fa48("3581");
        const replaced = String(row[stryMutAct_9fa48("3582") ? "" : (stryCov_9fa48("3582"), 'replaces')]);
        const key = keys.get(String(row[stryMutAct_9fa48("3583") ? "" : (stryCov_9fa48("3583"), 'id')]));
        const other = found.get(replaced);
        if (stryMutAct_9fa48("3586") ? key !== undefined || other === undefined || other.createdAt < key.createdAt : stryMutAct_9fa48("3585") ? false : stryMutAct_9fa48("3584") ? true : (stryCov_9fa48("3584", "3585", "3586"), (stryMutAct_9fa48("3588") ? key === undefined : stryMutAct_9fa48("3587") ? true : (stryCov_9fa48("3587", "3588"), key !== undefined)) && (stryMutAct_9fa48("3590") ? other === undefined && other.createdAt < key.createdAt : stryMutAct_9fa48("3589") ? true : (stryCov_9fa48("3589", "3590"), (stryMutAct_9fa48("3592") ? other !== undefined : stryMutAct_9fa48("3591") ? false : (stryCov_9fa48("3591", "3592"), other === undefined)) || (stryMutAct_9fa48("3595") ? other.createdAt >= key.createdAt : stryMutAct_9fa48("3594") ? other.createdAt <= key.createdAt : stryMutAct_9fa48("3593") ? false : (stryCov_9fa48("3593", "3594", "3595"), other.createdAt < key.createdAt)))))) if (stryMutAct_9fa48("3596")) {
          ;
        } else {
          stryCov_9fa48("3596");
          found.set(replaced, key);
        }
      }
    }
    return found;
  }
}