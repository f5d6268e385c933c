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
import { isExpired } from '@objectstack/core';
import { assertPrincipal, type SessionPrincipal } from '../../auth/principal.ts';
import type { DataEngine, EngineContext, Row } from '../../platform/engine.ts';
import { readScopes } from './stored.ts';
export const API_KEY_OBJECT = stryMutAct_9fa48("3939") ? "" : (stryCov_9fa48("3939"), 'sys_api_key');

/** Whether a key works, and if not, why. */
export type ApiKeyStatus = 'ACTIVE' | 'REVOKED' | 'EXPIRED' | 'OWNER_LEFT';

/** The status by the record of the key alone. */
export type RecordedStatus = Exclude<ApiKeyStatus, 'OWNER_LEFT'>;

/** The metadata of a key, which may be shown again. It has no field for the secret or its hash. */
export interface ApiKey {
  readonly id: string;
  /** `sys_user.id` of the owner. */
  readonly ownerId: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | undefined;
  readonly organizationId: string | undefined;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | undefined;
  readonly revoked: boolean;
}

/** A row to write. It contains the hash of the secret, never the secret. */
export interface NewApiKey {
  /** Determines the owner and the organization of the key. */
  readonly owner: SessionPrincipal;
  readonly id: string;
  readonly name: string;
  readonly hash: string;
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | undefined;
  readonly createdAt: Date;
}

/** The status at `now` by the record of the key, with the platform's own rule for expiry. */
export function statusOf(key: ApiKey, now: number = Date.now()): RecordedStatus {
  if (stryMutAct_9fa48("3940")) {
    {}
  } else {
    stryCov_9fa48("3940");
    if (stryMutAct_9fa48("3942") ? false : stryMutAct_9fa48("3941") ? true : (stryCov_9fa48("3941", "3942"), key.revoked)) return stryMutAct_9fa48("3943") ? "" : (stryCov_9fa48("3943"), 'REVOKED');
    return isExpired(key.expiresAt, now) ? stryMutAct_9fa48("3944") ? "" : (stryCov_9fa48("3944"), 'EXPIRED') : stryMutAct_9fa48("3945") ? "" : (stryCov_9fa48("3945"), 'ACTIVE');
  }
}

/**
 * Writes the rows of new keys. `sys_api_key` is locked, so this is an elevated write, and the only one in
 * this project that creates keys. It takes the owner and the organization from a principal, which only the
 * auth code can construct.
 *
 * @param context the context of the transaction.
 * @returns the keys, in the sequence of the rows.
 */
export async function insertApiKeys(engine: DataEngine, keys: readonly NewApiKey[], context: EngineContext): Promise<ApiKey[]> {
  if (stryMutAct_9fa48("3946")) {
    {}
  } else {
    stryCov_9fa48("3946");
    const rows = keys.map(key => {
      if (stryMutAct_9fa48("3947")) {
        {}
      } else {
        stryCov_9fa48("3947");
        if (stryMutAct_9fa48("3948")) {
          ;
        } else {
          stryCov_9fa48("3948");
          assertPrincipal(key.owner);
        }
        return stryMutAct_9fa48("3949") ? {} : (stryCov_9fa48("3949"), {
          id: key.id,
          name: key.name,
          key: key.hash,
          prefix: key.prefix,
          user_id: key.owner.userId,
          revoked: stryMutAct_9fa48("3950") ? true : (stryCov_9fa48("3950"), false),
          active_organization_id: stryMutAct_9fa48("3951") ? key.owner.organizationId && null : (stryCov_9fa48("3951"), key.owner.organizationId ?? null),
          scopes: (stryMutAct_9fa48("3954") ? key.scopes.length !== 0 : stryMutAct_9fa48("3953") ? false : stryMutAct_9fa48("3952") ? true : (stryCov_9fa48("3952", "3953", "3954"), key.scopes.length === 0)) ? null : JSON.stringify(key.scopes),
          expires_at: stryMutAct_9fa48("3955") ? key.expiresAt?.toISOString() && null : (stryCov_9fa48("3955"), (stryMutAct_9fa48("3956") ? key.expiresAt.toISOString() : (stryCov_9fa48("3956"), key.expiresAt?.toISOString())) ?? null),
          created_at: key.createdAt.toISOString()
        });
      }
    });
    const inserted = await engine.insert(API_KEY_OBJECT, rows, stryMutAct_9fa48("3957") ? {} : (stryCov_9fa48("3957"), {
      context: stryMutAct_9fa48("3958") ? {} : (stryCov_9fa48("3958"), {
        ...context,
        isSystem: stryMutAct_9fa48("3959") ? false : (stryCov_9fa48("3959"), true)
      })
    }));
    if (stryMutAct_9fa48("3962") ? inserted.length === keys.length : stryMutAct_9fa48("3961") ? false : stryMutAct_9fa48("3960") ? true : (stryCov_9fa48("3960", "3961", "3962"), inserted.length !== keys.length)) throw new Error(stryMutAct_9fa48("3964") ? "" : (stryCov_9fa48("3964"), 'the engine did not return a row for each key'));
    return inserted.map(toApiKey);
  }
}

