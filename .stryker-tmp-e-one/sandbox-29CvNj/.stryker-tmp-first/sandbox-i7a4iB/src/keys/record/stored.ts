/** Numbers below it are seconds since 1970, the others milliseconds: the platform's own rule. */
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
const SECONDS_BELOW = 1e12;

/**
 * Whether the expiry in a row has passed. One that cannot be read has: to the platform such a key
 * would never end.
 */
export function hasEnded(value: unknown, now: number): boolean {
  if (stryMutAct_9fa48("4350")) {
    {}
  } else {
    stryCov_9fa48("4350");
    if (stryMutAct_9fa48("4353") ? value === null && value === undefined : stryMutAct_9fa48("4352") ? false : stryMutAct_9fa48("4351") ? true : (stryCov_9fa48("4351", "4352", "4353"), (stryMutAct_9fa48("4355") ? value !== null : stryMutAct_9fa48("4354") ? false : (stryCov_9fa48("4354", "4355"), value === null)) || (stryMutAct_9fa48("4357") ? value !== undefined : stryMutAct_9fa48("4356") ? false : (stryCov_9fa48("4356", "4357"), value === undefined)))) return stryMutAct_9fa48("4358") ? true : (stryCov_9fa48("4358"), false);
    return stryMutAct_9fa48("4359") ? momentOf(value) > now : (stryCov_9fa48("4359"), !(stryMutAct_9fa48("4363") ? momentOf(value) <= now : stryMutAct_9fa48("4362") ? momentOf(value) >= now : stryMutAct_9fa48("4361") ? false : stryMutAct_9fa48("4360") ? true : (stryCov_9fa48("4360", "4361", "4362", "4363"), momentOf(value) > now)));
  }
}

/** How SQL writes a time: without a zone, which is UTC. */
const SQL_TIME = stryMutAct_9fa48("4380") ? /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\D+)?$/ : stryMutAct_9fa48("4379") ? /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d)?$/ : stryMutAct_9fa48("4378") ? /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d+)$/ : stryMutAct_9fa48("4377") ? /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\D{2}(\.\d+)?$/ : stryMutAct_9fa48("4376") ? /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d(\.\d+)?$/ : stryMutAct_9fa48("4375") ? /^\d{4}-\d{2}-\d{2} \d{2}:\D{2}:\d{2}(\.\d+)?$/ : stryMutAct_9fa48("4374") ? /^\d{4}-\d{2}-\d{2} \d{2}:\d:\d{2}(\.\d+)?$/ : stryMutAct_9fa48("4373") ? /^\d{4}-\d{2}-\d{2} \D{2}:\d{2}:\d{2}(\.\d+)?$/ : stryMutAct_9fa48("4372") ? /^\d{4}-\d{2}-\d{2} \d:\d{2}:\d{2}(\.\d+)?$/ : stryMutAct_9fa48("4371") ? /^\d{4}-\d{2}-\D{2} \d{2}:\d{2}:\d{2}(\.\d+)?$/ : stryMutAct_9fa48("4370") ? /^\d{4}-\d{2}-\d \d{2}:\d{2}:\d{2}(\.\d+)?$/ : stryMutAct_9fa48("4369") ? /^\d{4}-\D{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d+)?$/ : stryMutAct_9fa48("4368") ? /^\d{4}-\d-\d{2} \d{2}:\d{2}:\d{2}(\.\d+)?$/ : stryMutAct_9fa48("4367") ? /^\D{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d+)?$/ : stryMutAct_9fa48("4366") ? /^\d-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d+)?$/ : stryMutAct_9fa48("4365") ? /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d+)?/ : stryMutAct_9fa48("4364") ? /\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d+)?$/ : (stryCov_9fa48("4364", "4365", "4366", "4367", "4368", "4369", "4370", "4371", "4372", "4373", "4374", "4375", "4376", "4377", "4378", "4379", "4380"), /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d+)?$/);

