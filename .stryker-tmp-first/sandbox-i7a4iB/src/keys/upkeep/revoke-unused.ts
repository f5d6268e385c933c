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
import type { Events } from '../../observability/events.ts';
import { committed } from '../../platform/committed.ts';
import type { Row, SqlDriver } from '../../platform/engine.ts';
import { query } from '../../platform/sql.ts';
import { userEntry } from '../ledger/ledger.ts';
import type { KeyWriting } from '../mint/key-writing.ts';
import { revokeKeys } from '../mint/revoke-keys.ts';
import { toPolicy } from '../policy/policy.ts';
import { API_KEY_POLICY_OBJECT } from '../policy/policy-table.ts';
import { unusedSince } from '../read/filters.ts';
import { API_KEY_OBJECT, type ApiKey, toApiKey, whereStatus } from '../record/api-key.ts';
import { API_KEY_DETAIL_OBJECT } from '../record/api-key-detail.ts';
import { momentOf } from '../record/stored.ts';
import { FIRST_REMINDER } from './endings.ts';
import { BY_ITSELF, eventOf, type KeyWatch } from './watch-keys.ts';

/** The keys of one statement, and of one transaction. A mint on SQLite may have to wait for one. */
const BATCH = 100;
/** A use is written some time after it happened, in milliseconds. */
const USES_ARE_LATE_BY = stryMutAct_9fa48("4728") ? 5 / 60_000 : (stryCov_9fa48("4728"), 5 * 60_000);
interface UnusedKey {
  readonly key: ApiKey;
  /** When it was last used, or made, or restored. */
  readonly begins: number;
}

/** Revokes the keys that were not used for as long as the policy of their organization says, and sends reminders before. */
export class UnusedKeys {
  readonly #writing: KeyWriting;
  readonly #driver: SqlDriver;
  readonly #watch: Pick<KeyWatch, 'remind'>;
  readonly #events: Pick<Events, 'changed'>;
  constructor(writing: KeyWriting, driver: SqlDriver, watch: Pick<KeyWatch, 'remind'>, events: Pick<Events, 'changed'>) {
    if (stryMutAct_9fa48("4729")) {
      {}
    } else {
      stryCov_9fa48("4729");
      this.#writing = writing;
      this.#driver = driver;
      this.#watch = watch;
      this.#events = events;
    }
  }

