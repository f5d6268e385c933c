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
import { AsyncResource } from 'node:async_hooks';
import { DAY } from '../../base/time.ts';
import { committed } from '../../platform/committed.ts';
import type { DataEngine, SqlDriver, Transaction } from '../../platform/engine.ts';
import { query } from '../../platform/sql.ts';
import { API_KEY_USAGE_OBJECT, dayOf, firstDayAt, type KeyOperation } from '../record/api-key-usage.ts';

/** How often counts are written, in milliseconds. */
const FLUSH_INTERVAL = 5000;
/** How often old rows are deleted, in milliseconds, and how many at a time. */
const PRUNE_INTERVAL = 3_600_000;
const PRUNE_BATCH = 500;
/** Rows in one statement. */
const BATCH = 100;
/** The most counts in memory: keys, and pairs of object and operation for each key. */
const MAX_KEYS = 5000;
const MAX_USES = 500;
/** Means every key, if there were too many keys to record. */
export const EVERY_KEY = stryMutAct_9fa48("737") ? "" : (stryCov_9fa48("737"), '*');

/** The counts of one key, by day, operation and object. */
type Counts = Map<string, number>;

/**
 * Counts the uses of keys. A request only increments a counter in memory. The counts are added to the rows in
 * the database every five seconds and at a clean shutdown, so that the counts of all replicas add up.
 *
 * Memory is limited. If there are too many different uses, the uses of the key are marked as incomplete.
 */
