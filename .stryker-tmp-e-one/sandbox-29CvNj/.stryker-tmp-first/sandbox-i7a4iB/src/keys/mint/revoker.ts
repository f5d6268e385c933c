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
import { ServiceError } from '../../base/errors.ts';
import type { KeyAction } from '../../observability/events.ts';
import { committed } from '../../platform/committed.ts';
import type { Platform } from '../../platform/platform.ts';
import { Allowance } from '../limits/allowance.ts';
import { assertMayComeBack, withAdministration } from '../policy/policy-rules.ts';
import { findOwnApiKey } from '../read/find.ts';
import { API_KEY_OBJECT, type ApiKey, toApiKey } from '../record/api-key.ts';
import { noteRestored } from '../record/api-key-detail.ts';
import type { Caller } from './caller.ts';
import { assertInTime, type KeyWriting } from './key-writing.ts';

/** A key after a request to revoke or restore it, and whether the request changed it. */
export interface Revocation {
  readonly apiKey: ApiKey;
  readonly changed: boolean;
  /** What was done, if that is not what was asked for. */
  readonly action?: KeyAction;
}

/** The owner of the key left the organization and rejoined. */
export interface Returned {
  /** The start of the new membership, in milliseconds since 1970. */
  readonly memberSince: number | undefined;
}

/**
 * Revokes and restores keys like the platform's `revoke_api_key` and `restore_api_key` actions: with the
 * caller's own rights, it updates `revoked`, the only column that a person may change. A key that already
 * has the requested state is not changed.
 */
export class Revoker {
  readonly #platform: Platform;
  readonly #writing: KeyWriting;
  constructor(platform: Platform, writing: KeyWriting) {
    if (stryMutAct_9fa48("2734")) {
      {}
    } else {
      stryCov_9fa48("2734");
      this.#platform = platform;
      this.#writing = writing;
    }
  }

  /** Revokes a key. @throws ServiceError `FORBIDDEN` if the platform's permissions reject it, `SERVICE_UNAVAILABLE`. */
  async revoke(caller: Caller, key: ApiKey): Promise<Revocation> {
    if (stryMutAct_9fa48("2735")) {
      {}
    } else {
      stryCov_9fa48("2735");
      if (stryMutAct_9fa48("2737") ? false : stryMutAct_9fa48("2736") ? true : (stryCov_9fa48("2736", "2737"), key.revoked)) return stryMutAct_9fa48("2738") ? {} : (stryCov_9fa48("2738"), {
        apiKey: key,
        changed: stryMutAct_9fa48("2739") ? true : (stryCov_9fa48("2739"), false)
      });
      const update = await this.#update(caller, key, stryMutAct_9fa48("2740") ? false : (stryCov_9fa48("2740"), true));
      await this.#onRecord(caller, key, stryMutAct_9fa48("2741") ? "" : (stryCov_9fa48("2741"), 'revoke'), update);
      return stryMutAct_9fa48("2742") ? {} : (stryCov_9fa48("2742"), {
        apiKey: await this.#outcome(caller, key, stryMutAct_9fa48("2743") ? false : (stryCov_9fa48("2743"), true)),
        changed: stryMutAct_9fa48("2744") ? false : (stryCov_9fa48("2744"), true)
      });
    }
  }

