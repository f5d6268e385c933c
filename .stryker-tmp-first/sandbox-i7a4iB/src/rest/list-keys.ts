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
import { cursorOf, type Page } from '../keys/read/list.ts';
import type { ApiKey } from '../keys/record/api-key.ts';
import { jsonAnswer } from './envelope.ts';
import { listParameters, readListQuery } from './list-query.ts';
import { type key, type keyList, spellKey } from './representation.ts';
import type { RestOptions } from './request.ts';

/** `GET /keys`: a page of the caller's own keys, newest first. */
export async function listKeys(request: EndpointRequest, exchange: Exchange, options: RestOptions): Promise<Answer> {
  if (stryMutAct_9fa48("5372")) {
    {}
  } else {
    stryCov_9fa48("5372");
    exchange.operation = stryMutAct_9fa48("5373") ? "" : (stryCov_9fa48("5373"), 'listApiKeys');
    const {
      authenticator,
      keys
    } = options;
    const principal = await exchange.during(stryMutAct_9fa48("5374") ? "" : (stryCov_9fa48("5374"), 'authenticate'), stryMutAct_9fa48("5375") ? () => undefined : (stryCov_9fa48("5375"), () => authenticator.authenticate(request)));
    const page = await keys.list(principal, readListQuery(request.url, listParameters));
    const answer: z.infer<typeof keyList> = await spellPage(page, stryMutAct_9fa48("5376") ? () => undefined : (stryCov_9fa48("5376"), apiKey => spellWithDetails(apiKey, options)));
    return jsonAnswer(200, answer);
  }
}

/** A key in REST, with its details and its current status. */
export async function spellWithDetails(apiKey: ApiKey, {
  keys
}: Pick<RestOptions, 'keys'>): Promise<z.infer<typeof key>> {
  if (stryMutAct_9fa48("5377")) {
    {}
  } else {
    stryCov_9fa48("5377");
    const [detail, status] = await Promise.all(stryMutAct_9fa48("5378") ? [] : (stryCov_9fa48("5378"), [keys.detailOf(apiKey), keys.statusOf(apiKey)]));
    return spellKey(apiKey, detail, status);
  }
}

/** A page of keys in REST. */
export async function spellPage<T>(page: Page, spellOne: (key: ApiKey) => Promise<T>): Promise<{
  data: T[];
  has_more: boolean;
  next_cursor?: string;
}> {
  if (stryMutAct_9fa48("5379")) {
    {}
  } else {
    stryCov_9fa48("5379");
    const data = await Promise.all(page.keys.map(spellOne));
    const last = page.keys.at(stryMutAct_9fa48("5380") ? +1 : (stryCov_9fa48("5380"), -1));
    return stryMutAct_9fa48("5381") ? {} : (stryCov_9fa48("5381"), {
      data,
      has_more: page.hasNextPage,
      ...((stryMutAct_9fa48("5384") ? page.hasNextPage || last !== undefined : stryMutAct_9fa48("5383") ? false : stryMutAct_9fa48("5382") ? true : (stryCov_9fa48("5382", "5383", "5384"), page.hasNextPage && (stryMutAct_9fa48("5386") ? last === undefined : stryMutAct_9fa48("5385") ? true : (stryCov_9fa48("5385", "5386"), last !== undefined)))) ? stryMutAct_9fa48("5387") ? {} : (stryCov_9fa48("5387"), {
        next_cursor: cursorOf(last)
      }) : {})
    });
  }
}