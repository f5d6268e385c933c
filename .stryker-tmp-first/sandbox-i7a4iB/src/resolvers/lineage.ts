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
import DataLoader from 'dataloader';
import type { ApiKey } from '../keys/record/api-key.ts';
import type { AuthenticatedContext } from './context.ts';
import { keyDetail } from './key-detail.ts';
interface Lineage {
  /** Keys of the caller by their ids. */
  readonly keys: DataLoader<string, ApiKey | undefined>;
  /** The caller's keys that replaced a key, by the id of the old key. */
  readonly replacements: DataLoader<string, ApiKey | undefined>;
}

/** One per request: the keys of a page share a statement. */
const loaders = new WeakMap<AuthenticatedContext, Lineage>();
function lineageOf(context: AuthenticatedContext): Lineage {
  if (stryMutAct_9fa48("5063")) {
    {}
  } else {
    stryCov_9fa48("5063");
    let lineage = loaders.get(context);
    if (stryMutAct_9fa48("5066") ? lineage !== undefined : stryMutAct_9fa48("5065") ? false : stryMutAct_9fa48("5064") ? true : (stryCov_9fa48("5064", "5065", "5066"), lineage === undefined)) {
      if (stryMutAct_9fa48("5067")) {
        {}
      } else {
        stryCov_9fa48("5067");
        const {
          keys,
          principal
        } = context;
        lineage = stryMutAct_9fa48("5068") ? {} : (stryCov_9fa48("5068"), {
          keys: new DataLoader(async ids => {
            if (stryMutAct_9fa48("5069")) {
              {}
            } else {
              stryCov_9fa48("5069");
              const found = await keys.findAll(principal, ids);
              return ids.map(stryMutAct_9fa48("5070") ? () => undefined : (stryCov_9fa48("5070"), id => found.get(id)));
            }
          }),
          replacements: new DataLoader(async ids => {
            if (stryMutAct_9fa48("5071")) {
              {}
            } else {
              stryCov_9fa48("5071");
              const found = await keys.replacementsOf(principal, ids);
              return ids.map(stryMutAct_9fa48("5072") ? () => undefined : (stryCov_9fa48("5072"), id => found.get(id)));
            }
          })
        });
        if (stryMutAct_9fa48("5073")) {
          ;
        } else {
          stryCov_9fa48("5073");
          loaders.set(context, lineage);
        }
      }
    }
    return lineage;
  }
}

/** The key that a key replaced. */
export async function replacedKey(key: ApiKey, context: AuthenticatedContext): Promise<ApiKey | null> {
  if (stryMutAct_9fa48("5074")) {
    {}
  } else {
    stryCov_9fa48("5074");
    const {
      replaces
    } = await keyDetail(key, context);
    return (stryMutAct_9fa48("5077") ? replaces !== undefined : stryMutAct_9fa48("5076") ? false : stryMutAct_9fa48("5075") ? true : (stryCov_9fa48("5075", "5076", "5077"), replaces === undefined)) ? null : stryMutAct_9fa48("5078") ? (await lineageOf(context).keys.load(replaces)) && null : (stryCov_9fa48("5078"), (await lineageOf(context).keys.load(replaces)) ?? null);
  }
}

/** The key that replaced a key; the newest if there are several. */
export async function replacementOf(key: ApiKey, context: AuthenticatedContext): Promise<ApiKey | null> {
  if (stryMutAct_9fa48("5079")) {
    {}
  } else {
    stryCov_9fa48("5079");
    return stryMutAct_9fa48("5080") ? (await lineageOf(context).replacements.load(key.id)) && null : (stryCov_9fa48("5080"), (await lineageOf(context).replacements.load(key.id)) ?? null);
  }
}