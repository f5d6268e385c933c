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
import { AsyncResource } from 'node:async_hooks';
import { committed } from '../../platform/committed.ts';
import type { DataEngine, SqlDriver, Transaction } from '../../platform/engine.ts';
import { query } from '../../platform/sql.ts';
import { API_KEY_OBJECT } from '../record/api-key.ts';
import { API_KEY_DETAIL_OBJECT, type ApiKeyDoor } from '../record/api-key-detail.ts';

/** How often pending uses are written, in milliseconds. */
const FLUSH_INTERVAL = 5000;
/** The shortest time between two writes of a key, by all replicas together, in milliseconds. */
const RESOLUTION = 60_000;

/** How a key was used. */
export interface KeyUse {
  readonly via: ApiKeyDoor;
  /** The network of the request; `undefined` if unknown. */
  readonly network: string | undefined;
}
interface NotedUse extends KeyUse {
  readonly at: number;
}

/**
 * Records when, with which API and from which network keys were last used. The platform has a column for the
 * time but does not write it. Uses are kept in memory, which costs the request nothing, and written later: at
 * most once a minute per key, and at a clean shutdown.
 */
export class LastUsed {
  readonly #engine: DataEngine;
  readonly #driver: () => SqlDriver;
  readonly #report: (error: unknown) => void;
  /** The last unwritten use of each key. */
  readonly #uses = new Map<string, NotedUse>();
  /** When each key was written. */
  readonly #written = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;
  readonly #scope = new AsyncResource(stryMutAct_9fa48("855") ? "" : (stryCov_9fa48("855"), 'LastUsed'));
  #flushing: Promise<void> = Promise.resolve();
  #closed = stryMutAct_9fa48("856") ? true : (stryCov_9fa48("856"), false);

  /**
   * @param driver returns the driver of the keys; called when there is something to write, because keys are used before set-up is complete.
   * @param report called when a write fails. Its uses are kept for the next write.
   */
  constructor(engine: DataEngine, driver: () => SqlDriver, report: (error: unknown) => void) {
    if (stryMutAct_9fa48("857")) {
      {}
    } else {
      stryCov_9fa48("857");
      this.#engine = engine;
      this.#driver = driver;
      this.#report = report;
      this.#timer = setInterval(stryMutAct_9fa48("858") ? () => undefined : (stryCov_9fa48("858"), () => void this.flush()), FLUSH_INTERVAL);
      if (stryMutAct_9fa48("859")) {
        ;
      } else {
        stryCov_9fa48("859");
        this.#timer.unref();
      }
    }
  }

