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
import { z } from 'zod';
import { requireSession } from '../auth/session-required.ts';
import type { Answer } from '../http/answer.ts';
import type { EndpointRequest } from '../http/endpoint.ts';
import type { Exchange } from '../http/exchange.ts';
import { formatDuration } from '../keys/input/duration.ts';
import type { ApiKeyPolicy } from '../keys/policy/policy.ts';
import { toPolicyInput } from './body.ts';
import { jsonAnswer } from './envelope.ts';
import { type RestOptions, readChange } from './request.ts';
const duration = stryMutAct_9fa48("5465") ? () => undefined : (stryCov_9fa48("5465"), (() => {
  const duration = (description: string) => z.iso.duration().nullable().describe(stryMutAct_9fa48("5466") ? `` : (stryCov_9fa48("5466"), `${description} Null if there is no such rule.`));
  return duration;
})());

/** The rules of an organization in REST: in snake case, and with null for a rule that it does not have. */
export const keyPolicy = z.strictObject(stryMutAct_9fa48("5467") ? {} : (stryCov_9fa48("5467"), {
  max_lifetime: duration(stryMutAct_9fa48("5468") ? "" : (stryCov_9fa48("5468"), 'The longest lifetime of a new key.')),
  default_lifetime: duration(stryMutAct_9fa48("5469") ? "" : (stryCov_9fa48("5469"), 'The lifetime of a key created without an expiry.')),
  revoke_unused_after: duration(stryMutAct_9fa48("5470") ? "" : (stryCov_9fa48("5470"), 'A key that has not been used for this long is revoked.')),
  require_scopes: z.boolean().describe(stryMutAct_9fa48("5471") ? "" : (stryCov_9fa48("5471"), 'Whether every new key must have scopes.')),
  who_may_mint: z.enum(stryMutAct_9fa48("5472") ? [] : (stryCov_9fa48("5472"), [stryMutAct_9fa48("5473") ? "" : (stryCov_9fa48("5473"), 'MEMBERS'), stryMutAct_9fa48("5474") ? "" : (stryCov_9fa48("5474"), 'ADMINISTRATORS')])).describe(stryMutAct_9fa48("5475") ? "" : (stryCov_9fa48("5475"), 'Who may create and restore keys.'))
}));

/** `GET /keys/organization/policy`: the rules of the active organization, for every member. */
export async function readPolicy(request: EndpointRequest, exchange: Exchange, {
  authenticator,
  keys
}: RestOptions): Promise<Answer> {
  if (stryMutAct_9fa48("5476")) {
    {}
  } else {
    stryCov_9fa48("5476");
    exchange.operation = stryMutAct_9fa48("5477") ? "" : (stryCov_9fa48("5477"), 'apiKeyPolicy');
    const principal = requireSession(await exchange.during(stryMutAct_9fa48("5478") ? "" : (stryCov_9fa48("5478"), 'authenticate'), stryMutAct_9fa48("5479") ? () => undefined : (stryCov_9fa48("5479"), () => authenticator.authenticate(request))));
    return jsonAnswer(200, spellPolicy(await keys.organization.policy.find(principal)));
  }
}

/** `PATCH /keys/organization/policy`: changes rules of the active organization, for its administrators. */
export async function updatePolicy(request: EndpointRequest, exchange: Exchange, options: RestOptions): Promise<Answer> {
  if (stryMutAct_9fa48("5480")) {
    {}
  } else {
    stryCov_9fa48("5480");
    exchange.operation = stryMutAct_9fa48("5481") ? "" : (stryCov_9fa48("5481"), 'updateApiKeyPolicy');
    const {
      caller,
      body
    } = await readChange(request, exchange, options);
    return jsonAnswer(200, spellPolicy(await options.keys.organization.policy.update(caller, toPolicyInput(body))));
  }
}
function spellPolicy(policy: ApiKeyPolicy): z.infer<typeof keyPolicy> {
  if (stryMutAct_9fa48("5482")) {
    {}
  } else {
    stryCov_9fa48("5482");
    const written = stryMutAct_9fa48("5483") ? () => undefined : (stryCov_9fa48("5483"), (() => {
      const written = (milliseconds: number | undefined): string | null => (stryMutAct_9fa48("5486") ? milliseconds !== undefined : stryMutAct_9fa48("5485") ? false : stryMutAct_9fa48("5484") ? true : (stryCov_9fa48("5484", "5485", "5486"), milliseconds === undefined)) ? null : formatDuration(milliseconds);
      return written;
    })());
    return stryMutAct_9fa48("5487") ? {} : (stryCov_9fa48("5487"), {
      max_lifetime: written(policy.maxLifetime),
      default_lifetime: written(policy.defaultLifetime),
      revoke_unused_after: written(policy.revokeUnusedAfter),
      require_scopes: policy.requireScopes,
      who_may_mint: policy.whoMayMint
    });
  }
}