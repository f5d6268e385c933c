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
import { ERRORS, type ErrorCode, type ServiceError } from '../base/errors.ts';
import { Answer } from '../http/answer.ts';
import { API_KEY_OBJECT } from '../keys/record/api-key.ts';
const CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];
const fieldError = z.strictObject(stryMutAct_9fa48("5343") ? {} : (stryCov_9fa48("5343"), {
  field: z.string().describe(stryMutAct_9fa48("5344") ? "" : (stryCov_9fa48("5344"), 'The name of the invalid field.')),
  code: z.string().describe(stryMutAct_9fa48("5345") ? "" : (stryCov_9fa48("5345"), 'What is wrong with the field, as a stable code.')),
  message: z.string().describe(stryMutAct_9fa48("5346") ? "" : (stryCov_9fa48("5346"), 'What is wrong with the field, as a readable sentence.'))
}));

/** The platform's error envelope, which its official clients read. */
export const errorEnvelope = z.strictObject(stryMutAct_9fa48("5347") ? {} : (stryCov_9fa48("5347"), {
  success: z.literal(stryMutAct_9fa48("5348") ? true : (stryCov_9fa48("5348"), false)),
  error: z.strictObject(stryMutAct_9fa48("5349") ? {} : (stryCov_9fa48("5349"), {
    code: z.enum(CODES).describe(stryMutAct_9fa48("5350") ? "" : (stryCov_9fa48("5350"), 'The error code, the same as `extensions.code` in GraphQL.')),
    message: z.string().describe(stryMutAct_9fa48("5351") ? "" : (stryCov_9fa48("5351"), 'What went wrong, as a readable sentence.')),
    httpStatus: z.int().describe(stryMutAct_9fa48("5352") ? "" : (stryCov_9fa48("5352"), 'The status of the response.')),
    details: z.strictObject(stryMutAct_9fa48("5353") ? {} : (stryCov_9fa48("5353"), {
      fields: z.array(fieldError)
    })).optional()
  }))
}));

/** A JSON response of the REST endpoint. */
export function jsonAnswer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  if (stryMutAct_9fa48("5354")) {
    {}
  } else {
    stryCov_9fa48("5354");
    return new Answer(status, stryMutAct_9fa48("5355") ? {} : (stryCov_9fa48("5355"), {
      ...headers,
      'Content-Type': stryMutAct_9fa48("5356") ? "" : (stryCov_9fa48("5356"), 'application/json; charset=utf-8')
    }), JSON.stringify(body));
  }
}

/**
 * The response to a request that creates a key. `Location` is the URL of the record in the data API
 * (RFC 9110 section 15.3.2). A repeat creates nothing: its response contains the existing key without
 * the secret.
 */
export function newKeyAnswer(body: {
  readonly id: string;
}, replayed: boolean, basePath: string): Answer {
  if (stryMutAct_9fa48("5357")) {
    {}
  } else {
    stryCov_9fa48("5357");
    if (stryMutAct_9fa48("5359") ? false : stryMutAct_9fa48("5358") ? true : (stryCov_9fa48("5358", "5359"), replayed)) return jsonAnswer(200, body);
    return jsonAnswer(201, body, stryMutAct_9fa48("5360") ? {} : (stryCov_9fa48("5360"), {
      Location: stryMutAct_9fa48("5361") ? `` : (stryCov_9fa48("5361"), `${basePath}/data/${API_KEY_OBJECT}/${encodeURIComponent(body.id)}`)
    }));
  }
}

/** Turns every error into a REST response. */
export function errorAnswer(error: ServiceError): Answer {
  if (stryMutAct_9fa48("5362")) {
    {}
  } else {
    stryCov_9fa48("5362");
    const envelope: z.infer<typeof errorEnvelope> = stryMutAct_9fa48("5363") ? {} : (stryCov_9fa48("5363"), {
      success: stryMutAct_9fa48("5364") ? true : (stryCov_9fa48("5364"), false),
      error: stryMutAct_9fa48("5365") ? {} : (stryCov_9fa48("5365"), {
        code: error.code,
        message: error.message,
        httpStatus: error.status,
        ...((stryMutAct_9fa48("5368") ? error.fields !== undefined : stryMutAct_9fa48("5367") ? false : stryMutAct_9fa48("5366") ? true : (stryCov_9fa48("5366", "5367", "5368"), error.fields === undefined)) ? {} : stryMutAct_9fa48("5369") ? {} : (stryCov_9fa48("5369"), {
          details: stryMutAct_9fa48("5370") ? {} : (stryCov_9fa48("5370"), {
            fields: stryMutAct_9fa48("5371") ? [] : (stryCov_9fa48("5371"), [...error.fields])
          })
        }))
      })
    });
    return jsonAnswer(error.status, envelope, error.headers);
  }
}