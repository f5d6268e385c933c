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
import { type FieldError, invalid, ServiceError } from '../base/errors.ts';
import { parseEpoch } from '../keys/input/date-time.ts';
import { INPUT_FIELDS, unknownField, updateApiKeyInput } from '../keys/input/input.ts';
import { updateApiKeyPolicyInput } from '../keys/input/policy.ts';

/** REST names the fields of the input in snake case, as the data API does. */
const SPELLED: ReadonlyMap<string, string> = new Map(stryMutAct_9fa48("5105") ? [] : (stryCov_9fa48("5105"), [stryMutAct_9fa48("5106") ? [] : (stryCov_9fa48("5106"), [stryMutAct_9fa48("5107") ? "" : (stryCov_9fa48("5107"), 'expiresAt'), stryMutAct_9fa48("5108") ? "" : (stryCov_9fa48("5108"), 'expires_at')]), stryMutAct_9fa48("5109") ? [] : (stryCov_9fa48("5109"), [stryMutAct_9fa48("5110") ? "" : (stryCov_9fa48("5110"), 'expiresIn'), stryMutAct_9fa48("5111") ? "" : (stryCov_9fa48("5111"), 'expires_in')]), stryMutAct_9fa48("5112") ? [] : (stryCov_9fa48("5112"), [stryMutAct_9fa48("5113") ? "" : (stryCov_9fa48("5113"), 'allowedNetworks'), stryMutAct_9fa48("5114") ? "" : (stryCov_9fa48("5114"), 'allowed_networks')]), stryMutAct_9fa48("5115") ? [] : (stryCov_9fa48("5115"), [stryMutAct_9fa48("5116") ? "" : (stryCov_9fa48("5116"), 'maxLifetime'), stryMutAct_9fa48("5117") ? "" : (stryCov_9fa48("5117"), 'max_lifetime')]), stryMutAct_9fa48("5118") ? [] : (stryCov_9fa48("5118"), [stryMutAct_9fa48("5119") ? "" : (stryCov_9fa48("5119"), 'defaultLifetime'), stryMutAct_9fa48("5120") ? "" : (stryCov_9fa48("5120"), 'default_lifetime')]), stryMutAct_9fa48("5121") ? [] : (stryCov_9fa48("5121"), [stryMutAct_9fa48("5122") ? "" : (stryCov_9fa48("5122"), 'revokeUnusedAfter'), stryMutAct_9fa48("5123") ? "" : (stryCov_9fa48("5123"), 'revoke_unused_after')]), stryMutAct_9fa48("5124") ? [] : (stryCov_9fa48("5124"), [stryMutAct_9fa48("5125") ? "" : (stryCov_9fa48("5125"), 'requireScopes'), stryMutAct_9fa48("5126") ? "" : (stryCov_9fa48("5126"), 'require_scopes')]), stryMutAct_9fa48("5127") ? [] : (stryCov_9fa48("5127"), [stryMutAct_9fa48("5128") ? "" : (stryCov_9fa48("5128"), 'whoMayMint'), stryMutAct_9fa48("5129") ? "" : (stryCov_9fa48("5129"), 'who_may_mint')]), stryMutAct_9fa48("5130") ? [] : (stryCov_9fa48("5130"), [stryMutAct_9fa48("5131") ? "" : (stryCov_9fa48("5131"), 'ownerId'), stryMutAct_9fa48("5132") ? "" : (stryCov_9fa48("5132"), 'owner_id')]), stryMutAct_9fa48("5133") ? [] : (stryCov_9fa48("5133"), [stryMutAct_9fa48("5134") ? "" : (stryCov_9fa48("5134"), 'userId'), stryMutAct_9fa48("5135") ? "" : (stryCov_9fa48("5135"), 'user_id')]), stryMutAct_9fa48("5136") ? [] : (stryCov_9fa48("5136"), [stryMutAct_9fa48("5137") ? "" : (stryCov_9fa48("5137"), 'expiresWithin'), stryMutAct_9fa48("5138") ? "" : (stryCov_9fa48("5138"), 'expires_within')]), stryMutAct_9fa48("5139") ? [] : (stryCov_9fa48("5139"), [stryMutAct_9fa48("5140") ? "" : (stryCov_9fa48("5140"), 'unusedFor'), stryMutAct_9fa48("5141") ? "" : (stryCov_9fa48("5141"), 'unused_for')])]));
export const spell = stryMutAct_9fa48("5142") ? () => undefined : (stryCov_9fa48("5142"), (() => {
  const spell = (field: string): string => stryMutAct_9fa48("5143") ? SPELLED.get(field) && field : (stryCov_9fa48("5143"), SPELLED.get(field) ?? field);
  return spell;
})());
const bySpelling = stryMutAct_9fa48("5144") ? () => undefined : (stryCov_9fa48("5144"), (() => {
  const bySpelling = (fields: Iterable<string>): ReadonlyMap<string, string> => new Map((stryMutAct_9fa48("5145") ? [] : (stryCov_9fa48("5145"), [...fields])).map(stryMutAct_9fa48("5146") ? () => undefined : (stryCov_9fa48("5146"), field => stryMutAct_9fa48("5147") ? [] : (stryCov_9fa48("5147"), [spell(field), field]))));
  return bySpelling;
})());
const FIELD_BY_SPELLING = bySpelling(INPUT_FIELDS);
const UPDATED_FIELD_BY_SPELLING = bySpelling(Object.keys(updateApiKeyInput.omit(stryMutAct_9fa48("5148") ? {} : (stryCov_9fa48("5148"), {
  id: stryMutAct_9fa48("5149") ? false : (stryCov_9fa48("5149"), true)
})).shape));
const RULE_BY_SPELLING = bySpelling(Object.keys(updateApiKeyPolicyInput.shape));