export class KeyUses {
  readonly #engine: DataEngine;
  readonly #driver: () => SqlDriver;
  readonly #report: (error: unknown) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #scope = new AsyncResource(stryMutAct_9fa48("738") ? "" : (stryCov_9fa48("738"), 'KeyUses'));
  #counts = new Map<string, Counts>();
  #flushing: Promise<void> = Promise.resolve();
  #pruned = 0;
  /** The current day and when it ends. Creating a date for every use would cost more than counting it. */
  #today = stryMutAct_9fa48("739") ? {} : (stryCov_9fa48("739"), {
    day: stryMutAct_9fa48("740") ? "Stryker was here!" : (stryCov_9fa48("740"), ''),
    begins: 0,
    ends: 0
  });

  /**
   * @param driver returns the driver of the keys; called when there is something to write.
   * @param report called when a write fails. Its counts are kept for the next write.
   */
  constructor(engine: DataEngine, driver: () => SqlDriver, report: (error: unknown) => void) {
    if (stryMutAct_9fa48("741")) {
      {}
    } else {
      stryCov_9fa48("741");
      this.#engine = engine;
      this.#driver = driver;
      this.#report = report;
      this.#timer = setInterval(stryMutAct_9fa48("742") ? () => undefined : (stryCov_9fa48("742"), () => void this.flush()), FLUSH_INTERVAL);
      if (stryMutAct_9fa48("743")) {
        ;
      } else {
        stryCov_9fa48("743");
        this.#timer.unref();
      }
    }
  }

  /** Counts an allowed operation of a key. */
  note(keyId: string, object: string, operation: KeyOperation, now: number = Date.now()): void {
    if (stryMutAct_9fa48("744")) {
      {}
    } else {
      stryCov_9fa48("744");
      this.#add(keyId, stryMutAct_9fa48("746") ? `` : (stryCov_9fa48("746"), `${this.#dayAt(now)} ${operation} ${object}`), 1);
    }
  }

  /** Writes the counts. */
  flush(now: number = Date.now()): Promise<void> {
    if (stryMutAct_9fa48("747")) {
      {}
    } else {
      stryCov_9fa48("747");
      this.#flushing = this.#flushing.then(stryMutAct_9fa48("748") ? () => undefined : (stryCov_9fa48("748"), () => this.#scope.runInAsyncScope(stryMutAct_9fa48("749") ? () => undefined : (stryCov_9fa48("749"), () => this.#write(now)))));
      return this.#flushing;
    }
  }

  /** Writes everything and stops. */
  async close(): Promise<void> {
    if (stryMutAct_9fa48("750")) {
      {}
    } else {
      stryCov_9fa48("750");
      if (stryMutAct_9fa48("751")) {
        ;
      } else {
        stryCov_9fa48("751");
        clearInterval(this.#timer);
      }
      await this.flush();
    }
  }
  #dayAt(now: number): string {
    if (stryMutAct_9fa48("752")) {
      {}
    } else {
      stryCov_9fa48("752");
      const today = this.#today;
      if (stryMutAct_9fa48("755") ? now >= today.begins || now < today.ends : stryMutAct_9fa48("754") ? false : stryMutAct_9fa48("753") ? true : (stryCov_9fa48("753", "754", "755"), (stryMutAct_9fa48("758") ? now < today.begins : stryMutAct_9fa48("757") ? now > today.begins : stryMutAct_9fa48("756") ? true : (stryCov_9fa48("756", "757", "758"), now >= today.begins)) && (stryMutAct_9fa48("761") ? now >= today.ends : stryMutAct_9fa48("760") ? now <= today.ends : stryMutAct_9fa48("759") ? true : (stryCov_9fa48("759", "760", "761"), now < today.ends)))) return today.day;
      const day = dayOf(now);
      const begins = Date.parse(day);
      this.#today = stryMutAct_9fa48("762") ? {} : (stryCov_9fa48("762"), {
        day,
        begins,
        ends: stryMutAct_9fa48("763") ? begins - DAY : (stryCov_9fa48("763"), begins + DAY)
      });
      return day;
    }
  }
  #add(keyId: string, use: string, times: number): void {
    if (stryMutAct_9fa48("764")) {
      {}
    } else {
      stryCov_9fa48("764");
      let counts = this.#counts.get(keyId);
      if (stryMutAct_9fa48("767") ? counts !== undefined : stryMutAct_9fa48("766") ? false : stryMutAct_9fa48("765") ? true : (stryCov_9fa48("765", "766", "767"), counts === undefined)) {
        if (stryMutAct_9fa48("768")) {
          {}
        } else {
          stryCov_9fa48("768");
          if (stryMutAct_9fa48("771") ? this.#counts.size >= MAX_KEYS || keyId !== EVERY_KEY : stryMutAct_9fa48("770") ? false : stryMutAct_9fa48("769") ? true : (stryCov_9fa48("769", "770", "771"), (stryMutAct_9fa48("774") ? this.#counts.size < MAX_KEYS : stryMutAct_9fa48("773") ? this.#counts.size > MAX_KEYS : stryMutAct_9fa48("772") ? true : (stryCov_9fa48("772", "773", "774"), this.#counts.size >= MAX_KEYS)) && (stryMutAct_9fa48("776") ? keyId === EVERY_KEY : stryMutAct_9fa48("775") ? true : (stryCov_9fa48("775", "776"), keyId !== EVERY_KEY)))) {
            if (stryMutAct_9fa48("777")) {
              {}
            } else {
              stryCov_9fa48("777");
              if (stryMutAct_9fa48("778")) {
                ;
              } else {
                stryCov_9fa48("778");
                this.#add(EVERY_KEY, incompleteOn(use), 1);
              }
              return;
            }
          }
          counts = new Map();
          if (stryMutAct_9fa48("779")) {
            ;
          } else {
            stryCov_9fa48("779");
            this.#counts.set(keyId, counts);
          }
        }
      }
      const count = counts.get(use);
      if (stryMutAct_9fa48("782") ? count === undefined || counts.size >= MAX_USES : stryMutAct_9fa48("781") ? false : stryMutAct_9fa48("780") ? true : (stryCov_9fa48("780", "781", "782"), (stryMutAct_9fa48("784") ? count !== undefined : stryMutAct_9fa48("783") ? true : (stryCov_9fa48("783", "784"), count === undefined)) && (stryMutAct_9fa48("787") ? counts.size < MAX_USES : stryMutAct_9fa48("786") ? counts.size > MAX_USES : stryMutAct_9fa48("785") ? true : (stryCov_9fa48("785", "786", "787"), counts.size >= MAX_USES)))) {
        if (stryMutAct_9fa48("788")) {
          ;
        } else {
          stryCov_9fa48("788");
          counts.set(incompleteOn(use), 1);
        }
      } else counts.set(use, stryMutAct_9fa48("790") ? (count ?? 0) - times : (stryCov_9fa48("790"), (stryMutAct_9fa48("791") ? count && 0 : (stryCov_9fa48("791"), count ?? 0)) + times));
    }
  }
  async #write(now: number): Promise<void> {
    if (stryMutAct_9fa48("792")) {
      {}
    } else {
      stryCov_9fa48("792");
      const counted = this.#counts;
      this.#counts = new Map();
      try {
        if (stryMutAct_9fa48("793")) {
          {}
        } else {
          stryCov_9fa48("793");
          if (stryMutAct_9fa48("797") ? counted.size <= 0 : stryMutAct_9fa48("796") ? counted.size >= 0 : stryMutAct_9fa48("795") ? false : stryMutAct_9fa48("794") ? true : (stryCov_9fa48("794", "795", "796", "797"), counted.size > 0)) await this.#upsert(counted);
        }
      } catch (error) {
        if (stryMutAct_9fa48("798")) {
          {}
        } else {
          stryCov_9fa48("798");
          // Add them to the counts since then.
          for (const [keyId, counts] of counted) for (const [use, times] of counts) if (stryMutAct_9fa48("799")) {
            ;
          } else {
            stryCov_9fa48("799");
            this.#add(keyId, use, times);
          }
          if (stryMutAct_9fa48("800")) {
            ;
          } else {
            stryCov_9fa48("800");
            this.#report(error);
          }
          return;
        }
      }
      try {
        if (stryMutAct_9fa48("801")) {
          {}
        } else {
          stryCov_9fa48("801");
          await this.#prune(now);
        }
      } catch (error) {
        if (stryMutAct_9fa48("802")) {
          {}
        } else {
          stryCov_9fa48("802");
          if (stryMutAct_9fa48("803")) {
            ;
          } else {
            stryCov_9fa48("803");
            this.#report(error);
          }
        }
      }
    }
  }

  /** Writes with the driver: through the engine, each count would be an audited change. */
  #upsert(counted: ReadonlyMap<string, Counts>): Promise<void> {
    if (stryMutAct_9fa48("804")) {
      {}
    } else {
      stryCov_9fa48("804");
      // In a fixed order, so that two replicas cannot deadlock.
      const rows = (stryMutAct_9fa48("805") ? [] : (stryCov_9fa48("805"), [...counted])).flatMap(stryMutAct_9fa48("806") ? () => undefined : (stryCov_9fa48("806"), ([keyId, counts]) => (stryMutAct_9fa48("807") ? [] : (stryCov_9fa48("807"), [...counts])).map(stryMutAct_9fa48("808") ? () => undefined : (stryCov_9fa48("808"), count => rowOf(keyId, count)))));
      stryMutAct_9fa48("810") ? rows : (stryCov_9fa48("810"), rows.sort(stryMutAct_9fa48("811") ? () => undefined : (stryCov_9fa48("811"), ([a], [b]) => (stryMutAct_9fa48("815") ? a >= b : stryMutAct_9fa48("814") ? a <= b : stryMutAct_9fa48("813") ? false : stryMutAct_9fa48("812") ? true : (stryCov_9fa48("812", "813", "814", "815"), a < b)) ? stryMutAct_9fa48("816") ? +1 : (stryCov_9fa48("816"), -1) : 1)));
      return committed(this.#engine, API_KEY_USAGE_OBJECT, async ({
        transaction
      }) => {
        if (stryMutAct_9fa48("817")) {
          {}
        } else {
          stryCov_9fa48("817");
          for (let start = 0; stryMutAct_9fa48("820") ? start >= rows.length : stryMutAct_9fa48("819") ? start <= rows.length : stryMutAct_9fa48("818") ? false : (stryCov_9fa48("818", "819", "820"), start < rows.length); stryMutAct_9fa48("821") ? start -= BATCH : (stryCov_9fa48("821"), start += BATCH)) {
            if (stryMutAct_9fa48("822")) {
              {}
            } else {
              stryCov_9fa48("822");
              await this.#upsertBatch(stryMutAct_9fa48("823") ? rows : (stryCov_9fa48("823"), rows.slice(start, stryMutAct_9fa48("824") ? start - BATCH : (stryCov_9fa48("824"), start + BATCH))), transaction);
            }
          }
        }
      });
    }
  }
  async #upsertBatch(rows: readonly UsageRow[], transaction: Transaction): Promise<void> {
    if (stryMutAct_9fa48("825")) {
      {}
    } else {
      stryCov_9fa48("825");
      await this.#driver().execute(stryMutAct_9fa48("826") ? `` : (stryCov_9fa48("826"), `INSERT INTO ${API_KEY_USAGE_OBJECT} (id, key_id, day, operation, object, uses)
       VALUES ${rows.map(stryMutAct_9fa48("827") ? () => undefined : (stryCov_9fa48("827"), () => stryMutAct_9fa48("828") ? "" : (stryCov_9fa48("828"), '(?, ?, ?, ?, ?, ?)'))).join(stryMutAct_9fa48("829") ? "" : (stryCov_9fa48("829"), ', '))}
       ON CONFLICT (id) DO UPDATE SET uses = ${API_KEY_USAGE_OBJECT}.uses + excluded.uses`), rows.flat(), stryMutAct_9fa48("830") ? {} : (stryCov_9fa48("830"), {
        transaction
      }));
    }
  }

  /** Deletes old rows: a few per hour, so that no request waits for it. */
  async #prune(now: number): Promise<void> {
    if (stryMutAct_9fa48("831")) {
      {}
    } else {
      stryCov_9fa48("831");
      if (stryMutAct_9fa48("835") ? now - this.#pruned >= PRUNE_INTERVAL : stryMutAct_9fa48("834") ? now - this.#pruned <= PRUNE_INTERVAL : stryMutAct_9fa48("833") ? false : stryMutAct_9fa48("832") ? true : (stryCov_9fa48("832", "833", "834", "835"), (stryMutAct_9fa48("836") ? now + this.#pruned : (stryCov_9fa48("836"), now - this.#pruned)) < PRUNE_INTERVAL)) return;
      const deleted = await query(this.#driver(), stryMutAct_9fa48("837") ? `` : (stryCov_9fa48("837"), `DELETE FROM ${API_KEY_USAGE_OBJECT} WHERE id IN
       (SELECT id FROM ${API_KEY_USAGE_OBJECT} WHERE day < ? ORDER BY day LIMIT ${PRUNE_BATCH}) RETURNING id`), stryMutAct_9fa48("838") ? [] : (stryCov_9fa48("838"), [firstDayAt(now)]));
      // If there are more, the next flush continues.
      if (stryMutAct_9fa48("842") ? deleted.length >= PRUNE_BATCH : stryMutAct_9fa48("841") ? deleted.length <= PRUNE_BATCH : stryMutAct_9fa48("840") ? false : stryMutAct_9fa48("839") ? true : (stryCov_9fa48("839", "840", "841", "842"), deleted.length < PRUNE_BATCH)) this.#pruned = now;
    }
  }
}
type UsageRow = readonly [id: string, keyId: string, day: string, operation: string, object: string, uses: number];
function rowOf(keyId: string, [use, uses]: [string, number]): UsageRow {
  if (stryMutAct_9fa48("843")) {
    {}
  } else {
    stryCov_9fa48("843");
    const [day = stryMutAct_9fa48("844") ? "Stryker was here!" : (stryCov_9fa48("844"), ''), operation = stryMutAct_9fa48("845") ? "Stryker was here!" : (stryCov_9fa48("845"), ''), object = stryMutAct_9fa48("846") ? "Stryker was here!" : (stryCov_9fa48("846"), '')] = use.split(stryMutAct_9fa48("847") ? "" : (stryCov_9fa48("847"), ' '));
    return stryMutAct_9fa48("848") ? [] : (stryCov_9fa48("848"), [stryMutAct_9fa48("849") ? `` : (stryCov_9fa48("849"), `${keyId} ${use}`), keyId, day, operation, object, uses]);
  }
}
function incompleteOn(use: string): string {
  if (stryMutAct_9fa48("850")) {
    {}
  } else {
    stryCov_9fa48("850");
    const incomplete: KeyOperation = stryMutAct_9fa48("851") ? "" : (stryCov_9fa48("851"), 'INCOMPLETE');
    return stryMutAct_9fa48("852") ? `` : (stryCov_9fa48("852"), `${stryMutAct_9fa48("853") ? use : (stryCov_9fa48("853"), use.slice(0, use.indexOf(stryMutAct_9fa48("854") ? "" : (stryCov_9fa48("854"), ' '))))} ${incomplete} `);
  }
}