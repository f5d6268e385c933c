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
import type { z } from 'zod';
import type { Answer } from '../http/answer.ts';
import type { EndpointRequest } from '../http/endpoint.ts';
import type { Exchange } from '../http/exchange.ts';
import { toCreateInput } from './body.ts';
import { newKeyAnswer } from './envelope.ts';
import { type createdKey, NO_DETAIL, spellNewKey } from './representation.ts';
import { type RestOptions, readChange } from './request.ts';

/**
 * `POST /keys`. The response contains the same object again in `data`, the only place where the
 * Console's "Integrations & APIs" page looks for the key. Without it, the page would report a failure
 * although a key was created.
 */
export async function createKey(request: EndpointRequest, exchange: Exchange, options: RestOptions): Promise<Answer> {
  if (stryMutAct_9fa48("5300")) {
    {}
  } else {
    stryCov_9fa48("5300");
    exchange.operation = stryMutAct_9fa48("5301") ? "" : (stryCov_9fa48("5301"), 'createApiKey');
    const {
      caller,
      body
    } = await readChange(request, exchange, options);
    const minted = await options.keys.create(caller, toCreateInput(body));
    // Most new keys have no details, so the look-up can be skipped.
    const isPlain = stryMutAct_9fa48("5304") ? !exchange.replayed && !('description' in body) || !('allowed_networks' in body) : stryMutAct_9fa48("5303") ? false : stryMutAct_9fa48("5302") ? true : (stryCov_9fa48("5302", "5303", "5304"), (stryMutAct_9fa48("5306") ? !exchange.replayed || !('description' in body) : stryMutAct_9fa48("5305") ? true : (stryCov_9fa48("5305", "5306"), (stryMutAct_9fa48("5307") ? exchange.replayed : (stryCov_9fa48("5307"), !exchange.replayed)) && (stryMutAct_9fa48("5308") ? 'description' in body : (stryCov_9fa48("5308"), !((stryMutAct_9fa48("5309") ? "" : (stryCov_9fa48("5309"), 'description')) in body))))) && (stryMutAct_9fa48("5310") ? 'allowed_networks' in body : (stryCov_9fa48("5310"), !((stryMutAct_9fa48("5311") ? "" : (stryCov_9fa48("5311"), 'allowed_networks')) in body))));
    const detail = isPlain ? NO_DETAIL : await options.keys.detailOf(minted.apiKey);
    const created = spellNewKey(minted, detail, await options.keys.statusOf(minted.apiKey));
    const answer: z.infer<typeof createdKey> = stryMutAct_9fa48("5312") ? {} : (stryCov_9fa48("5312"), {
      ...created,
      data: created
    });
    return newKeyAnswer(answer, exchange.replayed, options.basePath);
  }
}