  /** @throws Error what one organization failed with, after the others were done. */
  async run(now: number): Promise<void> {
    if (stryMutAct_9fa48("4730")) {
      {}
    } else {
      stryCov_9fa48("4730");
      const statement = stryMutAct_9fa48("4731") ? `` : (stryCov_9fa48("4731"), `SELECT * FROM ${API_KEY_POLICY_OBJECT} WHERE revoke_unused_after IS NOT NULL ORDER BY id`);
      const failures: unknown[] = stryMutAct_9fa48("4732") ? ["Stryker was here"] : (stryCov_9fa48("4732"), []);
      for (const row of await query(this.#driver, statement)) {
        if (stryMutAct_9fa48("4733")) {
          {}
        } else {
          stryCov_9fa48("4733");
          try {
            if (stryMutAct_9fa48("4734")) {
              {}
            } else {
              stryCov_9fa48("4734");
              await this.#ofOrganization(String(row[stryMutAct_9fa48("4735") ? "" : (stryCov_9fa48("4735"), 'id')]), stryMutAct_9fa48("4736") ? toPolicy(row).revokeUnusedAfter && Number.POSITIVE_INFINITY : (stryCov_9fa48("4736"), toPolicy(row).revokeUnusedAfter ?? Number.POSITIVE_INFINITY), now);
            }
          } catch (error) {
            if (stryMutAct_9fa48("4737")) {
              {}
            } else {
              stryCov_9fa48("4737");
              if (stryMutAct_9fa48("4738")) {
                ;
              } else {
                stryCov_9fa48("4738");
                failures.push(error);
              }
            }
          }
        }
      }
      if (stryMutAct_9fa48("4742") ? failures.length <= 0 : stryMutAct_9fa48("4741") ? failures.length >= 0 : stryMutAct_9fa48("4740") ? false : stryMutAct_9fa48("4739") ? true : (stryCov_9fa48("4739", "4740", "4741", "4742"), failures.length > 0)) throw failures[0];
    }
  }
  async #ofOrganization(organizationId: string, revokeAfter: number, now: number): Promise<void> {
    if (stryMutAct_9fa48("4743")) {
      {}
    } else {
      stryCov_9fa48("4743");
      const pace = new Pace();
      let from: Record<string, unknown>[] = stryMutAct_9fa48("4744") ? ["Stryker was here"] : (stryCov_9fa48("4744"), []);
      if (stryMutAct_9fa48("4745")) {
        for (; false;) {
          const rows = await this.#writing.engine.find(API_KEY_OBJECT, {
            where: {
              $and: [{
                active_organization_id: organizationId
              }, ...from, unusedSince(revokeAfter - FIRST_REMINDER, now), whereStatus('ACTIVE', now)]
            },
            orderBy: [{
              field: 'created_at',
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
          const unused = await this.#withBeginning(rows.map(toApiKey));
          const isOver = ({
            begins
          }: UnusedKey): boolean => begins + revokeAfter + USES_ARE_LATE_BY <= now;
          const endings = unused.map(({
            key,
            begins
          }) => ({
            key,
            begins,
            ends: begins + revokeAfter
          }));
          await this.#watch.remind(endings, now);
          const over = unused.filter(isOver).map(({
            key
          }) => key);
          if (over.length > 0) await this.#revoke(organizationId, over, now);
          const last = rows.at(-1) && toApiKey(rows.at(-1) as Row);
          if (rows.length < BATCH || last === undefined) return;
          const at = last.createdAt.toISOString();
          await pace.rest();
          from = [{
            $or: [{
              created_at: {
                $gt: at
              }
            }, {
              created_at: at,
              id: {
                $gt: last.id
              }
            }]
          }];
        }
      } else {
        stryCov_9fa48("4745");
        for (;;) {
          if (stryMutAct_9fa48("4746")) {
            {}
          } else {
            stryCov_9fa48("4746");
            const rows = await this.#writing.engine.find(API_KEY_OBJECT, stryMutAct_9fa48("4747") ? {} : (stryCov_9fa48("4747"), {
              where: stryMutAct_9fa48("4748") ? {} : (stryCov_9fa48("4748"), {
                $and: stryMutAct_9fa48("4749") ? [] : (stryCov_9fa48("4749"), [stryMutAct_9fa48("4750") ? {} : (stryCov_9fa48("4750"), {
                  active_organization_id: organizationId
                }), ...from, unusedSince(stryMutAct_9fa48("4751") ? revokeAfter + FIRST_REMINDER : (stryCov_9fa48("4751"), revokeAfter - FIRST_REMINDER), now), whereStatus(stryMutAct_9fa48("4752") ? "" : (stryCov_9fa48("4752"), 'ACTIVE'), now)])
              }),
              orderBy: stryMutAct_9fa48("4753") ? [] : (stryCov_9fa48("4753"), [stryMutAct_9fa48("4754") ? {} : (stryCov_9fa48("4754"), {
                field: stryMutAct_9fa48("4755") ? "" : (stryCov_9fa48("4755"), 'created_at'),
                order: stryMutAct_9fa48("4756") ? "" : (stryCov_9fa48("4756"), 'asc')
              }), stryMutAct_9fa48("4757") ? {} : (stryCov_9fa48("4757"), {
                field: stryMutAct_9fa48("4758") ? "" : (stryCov_9fa48("4758"), 'id'),
                order: stryMutAct_9fa48("4759") ? "" : (stryCov_9fa48("4759"), 'asc')
              })]),
              limit: BATCH,
              context: stryMutAct_9fa48("4760") ? {} : (stryCov_9fa48("4760"), {
                isSystem: stryMutAct_9fa48("4761") ? false : (stryCov_9fa48("4761"), true)
              })
            }));
            const unused = await this.#withBeginning(rows.map(toApiKey));
            const isOver = stryMutAct_9fa48("4762") ? () => undefined : (stryCov_9fa48("4762"), (() => {
              const isOver = ({
                begins
              }: UnusedKey): boolean => stryMutAct_9fa48("4766") ? begins + revokeAfter + USES_ARE_LATE_BY > now : stryMutAct_9fa48("4765") ? begins + revokeAfter + USES_ARE_LATE_BY < now : stryMutAct_9fa48("4764") ? false : stryMutAct_9fa48("4763") ? true : (stryCov_9fa48("4763", "4764", "4765", "4766"), (stryMutAct_9fa48("4767") ? begins + revokeAfter - USES_ARE_LATE_BY : (stryCov_9fa48("4767"), (stryMutAct_9fa48("4768") ? begins - revokeAfter : (stryCov_9fa48("4768"), begins + revokeAfter)) + USES_ARE_LATE_BY)) <= now);
              return isOver;
            })());
            const endings = unused.map(stryMutAct_9fa48("4769") ? () => undefined : (stryCov_9fa48("4769"), ({
              key,
              begins
            }) => stryMutAct_9fa48("4770") ? {} : (stryCov_9fa48("4770"), {
              key,
              begins,
              ends: stryMutAct_9fa48("4771") ? begins - revokeAfter : (stryCov_9fa48("4771"), begins + revokeAfter)
            })));
            await this.#watch.remind(endings, now);
            const over = stryMutAct_9fa48("4772") ? unused.map(({
              key
            }) => key) : (stryCov_9fa48("4772"), unused.filter(isOver).map(stryMutAct_9fa48("4773") ? () => undefined : (stryCov_9fa48("4773"), ({
              key
            }) => key)));
            if (stryMutAct_9fa48("4777") ? over.length <= 0 : stryMutAct_9fa48("4776") ? over.length >= 0 : stryMutAct_9fa48("4775") ? false : stryMutAct_9fa48("4774") ? true : (stryCov_9fa48("4774", "4775", "4776", "4777"), over.length > 0)) await this.#revoke(organizationId, over, now);
            const last = stryMutAct_9fa48("4780") ? rows.at(-1) || toApiKey(rows.at(-1) as Row) : stryMutAct_9fa48("4779") ? false : stryMutAct_9fa48("4778") ? true : (stryCov_9fa48("4778", "4779", "4780"), rows.at(stryMutAct_9fa48("4781") ? +1 : (stryCov_9fa48("4781"), -1)) && toApiKey(rows.at(-1) as Row));
            if (stryMutAct_9fa48("4784") ? rows.length < BATCH && last === undefined : stryMutAct_9fa48("4783") ? false : stryMutAct_9fa48("4782") ? true : (stryCov_9fa48("4782", "4783", "4784"), (stryMutAct_9fa48("4787") ? rows.length >= BATCH : stryMutAct_9fa48("4786") ? rows.length <= BATCH : stryMutAct_9fa48("4785") ? false : (stryCov_9fa48("4785", "4786", "4787"), rows.length < BATCH)) || (stryMutAct_9fa48("4789") ? last !== undefined : stryMutAct_9fa48("4788") ? false : (stryCov_9fa48("4788", "4789"), last === undefined)))) return;
            const at = last.createdAt.toISOString();
            await pace.rest();
            from = stryMutAct_9fa48("4790") ? [] : (stryCov_9fa48("4790"), [stryMutAct_9fa48("4791") ? {} : (stryCov_9fa48("4791"), {
              $or: stryMutAct_9fa48("4792") ? [] : (stryCov_9fa48("4792"), [stryMutAct_9fa48("4793") ? {} : (stryCov_9fa48("4793"), {
                created_at: stryMutAct_9fa48("4794") ? {} : (stryCov_9fa48("4794"), {
                  $gt: at
                })
              }), stryMutAct_9fa48("4795") ? {} : (stryCov_9fa48("4795"), {
                created_at: at,
                id: stryMutAct_9fa48("4796") ? {} : (stryCov_9fa48("4796"), {
                  $gt: last.id
                })
              })])
            })]);
          }
        }
      }
    }
  }
  async #withBeginning(keys: readonly ApiKey[], context: object = {}): Promise<UnusedKey[]> {
    if (stryMutAct_9fa48("4797")) {
      {}
    } else {
      stryCov_9fa48("4797");
      if (stryMutAct_9fa48("4800") ? keys.length !== 0 : stryMutAct_9fa48("4799") ? false : stryMutAct_9fa48("4798") ? true : (stryCov_9fa48("4798", "4799", "4800"), keys.length === 0)) return stryMutAct_9fa48("4801") ? ["Stryker was here"] : (stryCov_9fa48("4801"), []);
      const where = stryMutAct_9fa48("4802") ? {} : (stryCov_9fa48("4802"), {
        id: stryMutAct_9fa48("4803") ? {} : (stryCov_9fa48("4803"), {
          $in: keys.map(stryMutAct_9fa48("4804") ? () => undefined : (stryCov_9fa48("4804"), ({
            id
          }) => id))
        })
      });
      const details = await this.#writing.engine.find(API_KEY_DETAIL_OBJECT, stryMutAct_9fa48("4805") ? {} : (stryCov_9fa48("4805"), {
        where,
        context: stryMutAct_9fa48("4806") ? {} : (stryCov_9fa48("4806"), {
          isSystem: stryMutAct_9fa48("4807") ? false : (stryCov_9fa48("4807"), true),
          ...context
        })
      }));
      const restored = new Map(details.map(stryMutAct_9fa48("4808") ? () => undefined : (stryCov_9fa48("4808"), row => stryMutAct_9fa48("4809") ? [] : (stryCov_9fa48("4809"), [row[stryMutAct_9fa48("4810") ? "" : (stryCov_9fa48("4810"), 'id')], momentOf(row[stryMutAct_9fa48("4811") ? "" : (stryCov_9fa48("4811"), 'restored_at')])]))));
      return keys.map(key => {
        if (stryMutAct_9fa48("4812")) {
          {}
        } else {
          stryCov_9fa48("4812");
          const moments = stryMutAct_9fa48("4813") ? [] : (stryCov_9fa48("4813"), [key.createdAt.getTime(), stryMutAct_9fa48("4814") ? key.lastUsedAt?.getTime() && 0 : (stryCov_9fa48("4814"), (stryMutAct_9fa48("4815") ? key.lastUsedAt.getTime() : (stryCov_9fa48("4815"), key.lastUsedAt?.getTime())) ?? 0), stryMutAct_9fa48("4818") ? restored.get(key.id) && 0 : stryMutAct_9fa48("4817") ? false : stryMutAct_9fa48("4816") ? true : (stryCov_9fa48("4816", "4817", "4818"), restored.get(key.id) || 0)]);
          return stryMutAct_9fa48("4819") ? {} : (stryCov_9fa48("4819"), {
            key,
            begins: stryMutAct_9fa48("4820") ? Math.min(...moments) : (stryCov_9fa48("4820"), Math.max(...moments))
          });
        }
      });
    }
  }

  /** Checks the keys again under the locks of their owners and of the policy, and revokes those that are still unused. */
  async #revoke(organizationId: string, keys: readonly ApiKey[], now: number): Promise<void> {
    if (stryMutAct_9fa48("4821")) {
      {}
    } else {
      stryCov_9fa48("4821");
      const {
        engine,
        ledger,
        policies
      } = this.#writing;
      const revoked = await committed(engine, API_KEY_OBJECT, async context => {
        if (stryMutAct_9fa48("4822")) {
          {}
        } else {
          stryCov_9fa48("4822");
          const owners = new Map(keys.map(stryMutAct_9fa48("4823") ? () => undefined : (stryCov_9fa48("4823"), ({
            ownerId
          }) => stryMutAct_9fa48("4824") ? [] : (stryCov_9fa48("4824"), [userEntry(ownerId), stryMutAct_9fa48("4825") ? "Stryker was here!" : (stryCov_9fa48("4825"), '')]))));
          await ledger.lock(context.transaction, owners, stryMutAct_9fa48("4826") ? ["Stryker was here"] : (stryCov_9fa48("4826"), []));
          const {
            revokeUnusedAfter
          } = (await policies.hold(context.transaction, stryMutAct_9fa48("4827") ? [] : (stryCov_9fa48("4827"), [organizationId]))).of(organizationId);
          if (stryMutAct_9fa48("4830") ? revokeUnusedAfter !== undefined : stryMutAct_9fa48("4829") ? false : stryMutAct_9fa48("4828") ? true : (stryCov_9fa48("4828", "4829", "4830"), revokeUnusedAfter === undefined)) return stryMutAct_9fa48("4831") ? ["Stryker was here"] : (stryCov_9fa48("4831"), []);
          const before = stryMutAct_9fa48("4832") ? now - revokeUnusedAfter + USES_ARE_LATE_BY : (stryCov_9fa48("4832"), (stryMutAct_9fa48("4833") ? now + revokeUnusedAfter : (stryCov_9fa48("4833"), now - revokeUnusedAfter)) - USES_ARE_LATE_BY);
          const where = stryMutAct_9fa48("4834") ? {} : (stryCov_9fa48("4834"), {
            id: stryMutAct_9fa48("4835") ? {} : (stryCov_9fa48("4835"), {
              $in: keys.map(stryMutAct_9fa48("4836") ? () => undefined : (stryCov_9fa48("4836"), ({
                id
              }) => id))
            }),
            revoked: stryMutAct_9fa48("4837") ? {} : (stryCov_9fa48("4837"), {
              $ne: stryMutAct_9fa48("4838") ? false : (stryCov_9fa48("4838"), true)
            })
          });
          const rows = await engine.find(API_KEY_OBJECT, stryMutAct_9fa48("4839") ? {} : (stryCov_9fa48("4839"), {
            where,
            context
          }));
          const still = stryMutAct_9fa48("4840") ? await this.#withBeginning(rows.map(toApiKey), context) : (stryCov_9fa48("4840"), (await this.#withBeginning(rows.map(toApiKey), context)).filter(stryMutAct_9fa48("4841") ? () => undefined : (stryCov_9fa48("4841"), ({
            begins
          }) => stryMutAct_9fa48("4845") ? begins > before : stryMutAct_9fa48("4844") ? begins < before : stryMutAct_9fa48("4843") ? false : stryMutAct_9fa48("4842") ? true : (stryCov_9fa48("4842", "4843", "4844", "4845"), begins <= before))));
          const unused = still.map(stryMutAct_9fa48("4846") ? () => undefined : (stryCov_9fa48("4846"), ({
            key
          }) => key));
          await revokeKeys(this.#writing, unused, BY_ITSELF, context);
          await ledger.assertCommittable(context.transaction);
          return unused;
        }
      });
      for (const key of revoked) {
        if (stryMutAct_9fa48("4847")) {
          {}
        } else {
          stryCov_9fa48("4847");
          this.#events.changed(BY_ITSELF, eventOf(key, stryMutAct_9fa48("4849") ? {} : (stryCov_9fa48("4849"), {
            action: stryMutAct_9fa48("4850") ? "" : (stryCov_9fa48("4850"), 'revoke'),
            because: stryMutAct_9fa48("4851") ? "" : (stryCov_9fa48("4851"), 'disuse')
          })));
        }
      }
    }
  }
}