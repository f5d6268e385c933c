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
import { Field, ObjectSchema } from '@objectstack/spec/data';
import { DAY } from '../../base/time.ts';
export const API_KEY_USAGE_OBJECT = stryMutAct_9fa48("3889") ? "" : (stryCov_9fa48("3889"), 'sys_api_key_usage');

/**
 * What a key did to an object. `EXECUTE` is a business action, `OTHER` an operation on a route that no scope
 * allows, and `INCOMPLETE` means that there were too many uses to record.
 */
export type KeyOperation = 'READ' | 'CREATE' | 'EDIT' | 'DELETE' | 'EXECUTE' | 'OTHER' | 'INCOMPLETE';

/** How long uses are kept, in days. */
export const USAGE_DAYS = 30;

/** The day of a moment in UTC, as `YYYY-MM-DD`. */
export function dayOf(moment: number): string {
  if (stryMutAct_9fa48("3890")) {
    {}
  } else {
    stryCov_9fa48("3890");
    return stryMutAct_9fa48("3891") ? new Date(moment).toISOString() : (stryCov_9fa48("3891"), new Date(moment).toISOString().slice(0, 10));
  }
}

/** The first day of the period that ends at `now`. */
export function firstDayAt(now: number): string {
  if (stryMutAct_9fa48("3892")) {
    {}
  } else {
    stryCov_9fa48("3892");
    return dayOf(stryMutAct_9fa48("3893") ? now + (USAGE_DAYS - 1) * DAY : (stryCov_9fa48("3893"), now - (stryMutAct_9fa48("3894") ? (USAGE_DAYS - 1) / DAY : (stryCov_9fa48("3894"), (stryMutAct_9fa48("3895") ? USAGE_DAYS + 1 : (stryCov_9fa48("3895"), USAGE_DAYS - 1)) * DAY))));
  }
}

/**
 * Counts the uses of keys by key, object, operation and day. It contains no ids and no values of records.
 */
export const apiKeyUsageObject = ObjectSchema.create(stryMutAct_9fa48("3896") ? {} : (stryCov_9fa48("3896"), {
  name: API_KEY_USAGE_OBJECT,
  label: stryMutAct_9fa48("3897") ? "" : (stryCov_9fa48("3897"), 'API key usage'),
  pluralLabel: stryMutAct_9fa48("3898") ? "" : (stryCov_9fa48("3898"), 'API key usage'),
  isSystem: stryMutAct_9fa48("3899") ? false : (stryCov_9fa48("3899"), true),
  managedBy: stryMutAct_9fa48("3900") ? "" : (stryCov_9fa48("3900"), 'engine-owned'),
  access: stryMutAct_9fa48("3901") ? {} : (stryCov_9fa48("3901"), {
    default: stryMutAct_9fa48("3902") ? "" : (stryCov_9fa48("3902"), 'private')
  }),
  description: stryMutAct_9fa48("3903") ? "" : (stryCov_9fa48("3903"), 'How often API keys worked with which objects on which day. Only the API keys plugin writes it.'),
  fields: stryMutAct_9fa48("3904") ? {} : (stryCov_9fa48("3904"), {
    id: Field.text(stryMutAct_9fa48("3905") ? {} : (stryCov_9fa48("3905"), {
      label: stryMutAct_9fa48("3906") ? "" : (stryCov_9fa48("3906"), 'Key, day, operation and object'),
      required: stryMutAct_9fa48("3907") ? false : (stryCov_9fa48("3907"), true),
      readonly: stryMutAct_9fa48("3908") ? false : (stryCov_9fa48("3908"), true)
    })),
    key_id: Field.text(stryMutAct_9fa48("3909") ? {} : (stryCov_9fa48("3909"), {
      label: stryMutAct_9fa48("3910") ? "" : (stryCov_9fa48("3910"), 'Id of the key'),
      required: stryMutAct_9fa48("3911") ? false : (stryCov_9fa48("3911"), true),
      readonly: stryMutAct_9fa48("3912") ? false : (stryCov_9fa48("3912"), true),
      maxLength: 64
    })),
    object: Field.text(stryMutAct_9fa48("3913") ? {} : (stryCov_9fa48("3913"), {
      label: stryMutAct_9fa48("3914") ? "" : (stryCov_9fa48("3914"), 'Object'),
      readonly: stryMutAct_9fa48("3915") ? false : (stryCov_9fa48("3915"), true),
      maxLength: 128
    })),
    operation: Field.text(stryMutAct_9fa48("3916") ? {} : (stryCov_9fa48("3916"), {
      label: stryMutAct_9fa48("3917") ? "" : (stryCov_9fa48("3917"), 'Operation'),
      required: stryMutAct_9fa48("3918") ? false : (stryCov_9fa48("3918"), true),
      readonly: stryMutAct_9fa48("3919") ? false : (stryCov_9fa48("3919"), true),
      maxLength: 16
    })),
    day: Field.text(stryMutAct_9fa48("3920") ? {} : (stryCov_9fa48("3920"), {
      label: stryMutAct_9fa48("3921") ? "" : (stryCov_9fa48("3921"), 'Day (UTC)'),
      required: stryMutAct_9fa48("3922") ? false : (stryCov_9fa48("3922"), true),
      readonly: stryMutAct_9fa48("3923") ? false : (stryCov_9fa48("3923"), true),
      maxLength: 10
    })),
    uses: Field.number(stryMutAct_9fa48("3924") ? {} : (stryCov_9fa48("3924"), {
      label: stryMutAct_9fa48("3925") ? "" : (stryCov_9fa48("3925"), 'Uses'),
      required: stryMutAct_9fa48("3926") ? false : (stryCov_9fa48("3926"), true),
      readonly: stryMutAct_9fa48("3927") ? false : (stryCov_9fa48("3927"), true)
    }))
  }),
  indexes: stryMutAct_9fa48("3928") ? [] : (stryCov_9fa48("3928"), [stryMutAct_9fa48("3929") ? {} : (stryCov_9fa48("3929"), {
    fields: stryMutAct_9fa48("3930") ? [] : (stryCov_9fa48("3930"), [stryMutAct_9fa48("3931") ? "" : (stryCov_9fa48("3931"), 'key_id')])
  }), stryMutAct_9fa48("3932") ? {} : (stryCov_9fa48("3932"), {
    fields: stryMutAct_9fa48("3933") ? [] : (stryCov_9fa48("3933"), [stryMutAct_9fa48("3934") ? "" : (stryCov_9fa48("3934"), 'day')])
  })]),
  enable: stryMutAct_9fa48("3935") ? {} : (stryCov_9fa48("3935"), {
    apiEnabled: stryMutAct_9fa48("3936") ? true : (stryCov_9fa48("3936"), false),
    trackHistory: stryMutAct_9fa48("3937") ? true : (stryCov_9fa48("3937"), false),
    searchable: stryMutAct_9fa48("3938") ? true : (stryCov_9fa48("3938"), false)
  })
}));