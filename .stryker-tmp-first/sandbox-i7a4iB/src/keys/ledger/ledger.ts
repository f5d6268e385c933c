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
import { createHash } from 'node:crypto';
import { Field, ObjectSchema } from '@objectstack/spec/data';
import { unavailable } from '../../base/errors.ts';
import { DAY } from '../../base/time.ts';
import { networkOf } from '../../http/client-network.ts';
import type { SqlDriver, Transaction } from '../../platform/engine.ts';
import { dialectOf, query } from '../../platform/sql.ts';
export const LEDGER_OBJECT = stryMutAct_9fa48("1911") ? "" : (stryCov_9fa48("1911"), 'sys_api_key_ledger');

/** How long an idempotent request is remembered by default, in milliseconds. */
export const IDEMPOTENCY_RETENTION = stryMutAct_9fa48("1912") ? 30 / DAY : (stryCov_9fa48("1912"), 30 * DAY);
/** A replaced key keeps working for at most seven days; after that it cannot be replaced again anyway. */
const REPLACED_RETENTION = stryMutAct_9fa48("1913") ? 8 / DAY : (stryCov_9fa48("1913"), 8 * DAY);
/** How often a lock is tried for while what it locks is dropped. */
const LOCK_TRIES = 5;

/**
 * Data besides the keys that all replicas share: token buckets, the fingerprints of requests with an
 * `Idempotency-Key`, leases of scheduled jobs, and which events have been published. It contains no secret, no
 * hash of a key and no plain address, and cannot be reached through the data API.
 */
export const ledgerObject = ObjectSchema.create(stryMutAct_9fa48("1914") ? {} : (stryCov_9fa48("1914"), {
  name: LEDGER_OBJECT,
  label: stryMutAct_9fa48("1915") ? "" : (stryCov_9fa48("1915"), 'API key ledger'),
  pluralLabel: stryMutAct_9fa48("1916") ? "" : (stryCov_9fa48("1916"), 'API key ledger'),
  isSystem: stryMutAct_9fa48("1917") ? false : (stryCov_9fa48("1917"), true),
  managedBy: stryMutAct_9fa48("1918") ? "" : (stryCov_9fa48("1918"), 'engine-owned'),
  access: stryMutAct_9fa48("1919") ? {} : (stryCov_9fa48("1919"), {
    default: stryMutAct_9fa48("1920") ? "" : (stryCov_9fa48("1920"), 'private')
  }),
  description: stryMutAct_9fa48("1921") ? "" : (stryCov_9fa48("1921"), 'Token buckets and request fingerprints of API key minting. Only the API keys plugin writes it.'),
  fields: stryMutAct_9fa48("1922") ? {} : (stryCov_9fa48("1922"), {
    id: Field.text(stryMutAct_9fa48("1923") ? {} : (stryCov_9fa48("1923"), {
      label: stryMutAct_9fa48("1924") ? "" : (stryCov_9fa48("1924"), 'Id'),
      required: stryMutAct_9fa48("1925") ? false : (stryCov_9fa48("1925"), true),
      readonly: stryMutAct_9fa48("1926") ? false : (stryCov_9fa48("1926"), true)
    })),
    value: Field.text(stryMutAct_9fa48("1927") ? {} : (stryCov_9fa48("1927"), {
      label: stryMutAct_9fa48("1928") ? "" : (stryCov_9fa48("1928"), 'Value'),
      required: stryMutAct_9fa48("1929") ? false : (stryCov_9fa48("1929"), true),
      readonly: stryMutAct_9fa48("1930") ? false : (stryCov_9fa48("1930"), true),
      maxLength: 128
    })),
    ends_at: Field.text(stryMutAct_9fa48("1931") ? {} : (stryCov_9fa48("1931"), {
      label: stryMutAct_9fa48("1932") ? "" : (stryCov_9fa48("1932"), 'When it may be dropped, ISO 8601'),
      readonly: stryMutAct_9fa48("1933") ? false : (stryCov_9fa48("1933"), true),
      maxLength: 32
    }))
  }),
  enable: stryMutAct_9fa48("1934") ? {} : (stryCov_9fa48("1934"), {
    apiEnabled: stryMutAct_9fa48("1935") ? true : (stryCov_9fa48("1935"), false),
    trackHistory: stryMutAct_9fa48("1936") ? true : (stryCov_9fa48("1936"), false),
    searchable: stryMutAct_9fa48("1937") ? true : (stryCov_9fa48("1937"), false)
  })
}));

