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
import { invalid } from '../base/errors.ts';
import type { Answer } from '../http/answer.ts';
import type { EndpointRequest } from '../http/endpoint.ts';
import type { Exchange } from '../http/exchange.ts';
import { rotateApiKeyInput, unknownField } from '../keys/input/input.ts';
import { withoutEmpty } from './body.ts';
import { newKeyAnswer } from './envelope.ts';
import { type rotatedKey, spellKey, spellNewKey } from './representation.ts';
import { type RestOptions, readChange } from './request.ts';

/** The body of a rotation: the input without the id, which is in the path. */
export const rotateKeyBody = rotateApiKeyInput.omit(stryMutAct_9fa48("5608") ? {} : (stryCov_9fa48("5608"), {
  id: stryMutAct_9fa48("5609") ? false : (stryCov_9fa48("5609"), true)
}));

/** `POST /keys/{id}/rotate`: responds with the new key, its secret, and the old key. */
export async function rotateKey(request: EndpointRequest, exchange: Exchange, options: RestOptions, id: string): Promise<Answer> {
  if (stryMutAct_9fa48("5610")) {
    {}
  } else {
    stryCov_9fa48("5610");
    exchange.operation = stryMutAct_9fa48("5611") ? "" : (stryCov_9fa48("5611"), 'rotateApiKey');
    const {
      caller,
      body
    } = await readChange(request, exchange, options);
    const fields = Object.keys(rotateKeyBody.shape);
    const unknown = stryMutAct_9fa48("5612") ? Object.keys(body) : (stryCov_9fa48("5612"), Object.keys(body).filter(stryMutAct_9fa48("5613") ? () => undefined : (stryCov_9fa48("5613"), key => stryMutAct_9fa48("5614") ? fields.includes(key) : (stryCov_9fa48("5614"), !fields.includes(key)))));
    if (stryMutAct_9fa48("5618") ? unknown.length <= 0 : stryMutAct_9fa48("5617") ? unknown.length >= 0 : stryMutAct_9fa48("5616") ? false : stryMutAct_9fa48("5615") ? true : (stryCov_9fa48("5615", "5616", "5617", "5618"), unknown.length > 0)) throw invalid(stryMutAct_9fa48("5619") ? unknown.map(key => unknownField(key, fields)) : (stryCov_9fa48("5619"), unknown.slice(0, 10).map(stryMutAct_9fa48("5620") ? () => undefined : (stryCov_9fa48("5620"), key => unknownField(key, fields)))));
    const rotated = await options.keys.rotate(caller, stryMutAct_9fa48("5621") ? {} : (stryCov_9fa48("5621"), {
      ...withoutEmpty(body),
      id
    }));
    const [detail, before, status] = await Promise.all(stryMutAct_9fa48("5622") ? [] : (stryCov_9fa48("5622"), [options.keys.detailOf(rotated.apiKey), options.keys.detailOf(rotated.previous), options.keys.statusOf(rotated.apiKey)]));
    const answer: z.infer<typeof rotatedKey> = stryMutAct_9fa48("5623") ? {} : (stryCov_9fa48("5623"), {
      ...spellNewKey(rotated, detail, status),
      previous: spellKey(rotated.previous, before)
    });
    return newKeyAnswer(answer, exchange.replayed, options.basePath);
  }
}