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
import type { MiddlewareEngine } from '../../platform/middleware.ts';
import { API_KEY_OBJECT } from '../record/api-key.ts';
import type { Admission } from './admission.ts';
import { closedToKeys, type Declarations } from './closed-to-keys.ts';
import { Verification } from './verification.ts';

/**
 * Installs admission and the rules for keys in the data engine of a kernel, which every route, tool and
 * action uses.
 *
 * @returns a check that the platform verifies keys there, to run once the kernel is ready.
 */
export function governKeys(engine: MiddlewareEngine & Declarations, admission: Pick<Admission, 'admit'>): () => Promise<void> {
  if (stryMutAct_9fa48("726")) {
    {}
  } else {
    stryCov_9fa48("726");
    const verification = new Verification(async row => {
      if (stryMutAct_9fa48("727")) {
        {}
      } else {
        stryCov_9fa48("727");
        const admitted = await admission.admit(row);
        // The platform would add the scopes to the rights of the owner; here they only limit them.
        return stryMutAct_9fa48("730") ? admitted || {
          ...row,
          scopes: '[]'
        } : stryMutAct_9fa48("729") ? false : stryMutAct_9fa48("728") ? true : (stryCov_9fa48("728", "729", "730"), admitted && (stryMutAct_9fa48("731") ? {} : (stryCov_9fa48("731"), {
          ...row,
          scopes: stryMutAct_9fa48("732") ? "" : (stryCov_9fa48("732"), '[]')
        })));
      }
    });
    if (stryMutAct_9fa48("733")) {
      ;
    } else {
      stryCov_9fa48("733");
      engine.registerMiddleware(closedToKeys(engine));
    }
    engine.registerMiddleware(verification.around, stryMutAct_9fa48("735") ? {} : (stryCov_9fa48("735"), {
      object: API_KEY_OBJECT
    }));
    return stryMutAct_9fa48("736") ? () => undefined : (stryCov_9fa48("736"), () => verification.prove(engine));
  }
}