/** The prefixes of the ids of entries. */
export const USER = stryMutAct_9fa48("1938") ? "" : (stryCov_9fa48("1938"), 'user:');
export const ADDRESS = stryMutAct_9fa48("1939") ? "" : (stryCov_9fa48("1939"), 'address:');
export const REQUEST = stryMutAct_9fa48("1940") ? "" : (stryCov_9fa48("1940"), 'request:');
export const REPLACED = stryMutAct_9fa48("1941") ? "" : (stryCov_9fa48("1941"), 'replaced:');
const LEASE = stryMutAct_9fa48("1942") ? "" : (stryCov_9fa48("1942"), 'lease:');
const NOTICE = stryMutAct_9fa48("1943") ? "" : (stryCov_9fa48("1943"), 'told:');

/** The entry of a person; it is also the lock under which their keys are counted and replaced. */
export function userEntry(userId: string): string {
  if (stryMutAct_9fa48("1944")) {
    {}
  } else {
    stryCov_9fa48("1944");
    return stryMutAct_9fa48("1945") ? `` : (stryCov_9fa48("1945"), `${USER}${userId}`);
  }
}

/** The entry of an address. It is a digest, so that the table contains no addresses. */
export function addressEntry(address: string): string {
  if (stryMutAct_9fa48("1946")) {
    {}
  } else {
    stryCov_9fa48("1946");
    return stryMutAct_9fa48("1947") ? `` : (stryCov_9fa48("1947"), `${ADDRESS}${stryMutAct_9fa48("1948") ? createHash('sha256').update(networkOf(address)).digest('base64url') : (stryCov_9fa48("1948"), createHash(stryMutAct_9fa48("1949") ? "" : (stryCov_9fa48("1949"), 'sha256')).update(networkOf(address)).digest(stryMutAct_9fa48("1950") ? "" : (stryCov_9fa48("1950"), 'base64url')).slice(0, 32))}`);
  }
}

/** The entry of an idempotent request. */
export function requestEntry(keyId: string): string {
  if (stryMutAct_9fa48("1951")) {
    {}
  } else {
    stryCov_9fa48("1951");
    return stryMutAct_9fa48("1952") ? `` : (stryCov_9fa48("1952"), `${REQUEST}${keyId}`);
  }
}

/** The entry of a replaced key in its overlap. */
export function replacedEntry(keyId: string): string {
  if (stryMutAct_9fa48("1953")) {
    {}
  } else {
    stryCov_9fa48("1953");
    return stryMutAct_9fa48("1954") ? `` : (stryCov_9fa48("1954"), `${REPLACED}${keyId}`);
  }
}

/** The entry of a scheduled job: until when no other replica runs it. */
export function leaseEntry(job: string): string {
  if (stryMutAct_9fa48("1955")) {
    {}
  } else {
    stryCov_9fa48("1955");
    return stryMutAct_9fa48("1956") ? `` : (stryCov_9fa48("1956"), `${LEASE}${job}`);
  }
}

/** The entry of an event that has been published, so that no replica publishes it again. */
export function noticeEntry(what: string, keyId: string): string {
  if (stryMutAct_9fa48("1957")) {
    {}
  } else {
    stryCov_9fa48("1957");
    return stryMutAct_9fa48("1958") ? `` : (stryCov_9fa48("1958"), `${NOTICE}${what}:${keyId}`);
  }
}

/** The entries of the ledger in a database transaction. */
export class Ledger {
  readonly #driver: SqlDriver;
  readonly #idempotencyRetention: number;

  /** @param idempotencyRetention how long an idempotent request is remembered, in milliseconds. */
  constructor(driver: SqlDriver, idempotencyRetention: number = IDEMPOTENCY_RETENTION) {
    if (stryMutAct_9fa48("1959")) {
      {}
    } else {
      stryCov_9fa48("1959");
      this.#driver = driver;
      this.#idempotencyRetention = idempotencyRetention;
    }
  }