/** This value for a rule removes it, in forms, which cannot send null. */
const NO_RULE = stryMutAct_9fa48("5150") ? "" : (stryCov_9fa48("5150"), 'none');
/** This value for `scopes` explicitly asks for a key that may do everything that its owner may. */
const ALL_SCOPES = stryMutAct_9fa48("5151") ? "" : (stryCov_9fa48("5151"), '*');

/**
 * Converts the body of `POST /api/v1/keys` to the input of a new key. It renames the fields, and accepts
 * an epoch number as expiry, which the platform's clients send, and the values that HTML forms send.
 *
 * @throws ServiceError `VALIDATION_FAILED` for a body that cannot be converted. Everything else is left
 *   to the validation of the input.
 */
export function toCreateInput(body: object): Record<string, unknown> {
  if (stryMutAct_9fa48("5152")) {
    {}
  } else {
    stryCov_9fa48("5152");
    if (stryMutAct_9fa48("5153")) {
      ;
    } else {
      stryCov_9fa48("5153");
      assertKnown(body, FIELD_BY_SPELLING);
    }
    const {
      expires_in,
      ...rest
    } = withoutEmpty(body, stryMutAct_9fa48("5154") ? "" : (stryCov_9fa48("5154"), 'name'));
    const input = respelledInput(rest, FIELD_BY_SPELLING, undefined);
    const expiresIn = lifeSpan(expires_in, rest[stryMutAct_9fa48("5155") ? "" : (stryCov_9fa48("5155"), 'expires_at')]);
    return (stryMutAct_9fa48("5158") ? expiresIn !== undefined : stryMutAct_9fa48("5157") ? false : stryMutAct_9fa48("5156") ? true : (stryCov_9fa48("5156", "5157", "5158"), expiresIn === undefined)) ? input : stryMutAct_9fa48("5159") ? {} : (stryCov_9fa48("5159"), {
      ...input,
      expiresIn
    });
  }
}

/**
 * Converts the body of `PATCH /api/v1/keys/{id}` to the input of an update. Null removes a value, and an empty string is
 * the same as leaving the field out.
 *
 * @throws ServiceError `VALIDATION_FAILED`, as {@link toCreateInput}.
 */
export function toUpdateInput(body: object): Record<string, unknown> {
  if (stryMutAct_9fa48("5160")) {
    {}
  } else {
    stryCov_9fa48("5160");
    if (stryMutAct_9fa48("5161")) {
      ;
    } else {
      stryCov_9fa48("5161");
      assertKnown(body, UPDATED_FIELD_BY_SPELLING);
    }
    return respelledInput(withoutEmpty(body), UPDATED_FIELD_BY_SPELLING, null);
  }
}