  /**
   * Reactivates a key. This counts like a new key, under the same lock, and follows the same policy.
   * Otherwise a caller could exceed the limits by revoking, creating and restoring keys in turn.
   *
   * @param returned set if the owner left and rejoined. The key then belongs to the new membership.
   * @throws ServiceError `RATE_LIMITED`, `LIMIT_REACHED`, `POLICY_VIOLATION`, `FORBIDDEN` if the platform's permissions reject it, `SERVICE_UNAVAILABLE`.
   */
  async restore(caller: Caller, key: ApiKey, returned?: Returned): Promise<Revocation> {
    if (stryMutAct_9fa48("2745")) {
      {}
    } else {
      stryCov_9fa48("2745");
      if (stryMutAct_9fa48("2748") ? !key.revoked || returned === undefined : stryMutAct_9fa48("2747") ? false : stryMutAct_9fa48("2746") ? true : (stryCov_9fa48("2746", "2747", "2748"), (stryMutAct_9fa48("2749") ? key.revoked : (stryCov_9fa48("2749"), !key.revoked)) && (stryMutAct_9fa48("2751") ? returned !== undefined : stryMutAct_9fa48("2750") ? true : (stryCov_9fa48("2750", "2751"), returned === undefined)))) return stryMutAct_9fa48("2752") ? {} : (stryCov_9fa48("2752"), {
        apiKey: key,
        changed: stryMutAct_9fa48("2753") ? true : (stryCov_9fa48("2753"), false)
      });
      const update = await this.#update(caller, key, stryMutAct_9fa48("2754") ? true : (stryCov_9fa48("2754"), false));
      const changed = await withAdministration(this.#writing.administrators, caller.principal, stryMutAct_9fa48("2755") ? () => undefined : (stryCov_9fa48("2755"), administers => this.#onRecord(caller, key, stryMutAct_9fa48("2756") ? "" : (stryCov_9fa48("2756"), 'restore'), stryMutAct_9fa48("2757") ? () => undefined : (stryCov_9fa48("2757"), () => this.#counted(caller, key.id, update, returned, administers)))));
      return stryMutAct_9fa48("2758") ? {} : (stryCov_9fa48("2758"), {
        apiKey: await this.#outcome(caller, key, stryMutAct_9fa48("2759") ? true : (stryCov_9fa48("2759"), false)),
        changed
      });
    }
  }

  /** @returns whether the key could still be restored once the lock was held. */
  #counted({
    principal: {
      userId
    },
    request
  }: Caller, id: string, update: () => Promise<unknown>, returned: Returned | undefined, administers: boolean): Promise<boolean> {
    if (stryMutAct_9fa48("2760")) {
      {}
    } else {
      stryCov_9fa48("2760");
      const {
        engine,
        ledger,
        policies
      } = this.#writing;
      return committed(engine, API_KEY_OBJECT, async context => {
        if (stryMutAct_9fa48("2761")) {
          {}
        } else {
          stryCov_9fa48("2761");
          const claim = stryMutAct_9fa48("2762") ? {} : (stryCov_9fa48("2762"), {
            userId,
            address: request.address,
            locksUser: stryMutAct_9fa48("2763") ? false : (stryCov_9fa48("2763"), true)
          });
          const allowance = await Allowance.open(stryMutAct_9fa48("2764") ? {} : (stryCov_9fa48("2764"), {
            ...this.#writing,
            context
          }), stryMutAct_9fa48("2765") ? [] : (stryCov_9fa48("2765"), [claim]), stryMutAct_9fa48("2766") ? ["Stryker was here"] : (stryCov_9fa48("2766"), []));
          const [row] = await engine.find(API_KEY_OBJECT, stryMutAct_9fa48("2767") ? {} : (stryCov_9fa48("2767"), {
            where: stryMutAct_9fa48("2768") ? {} : (stryCov_9fa48("2768"), {
              id,
              user_id: userId
            }),
            limit: 1,
            context
          }));
          const key = stryMutAct_9fa48("2771") ? row || toApiKey(row) : stryMutAct_9fa48("2770") ? false : stryMutAct_9fa48("2769") ? true : (stryCov_9fa48("2769", "2770", "2771"), row && toApiKey(row));
          const isRevoked = stryMutAct_9fa48("2774") ? key === undefined && key.revoked : stryMutAct_9fa48("2773") ? false : stryMutAct_9fa48("2772") ? true : (stryCov_9fa48("2772", "2773", "2774"), (stryMutAct_9fa48("2776") ? key !== undefined : stryMutAct_9fa48("2775") ? false : (stryCov_9fa48("2775", "2776"), key === undefined)) || key.revoked);
          if (stryMutAct_9fa48("2779") ? !isRevoked || returned === undefined : stryMutAct_9fa48("2778") ? false : stryMutAct_9fa48("2777") ? true : (stryCov_9fa48("2777", "2778", "2779"), (stryMutAct_9fa48("2780") ? isRevoked : (stryCov_9fa48("2780"), !isRevoked)) && (stryMutAct_9fa48("2782") ? returned !== undefined : stryMutAct_9fa48("2781") ? true : (stryCov_9fa48("2781", "2782"), returned === undefined)))) return stryMutAct_9fa48("2783") ? true : (stryCov_9fa48("2783"), false);
          if (stryMutAct_9fa48("2786") ? key?.organizationId === undefined : stryMutAct_9fa48("2785") ? false : stryMutAct_9fa48("2784") ? true : (stryCov_9fa48("2784", "2785", "2786"), (stryMutAct_9fa48("2787") ? key.organizationId : (stryCov_9fa48("2787"), key?.organizationId)) !== undefined)) {
            if (stryMutAct_9fa48("2788")) {
              {}
            } else {
              stryCov_9fa48("2788");
              const held = await policies.hold(context.transaction, stryMutAct_9fa48("2789") ? [] : (stryCov_9fa48("2789"), [key.organizationId]));
              if (stryMutAct_9fa48("2790")) {
                ;
              } else {
                stryCov_9fa48("2790");
                assertMayComeBack(held.of(key.organizationId), key, administers);
              }
            }
          }
          // A key that ended with a membership still counts against the limit on active keys.
          if (stryMutAct_9fa48("2791")) {
            ;
          } else {
            stryCov_9fa48("2791");
            allowance.take(claim, isRevoked ? 1 : 0);
          } // The engine runs this update in the same transaction.
          if (stryMutAct_9fa48("2793") ? false : stryMutAct_9fa48("2792") ? true : (stryCov_9fa48("2792", "2793"), isRevoked)) await update();
          await noteRestored(engine, context.transaction, id, stryMutAct_9fa48("2794") ? Math.min(allowance.now, returned?.memberSince ?? 0) : (stryCov_9fa48("2794"), Math.max(allowance.now, stryMutAct_9fa48("2795") ? returned?.memberSince && 0 : (stryCov_9fa48("2795"), (stryMutAct_9fa48("2796") ? returned.memberSince : (stryCov_9fa48("2796"), returned?.memberSince)) ?? 0))));
          await ledger.write(context.transaction, new Map(allowance.changes()));
          await ledger.assertCommittable(context.transaction);
          if (stryMutAct_9fa48("2797")) {
            ;
          } else {
            stryCov_9fa48("2797");
            assertInTime(request.budget);
          }
          return stryMutAct_9fa48("2798") ? false : (stryCov_9fa48("2798"), true);
        }
      });
    }
  }
  async #update({
    principal
  }: Caller, {
    id
  }: ApiKey, revoked: boolean): Promise<() => Promise<unknown>> {
    if (stryMutAct_9fa48("2799")) {
      {}
    } else {
      stryCov_9fa48("2799");
      const context = await this.#platform.contextOf(principal);
      return stryMutAct_9fa48("2800") ? () => undefined : (stryCov_9fa48("2800"), () => this.#platform.engine.update(API_KEY_OBJECT, stryMutAct_9fa48("2801") ? {} : (stryCov_9fa48("2801"), {
        id,
        revoked
      }), stryMutAct_9fa48("2802") ? {} : (stryCov_9fa48("2802"), {
        context
      })));
    }
  }
  #onRecord<T>({
    request
  }: Caller, {
    id,
    prefix
  }: ApiKey, action: KeyAction, write: () => Promise<T>): Promise<T> {
    if (stryMutAct_9fa48("2803")) {
      {}
    } else {
      stryCov_9fa48("2803");
      const change = stryMutAct_9fa48("2804") ? {} : (stryCov_9fa48("2804"), {
        keyId: id,
        prefix,
        action,
        requestId: request.id,
        address: request.address,
        endpoint: request.endpoint
      });
      return this.#platform.inTime(stryMutAct_9fa48("2805") ? () => undefined : (stryCov_9fa48("2805"), () => this.#writing.auditTrail.during(stryMutAct_9fa48("2806") ? [] : (stryCov_9fa48("2806"), [change]), write)));
    }
  }

  /** The platform reports success even if its rules skipped the update, so the key is read again. */
  async #outcome({
    principal
  }: Caller, {
    id
  }: ApiKey, revoked: boolean): Promise<ApiKey> {
    if (stryMutAct_9fa48("2807")) {
      {}
    } else {
      stryCov_9fa48("2807");
      const updated = await findOwnApiKey(this.#platform, principal, id);
      if (stryMutAct_9fa48("2810") ? updated?.revoked !== revoked : stryMutAct_9fa48("2809") ? false : stryMutAct_9fa48("2808") ? true : (stryCov_9fa48("2808", "2809", "2810"), (stryMutAct_9fa48("2811") ? updated.revoked : (stryCov_9fa48("2811"), updated?.revoked)) === revoked)) return updated;
      throw new ServiceError(stryMutAct_9fa48("2813") ? "" : (stryCov_9fa48("2813"), 'FORBIDDEN'), stryMutAct_9fa48("2814") ? {} : (stryCov_9fa48("2814"), {
        message: stryMutAct_9fa48("2815") ? "" : (stryCov_9fa48("2815"), 'You do not have permission to change this key. Ask an administrator.')
      }));
    }
  }
}