/**
 * Conditions on the status, for the keys of a person. They avoid `revoked = false`, because SQLite would
 * then use the index on `revoked` and read all keys to find those of one person.
 */
export function whereStatus(status: RecordedStatus, now: number): Record<string, unknown> {
  if (stryMutAct_9fa48("3965")) {
    {}
  } else {
    stryCov_9fa48("3965");
    const at = new Date(now).toISOString();
    switch (status) {
      case stryMutAct_9fa48("3967") ? "" : (stryCov_9fa48("3967"), 'REVOKED'):
        if (stryMutAct_9fa48("3966")) {} else {
          stryCov_9fa48("3966");
          return stryMutAct_9fa48("3968") ? {} : (stryCov_9fa48("3968"), {
            $and: stryMutAct_9fa48("3969") ? [] : (stryCov_9fa48("3969"), [stryMutAct_9fa48("3970") ? {} : (stryCov_9fa48("3970"), {
              revoked: stryMutAct_9fa48("3971") ? {} : (stryCov_9fa48("3971"), {
                $ne: stryMutAct_9fa48("3972") ? true : (stryCov_9fa48("3972"), false)
              })
            }), stryMutAct_9fa48("3973") ? {} : (stryCov_9fa48("3973"), {
              revoked: stryMutAct_9fa48("3974") ? {} : (stryCov_9fa48("3974"), {
                $ne: null
              })
            })])
          });
        }
      case stryMutAct_9fa48("3976") ? "" : (stryCov_9fa48("3976"), 'EXPIRED'):
        if (stryMutAct_9fa48("3975")) {} else {
          stryCov_9fa48("3975");
          return stryMutAct_9fa48("3977") ? {} : (stryCov_9fa48("3977"), {
            revoked: stryMutAct_9fa48("3978") ? {} : (stryCov_9fa48("3978"), {
              $ne: stryMutAct_9fa48("3979") ? false : (stryCov_9fa48("3979"), true)
            }),
            expires_at: stryMutAct_9fa48("3980") ? {} : (stryCov_9fa48("3980"), {
              $lte: at
            })
          });
        }
      case stryMutAct_9fa48("3982") ? "" : (stryCov_9fa48("3982"), 'ACTIVE'):
        if (stryMutAct_9fa48("3981")) {} else {
          stryCov_9fa48("3981");
          return stryMutAct_9fa48("3983") ? {} : (stryCov_9fa48("3983"), {
            revoked: stryMutAct_9fa48("3984") ? {} : (stryCov_9fa48("3984"), {
              $ne: stryMutAct_9fa48("3985") ? false : (stryCov_9fa48("3985"), true)
            }),
            $or: stryMutAct_9fa48("3986") ? [] : (stryCov_9fa48("3986"), [stryMutAct_9fa48("3987") ? {} : (stryCov_9fa48("3987"), {
              expires_at: null
            }), stryMutAct_9fa48("3988") ? {} : (stryCov_9fa48("3988"), {
              expires_at: stryMutAct_9fa48("3989") ? {} : (stryCov_9fa48("3989"), {
                $gt: at
              })
            })])
          });
        }
    }
  }
}