/** A time in a row, in milliseconds since 1970; NaN when it cannot be read. */
export function momentOf(value: unknown): number {
  if (stryMutAct_9fa48("4381")) {
    {}
  } else {
    stryCov_9fa48("4381");
    if (stryMutAct_9fa48("4383") ? false : stryMutAct_9fa48("4382") ? true : (stryCov_9fa48("4382", "4383"), value instanceof Date)) return value.getTime();
    if (stryMutAct_9fa48("4386") ? typeof value !== 'number' : stryMutAct_9fa48("4385") ? false : stryMutAct_9fa48("4384") ? true : (stryCov_9fa48("4384", "4385", "4386"), typeof value === (stryMutAct_9fa48("4387") ? "" : (stryCov_9fa48("4387"), 'number')))) return (stryMutAct_9fa48("4391") ? value >= SECONDS_BELOW : stryMutAct_9fa48("4390") ? value <= SECONDS_BELOW : stryMutAct_9fa48("4389") ? false : stryMutAct_9fa48("4388") ? true : (stryCov_9fa48("4388", "4389", "4390", "4391"), value < SECONDS_BELOW)) ? stryMutAct_9fa48("4392") ? value / 1000 : (stryCov_9fa48("4392"), value * 1000) : value;
    if (stryMutAct_9fa48("4395") ? typeof value === 'string' : stryMutAct_9fa48("4394") ? false : stryMutAct_9fa48("4393") ? true : (stryCov_9fa48("4393", "4394", "4395"), typeof value !== (stryMutAct_9fa48("4396") ? "" : (stryCov_9fa48("4396"), 'string')))) return Number.NaN;
    return Date.parse(SQL_TIME.test(value) ? stryMutAct_9fa48("4397") ? `` : (stryCov_9fa48("4397"), `${value.replace(stryMutAct_9fa48("4398") ? "" : (stryCov_9fa48("4398"), ' '), stryMutAct_9fa48("4399") ? "" : (stryCov_9fa48("4399"), 'T'))}Z`) : value);
  }
}

/** The scopes in a row: a JSON array of names, in a text column. */
export function readScopes(value: unknown): readonly string[] | 'unreadable' {
  if (stryMutAct_9fa48("4400")) {
    {}
  } else {
    stryCov_9fa48("4400");
    if (stryMutAct_9fa48("4403") ? (value === null || value === undefined) && value === '' : stryMutAct_9fa48("4402") ? false : stryMutAct_9fa48("4401") ? true : (stryCov_9fa48("4401", "4402", "4403"), (stryMutAct_9fa48("4405") ? value === null && value === undefined : stryMutAct_9fa48("4404") ? false : (stryCov_9fa48("4404", "4405"), (stryMutAct_9fa48("4407") ? value !== null : stryMutAct_9fa48("4406") ? false : (stryCov_9fa48("4406", "4407"), value === null)) || (stryMutAct_9fa48("4409") ? value !== undefined : stryMutAct_9fa48("4408") ? false : (stryCov_9fa48("4408", "4409"), value === undefined)))) || (stryMutAct_9fa48("4411") ? value !== '' : stryMutAct_9fa48("4410") ? false : (stryCov_9fa48("4410", "4411"), value === (stryMutAct_9fa48("4412") ? "Stryker was here!" : (stryCov_9fa48("4412"), '')))))) return stryMutAct_9fa48("4413") ? ["Stryker was here"] : (stryCov_9fa48("4413"), []);
    const parsed = (stryMutAct_9fa48("4416") ? typeof value !== 'string' : stryMutAct_9fa48("4415") ? false : stryMutAct_9fa48("4414") ? true : (stryCov_9fa48("4414", "4415", "4416"), typeof value === (stryMutAct_9fa48("4417") ? "" : (stryCov_9fa48("4417"), 'string')))) ? parse(value) : value;
    const readable = stryMutAct_9fa48("4420") ? Array.isArray(parsed) || parsed.every(scope => typeof scope === 'string' && scope !== '') : stryMutAct_9fa48("4419") ? false : stryMutAct_9fa48("4418") ? true : (stryCov_9fa48("4418", "4419", "4420"), Array.isArray(parsed) && (stryMutAct_9fa48("4421") ? parsed.some(scope => typeof scope === 'string' && scope !== '') : (stryCov_9fa48("4421"), parsed.every(stryMutAct_9fa48("4422") ? () => undefined : (stryCov_9fa48("4422"), scope => stryMutAct_9fa48("4425") ? typeof scope === 'string' || scope !== '' : stryMutAct_9fa48("4424") ? false : stryMutAct_9fa48("4423") ? true : (stryCov_9fa48("4423", "4424", "4425"), (stryMutAct_9fa48("4427") ? typeof scope !== 'string' : stryMutAct_9fa48("4426") ? true : (stryCov_9fa48("4426", "4427"), typeof scope === (stryMutAct_9fa48("4428") ? "" : (stryCov_9fa48("4428"), 'string')))) && (stryMutAct_9fa48("4430") ? scope === '' : stryMutAct_9fa48("4429") ? true : (stryCov_9fa48("4429", "4430"), scope !== (stryMutAct_9fa48("4431") ? "Stryker was here!" : (stryCov_9fa48("4431"), ''))))))))));
    return readable ? parsed : stryMutAct_9fa48("4432") ? "" : (stryCov_9fa48("4432"), 'unreadable');
  }
}
function parse(text: string): unknown {
  if (stryMutAct_9fa48("4433")) {
    {}
  } else {
    stryCov_9fa48("4433");
    try {
      if (stryMutAct_9fa48("4434")) {
        {}
      } else {
        stryCov_9fa48("4434");
        return JSON.parse(text);
      }
    } catch {
      if (stryMutAct_9fa48("4435")) {
        {}
      } else {
        stryCov_9fa48("4435");
        return undefined;
      }
    }
  }
}