/**
 * Converts the body of `PATCH /api/v1/keys/organization/policy` to the input of a change of the policy. Null, or the
 * word "none" of a form, removes a rule, and an empty string is the same as leaving the rule out.
 *
 * @throws ServiceError `VALIDATION_FAILED`, as {@link toCreateInput}.
 */
export function toPolicyInput(body: object): Record<string, unknown> {
  if (stryMutAct_9fa48("5162")) {
    {}
  } else {
    stryCov_9fa48("5162");
    if (stryMutAct_9fa48("5163")) {
      ;
    } else {
      stryCov_9fa48("5163");
      assertKnown(body, RULE_BY_SPELLING);
    }
    return Object.fromEntries(Object.entries(withoutEmpty(body)).map(stryMutAct_9fa48("5164") ? () => undefined : (stryCov_9fa48("5164"), ([rule, value]) => stryMutAct_9fa48("5165") ? [] : (stryCov_9fa48("5165"), [RULE_BY_SPELLING.get(rule), (stryMutAct_9fa48("5168") ? value !== NO_RULE : stryMutAct_9fa48("5167") ? false : stryMutAct_9fa48("5166") ? true : (stryCov_9fa48("5166", "5167", "5168"), value === NO_RULE)) ? null : value]))));
  }
}

/** @throws ServiceError `VALIDATION_FAILED`, naming each field that is not one of these. */
export function assertKnown(body: object, fields: ReadonlyMap<string, string>): void {
  if (stryMutAct_9fa48("5169")) {
    {}
  } else {
    stryCov_9fa48("5169");
    const unknown = stryMutAct_9fa48("5170") ? Object.keys(body) : (stryCov_9fa48("5170"), Object.keys(body).filter(stryMutAct_9fa48("5171") ? () => undefined : (stryCov_9fa48("5171"), key => stryMutAct_9fa48("5172") ? fields.has(key) : (stryCov_9fa48("5172"), !fields.has(key)))));
    const known = stryMutAct_9fa48("5173") ? [] : (stryCov_9fa48("5173"), [...fields.keys()]);
    if (stryMutAct_9fa48("5177") ? unknown.length <= 0 : stryMutAct_9fa48("5176") ? unknown.length >= 0 : stryMutAct_9fa48("5175") ? false : stryMutAct_9fa48("5174") ? true : (stryCov_9fa48("5174", "5175", "5176", "5177"), unknown.length > 0)) throw invalid(stryMutAct_9fa48("5178") ? unknown.map(key => unknownField(key, known)) : (stryCov_9fa48("5178"), unknown.slice(0, 10).map(stryMutAct_9fa48("5179") ? () => undefined : (stryCov_9fa48("5179"), key => unknownField(key, known)))));
  }
}

/** @param noLimit how the input says that a key has no scopes. */
function respelledInput(body: Record<string, unknown>, fields: ReadonlyMap<string, string>, noLimit: null | undefined): Record<string, unknown> {
  if (stryMutAct_9fa48("5180")) {
    {}
  } else {
    stryCov_9fa48("5180");
    return Object.fromEntries(Object.entries(body).map(stryMutAct_9fa48("5181") ? () => undefined : (stryCov_9fa48("5181"), ([key, value]) => stryMutAct_9fa48("5182") ? [] : (stryCov_9fa48("5182"), [fields.get(key), read(key, value, noLimit)]))));
  }
}

/**
 * The body without empty strings: a form sends an empty string for a field that was cleared.
 *
 * @param required a field that must not be empty, so its empty string is kept.
 */