/** How many active keys each of these people has at `now`. People without any are not in the map. */
export async function countActiveKeys(engine: DataEngine, userIds: readonly string[], now: number, context: EngineContext): Promise<Map<string, number>> {
  if (stryMutAct_9fa48("3990")) {
    {}
  } else {
    stryCov_9fa48("3990");
    const rows = await engine.aggregate(API_KEY_OBJECT, stryMutAct_9fa48("3991") ? {} : (stryCov_9fa48("3991"), {
      where: stryMutAct_9fa48("3992") ? {} : (stryCov_9fa48("3992"), {
        user_id: stryMutAct_9fa48("3993") ? {} : (stryCov_9fa48("3993"), {
          $in: userIds
        }),
        ...whereStatus(stryMutAct_9fa48("3994") ? "" : (stryCov_9fa48("3994"), 'ACTIVE'), now)
      }),
      groupBy: stryMutAct_9fa48("3995") ? [] : (stryCov_9fa48("3995"), [stryMutAct_9fa48("3996") ? "" : (stryCov_9fa48("3996"), 'user_id')]),
      aggregations: stryMutAct_9fa48("3997") ? [] : (stryCov_9fa48("3997"), [stryMutAct_9fa48("3998") ? {} : (stryCov_9fa48("3998"), {
        function: stryMutAct_9fa48("3999") ? "" : (stryCov_9fa48("3999"), 'count'),
        alias: stryMutAct_9fa48("4000") ? "" : (stryCov_9fa48("4000"), 'active')
      })]),
      context: stryMutAct_9fa48("4001") ? {} : (stryCov_9fa48("4001"), {
        ...context,
        isSystem: stryMutAct_9fa48("4002") ? false : (stryCov_9fa48("4002"), true)
      })
    }));
    return new Map(rows.map(stryMutAct_9fa48("4003") ? () => undefined : (stryCov_9fa48("4003"), row => stryMutAct_9fa48("4004") ? [] : (stryCov_9fa48("4004"), [String(row[stryMutAct_9fa48("4005") ? "" : (stryCov_9fa48("4005"), 'user_id')]), Number(row[stryMutAct_9fa48("4006") ? "" : (stryCov_9fa48("4006"), 'active')])]))));
  }
}

/** Reads the metadata from a row of the engine. */
export function toApiKey(row: Row): ApiKey {
  if (stryMutAct_9fa48("4007")) {
    {}
  } else {
    stryCov_9fa48("4007");
    const {
      id,
      name,
      created_at: createdAt
    } = row;
    if (stryMutAct_9fa48("4010") ? typeof id !== 'string' && typeof name !== 'string' : stryMutAct_9fa48("4009") ? false : stryMutAct_9fa48("4008") ? true : (stryCov_9fa48("4008", "4009", "4010"), (stryMutAct_9fa48("4012") ? typeof id === 'string' : stryMutAct_9fa48("4011") ? false : (stryCov_9fa48("4011", "4012"), typeof id !== (stryMutAct_9fa48("4013") ? "" : (stryCov_9fa48("4013"), 'string')))) || (stryMutAct_9fa48("4015") ? typeof name === 'string' : stryMutAct_9fa48("4014") ? false : (stryCov_9fa48("4014", "4015"), typeof name !== (stryMutAct_9fa48("4016") ? "" : (stryCov_9fa48("4016"), 'string')))))) throw new TypeError(stryMutAct_9fa48("4018") ? "" : (stryCov_9fa48("4018"), 'sys_api_key row without id or name'));
    return stryMutAct_9fa48("4019") ? {} : (stryCov_9fa48("4019"), {
      id,
      ownerId: (stryMutAct_9fa48("4022") ? typeof row['user_id'] !== 'string' : stryMutAct_9fa48("4021") ? false : stryMutAct_9fa48("4020") ? true : (stryCov_9fa48("4020", "4021", "4022"), typeof row[stryMutAct_9fa48("4023") ? "" : (stryCov_9fa48("4023"), 'user_id')] === (stryMutAct_9fa48("4024") ? "" : (stryCov_9fa48("4024"), 'string')))) ? row[stryMutAct_9fa48("4025") ? "" : (stryCov_9fa48("4025"), 'user_id')] : stryMutAct_9fa48("4026") ? "Stryker was here!" : (stryCov_9fa48("4026"), ''),
      name,
      prefix: (stryMutAct_9fa48("4029") ? typeof row['prefix'] !== 'string' : stryMutAct_9fa48("4028") ? false : stryMutAct_9fa48("4027") ? true : (stryCov_9fa48("4027", "4028", "4029"), typeof row[stryMutAct_9fa48("4030") ? "" : (stryCov_9fa48("4030"), 'prefix')] === (stryMutAct_9fa48("4031") ? "" : (stryCov_9fa48("4031"), 'string')))) ? row[stryMutAct_9fa48("4032") ? "" : (stryCov_9fa48("4032"), 'prefix')] : stryMutAct_9fa48("4033") ? "Stryker was here!" : (stryCov_9fa48("4033"), ''),
      scopes: scopesOf(row[stryMutAct_9fa48("4034") ? "" : (stryCov_9fa48("4034"), 'scopes')]),
      expiresAt: toDate(row[stryMutAct_9fa48("4035") ? "" : (stryCov_9fa48("4035"), 'expires_at')]),
      organizationId: (stryMutAct_9fa48("4038") ? typeof row['active_organization_id'] !== 'string' : stryMutAct_9fa48("4037") ? false : stryMutAct_9fa48("4036") ? true : (stryCov_9fa48("4036", "4037", "4038"), typeof row[stryMutAct_9fa48("4039") ? "" : (stryCov_9fa48("4039"), 'active_organization_id')] === (stryMutAct_9fa48("4040") ? "" : (stryCov_9fa48("4040"), 'string')))) ? row[stryMutAct_9fa48("4041") ? "" : (stryCov_9fa48("4041"), 'active_organization_id')] : undefined,
      createdAt: stryMutAct_9fa48("4042") ? toDate(createdAt) && new Date(Number.NaN) : (stryCov_9fa48("4042"), toDate(createdAt) ?? new Date(Number.NaN)),
      lastUsedAt: toDate(row[stryMutAct_9fa48("4043") ? "" : (stryCov_9fa48("4043"), 'last_used_at')]),
      revoked: stryMutAct_9fa48("4046") ? row['revoked'] === true && row['revoked'] === 1 : stryMutAct_9fa48("4045") ? false : stryMutAct_9fa48("4044") ? true : (stryCov_9fa48("4044", "4045", "4046"), (stryMutAct_9fa48("4048") ? row['revoked'] !== true : stryMutAct_9fa48("4047") ? false : (stryCov_9fa48("4047", "4048"), row[stryMutAct_9fa48("4049") ? "" : (stryCov_9fa48("4049"), 'revoked')] === (stryMutAct_9fa48("4050") ? false : (stryCov_9fa48("4050"), true)))) || (stryMutAct_9fa48("4052") ? row['revoked'] !== 1 : stryMutAct_9fa48("4051") ? false : (stryCov_9fa48("4051", "4052"), row[stryMutAct_9fa48("4053") ? "" : (stryCov_9fa48("4053"), 'revoked')] === 1)))
    });
  }
}

