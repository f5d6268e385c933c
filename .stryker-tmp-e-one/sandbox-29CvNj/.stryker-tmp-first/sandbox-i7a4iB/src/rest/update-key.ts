// @ts-nocheck
// 
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
import { z } from 'zod';
import { invalid, type ServiceError } from '../base/errors.ts';
import type { Answer } from '../http/answer.ts';
import type { EndpointRequest } from '../http/endpoint.ts';
import type { Exchange } from '../http/exchange.ts';
import { updateApiKeyInput } from '../keys/input/input.ts';
import type { Caller } from '../keys/mint/caller.ts';
import type { ApiKey } from '../keys/record/api-key.ts';
import { toUpdateInput } from './body.ts';
import { jsonAnswer } from './envelope.ts';
import { spellWithDetails } from './list-keys.ts';
import { type RestOptions, readChange } from './request.ts';

/** The body of an update: the input without the id, which is in the path, or a revocation. */
export const updateKeyBody = updateApiKeyInput.omit(stryMutAct_9fa48("5663") ? {} : (stryCov_9fa48("5663"), {
  id: stryMutAct_9fa48("5664") ? false : (stryCov_9fa48("5664"), true)
})).extend(stryMutAct_9fa48("5665") ? {} : (stryCov_9fa48("5665"), {
  revoked: z.literal(stryMutAct_9fa48("5666") ? false : (stryCov_9fa48("5666"), true)).optional().describe(stryMutAct_9fa48("5667") ? "" : (stryCov_9fa48("5667"), 'Revokes the key: its next request fails. Send it alone.'))
}));

/** `PATCH /keys/{id}`: renames, describes or narrows a key, or revokes it. */
export async function updateKey(request: EndpointRequest, exchange: Exchange, options: RestOptions, id: string): Promise<Answer> {
  if (stryMutAct_9fa48("5668")) {
    {}
  } else {
    stryCov_9fa48("5668");
    const {
      keys
    } = options;
    exchange.operation = stryMutAct_9fa48("5669") ? "" : (stryCov_9fa48("5669"), 'updateApiKey');
    const {
      caller,
      body
    } = await readChange(request, exchange, options);
    const apiKey = (stryMutAct_9fa48("5670") ? "" : (stryCov_9fa48("5670"), 'revoked')) in body ? await revoke(caller, id, body, options) : await keys.update(caller, stryMutAct_9fa48("5671") ? {} : (stryCov_9fa48("5671"), {
      ...toUpdateInput(body),
      id
    }));
    return jsonAnswer(200, await spellWithDetails(apiKey, options));
  }
}
function revoke(caller: Caller, id: string, body: {
  readonly revoked: unknown;
}, {
  keys
}: RestOptions): Promise<ApiKey> {
  if (stryMutAct_9fa48("5672")) {
    {}
  } else {
    stryCov_9fa48("5672");
    caller.request.operation = stryMutAct_9fa48("5673") ? "" : (stryCov_9fa48("5673"), 'revokeApiKey');
    if (stryMutAct_9fa48("5676") ? body.revoked === true : stryMutAct_9fa48("5675") ? false : stryMutAct_9fa48("5674") ? true : (stryCov_9fa48("5674", "5675", "5676"), body.revoked !== (stryMutAct_9fa48("5677") ? false : (stryCov_9fa48("5677"), true)))) {
      if (stryMutAct_9fa48("5678")) {
        {}
      } else {
        stryCov_9fa48("5678");
        throw fault(stryMutAct_9fa48("5679") ? "" : (stryCov_9fa48("5679"), 'invalid_value'), stryMutAct_9fa48("5680") ? "" : (stryCov_9fa48("5680"), 'Only true is possible here: it revokes the key. To restore a key, use restoreApiKey of GraphQL.'));
      }
    }
    // Two changes would be two transactions, and one of them could fail.
    if (stryMutAct_9fa48("5684") ? Object.keys(body).length <= 1 : stryMutAct_9fa48("5683") ? Object.keys(body).length >= 1 : stryMutAct_9fa48("5682") ? false : stryMutAct_9fa48("5681") ? true : (stryCov_9fa48("5681", "5682", "5683", "5684"), Object.keys(body).length > 1)) throw fault(stryMutAct_9fa48("5685") ? "" : (stryCov_9fa48("5685"), 'ambiguous'), stryMutAct_9fa48("5686") ? "" : (stryCov_9fa48("5686"), 'Revoke a key by a request of its own, without other changes.'));
    return keys.revoke(caller, stryMutAct_9fa48("5687") ? {} : (stryCov_9fa48("5687"), {
      id
    }));
  }
}
function fault(code: string, message: string): ServiceError {
  if (stryMutAct_9fa48("5688")) {
    {}
  } else {
    stryCov_9fa48("5688");
    return invalid(stryMutAct_9fa48("5689") ? [] : (stryCov_9fa48("5689"), [stryMutAct_9fa48("5690") ? {} : (stryCov_9fa48("5690"), {
      field: stryMutAct_9fa48("5691") ? "" : (stryCov_9fa48("5691"), 'revoked'),
      code,
      message
    })]));
  }
}