export function withoutEmpty(body: object, required?: string): Record<string, unknown> {
  if (stryMutAct_9fa48("5183")) {
    {}
  } else {
    stryCov_9fa48("5183");
    return Object.fromEntries(stryMutAct_9fa48("5184") ? Object.entries(body) : (stryCov_9fa48("5184"), Object.entries(body).filter(stryMutAct_9fa48("5185") ? () => undefined : (stryCov_9fa48("5185"), ([key, value]) => stryMutAct_9fa48("5188") ? value !== '' && key === required : stryMutAct_9fa48("5187") ? false : stryMutAct_9fa48("5186") ? true : (stryCov_9fa48("5186", "5187", "5188"), (stryMutAct_9fa48("5190") ? value === '' : stryMutAct_9fa48("5189") ? false : (stryCov_9fa48("5189", "5190"), value !== (stryMutAct_9fa48("5191") ? "Stryker was here!" : (stryCov_9fa48("5191"), '')))) || (stryMutAct_9fa48("5193") ? key !== required : stryMutAct_9fa48("5192") ? false : (stryCov_9fa48("5192", "5193"), key === required)))))));
  }
}
function read(key: string, value: unknown, noLimit: null | undefined): unknown {
  if (stryMutAct_9fa48("5194")) {
    {}
  } else {
    stryCov_9fa48("5194");
    if (stryMutAct_9fa48("5197") ? key !== 'expires_at' : stryMutAct_9fa48("5196") ? false : stryMutAct_9fa48("5195") ? true : (stryCov_9fa48("5195", "5196", "5197"), key === (stryMutAct_9fa48("5198") ? "" : (stryCov_9fa48("5198"), 'expires_at')))) return expiry(value);
    if (stryMutAct_9fa48("5201") ? key === 'scopes' && Array.isArray(value) || value.includes(ALL_SCOPES) : stryMutAct_9fa48("5200") ? false : stryMutAct_9fa48("5199") ? true : (stryCov_9fa48("5199", "5200", "5201"), (stryMutAct_9fa48("5203") ? key === 'scopes' || Array.isArray(value) : stryMutAct_9fa48("5202") ? true : (stryCov_9fa48("5202", "5203"), (stryMutAct_9fa48("5205") ? key !== 'scopes' : stryMutAct_9fa48("5204") ? true : (stryCov_9fa48("5204", "5205"), key === (stryMutAct_9fa48("5206") ? "" : (stryCov_9fa48("5206"), 'scopes')))) && Array.isArray(value))) && value.includes(ALL_SCOPES))) return allScopes(value, noLimit);
    if (stryMutAct_9fa48("5209") ? key === 'allowed_networks' || typeof value === 'string' : stryMutAct_9fa48("5208") ? false : stryMutAct_9fa48("5207") ? true : (stryCov_9fa48("5207", "5208", "5209"), (stryMutAct_9fa48("5211") ? key !== 'allowed_networks' : stryMutAct_9fa48("5210") ? true : (stryCov_9fa48("5210", "5211"), key === (stryMutAct_9fa48("5212") ? "" : (stryCov_9fa48("5212"), 'allowed_networks')))) && (stryMutAct_9fa48("5214") ? typeof value !== 'string' : stryMutAct_9fa48("5213") ? true : (stryCov_9fa48("5213", "5214"), typeof value === (stryMutAct_9fa48("5215") ? "" : (stryCov_9fa48("5215"), 'string')))))) return stryMutAct_9fa48("5216") ? value.split(/[\s,]+/) : (stryCov_9fa48("5216"), value.split(stryMutAct_9fa48("5219") ? /[\S,]+/ : stryMutAct_9fa48("5218") ? /[^\s,]+/ : stryMutAct_9fa48("5217") ? /[\s,]/ : (stryCov_9fa48("5217", "5218", "5219"), /[\s,]+/)).filter(stryMutAct_9fa48("5220") ? () => undefined : (stryCov_9fa48("5220"), one => stryMutAct_9fa48("5223") ? one === '' : stryMutAct_9fa48("5222") ? false : stryMutAct_9fa48("5221") ? true : (stryCov_9fa48("5221", "5222", "5223"), one !== (stryMutAct_9fa48("5224") ? "Stryker was here!" : (stryCov_9fa48("5224"), ''))))));
    return value;
  }
}

