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
import type { z } from 'zod';
import { requireSession } from '../auth/session-required.ts';
import type { Answer } from '../http/answer.ts';
import type { EndpointRequest } from '../http/endpoint.ts';
import type { Exchange } from '../http/exchange.ts';
import { assertKnown } from './body.ts';
import { jsonAnswer } from './envelope.ts';
import { spellPage, spellWithDetails } from './list-keys.ts';
import { organizationListParameters, readListQuery } from './list-query.ts';
import type { organizationKeyList, revokedKeys } from './representation.ts';
import { type RestOptions, readChange } from './request.ts';

/** `GET /keys/organization`: a page of the keys of all members, for administrators of the active organization. */
export async function listOrganizationKeys(request: EndpointRequest, exchange: Exchange, options: RestOptions): Promise<Answer> {
  if (stryMutAct_9fa48("5453")) {
    {}
  } else {
    stryCov_9fa48("5453");
    exchange.operation = stryMutAct_9fa48("5454") ? "" : (stryCov_9fa48("5454"), 'listOrganizationApiKeys');
    const {
      authenticator,
      keys
    } = options;
    const principal = requireSession(await exchange.during(stryMutAct_9fa48("5455") ? "" : (stryCov_9fa48("5455"), 'authenticate'), stryMutAct_9fa48("5456") ? () => undefined : (stryCov_9fa48("5456"), () => authenticator.authenticate(request))));
    const page = await keys.organization.list(principal, readListQuery(request.url, organizationListParameters));
    const answer: z.infer<typeof organizationKeyList> = await spellPage(page, async apiKey => {
      if (stryMutAct_9fa48("5457")) {
        {}
      } else {
        stryCov_9fa48("5457");
        const [spelled, owner, violates_policy] = await Promise.all(stryMutAct_9fa48("5458") ? [] : (stryCov_9fa48("5458"), [spellWithDetails(apiKey, options), keys.ownerOf(apiKey), keys.organization.policy.isViolatedBy(apiKey)]));
        return stryMutAct_9fa48("5459") ? {} : (stryCov_9fa48("5459"), {
          ...spelled,
          owner,
          violates_policy
        });
      }
    });
    return jsonAnswer(200, answer);
  }
}

/** `POST /keys/organization/owners/{user_id}/revoke`: revokes all keys of a person in the active organization. */
export async function revokeKeysOf(request: EndpointRequest, exchange: Exchange, options: RestOptions, userId: string): Promise<Answer> {
  if (stryMutAct_9fa48("5460")) {
    {}
  } else {
    stryCov_9fa48("5460");
    exchange.operation = stryMutAct_9fa48("5461") ? "" : (stryCov_9fa48("5461"), 'revokeApiKeysOf');
    const {
      caller,
      body
    } = await readChange(request, exchange, options);
    if (stryMutAct_9fa48("5462")) {
      ;
    } else {
      stryCov_9fa48("5462");
      assertKnown(body, new Map());
    }
    const answer: z.infer<typeof revokedKeys> = stryMutAct_9fa48("5463") ? {} : (stryCov_9fa48("5463"), {
      revoked: await options.keys.revokeAllOf(caller, stryMutAct_9fa48("5464") ? {} : (stryCov_9fa48("5464"), {
        userId
      }))
    });
    return jsonAnswer(200, answer);
  }
}