/** Replaces unreadable scopes, so that the key may do nothing. No permission set can have this name, so no new key can have it. */
const UNREADABLE_SCOPES: readonly string[] = stryMutAct_9fa48("4054") ? [] : (stryCov_9fa48("4054"), [stryMutAct_9fa48("4055") ? "" : (stryCov_9fa48("4055"), '(unreadable)')]);
function scopesOf(value: unknown): readonly string[] {
  if (stryMutAct_9fa48("4056")) {
    {}
  } else {
    stryCov_9fa48("4056");
    const scopes = readScopes(value);
    return (stryMutAct_9fa48("4059") ? scopes !== 'unreadable' : stryMutAct_9fa48("4058") ? false : stryMutAct_9fa48("4057") ? true : (stryCov_9fa48("4057", "4058", "4059"), scopes === (stryMutAct_9fa48("4060") ? "" : (stryCov_9fa48("4060"), 'unreadable')))) ? UNREADABLE_SCOPES : scopes;
  }
}

/** Databases and drivers return dates as text, as milliseconds or as a Date. */
function toDate(value: unknown): Date | undefined {
  if (stryMutAct_9fa48("4061")) {
    {}
  } else {
    stryCov_9fa48("4061");
    if (stryMutAct_9fa48("4063") ? false : stryMutAct_9fa48("4062") ? true : (stryCov_9fa48("4062", "4063"), value instanceof Date)) return value;
    if (stryMutAct_9fa48("4066") ? typeof value === 'string' && typeof value === 'number' : stryMutAct_9fa48("4065") ? false : stryMutAct_9fa48("4064") ? true : (stryCov_9fa48("4064", "4065", "4066"), (stryMutAct_9fa48("4068") ? typeof value !== 'string' : stryMutAct_9fa48("4067") ? false : (stryCov_9fa48("4067", "4068"), typeof value === (stryMutAct_9fa48("4069") ? "" : (stryCov_9fa48("4069"), 'string')))) || (stryMutAct_9fa48("4071") ? typeof value !== 'number' : stryMutAct_9fa48("4070") ? false : (stryCov_9fa48("4070", "4071"), typeof value === (stryMutAct_9fa48("4072") ? "" : (stryCov_9fa48("4072"), 'number')))))) return new Date(value);
    return undefined;
  }
}