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
import { Pace } from '../../base/pace.ts';
import type { Row, SqlDriver } from '../../platform/engine.ts';
import { dialectOf, ensureIndex, query } from '../../platform/sql.ts';
import { ADDRESS, LEDGER_OBJECT, REPLACED, REQUEST, USER } from '../ledger/ledger.ts';
import type { KeyLimits } from '../limits/limits.ts';
import { type RateLimit, TokenBucket } from '../limits/rate-limit.ts';
import { API_KEY_OBJECT } from '../record/api-key.ts';

/** The rows of one statement, which is a transaction. A mint on SQLite may have to wait for one. */
const BATCH = 200;

/** Which entries are kept. */
export interface LedgerRetention {
  readonly limits: Pick<KeyLimits, 'mintLimitPerUser' | 'mintLimitPerAddress'>;
  /** How long an idempotent request is remembered, in milliseconds. */
  readonly idempotencyRetention: number;
}

/**
 * Creates the indexes for the scheduled jobs: entries by the time at which they may be deleted, and keys by their
 * expiry. Most rows have no such time, and are not in these indexes.
 */
export async function ensureUpkeepIndexes(driver: SqlDriver): Promise<void> {
  if (stryMutAct_9fa48("4559")) {
    {}
  } else {
    stryCov_9fa48("4559");
    await ensureIndex(driver, stryMutAct_9fa48("4560") ? `` : (stryCov_9fa48("4560"), `${LEDGER_OBJECT}_by_end`), stryMutAct_9fa48("4561") ? `` : (stryCov_9fa48("4561"), `${LEDGER_OBJECT} (ends_at) WHERE ends_at IS NOT NULL`));
    await ensureIndex(driver, stryMutAct_9fa48("4562") ? `` : (stryCov_9fa48("4562"), `${API_KEY_OBJECT}_by_expiry`), stryMutAct_9fa48("4563") ? `` : (stryCov_9fa48("4563"), `${API_KEY_OBJECT} (expires_at, id) WHERE expires_at IS NOT NULL`));
  }
}

/**
 * Keeps the ledger small. It deletes entries whose retention has ended, and token buckets that are full again: a
 * bucket that does not exist counts as full.
 */
export class LedgerCleaner {
  readonly #driver: SqlDriver;
  readonly #retention: LedgerRetention;
  #hasDatedOldEntries = stryMutAct_9fa48("4564") ? true : (stryCov_9fa48("4564"), false);
  constructor(driver: SqlDriver, retention: LedgerRetention) {
    if (stryMutAct_9fa48("4565")) {
      {}
    } else {
      stryCov_9fa48("4565");
      this.#driver = driver;
      this.#retention = retention;
    }
  }