  /** Records a use of a key. */
  note(keyId: string, use: KeyUse, now: number = Date.now()): void {
    if (stryMutAct_9fa48("860")) {
      {}
    } else {
      stryCov_9fa48("860");
      this.#uses.set(keyId, stryMutAct_9fa48("862") ? {} : (stryCov_9fa48("862"), {
        ...use,
        at: now
      }));
      // A host may go on answering while it shuts down.
      if (stryMutAct_9fa48("864") ? false : stryMutAct_9fa48("863") ? true : (stryCov_9fa48("863", "864"), this.#closed)) void this.flush(stryMutAct_9fa48("865") ? false : (stryCov_9fa48("865"), true));
    }
  }

  /**
   * Writes pending uses.
   *
   * @param everything also those of keys that were written within the last minute, for a shutdown.
   */
  flush(everything = stryMutAct_9fa48("866") ? true : (stryCov_9fa48("866"), false), now: number = Date.now()): Promise<void> {
    if (stryMutAct_9fa48("867")) {
      {}
    } else {
      stryCov_9fa48("867");
      this.#flushing = this.#flushing.then(stryMutAct_9fa48("868") ? () => undefined : (stryCov_9fa48("868"), () => this.#scope.runInAsyncScope(stryMutAct_9fa48("869") ? () => undefined : (stryCov_9fa48("869"), () => this.#write(everything, now)))));
      return this.#flushing;
    }
  }

  /** Writes everything and stops. */
  async close(): Promise<void> {
    if (stryMutAct_9fa48("870")) {
      {}
    } else {
      stryCov_9fa48("870");
      if (stryMutAct_9fa48("871")) {
        ;
      } else {
        stryCov_9fa48("871");
        clearInterval(this.#timer);
      }
      this.#closed = stryMutAct_9fa48("872") ? false : (stryCov_9fa48("872"), true);
      await this.flush(stryMutAct_9fa48("873") ? false : (stryCov_9fa48("873"), true));
    }
  }
  async #write(everything: boolean, now: number): Promise<void> {
    if (stryMutAct_9fa48("874")) {
      {}
    } else {
      stryCov_9fa48("874");
      for (const [id, at] of this.#written) if (stryMutAct_9fa48("878") ? now - at < RESOLUTION : stryMutAct_9fa48("877") ? now - at > RESOLUTION : stryMutAct_9fa48("876") ? false : stryMutAct_9fa48("875") ? true : (stryCov_9fa48("875", "876", "877", "878"), (stryMutAct_9fa48("879") ? now + at : (stryCov_9fa48("879"), now - at)) >= RESOLUTION)) if (stryMutAct_9fa48("880")) {
        ;
      } else {
        stryCov_9fa48("880");
        this.#written.delete(id);
      }
      const due = stryMutAct_9fa48("881") ? [...this.#uses] : (stryCov_9fa48("881"), (stryMutAct_9fa48("882") ? [] : (stryCov_9fa48("882"), [...this.#uses])).filter(stryMutAct_9fa48("883") ? () => undefined : (stryCov_9fa48("883"), ([id]) => stryMutAct_9fa48("886") ? everything && !this.#written.has(id) : stryMutAct_9fa48("885") ? false : stryMutAct_9fa48("884") ? true : (stryCov_9fa48("884", "885", "886"), everything || (stryMutAct_9fa48("887") ? this.#written.has(id) : (stryCov_9fa48("887"), !this.#written.has(id)))))));
      if (stryMutAct_9fa48("890") ? due.length !== 0 : stryMutAct_9fa48("889") ? false : stryMutAct_9fa48("888") ? true : (stryCov_9fa48("888", "889", "890"), due.length === 0)) return;
      let updated: Set<string>;
      try {
        if (stryMutAct_9fa48("891")) {
          {}
        } else {
          stryCov_9fa48("891");
          updated = await this.#update(due, everything ? undefined : stryMutAct_9fa48("892") ? now + RESOLUTION : (stryCov_9fa48("892"), now - RESOLUTION));
        }
      } catch (error) {
        if (stryMutAct_9fa48("893")) {
          {}
        } else {
          stryCov_9fa48("893");
          if (stryMutAct_9fa48("894")) {
            ;
          } else {
            stryCov_9fa48("894");
            this.#report(error);
          }
          return;
        }
      }
      for (const [id, use] of due) {
        if (stryMutAct_9fa48("895")) {
          {}
        } else {
          stryCov_9fa48("895");
          if (stryMutAct_9fa48("896")) {
            ;
          } else {
            stryCov_9fa48("896");
            this.#written.set(id, now);
          } // Where another replica wrote within the minute the row was left as it is: this use is tried
          // once more when the minute is over, and is no news if the row is later by then.
          const settled = stryMutAct_9fa48("899") ? updated.has(id) && now - use.at >= RESOLUTION : stryMutAct_9fa48("898") ? false : stryMutAct_9fa48("897") ? true : (stryCov_9fa48("897", "898", "899"), updated.has(id) || (stryMutAct_9fa48("902") ? now - use.at < RESOLUTION : stryMutAct_9fa48("901") ? now - use.at > RESOLUTION : stryMutAct_9fa48("900") ? false : (stryCov_9fa48("900", "901", "902"), (stryMutAct_9fa48("903") ? now + use.at : (stryCov_9fa48("903"), now - use.at)) >= RESOLUTION)));
          // Unless the key was used again in the meantime.
          if (stryMutAct_9fa48("906") ? settled || this.#uses.get(id) === use : stryMutAct_9fa48("905") ? false : stryMutAct_9fa48("904") ? true : (stryCov_9fa48("904", "905", "906"), settled && (stryMutAct_9fa48("908") ? this.#uses.get(id) !== use : stryMutAct_9fa48("907") ? true : (stryCov_9fa48("907", "908"), this.#uses.get(id) === use)))) if (stryMutAct_9fa48("909")) {
            ;
          } else {
            stryCov_9fa48("909");
            this.#uses.delete(id);
          }
        }
      }
    }
  }

  /**
   * Writes with the driver: through the engine, each use would be an audited change of the key.
   *
   * @param before only updates rows that were not written after this time.
   * @returns the keys whose rows were written.
   */
  #update(due: readonly [string, NotedUse][], before: number | undefined): Promise<Set<string>> {
    if (stryMutAct_9fa48("910")) {
      {}
    } else {
      stryCov_9fa48("910");
      return committed(this.#engine, API_KEY_OBJECT, async ({
        transaction
      }) => {
        if (stryMutAct_9fa48("911")) {
          {}
        } else {
          stryCov_9fa48("911");
          const updated = new Set<string>();
          for (const [id, use] of due) {
            if (stryMutAct_9fa48("912")) {
              {}
            } else {
              stryCov_9fa48("912");
              if (stryMutAct_9fa48("914") ? false : stryMutAct_9fa48("913") ? true : (stryCov_9fa48("913", "914"), await this.#updateOne(transaction, id, use, before))) if (stryMutAct_9fa48("915")) {
                ;
              } else {
                stryCov_9fa48("915");
                updated.add(id);
              }
            }
          }
          return updated;
        }
      });
    }
  }
  async #updateOne(transaction: Transaction, id: string, {
    at,
    via,
    network
  }: NotedUse, before: number | undefined): Promise<boolean> {
    if (stryMutAct_9fa48("916")) {
      {}
    } else {
      stryCov_9fa48("916");
      const used = new Date(at).toISOString();
      const updated = await query(this.#driver(), stryMutAct_9fa48("917") ? `` : (stryCov_9fa48("917"), `UPDATE ${API_KEY_OBJECT} SET last_used_at = ? WHERE id = ?
       AND (last_used_at IS NULL OR (last_used_at < ? AND last_used_at <= ?)) RETURNING id`), stryMutAct_9fa48("918") ? [] : (stryCov_9fa48("918"), [used, id, used, (stryMutAct_9fa48("921") ? before !== undefined : stryMutAct_9fa48("920") ? false : stryMutAct_9fa48("919") ? true : (stryCov_9fa48("919", "920", "921"), before === undefined)) ? used : new Date(before).toISOString()]), stryMutAct_9fa48("922") ? {} : (stryCov_9fa48("922"), {
        transaction
      }));
      if (stryMutAct_9fa48("925") ? updated.length !== 0 : stryMutAct_9fa48("924") ? false : stryMutAct_9fa48("923") ? true : (stryCov_9fa48("923", "924", "925"), updated.length === 0)) return stryMutAct_9fa48("926") ? true : (stryCov_9fa48("926"), false);
      await this.#driver().execute(stryMutAct_9fa48("927") ? `` : (stryCov_9fa48("927"), `INSERT INTO ${API_KEY_DETAIL_OBJECT} (id, last_used_via, last_used_from) VALUES (?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET last_used_via = excluded.last_used_via, last_used_from = excluded.last_used_from`), stryMutAct_9fa48("928") ? [] : (stryCov_9fa48("928"), [id, via, stryMutAct_9fa48("929") ? network && null : (stryCov_9fa48("929"), network ?? null)]), stryMutAct_9fa48("930") ? {} : (stryCov_9fa48("930"), {
        transaction
      }));
      return stryMutAct_9fa48("931") ? false : (stryCov_9fa48("931"), true);
    }
  }
}