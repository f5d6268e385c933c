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
import { DAY } from '../../base/time.ts';
import type { ChangeOrigin, Events, KeyEvent } from '../../observability/events.ts';
import type { DataEngine, SqlDriver } from '../../platform/engine.ts';
import { API_KEY_OBJECT, type ApiKey, type ApiKeyStatus, statusOf, toApiKey } from '../record/api-key.ts';
import type { ApiKeyDetail } from '../record/api-key-detail.ts';
import { type AuditedEvent, recordEvents } from '../record/audit-trail.ts';
import type { Standing } from '../record/standing.ts';
import { momentOf } from '../record/stored.ts';
import { FIRST_REMINDER, reminderDue } from './endings.ts';
import { type Notice, putBack, takeNew } from './notices.ts';

/** The keys of one statement. */
const BATCH = 200;
/** How long after an expiry the event is still published, if no replica was running at the time. */
const LATEST = stryMutAct_9fa48("4892") ? 7 / DAY : (stryCov_9fa48("4892"), 7 * DAY);

/** The origin of changes that no request made. */
export const BY_ITSELF: ChangeOrigin = stryMutAct_9fa48("4893") ? {} : (stryCov_9fa48("4893"), {
  id: undefined,
  address: undefined,
  endpoint: stryMutAct_9fa48("4894") ? "" : (stryCov_9fa48("4894"), 'system')
});
export interface KeyWatchParts {
  readonly engine: DataEngine;
  readonly driver: SqlDriver;
  readonly standing: Pick<Standing, 'statusOf'>;
  readonly detailOf: (key: ApiKey) => Promise<Pick<ApiKeyDetail, 'restoredAt'>>;
  readonly events: Pick<Events, 'changed'>;
  /** Whether people are reminded before a key ends. */
  readonly reminds: boolean;
}
interface KeyNotice extends Notice {
  readonly key: ApiKey;
  readonly event: Pick<KeyEvent, 'action' | 'because' | 'endsAt' | 'daysLeft'>;
}

/** An event about a key without an actor. */
export function eventOf(key: ApiKey, event: Pick<KeyEvent, 'action' | 'because' | 'endsAt' | 'daysLeft'>): KeyEvent {
  if (stryMutAct_9fa48("4895")) {
    {}
  } else {
    stryCov_9fa48("4895");
    const {
      id: keyId,
      prefix,
      ownerId,
      organizationId
    } = key;
    const nobody = stryMutAct_9fa48("4896") ? {} : (stryCov_9fa48("4896"), {
      userId: undefined,
      previousKeyId: undefined,
      milliseconds: 0
    });
    return stryMutAct_9fa48("4897") ? {} : (stryCov_9fa48("4897"), {
      ...nobody,
      keyId,
      prefix,
      ownerId,
      organizationId,
      ...event
    });
  }
}
function auditedNotice({
  key: {
    id,
    prefix,
    organizationId
  },
  event
}: KeyNotice): AuditedEvent {
  if (stryMutAct_9fa48("4898")) {
    {}
  } else {
    stryCov_9fa48("4898");
    const {
      action,
      because,
      endsAt,
      daysLeft
    } = event;
    const metadata = stryMutAct_9fa48("4899") ? {} : (stryCov_9fa48("4899"), {
      action,
      prefix,
      endpoint: BY_ITSELF.endpoint,
      because,
      endsAt,
      daysLeft
    });
    return stryMutAct_9fa48("4900") ? {} : (stryCov_9fa48("4900"), {
      keyId: id,
      organizationId,
      userId: undefined,
      metadata
    });
  }
}