  /** @returns how many entries were deleted. */
  async run(now: number): Promise<number> {
    if (stryMutAct_9fa48("4566")) {
      {}
    } else {
      stryCov_9fa48("4566");
      const {
        limits,
        idempotencyRetention
      } = this.#retention;
      if (stryMutAct_9fa48("4569") ? false : stryMutAct_9fa48("4568") ? true : stryMutAct_9fa48("4567") ? this.#hasDatedOldEntries : (stryCov_9fa48("4567", "4568", "4569"), !this.#hasDatedOldEntries)) {
        if (stryMutAct_9fa48("4570")) {
          {}
        } else {
          stryCov_9fa48("4570");
          for (const prefix of stryMutAct_9fa48("4571") ? [] : (stryCov_9fa48("4571"), [REQUEST, REPLACED])) await dateOldEntries(this.#driver, prefix, stryMutAct_9fa48("4572") ? now - idempotencyRetention : (stryCov_9fa48("4572"), now + idempotencyRetention));
        }
      }
      this.#hasDatedOldEntries = stryMutAct_9fa48("4573") ? false : (stryCov_9fa48("4573"), true);
      const over = await dropOver(this.#driver, now);
      const ofPeople = await dropFull(this.#driver, USER, limits.mintLimitPerUser, now);
      return stryMutAct_9fa48("4574") ? over + ofPeople - (await dropFull(this.#driver, ADDRESS, limits.mintLimitPerAddress, now)) : (stryCov_9fa48("4574"), (stryMutAct_9fa48("4575") ? over - ofPeople : (stryCov_9fa48("4575"), over + ofPeople)) + (await dropFull(this.#driver, ADDRESS, limits.mintLimitPerAddress, now)));
    }
  }
}

/** Earlier versions wrote entries without a time at which they may be deleted. Their retention starts now. */
async function dateOldEntries(driver: SqlDriver, prefix: string, end: number): Promise<void> {
  if (stryMutAct_9fa48("4576")) {
    {}
  } else {
    stryCov_9fa48("4576");
    await eachPage(driver, prefix, async rows => {
      if (stryMutAct_9fa48("4577")) {
        {}
      } else {
        stryCov_9fa48("4577");
        const ids = rows.flatMap(stryMutAct_9fa48("4578") ? () => undefined : (stryCov_9fa48("4578"), ({
          id,
          ends_at: endsAt
        }) => (stryMutAct_9fa48("4581") ? endsAt !== null : stryMutAct_9fa48("4580") ? false : stryMutAct_9fa48("4579") ? true : (stryCov_9fa48("4579", "4580", "4581"), endsAt === null)) ? stryMutAct_9fa48("4582") ? [] : (stryCov_9fa48("4582"), [id]) : stryMutAct_9fa48("4583") ? ["Stryker was here"] : (stryCov_9fa48("4583"), [])));
        if (stryMutAct_9fa48("4586") ? ids.length !== 0 : stryMutAct_9fa48("4585") ? false : stryMutAct_9fa48("4584") ? true : (stryCov_9fa48("4584", "4585", "4586"), ids.length === 0)) return;
        const where = stryMutAct_9fa48("4587") ? `` : (stryCov_9fa48("4587"), `id IN (${ids.map(stryMutAct_9fa48("4588") ? () => undefined : (stryCov_9fa48("4588"), () => stryMutAct_9fa48("4589") ? "" : (stryCov_9fa48("4589"), '?'))).join(stryMutAct_9fa48("4590") ? "" : (stryCov_9fa48("4590"), ', '))}) AND ends_at IS NULL`);
        await driver.execute(stryMutAct_9fa48("4591") ? `` : (stryCov_9fa48("4591"), `UPDATE ${LEDGER_OBJECT} SET ends_at = ? WHERE ${where}`), stryMutAct_9fa48("4592") ? [] : (stryCov_9fa48("4592"), [new Date(end).toISOString(), ...ids]));
      }
    });
  }
}
async function dropOver(driver: SqlDriver, now: number): Promise<number> {
  if (stryMutAct_9fa48("4593")) {
    {}
  } else {
    stryCov_9fa48("4593");
    const pace = new Pace();
    let dropped = 0;
    if (stryMutAct_9fa48("4594")) {
      for (; false;) {
        const rows = await query(driver, `DELETE FROM ${LEDGER_OBJECT} WHERE id IN
       (SELECT id FROM ${LEDGER_OBJECT} WHERE ends_at < ? ORDER BY ends_at LIMIT ${BATCH}${unlocked(driver)}) RETURNING id`, [new Date(now).toISOString()]);
        dropped += rows.length;
        if (rows.length < BATCH) return dropped;
        await pace.rest();
      }
    } else {
      stryCov_9fa48("4594");
      for (;;) {
        if (stryMutAct_9fa48("4595")) {
          {}
        } else {
          stryCov_9fa48("4595");
          const rows = await query(driver, stryMutAct_9fa48("4596") ? `` : (stryCov_9fa48("4596"), `DELETE FROM ${LEDGER_OBJECT} WHERE id IN
       (SELECT id FROM ${LEDGER_OBJECT} WHERE ends_at < ? ORDER BY ends_at LIMIT ${BATCH}${unlocked(driver)}) RETURNING id`), stryMutAct_9fa48("4597") ? [] : (stryCov_9fa48("4597"), [new Date(now).toISOString()]));
          stryMutAct_9fa48("4598") ? dropped -= rows.length : (stryCov_9fa48("4598"), dropped += rows.length);
          if (stryMutAct_9fa48("4602") ? rows.length >= BATCH : stryMutAct_9fa48("4601") ? rows.length <= BATCH : stryMutAct_9fa48("4600") ? false : stryMutAct_9fa48("4599") ? true : (stryCov_9fa48("4599", "4600", "4601", "4602"), rows.length < BATCH)) return dropped;
          await pace.rest();
        }
      }
    }
  }
}

/** Deletes the buckets that are full. A bucket that has changed since it was read, or is locked, stays. */
async function dropFull(driver: SqlDriver, prefix: string, limit: RateLimit | undefined, now: number): Promise<number> {
  if (stryMutAct_9fa48("4603")) {
    {}
  } else {
    stryCov_9fa48("4603");
    let dropped = 0;
    await eachPage(driver, prefix, async rows => {
      if (stryMutAct_9fa48("4604")) {
        {}
      } else {
        stryCov_9fa48("4604");
        const full = stryMutAct_9fa48("4605") ? rows : (stryCov_9fa48("4605"), rows.filter(stryMutAct_9fa48("4606") ? () => undefined : (stryCov_9fa48("4606"), ({
          value
        }) => isFull(String(value), limit, now))));
        if (stryMutAct_9fa48("4609") ? full.length !== 0 : stryMutAct_9fa48("4608") ? false : stryMutAct_9fa48("4607") ? true : (stryCov_9fa48("4607", "4608", "4609"), full.length === 0)) return;
        const asRead = full.map(stryMutAct_9fa48("4610") ? () => undefined : (stryCov_9fa48("4610"), () => stryMutAct_9fa48("4611") ? "" : (stryCov_9fa48("4611"), '(?, ?)'))).join(stryMutAct_9fa48("4612") ? "" : (stryCov_9fa48("4612"), ', '));
        // The range lets the database use the primary key. With the pairs alone it would read the whole table.
        const [first, last] = stryMutAct_9fa48("4613") ? [] : (stryCov_9fa48("4613"), [stryMutAct_9fa48("4614") ? full[0]['id'] : (stryCov_9fa48("4614"), full[0]?.[stryMutAct_9fa48("4615") ? "" : (stryCov_9fa48("4615"), 'id')]), stryMutAct_9fa48("4616") ? full.at(-1)['id'] : (stryCov_9fa48("4616"), full.at(stryMutAct_9fa48("4617") ? +1 : (stryCov_9fa48("4617"), -1))?.[stryMutAct_9fa48("4618") ? "" : (stryCov_9fa48("4618"), 'id')])]);
        const gone = await query(driver, stryMutAct_9fa48("4619") ? `` : (stryCov_9fa48("4619"), `DELETE FROM ${LEDGER_OBJECT} WHERE id IN
       (SELECT id FROM ${LEDGER_OBJECT} WHERE id BETWEEN ? AND ? AND (id, value) IN (VALUES ${asRead})${unlocked(driver)}) RETURNING id`), stryMutAct_9fa48("4620") ? [] : (stryCov_9fa48("4620"), [first, last, ...full.flatMap(stryMutAct_9fa48("4621") ? () => undefined : (stryCov_9fa48("4621"), ({
          id,
          value
        }) => stryMutAct_9fa48("4622") ? [] : (stryCov_9fa48("4622"), [id, value])))]));
        stryMutAct_9fa48("4623") ? dropped -= gone.length : (stryCov_9fa48("4623"), dropped += gone.length);
      }
    });
    return dropped;
  }
}

/** Without a limit, every bucket counts as full. */
function isFull(value: string, limit: RateLimit | undefined, now: number): boolean {
  if (stryMutAct_9fa48("4624")) {
    {}
  } else {
    stryCov_9fa48("4624");
    return stryMutAct_9fa48("4627") ? limit === undefined && TokenBucket.read(value, limit, now).isFull : stryMutAct_9fa48("4626") ? false : stryMutAct_9fa48("4625") ? true : (stryCov_9fa48("4625", "4626", "4627"), (stryMutAct_9fa48("4629") ? limit !== undefined : stryMutAct_9fa48("4628") ? false : (stryCov_9fa48("4628", "4629"), limit === undefined)) || TokenBucket.read(value, limit, now).isFull);
  }
}

/** Visits the entries of a kind, page by page in the order of the primary key. */
async function eachPage(driver: SqlDriver, prefix: string, visit: (rows: Row[]) => Promise<void>): Promise<void> {
  if (stryMutAct_9fa48("4630")) {
    {}
  } else {
    stryCov_9fa48("4630");
    // The character after ":" is ";".
    const end = stryMutAct_9fa48("4631") ? `` : (stryCov_9fa48("4631"), `${stryMutAct_9fa48("4632") ? prefix : (stryCov_9fa48("4632"), prefix.slice(0, stryMutAct_9fa48("4633") ? +1 : (stryCov_9fa48("4633"), -1)))};`);
    const pace = new Pace();
    if (stryMutAct_9fa48("4634")) {
      for (let after = prefix; false;) {
        const rows = await query(driver, `SELECT id, value, ends_at FROM ${LEDGER_OBJECT} WHERE id > ? AND id < ? ORDER BY id LIMIT ${BATCH}`, [after, end]);
        await visit(rows);
        const last = rows.at(-1)?.['id'];
        if (rows.length < BATCH || typeof last !== 'string') return;
        after = last;
        await pace.rest();
      }
    } else {
      stryCov_9fa48("4634");
      for (let after = prefix;;) {
        if (stryMutAct_9fa48("4635")) {
          {}
        } else {
          stryCov_9fa48("4635");
          const rows = await query(driver, stryMutAct_9fa48("4636") ? `` : (stryCov_9fa48("4636"), `SELECT id, value, ends_at FROM ${LEDGER_OBJECT} WHERE id > ? AND id < ? ORDER BY id LIMIT ${BATCH}`), stryMutAct_9fa48("4637") ? [] : (stryCov_9fa48("4637"), [after, end]));
          await visit(rows);
          const last = stryMutAct_9fa48("4638") ? rows.at(-1)['id'] : (stryCov_9fa48("4638"), rows.at(stryMutAct_9fa48("4639") ? +1 : (stryCov_9fa48("4639"), -1))?.[stryMutAct_9fa48("4640") ? "" : (stryCov_9fa48("4640"), 'id')]);
          if (stryMutAct_9fa48("4643") ? rows.length < BATCH && typeof last !== 'string' : stryMutAct_9fa48("4642") ? false : stryMutAct_9fa48("4641") ? true : (stryCov_9fa48("4641", "4642", "4643"), (stryMutAct_9fa48("4646") ? rows.length >= BATCH : stryMutAct_9fa48("4645") ? rows.length <= BATCH : stryMutAct_9fa48("4644") ? false : (stryCov_9fa48("4644", "4645", "4646"), rows.length < BATCH)) || (stryMutAct_9fa48("4648") ? typeof last === 'string' : stryMutAct_9fa48("4647") ? false : (stryCov_9fa48("4647", "4648"), typeof last !== (stryMutAct_9fa48("4649") ? "" : (stryCov_9fa48("4649"), 'string')))))) return;
          after = last;
          await pace.rest();
        }
      }
    }
  }
}

/** On PostgreSQL, transactions that create keys lock entries. The clean-up skips these instead of waiting. */
function unlocked(driver: SqlDriver): string {
  if (stryMutAct_9fa48("4650")) {
    {}
  } else {
    stryCov_9fa48("4650");
    return (stryMutAct_9fa48("4653") ? dialectOf(driver) !== 'postgres' : stryMutAct_9fa48("4652") ? false : stryMutAct_9fa48("4651") ? true : (stryCov_9fa48("4651", "4652", "4653"), dialectOf(driver) === (stryMutAct_9fa48("4654") ? "" : (stryCov_9fa48("4654"), 'postgres')))) ? stryMutAct_9fa48("4655") ? "" : (stryCov_9fa48("4655"), ' FOR UPDATE SKIP LOCKED') : stryMutAct_9fa48("4656") ? "Stryker was here!" : (stryCov_9fa48("4656"), '');
  }
}