/** A form offers "everything" beside the scopes. Together with another scope, the choice is ambiguous. */
function allScopes(scopes: readonly unknown[], noLimit: null | undefined): null | undefined {
  if (stryMutAct_9fa48("5225")) {
    {}
  } else {
    stryCov_9fa48("5225");
    if (stryMutAct_9fa48("5228") ? scopes.some(scope => scope === ALL_SCOPES) : stryMutAct_9fa48("5227") ? false : stryMutAct_9fa48("5226") ? true : (stryCov_9fa48("5226", "5227", "5228"), scopes.every(stryMutAct_9fa48("5229") ? () => undefined : (stryCov_9fa48("5229"), scope => stryMutAct_9fa48("5232") ? scope !== ALL_SCOPES : stryMutAct_9fa48("5231") ? false : stryMutAct_9fa48("5230") ? true : (stryCov_9fa48("5230", "5231", "5232"), scope === ALL_SCOPES))))) return noLimit;
    throw invalid(stryMutAct_9fa48("5233") ? [] : (stryCov_9fa48("5233"), [stryMutAct_9fa48("5234") ? {} : (stryCov_9fa48("5234"), {
      field: stryMutAct_9fa48("5235") ? "" : (stryCov_9fa48("5235"), 'scopes'),
      code: stryMutAct_9fa48("5236") ? "" : (stryCov_9fa48("5236"), 'ambiguous'),
      message: stryMutAct_9fa48("5237") ? "" : (stryCov_9fa48("5237"), 'Choose either no limit ("*") or the scopes that the key is limited to, not both.')
    })]));
  }
}

/** Forms offer a list of lifetimes, with the words "never" and "date" among them. */
function lifeSpan(value: unknown, expiresAt: unknown): unknown {
  if (stryMutAct_9fa48("5238")) {
    {}
  } else {
    stryCov_9fa48("5238");
    if (stryMutAct_9fa48("5241") ? value !== 'never' : stryMutAct_9fa48("5240") ? false : stryMutAct_9fa48("5239") ? true : (stryCov_9fa48("5239", "5240", "5241"), value === (stryMutAct_9fa48("5242") ? "" : (stryCov_9fa48("5242"), 'never')))) {
      if (stryMutAct_9fa48("5243")) {
        {}
      } else {
        stryCov_9fa48("5243");
        if (stryMutAct_9fa48("5246") ? expiresAt === undefined && expiresAt === null : stryMutAct_9fa48("5245") ? false : stryMutAct_9fa48("5244") ? true : (stryCov_9fa48("5244", "5245", "5246"), (stryMutAct_9fa48("5248") ? expiresAt !== undefined : stryMutAct_9fa48("5247") ? false : (stryCov_9fa48("5247", "5248"), expiresAt === undefined)) || (stryMutAct_9fa48("5250") ? expiresAt !== null : stryMutAct_9fa48("5249") ? false : (stryCov_9fa48("5249", "5250"), expiresAt === null)))) return undefined;
        throw expiryFault(stryMutAct_9fa48("5251") ? "" : (stryCov_9fa48("5251"), 'ambiguous'), stryMutAct_9fa48("5252") ? "" : (stryCov_9fa48("5252"), 'Choose either "never" or a date in expires_at, not both.'));
      }
    }
    if (stryMutAct_9fa48("5255") ? value !== 'date' : stryMutAct_9fa48("5254") ? false : stryMutAct_9fa48("5253") ? true : (stryCov_9fa48("5253", "5254", "5255"), value === (stryMutAct_9fa48("5256") ? "" : (stryCov_9fa48("5256"), 'date')))) {
      if (stryMutAct_9fa48("5257")) {
        {}
      } else {
        stryCov_9fa48("5257");
        if (stryMutAct_9fa48("5260") ? expiresAt !== undefined || expiresAt !== null : stryMutAct_9fa48("5259") ? false : stryMutAct_9fa48("5258") ? true : (stryCov_9fa48("5258", "5259", "5260"), (stryMutAct_9fa48("5262") ? expiresAt === undefined : stryMutAct_9fa48("5261") ? true : (stryCov_9fa48("5261", "5262"), expiresAt !== undefined)) && (stryMutAct_9fa48("5264") ? expiresAt === null : stryMutAct_9fa48("5263") ? true : (stryCov_9fa48("5263", "5264"), expiresAt !== null)))) return undefined;
        throw expiryFault(stryMutAct_9fa48("5265") ? "" : (stryCov_9fa48("5265"), 'required'), stryMutAct_9fa48("5266") ? "" : (stryCov_9fa48("5266"), 'Enter the date on which the key expires.'));
      }
    }
    return value;
  }
}
function expiryFault(code: string, message: string): ServiceError {
  if (stryMutAct_9fa48("5267")) {
    {}
  } else {
    stryCov_9fa48("5267");
    return invalid(stryMutAct_9fa48("5268") ? [] : (stryCov_9fa48("5268"), [stryMutAct_9fa48("5269") ? {} : (stryCov_9fa48("5269"), {
      field: (stryMutAct_9fa48("5272") ? code !== 'required' : stryMutAct_9fa48("5271") ? false : stryMutAct_9fa48("5270") ? true : (stryCov_9fa48("5270", "5271", "5272"), code === (stryMutAct_9fa48("5273") ? "" : (stryCov_9fa48("5273"), 'required')))) ? stryMutAct_9fa48("5274") ? "" : (stryCov_9fa48("5274"), 'expires_at') : stryMutAct_9fa48("5275") ? "" : (stryCov_9fa48("5275"), 'expires_in'),
      code,
      message
    })]));
  }
}
function expiry(value: unknown): unknown {
  if (stryMutAct_9fa48("5276")) {
    {}
  } else {
    stryCov_9fa48("5276");
    if (stryMutAct_9fa48("5279") ? typeof value === 'number' : stryMutAct_9fa48("5278") ? false : stryMutAct_9fa48("5277") ? true : (stryCov_9fa48("5277", "5278", "5279"), typeof value !== (stryMutAct_9fa48("5280") ? "" : (stryCov_9fa48("5280"), 'number')))) return value;
    const instant = parseEpoch(value);
    if (stryMutAct_9fa48("5283") ? instant === undefined : stryMutAct_9fa48("5282") ? false : stryMutAct_9fa48("5281") ? true : (stryCov_9fa48("5281", "5282", "5283"), instant !== undefined)) return instant.toISOString();
    throw invalid(stryMutAct_9fa48("5284") ? [] : (stryCov_9fa48("5284"), [stryMutAct_9fa48("5285") ? {} : (stryCov_9fa48("5285"), {
      field: stryMutAct_9fa48("5286") ? "" : (stryCov_9fa48("5286"), 'expires_at'),
      code: stryMutAct_9fa48("5287") ? "" : (stryCov_9fa48("5287"), 'invalid_value'),
      message: stryMutAct_9fa48("5288") ? "" : (stryCov_9fa48("5288"), 'The expiry must be a Unix time in seconds or milliseconds, in the years 0 to 9999, or an RFC 3339 date-time.')
    })]));
  }
}