/** Publishes what happens to keys as time passes. Each event is published once, by the replica that finds it first. */
export class KeyWatch {
  readonly #parts: KeyWatchParts;
  constructor(parts: KeyWatchParts) {
    if (stryMutAct_9fa48("4901")) {
      {}
    } else {
      stryCov_9fa48("4901");
      this.#parts = parts;
    }
  }
  async run(now: number): Promise<void> {
    if (stryMutAct_9fa48("4902")) {
      {}
    } else {
      stryCov_9fa48("4902");
      await this.#eachKey(stryMutAct_9fa48("4903") ? now + LATEST : (stryCov_9fa48("4903"), now - LATEST), now, stryMutAct_9fa48("4904") ? () => undefined : (stryCov_9fa48("4904"), keys => this.#expired(keys, now)));
      if (stryMutAct_9fa48("4906") ? false : stryMutAct_9fa48("4905") ? true : (stryCov_9fa48("4905", "4906"), this.#parts.reminds)) await this.#eachKey(now, stryMutAct_9fa48("4907") ? now - FIRST_REMINDER : (stryCov_9fa48("4907"), now + FIRST_REMINDER), stryMutAct_9fa48("4908") ? () => undefined : (stryCov_9fa48("4908"), keys => this.#expiring(keys, now)));
      await this.#eachActiveKey(now, stryMutAct_9fa48("4909") ? () => undefined : (stryCov_9fa48("4909"), keys => this.#ownerLeft(keys, now)));
    }
  }

  /** Publishes the reminders that are due for keys that will end unused. */
  async remind(endings: readonly {
    key: ApiKey;
    begins: number;
    ends: number;
  }[], now: number): Promise<void> {
    if (stryMutAct_9fa48("4910")) {
      {}
    } else {
      stryCov_9fa48("4910");
      if (stryMutAct_9fa48("4913") ? false : stryMutAct_9fa48("4912") ? true : stryMutAct_9fa48("4911") ? this.#parts.reminds : (stryCov_9fa48("4911", "4912", "4913"), !this.#parts.reminds)) return;
      const notices = endings.flatMap(({
        key,
        begins,
        ends
      }): KeyNotice[] => {
        if (stryMutAct_9fa48("4914")) {
          {}
        } else {
          stryCov_9fa48("4914");
          const days = reminderDue(begins, ends, now);
          if (stryMutAct_9fa48("4917") ? days !== undefined : stryMutAct_9fa48("4916") ? false : stryMutAct_9fa48("4915") ? true : (stryCov_9fa48("4915", "4916", "4917"), days === undefined)) return stryMutAct_9fa48("4918") ? ["Stryker was here"] : (stryCov_9fa48("4918"), []);
          const event = {
            action: 'expiring',
            because: 'disuse',
            endsAt: new Date(ends),
            daysLeft: days
          } as const;
          // A key that is used again has another end, and other reminders.
          return stryMutAct_9fa48("4919") ? [] : (stryCov_9fa48("4919"), [stryMutAct_9fa48("4920") ? {} : (stryCov_9fa48("4920"), {
            key,
            keyId: key.id,
            what: stryMutAct_9fa48("4921") ? `` : (stryCov_9fa48("4921"), `unused${days}:${Math.floor(stryMutAct_9fa48("4922") ? begins * DAY : (stryCov_9fa48("4922"), begins / DAY))}`),
            event
          })]);
        }
      });
      await this.#announce(notices, now);
    }
  }
  async #expired(keys: readonly ApiKey[], now: number): Promise<void> {
    if (stryMutAct_9fa48("4923")) {
      {}
    } else {
      stryCov_9fa48("4923");
      const event = {
        action: 'expired',
        because: 'expiry'
      } as const;
      await this.#announce(keys.map(stryMutAct_9fa48("4924") ? () => undefined : (stryCov_9fa48("4924"), (key): KeyNotice => stryMutAct_9fa48("4925") ? {} : (stryCov_9fa48("4925"), {
        key,
        keyId: key.id,
        what: stryMutAct_9fa48("4926") ? "" : (stryCov_9fa48("4926"), 'expired'),
        event
      }))), now);
    }
  }
  async #expiring(keys: readonly ApiKey[], now: number): Promise<void> {
    if (stryMutAct_9fa48("4927")) {
      {}
    } else {
      stryCov_9fa48("4927");
      // Keys of people who left have ended already.
      const notices = (await this.#withStatus(keys, stryMutAct_9fa48("4928") ? "" : (stryCov_9fa48("4928"), 'ACTIVE'))).flatMap((key): KeyNotice[] => {
        if (stryMutAct_9fa48("4929")) {
          {}
        } else {
          stryCov_9fa48("4929");
          const ends = stryMutAct_9fa48("4930") ? key.expiresAt?.getTime() && Number.POSITIVE_INFINITY : (stryCov_9fa48("4930"), (stryMutAct_9fa48("4931") ? key.expiresAt.getTime() : (stryCov_9fa48("4931"), key.expiresAt?.getTime())) ?? Number.POSITIVE_INFINITY);
          const days = reminderDue(key.createdAt.getTime(), ends, now);
          if (stryMutAct_9fa48("4934") ? days !== undefined : stryMutAct_9fa48("4933") ? false : stryMutAct_9fa48("4932") ? true : (stryCov_9fa48("4932", "4933", "4934"), days === undefined)) return stryMutAct_9fa48("4935") ? ["Stryker was here"] : (stryCov_9fa48("4935"), []);
          const event = {
            action: 'expiring',
            because: 'expiry',
            endsAt: key.expiresAt,
            daysLeft: days
          } as const;
          return stryMutAct_9fa48("4936") ? [] : (stryCov_9fa48("4936"), [stryMutAct_9fa48("4937") ? {} : (stryCov_9fa48("4937"), {
            key,
            keyId: key.id,
            what: stryMutAct_9fa48("4938") ? `` : (stryCov_9fa48("4938"), `expires${days}`),
            event
          })]);
        }
      });
      await this.#announce(notices, now);
    }
  }

  /** Once for each membership: a key that was restored since is announced again when its owner leaves again. */
  async #ownerLeft(keys: readonly ApiKey[], now: number): Promise<void> {
    if (stryMutAct_9fa48("4939")) {
      {}
    } else {
      stryCov_9fa48("4939");
      const event = {
        action: 'ownerLeft'
      } as const;
      const left = await this.#withStatus(keys, stryMutAct_9fa48("4940") ? "" : (stryCov_9fa48("4940"), 'OWNER_LEFT'));
      const notices = left.map(async (key): Promise<KeyNotice> => {
        if (stryMutAct_9fa48("4941")) {
          {}
        } else {
          stryCov_9fa48("4941");
          const {
            restoredAt
          } = await this.#parts.detailOf(key);
          return stryMutAct_9fa48("4942") ? {} : (stryCov_9fa48("4942"), {
            key,
            keyId: key.id,
            what: stryMutAct_9fa48("4943") ? `` : (stryCov_9fa48("4943"), `left:${stryMutAct_9fa48("4946") ? momentOf(restoredAt) && 0 : stryMutAct_9fa48("4945") ? false : stryMutAct_9fa48("4944") ? true : (stryCov_9fa48("4944", "4945", "4946"), momentOf(restoredAt) || 0)}`),
            staysTrue: stryMutAct_9fa48("4947") ? false : (stryCov_9fa48("4947"), true),
            event
          });
        }
      });
      await this.#announce(await Promise.all(notices), now);
    }
  }
  async #withStatus(keys: readonly ApiKey[], wanted: ApiKeyStatus): Promise<ApiKey[]> {
    if (stryMutAct_9fa48("4948")) {
      {}
    } else {
      stryCov_9fa48("4948");
      const statuses = await Promise.all(keys.map(stryMutAct_9fa48("4949") ? () => undefined : (stryCov_9fa48("4949"), key => this.#parts.standing.statusOf(key))));
      return stryMutAct_9fa48("4950") ? keys : (stryCov_9fa48("4950"), keys.filter(stryMutAct_9fa48("4951") ? () => undefined : (stryCov_9fa48("4951"), (_key, index) => stryMutAct_9fa48("4954") ? statuses[index] !== wanted : stryMutAct_9fa48("4953") ? false : stryMutAct_9fa48("4952") ? true : (stryCov_9fa48("4952", "4953", "4954"), statuses[index] === wanted))));
    }
  }
  async #announce(notices: readonly KeyNotice[], now: number): Promise<void> {
    if (stryMutAct_9fa48("4955")) {
      {}
    } else {
      stryCov_9fa48("4955");
      if (stryMutAct_9fa48("4958") ? notices.length !== 0 : stryMutAct_9fa48("4957") ? false : stryMutAct_9fa48("4956") ? true : (stryCov_9fa48("4956", "4957", "4958"), notices.length === 0)) return;
      const {
        driver,
        engine,
        events
      } = this.#parts;
      const taken = await takeNew(driver, notices, now);
      if (stryMutAct_9fa48("4961") ? taken.length !== 0 : stryMutAct_9fa48("4960") ? false : stryMutAct_9fa48("4959") ? true : (stryCov_9fa48("4959", "4960", "4961"), taken.length === 0)) return;
      try {
        if (stryMutAct_9fa48("4962")) {
          {}
        } else {
          stryCov_9fa48("4962");
          await recordEvents(engine, taken.map(auditedNotice), stryMutAct_9fa48("4963") ? {} : (stryCov_9fa48("4963"), {
            isSystem: stryMutAct_9fa48("4964") ? false : (stryCov_9fa48("4964"), true)
          }));
        }
      } catch (error) {
        if (stryMutAct_9fa48("4965")) {
          {}
        } else {
          stryCov_9fa48("4965");
          await putBack(driver, taken);
          throw error;
        }
      }
      for (const {
        key,
        event
      } of taken) if (stryMutAct_9fa48("4966")) {
        ;
      } else {
        stryCov_9fa48("4966");
        events.changed(BY_ITSELF, eventOf(key, event));
      }
    }
  }

  /** The keys that are not revoked and expire between two moments, in the order in which they do. */
  async #eachKey(after: number, until: number, visit: (keys: readonly ApiKey[]) => Promise<void>): Promise<void> {
    if (stryMutAct_9fa48("4967")) {
      {}
    } else {
      stryCov_9fa48("4967");
      const end = stryMutAct_9fa48("4968") ? {} : (stryCov_9fa48("4968"), {
        expires_at: stryMutAct_9fa48("4969") ? {} : (stryCov_9fa48("4969"), {
          $lte: new Date(until).toISOString()
        })
      });
      let from: Record<string, unknown> = stryMutAct_9fa48("4970") ? {} : (stryCov_9fa48("4970"), {
        expires_at: stryMutAct_9fa48("4971") ? {} : (stryCov_9fa48("4971"), {
          $gt: new Date(after).toISOString()
        })
      });
      const pace = new Pace();
      if (stryMutAct_9fa48("4972")) {
        for (; false;) {
          const rows = await this.#parts.engine.find(API_KEY_OBJECT, {
            where: {
              $and: [from, end, {
                revoked: {
                  $ne: true
                }
              }]
            },
            orderBy: [{
              field: 'expires_at',
              order: 'asc'
            }, {
              field: 'id',
              order: 'asc'
            }],
            limit: BATCH,
            context: {
              isSystem: true
            }
          });
          const keys = rows.map(toApiKey);
          if (keys.length > 0) await visit(keys);
          const last = keys.at(-1);
          if (keys.length < BATCH || last === undefined) return;
          const at = last.expiresAt?.toISOString();
          from = {
            expires_at: {
              $gte: at
            },
            $or: [{
              expires_at: {
                $gt: at
              }
            }, {
              expires_at: at,
              id: {
                $gt: last.id
              }
            }]
          };
          await pace.rest();
        }
      } else {
        stryCov_9fa48("4972");
        for (;;) {
          if (stryMutAct_9fa48("4973")) {
            {}
          } else {
            stryCov_9fa48("4973");
            const rows = await this.#parts.engine.find(API_KEY_OBJECT, stryMutAct_9fa48("4974") ? {} : (stryCov_9fa48("4974"), {
              where: stryMutAct_9fa48("4975") ? {} : (stryCov_9fa48("4975"), {
                $and: stryMutAct_9fa48("4976") ? [] : (stryCov_9fa48("4976"), [from, end, stryMutAct_9fa48("4977") ? {} : (stryCov_9fa48("4977"), {
                  revoked: stryMutAct_9fa48("4978") ? {} : (stryCov_9fa48("4978"), {
                    $ne: stryMutAct_9fa48("4979") ? false : (stryCov_9fa48("4979"), true)
                  })
                })])
              }),
              orderBy: stryMutAct_9fa48("4980") ? [] : (stryCov_9fa48("4980"), [stryMutAct_9fa48("4981") ? {} : (stryCov_9fa48("4981"), {
                field: stryMutAct_9fa48("4982") ? "" : (stryCov_9fa48("4982"), 'expires_at'),
                order: stryMutAct_9fa48("4983") ? "" : (stryCov_9fa48("4983"), 'asc')
              }), stryMutAct_9fa48("4984") ? {} : (stryCov_9fa48("4984"), {
                field: stryMutAct_9fa48("4985") ? "" : (stryCov_9fa48("4985"), 'id'),
                order: stryMutAct_9fa48("4986") ? "" : (stryCov_9fa48("4986"), 'asc')
              })]),
              limit: BATCH,
              context: stryMutAct_9fa48("4987") ? {} : (stryCov_9fa48("4987"), {
                isSystem: stryMutAct_9fa48("4988") ? false : (stryCov_9fa48("4988"), true)
              })
            }));
            const keys = rows.map(toApiKey);
            if (stryMutAct_9fa48("4992") ? keys.length <= 0 : stryMutAct_9fa48("4991") ? keys.length >= 0 : stryMutAct_9fa48("4990") ? false : stryMutAct_9fa48("4989") ? true : (stryCov_9fa48("4989", "4990", "4991", "4992"), keys.length > 0)) await visit(keys);
            const last = keys.at(stryMutAct_9fa48("4993") ? +1 : (stryCov_9fa48("4993"), -1));
            if (stryMutAct_9fa48("4996") ? keys.length < BATCH && last === undefined : stryMutAct_9fa48("4995") ? false : stryMutAct_9fa48("4994") ? true : (stryCov_9fa48("4994", "4995", "4996"), (stryMutAct_9fa48("4999") ? keys.length >= BATCH : stryMutAct_9fa48("4998") ? keys.length <= BATCH : stryMutAct_9fa48("4997") ? false : (stryCov_9fa48("4997", "4998", "4999"), keys.length < BATCH)) || (stryMutAct_9fa48("5001") ? last !== undefined : stryMutAct_9fa48("5000") ? false : (stryCov_9fa48("5000", "5001"), last === undefined)))) return;
            const at = stryMutAct_9fa48("5002") ? last.expiresAt.toISOString() : (stryCov_9fa48("5002"), last.expiresAt?.toISOString());
            from = stryMutAct_9fa48("5003") ? {} : (stryCov_9fa48("5003"), {
              expires_at: stryMutAct_9fa48("5004") ? {} : (stryCov_9fa48("5004"), {
                $gte: at
              }),
              $or: stryMutAct_9fa48("5005") ? [] : (stryCov_9fa48("5005"), [stryMutAct_9fa48("5006") ? {} : (stryCov_9fa48("5006"), {
                expires_at: stryMutAct_9fa48("5007") ? {} : (stryCov_9fa48("5007"), {
                  $gt: at
                })
              }), stryMutAct_9fa48("5008") ? {} : (stryCov_9fa48("5008"), {
                expires_at: at,
                id: stryMutAct_9fa48("5009") ? {} : (stryCov_9fa48("5009"), {
                  $gt: last.id
                })
              })])
            });
            await pace.rest();
          }
        }
      }
    }
  }

  /**
   * The keys of organizations that are neither revoked nor expired, in the order of their ids. The others are left
   * out here and not by the database: where most keys are revoked, a statement would read all of them to find a
   * few, and on SQLite every request would wait for it.
   */
  async #eachActiveKey(now: number, visit: (keys: readonly ApiKey[]) => Promise<void>): Promise<void> {
    if (stryMutAct_9fa48("5010")) {
      {}
    } else {
      stryCov_9fa48("5010");
      const pace = new Pace();
      if (stryMutAct_9fa48("5011")) {
        for (let after = ''; false;) {
          const rows = await this.#parts.engine.find(API_KEY_OBJECT, {
            where: {
              id: {
                $gt: after
              }
            },
            orderBy: [{
              field: 'id',
              order: 'asc'
            }],
            limit: BATCH,
            context: {
              isSystem: true
            }
          });
          const keys = rows.map(toApiKey);
          const active = keys.filter(key => key.organizationId !== undefined && statusOf(key, now) === 'ACTIVE');
          if (active.length > 0) await visit(active);
          const last = keys.at(-1);
          if (keys.length < BATCH || last === undefined) return;
          after = last.id;
          await pace.rest();
        }
      } else {
        stryCov_9fa48("5011");
        for (let after = stryMutAct_9fa48("5012") ? "Stryker was here!" : (stryCov_9fa48("5012"), '');;) {
          if (stryMutAct_9fa48("5013")) {
            {}
          } else {
            stryCov_9fa48("5013");
            const rows = await this.#parts.engine.find(API_KEY_OBJECT, stryMutAct_9fa48("5014") ? {} : (stryCov_9fa48("5014"), {
              where: stryMutAct_9fa48("5015") ? {} : (stryCov_9fa48("5015"), {
                id: stryMutAct_9fa48("5016") ? {} : (stryCov_9fa48("5016"), {
                  $gt: after
                })
              }),
              orderBy: stryMutAct_9fa48("5017") ? [] : (stryCov_9fa48("5017"), [stryMutAct_9fa48("5018") ? {} : (stryCov_9fa48("5018"), {
                field: stryMutAct_9fa48("5019") ? "" : (stryCov_9fa48("5019"), 'id'),
                order: stryMutAct_9fa48("5020") ? "" : (stryCov_9fa48("5020"), 'asc')
              })]),
              limit: BATCH,
              context: stryMutAct_9fa48("5021") ? {} : (stryCov_9fa48("5021"), {
                isSystem: stryMutAct_9fa48("5022") ? false : (stryCov_9fa48("5022"), true)
              })
            }));
            const keys = rows.map(toApiKey);
            const active = stryMutAct_9fa48("5023") ? keys : (stryCov_9fa48("5023"), keys.filter(stryMutAct_9fa48("5024") ? () => undefined : (stryCov_9fa48("5024"), key => stryMutAct_9fa48("5027") ? key.organizationId !== undefined || statusOf(key, now) === 'ACTIVE' : stryMutAct_9fa48("5026") ? false : stryMutAct_9fa48("5025") ? true : (stryCov_9fa48("5025", "5026", "5027"), (stryMutAct_9fa48("5029") ? key.organizationId === undefined : stryMutAct_9fa48("5028") ? true : (stryCov_9fa48("5028", "5029"), key.organizationId !== undefined)) && (stryMutAct_9fa48("5031") ? statusOf(key, now) !== 'ACTIVE' : stryMutAct_9fa48("5030") ? true : (stryCov_9fa48("5030", "5031"), statusOf(key, now) === (stryMutAct_9fa48("5032") ? "" : (stryCov_9fa48("5032"), 'ACTIVE'))))))));
            if (stryMutAct_9fa48("5036") ? active.length <= 0 : stryMutAct_9fa48("5035") ? active.length >= 0 : stryMutAct_9fa48("5034") ? false : stryMutAct_9fa48("5033") ? true : (stryCov_9fa48("5033", "5034", "5035", "5036"), active.length > 0)) await visit(active);
            const last = keys.at(stryMutAct_9fa48("5037") ? +1 : (stryCov_9fa48("5037"), -1));
            if (stryMutAct_9fa48("5040") ? keys.length < BATCH && last === undefined : stryMutAct_9fa48("5039") ? false : stryMutAct_9fa48("5038") ? true : (stryCov_9fa48("5038", "5039", "5040"), (stryMutAct_9fa48("5043") ? keys.length >= BATCH : stryMutAct_9fa48("5042") ? keys.length <= BATCH : stryMutAct_9fa48("5041") ? false : (stryCov_9fa48("5041", "5042", "5043"), keys.length < BATCH)) || (stryMutAct_9fa48("5045") ? last !== undefined : stryMutAct_9fa48("5044") ? false : (stryCov_9fa48("5044", "5045"), last === undefined)))) return;
            after = last.id;
            await pace.rest();
          }
        }
      }
    }
  }
}