  /**
   * Locks entries until the end of the transaction and reads them.
   *
   * The first statement is a write: on SQLite, a transaction that starts with a read cannot always be
   * upgraded, and a write transaction excludes all others. On PostgreSQL, the rows are locked in the order
   * of their ids, so that two replicas cannot deadlock.
   *
   * @param initial entries to create with these values if they do not exist.
   * @param others entries to read if they exist.
   */
  async lock(transaction: Transaction, initial: ReadonlyMap<string, string>, others: readonly string[]): Promise<Map<string, string>> {
    if (stryMutAct_9fa48("1960")) {
      {}
    } else {
      stryCov_9fa48("1960");
      if (stryMutAct_9fa48("1964") ? initial.size <= 0 : stryMutAct_9fa48("1963") ? initial.size >= 0 : stryMutAct_9fa48("1962") ? false : stryMutAct_9fa48("1961") ? true : (stryCov_9fa48("1961", "1962", "1963", "1964"), initial.size > 0)) {
        if (stryMutAct_9fa48("1965")) {
          {}
        } else {
          stryCov_9fa48("1965");
          await this.#make(transaction, initial);
        }
      } else if (stryMutAct_9fa48("1968") ? dialectOf(this.#driver) !== 'sqlite' : stryMutAct_9fa48("1967") ? false : stryMutAct_9fa48("1966") ? true : (stryCov_9fa48("1966", "1967", "1968"), dialectOf(this.#driver) === (stryMutAct_9fa48("1969") ? "" : (stryCov_9fa48("1969"), 'sqlite')))) {
        if (stryMutAct_9fa48("1970")) {
          {}
        } else {
          stryCov_9fa48("1970");
          // Without limits there is no entry to create; a write of no rows locks SQLite as well.
          await this.#driver.execute(stryMutAct_9fa48("1971") ? `` : (stryCov_9fa48("1971"), `DELETE FROM ${LEDGER_OBJECT} WHERE 0`), stryMutAct_9fa48("1972") ? ["Stryker was here"] : (stryCov_9fa48("1972"), []), stryMutAct_9fa48("1973") ? {} : (stryCov_9fa48("1973"), {
            transaction
          }));
        }
      }
      if (stryMutAct_9fa48("1976") ? dialectOf(this.#driver) === 'postgres' : stryMutAct_9fa48("1975") ? false : stryMutAct_9fa48("1974") ? true : (stryCov_9fa48("1974", "1975", "1976"), dialectOf(this.#driver) !== (stryMutAct_9fa48("1977") ? "" : (stryCov_9fa48("1977"), 'postgres')))) return this.#read(transaction, stryMutAct_9fa48("1978") ? [] : (stryCov_9fa48("1978"), [...initial.keys(), ...others]), stryMutAct_9fa48("1979") ? "Stryker was here!" : (stryCov_9fa48("1979"), ''));
      // PostgreSQL shows a statement what was committed before it started. This one may wait for a lock, so
      // only the next statement sees what the holder of the lock wrote.
      const locked = await this.#lockRows(transaction, initial);
      return new Map(stryMutAct_9fa48("1980") ? [] : (stryCov_9fa48("1980"), [...locked, ...(await this.#read(transaction, others, stryMutAct_9fa48("1981") ? "Stryker was here!" : (stryCov_9fa48("1981"), '')))]));
    }
  }

  /** A full bucket may be dropped between the statement that finds it there and the one that locks it: then it is made again. */
  async #lockRows(transaction: Transaction, initial: ReadonlyMap<string, string>): Promise<Map<string, string>> {
    if (stryMutAct_9fa48("1982")) {
      {}
    } else {
      stryCov_9fa48("1982");
      if (stryMutAct_9fa48("1983")) {
        for (let tries = 1; false; tries += 1) {
          const locked = await this.#read(transaction, [...initial.keys()], ' FOR UPDATE');
          if (locked.size === initial.size) return locked;
          if (tries === LOCK_TRIES) throw unavailable();
          await this.#make(transaction, initial);
        }
      } else {
        stryCov_9fa48("1983");
        for (let tries = 1;; stryMutAct_9fa48("1984") ? tries -= 1 : (stryCov_9fa48("1984"), tries += 1)) {
          if (stryMutAct_9fa48("1985")) {
            {}
          } else {
            stryCov_9fa48("1985");
            const locked = await this.#read(transaction, stryMutAct_9fa48("1986") ? [] : (stryCov_9fa48("1986"), [...initial.keys()]), stryMutAct_9fa48("1987") ? "" : (stryCov_9fa48("1987"), ' FOR UPDATE'));
            if (stryMutAct_9fa48("1990") ? locked.size !== initial.size : stryMutAct_9fa48("1989") ? false : stryMutAct_9fa48("1988") ? true : (stryCov_9fa48("1988", "1989", "1990"), locked.size === initial.size)) return locked;
            if (stryMutAct_9fa48("1993") ? tries !== LOCK_TRIES : stryMutAct_9fa48("1992") ? false : stryMutAct_9fa48("1991") ? true : (stryCov_9fa48("1991", "1992", "1993"), tries === LOCK_TRIES)) throw unavailable();
            await this.#make(transaction, initial);
          }
        }
      }
    }
  }
  async #make(transaction: Transaction, initial: ReadonlyMap<string, string>): Promise<void> {
    if (stryMutAct_9fa48("1994")) {
      {}
    } else {
      stryCov_9fa48("1994");
      const entries = stryMutAct_9fa48("1995") ? [...initial] : (stryCov_9fa48("1995"), (stryMutAct_9fa48("1996") ? [] : (stryCov_9fa48("1996"), [...initial])).sort(stryMutAct_9fa48("1997") ? () => undefined : (stryCov_9fa48("1997"), ([a], [b]) => (stryMutAct_9fa48("2001") ? a >= b : stryMutAct_9fa48("2000") ? a <= b : stryMutAct_9fa48("1999") ? false : stryMutAct_9fa48("1998") ? true : (stryCov_9fa48("1998", "1999", "2000", "2001"), a < b)) ? stryMutAct_9fa48("2002") ? +1 : (stryCov_9fa48("2002"), -1) : 1)));
      await this.#driver.execute(stryMutAct_9fa48("2003") ? `` : (stryCov_9fa48("2003"), `INSERT INTO ${LEDGER_OBJECT} (id, value) VALUES ${entries.map(stryMutAct_9fa48("2004") ? () => undefined : (stryCov_9fa48("2004"), () => stryMutAct_9fa48("2005") ? "" : (stryCov_9fa48("2005"), '(?, ?)'))).join(stryMutAct_9fa48("2006") ? "" : (stryCov_9fa48("2006"), ', '))} ON CONFLICT (id) DO NOTHING`), entries.flat(), stryMutAct_9fa48("2007") ? {} : (stryCov_9fa48("2007"), {
        transaction
      }));
    }
  }
  async #read(transaction: Transaction, ids: readonly string[], forUpdate: string): Promise<Map<string, string>> {
    if (stryMutAct_9fa48("2008")) {
      {}
    } else {
      stryCov_9fa48("2008");
      if (stryMutAct_9fa48("2011") ? ids.length !== 0 : stryMutAct_9fa48("2010") ? false : stryMutAct_9fa48("2009") ? true : (stryCov_9fa48("2009", "2010", "2011"), ids.length === 0)) return new Map();
      const rows = await query(this.#driver, stryMutAct_9fa48("2012") ? `` : (stryCov_9fa48("2012"), `SELECT id, value FROM ${LEDGER_OBJECT} WHERE id IN (${placeholders(ids.length)}) ORDER BY id${forUpdate}`), ids, stryMutAct_9fa48("2013") ? {} : (stryCov_9fa48("2013"), {
        transaction
      }));
      return new Map(rows.map(stryMutAct_9fa48("2014") ? () => undefined : (stryCov_9fa48("2014"), row => stryMutAct_9fa48("2015") ? [] : (stryCov_9fa48("2015"), [String(row[stryMutAct_9fa48("2016") ? "" : (stryCov_9fa48("2016"), 'id')]), String(row[stryMutAct_9fa48("2017") ? "" : (stryCov_9fa48("2017"), 'value')])]))));
    }
  }

  /** Writes entries, new or not. */
  async write(transaction: Transaction, entries: ReadonlyMap<string, string>): Promise<void> {
    if (stryMutAct_9fa48("2018")) {
      {}
    } else {
      stryCov_9fa48("2018");
      if (stryMutAct_9fa48("2021") ? entries.size !== 0 : stryMutAct_9fa48("2020") ? false : stryMutAct_9fa48("2019") ? true : (stryCov_9fa48("2019", "2020", "2021"), entries.size === 0)) return;
      const now = Date.now();
      await this.#driver.execute(stryMutAct_9fa48("2022") ? `` : (stryCov_9fa48("2022"), `INSERT INTO ${LEDGER_OBJECT} (id, value, ends_at) VALUES ${(stryMutAct_9fa48("2023") ? [] : (stryCov_9fa48("2023"), [...entries])).map(stryMutAct_9fa48("2024") ? () => undefined : (stryCov_9fa48("2024"), () => stryMutAct_9fa48("2025") ? "" : (stryCov_9fa48("2025"), '(?, ?, ?)'))).join(stryMutAct_9fa48("2026") ? "" : (stryCov_9fa48("2026"), ', '))}
       ON CONFLICT (id) DO UPDATE SET value = excluded.value, ends_at = excluded.ends_at`), (stryMutAct_9fa48("2027") ? [] : (stryCov_9fa48("2027"), [...entries])).flatMap(stryMutAct_9fa48("2028") ? () => undefined : (stryCov_9fa48("2028"), ([id, value]) => stryMutAct_9fa48("2029") ? [] : (stryCov_9fa48("2029"), [id, value, this.#endOf(id, now)]))), stryMutAct_9fa48("2030") ? {} : (stryCov_9fa48("2030"), {
        transaction
      }));
    }
  }

  /** When an entry may be deleted. A bucket itself determines when it is full. */
  #endOf(id: string, now: number): string | null {
    if (stryMutAct_9fa48("2031")) {
      {}
    } else {
      stryCov_9fa48("2031");
      const kept = (stryMutAct_9fa48("2032") ? id.endsWith(REQUEST) : (stryCov_9fa48("2032"), id.startsWith(REQUEST))) ? this.#idempotencyRetention : (stryMutAct_9fa48("2033") ? id.endsWith(REPLACED) : (stryCov_9fa48("2033"), id.startsWith(REPLACED))) ? REPLACED_RETENTION : undefined;
      return (stryMutAct_9fa48("2036") ? kept !== undefined : stryMutAct_9fa48("2035") ? false : stryMutAct_9fa48("2034") ? true : (stryCov_9fa48("2034", "2035", "2036"), kept === undefined)) ? null : new Date(stryMutAct_9fa48("2037") ? now - kept : (stryCov_9fa48("2037"), now + kept)).toISOString();
    }
  }

  /**
   * Throws if the transaction can no longer be committed. If a statement failed, PostgreSQL silently rolls
   * back on COMMIT. If a hook of another plugin swallowed that failure, the response would contain a key
   * that does not exist.
   */
  async assertCommittable(transaction: Transaction): Promise<void> {
    if (stryMutAct_9fa48("2038")) {
      {}
    } else {
      stryCov_9fa48("2038");
      if (stryMutAct_9fa48("2041") ? dialectOf(this.#driver) !== 'postgres' : stryMutAct_9fa48("2040") ? false : stryMutAct_9fa48("2039") ? true : (stryCov_9fa48("2039", "2040", "2041"), dialectOf(this.#driver) === (stryMutAct_9fa48("2042") ? "" : (stryCov_9fa48("2042"), 'postgres')))) await this.#driver.execute(stryMutAct_9fa48("2043") ? "" : (stryCov_9fa48("2043"), 'SELECT 1'), stryMutAct_9fa48("2044") ? ["Stryker was here"] : (stryCov_9fa48("2044"), []), stryMutAct_9fa48("2045") ? {} : (stryCov_9fa48("2045"), {
        transaction
      }));
    }
  }
}
function placeholders(count: number): string {
  if (stryMutAct_9fa48("2046")) {
    {}
  } else {
    stryCov_9fa48("2046");
    return stryMutAct_9fa48("2047") ? Array().fill('?').join(', ') : (stryCov_9fa48("2047"), Array(count).fill(stryMutAct_9fa48("2048") ? "" : (stryCov_9fa48("2048"), '?')).join(stryMutAct_9fa48("2049") ? "" : (stryCov_9fa48("2049"), ', ')));
  }
}