/** Renames the fields of an error for REST. An unknown field keeps the caller's name. */
export function respelled(error: ServiceError): ServiceError {
  if (stryMutAct_9fa48("5289")) {
    {}
  } else {
    stryCov_9fa48("5289");
    if (stryMutAct_9fa48("5292") ? error.fields !== undefined : stryMutAct_9fa48("5291") ? false : stryMutAct_9fa48("5290") ? true : (stryCov_9fa48("5290", "5291", "5292"), error.fields === undefined)) return error;
    const fields = error.fields.map(stryMutAct_9fa48("5293") ? () => undefined : (stryCov_9fa48("5293"), (fault): FieldError => (stryMutAct_9fa48("5296") ? fault.code !== 'unknown_field' : stryMutAct_9fa48("5295") ? false : stryMutAct_9fa48("5294") ? true : (stryCov_9fa48("5294", "5295", "5296"), fault.code === (stryMutAct_9fa48("5297") ? "" : (stryCov_9fa48("5297"), 'unknown_field')))) ? fault : stryMutAct_9fa48("5298") ? {} : (stryCov_9fa48("5298"), {
      ...fault,
      field: spell(fault.field)
    })));
    return new ServiceError(error.code, stryMutAct_9fa48("5299") ? {} : (stryCov_9fa48("5299"), {
      message: error.message,
      fields,
      headers: error.headers,
      cause: error.cause
    }));
  }
}