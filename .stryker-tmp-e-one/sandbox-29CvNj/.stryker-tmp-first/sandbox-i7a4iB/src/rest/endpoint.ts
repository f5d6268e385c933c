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
import { toServiceError } from '../base/errors.ts';
import type { Answer } from '../http/answer.ts';
import type { Endpoint, EndpointRequest, Handler } from '../http/endpoint.ts';
import type { Exchange } from '../http/exchange.ts';
import { respelled } from './body.ts';
import { createKey } from './create-key.ts';
import { errorAnswer, jsonAnswer } from './envelope.ts';
import { listKeys } from './list-keys.ts';
import { readOpenApi } from './openapi.ts';
import { listOrganizationKeys, revokeKeysOf } from './organization-keys.ts';
import { readPolicy, updatePolicy } from './policy.ts';
import type { RestOptions } from './request.ts';
import { rotateKey } from './rotate-key.ts';
import { type FoundRoute, methodsAt, routeAt } from './routes.ts';
import { updateKey } from './update-key.ts';

/** The path, methods and errors of the REST endpoint. */
export function restEndpointAt(basePath: string): Endpoint<'rest'> {
  if (stryMutAct_9fa48("5313")) {
    {}
  } else {
    stryCov_9fa48("5313");
    return stryMutAct_9fa48("5314") ? {} : (stryCov_9fa48("5314"), {
      name: stryMutAct_9fa48("5315") ? "" : (stryCov_9fa48("5315"), 'rest'),
      path: stryMutAct_9fa48("5316") ? `` : (stryCov_9fa48("5316"), `${basePath}/keys`),
      methods: methodsAt,
      nothingHere: stryMutAct_9fa48("5317") ? `` : (stryCov_9fa48("5317"), `There is nothing at this address. GET ${basePath}/keys/openapi.json lists the routes.`),
      refuse: stryMutAct_9fa48("5318") ? () => undefined : (stryCov_9fa48("5318"), (_request, error) => errorAnswer(error))
    });
  }
}

/**
 * The handler of the REST endpoint, for the platform's own clients. It calls the same `KeyService` as the
 * GraphQL endpoint. `/keys/openapi.json` describes its routes.
 */
export function createRestHandler(options: RestOptions): Handler {
  if (stryMutAct_9fa48("5319")) {
    {}
  } else {
    stryCov_9fa48("5319");
    const description = readOpenApi(options.basePath);
    const answer = ({
      name,
      id
    }: FoundRoute, request: EndpointRequest, exchange: Exchange): Promise<Answer> | Answer => {
      if (stryMutAct_9fa48("5320")) {
        {}
      } else {
        stryCov_9fa48("5320");
        switch (name) {
          case stryMutAct_9fa48("5322") ? "" : (stryCov_9fa48("5322"), 'listKeys'):
            if (stryMutAct_9fa48("5321")) {} else {
              stryCov_9fa48("5321");
              return listKeys(request, exchange, options);
            }
          case stryMutAct_9fa48("5324") ? "" : (stryCov_9fa48("5324"), 'updateKey'):
            if (stryMutAct_9fa48("5323")) {} else {
              stryCov_9fa48("5323");
              return updateKey(request, exchange, options, id);
            }
          case stryMutAct_9fa48("5326") ? "" : (stryCov_9fa48("5326"), 'createKey'):
            if (stryMutAct_9fa48("5325")) {} else {
              stryCov_9fa48("5325");
              return createKey(request, exchange, options);
            }
          case stryMutAct_9fa48("5328") ? "" : (stryCov_9fa48("5328"), 'rotateKey'):
            if (stryMutAct_9fa48("5327")) {} else {
              stryCov_9fa48("5327");
              return rotateKey(request, exchange, options, id);
            }
          case stryMutAct_9fa48("5330") ? "" : (stryCov_9fa48("5330"), 'listOrganizationKeys'):
            if (stryMutAct_9fa48("5329")) {} else {
              stryCov_9fa48("5329");
              return listOrganizationKeys(request, exchange, options);
            }
          case stryMutAct_9fa48("5332") ? "" : (stryCov_9fa48("5332"), 'readPolicy'):
            if (stryMutAct_9fa48("5331")) {} else {
              stryCov_9fa48("5331");
              return readPolicy(request, exchange, options);
            }
          case stryMutAct_9fa48("5334") ? "" : (stryCov_9fa48("5334"), 'updatePolicy'):
            if (stryMutAct_9fa48("5333")) {} else {
              stryCov_9fa48("5333");
              return updatePolicy(request, exchange, options);
            }
          case stryMutAct_9fa48("5336") ? "" : (stryCov_9fa48("5336"), 'revokeKeysOf'):
            if (stryMutAct_9fa48("5335")) {} else {
              stryCov_9fa48("5335");
              return revokeKeysOf(request, exchange, options, id);
            }
          case stryMutAct_9fa48("5338") ? "" : (stryCov_9fa48("5338"), 'describe'):
            if (stryMutAct_9fa48("5337")) {} else {
              stryCov_9fa48("5337");
              return jsonAnswer(200, description);
            }
        }
      }
    };
    return async (request, exchange, below) => {
      if (stryMutAct_9fa48("5339")) {
        {}
      } else {
        stryCov_9fa48("5339");
        try {
          if (stryMutAct_9fa48("5340")) {
            {}
          } else {
            stryCov_9fa48("5340");
            return await answer(routeAt(request.method, below), request, exchange);
          }
        } catch (thrown) {
          if (stryMutAct_9fa48("5341")) {
            {}
          } else {
            stryCov_9fa48("5341");
            const error = respelled(toServiceError(thrown));
            if (stryMutAct_9fa48("5342")) {
              ;
            } else {
              stryCov_9fa48("5342");
              exchange.failed(error);
            }
            return errorAnswer(error);
          }
        }
      }
    };
  }
}