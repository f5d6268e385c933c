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
import type { DataEngine, EngineContext, HookContext, HookEngine, Row } from '../../platform/engine.ts';
import type { EngineOperation, MiddlewareEngine } from '../../platform/middleware.ts';
import { API_KEY_OBJECT } from './api-key.ts';
import { changeOf, duringOwnChanges, type KeyChange, recordedRows } from './change-scope.ts';
import { newId } from './new-id.ts';

/** The table of the platform's audit plugin. */
export const AUDIT_LOG_OBJECT = stryMutAct_9fa48("4073") ? "" : (stryCov_9fa48("4073"), 'sys_audit_log');

/** An event about a key that the audit plugin does not see, because no row of the table of keys changes. */
export interface AuditedEvent {
  readonly keyId: string;
  readonly organizationId: string | undefined;
  /** The actor; `undefined` if nobody did it. */
  readonly userId: string | undefined;
  readonly before?: object;
  readonly after?: object;
  readonly metadata?: object;
}

/** Writes events to the audit trail, if there is one. */
export async function recordEvents(engine: Pick<DataEngine, 'insert' | 'getObject'>, events: readonly AuditedEvent[], context: EngineContext): Promise<void> {
  if (stryMutAct_9fa48("4074")) {
    {}
  } else {
    stryCov_9fa48("4074");
    const table = engine.getObject(AUDIT_LOG_OBJECT) as {
      readonly fields?: object;
    } | undefined;
    if (stryMutAct_9fa48("4077") ? table === undefined && events.length === 0 : stryMutAct_9fa48("4076") ? false : stryMutAct_9fa48("4075") ? true : (stryCov_9fa48("4075", "4076", "4077"), (stryMutAct_9fa48("4079") ? table !== undefined : stryMutAct_9fa48("4078") ? false : (stryCov_9fa48("4078", "4079"), table === undefined)) || (stryMutAct_9fa48("4081") ? events.length !== 0 : stryMutAct_9fa48("4080") ? false : (stryCov_9fa48("4080", "4081"), events.length === 0)))) return;
    const isOfOrganization = (stryMutAct_9fa48("4082") ? "" : (stryCov_9fa48("4082"), 'organization_id')) in (stryMutAct_9fa48("4083") ? table.fields && {} : (stryCov_9fa48("4083"), table.fields ?? {}));
    const rows = events.map(({
      keyId,
      organizationId = null,
      userId = null,
      before,
      after,
      metadata
    }): Row => {
      if (stryMutAct_9fa48("4084")) {
        {}
      } else {
        stryCov_9fa48("4084");
        return stryMutAct_9fa48("4085") ? {} : (stryCov_9fa48("4085"), {
          // The table has no better word for what is neither a creation nor a deletion.
          action: stryMutAct_9fa48("4086") ? "" : (stryCov_9fa48("4086"), 'update'),
          user_id: userId,
          object_name: API_KEY_OBJECT,
          record_id: keyId,
          old_value: (stryMutAct_9fa48("4089") ? before !== undefined : stryMutAct_9fa48("4088") ? false : stryMutAct_9fa48("4087") ? true : (stryCov_9fa48("4087", "4088", "4089"), before === undefined)) ? null : JSON.stringify(before),
          new_value: (stryMutAct_9fa48("4092") ? after !== undefined : stryMutAct_9fa48("4091") ? false : stryMutAct_9fa48("4090") ? true : (stryCov_9fa48("4090", "4091", "4092"), after === undefined)) ? null : JSON.stringify(after),
          tenant_id: organizationId,
          ...(stryMutAct_9fa48("4095") ? isOfOrganization || {
            organization_id: organizationId
          } : stryMutAct_9fa48("4094") ? false : stryMutAct_9fa48("4093") ? true : (stryCov_9fa48("4093", "4094", "4095"), isOfOrganization && (stryMutAct_9fa48("4096") ? {} : (stryCov_9fa48("4096"), {
            organization_id: organizationId
          })))),
          ...(stryMutAct_9fa48("4099") ? metadata !== undefined || {
            metadata: JSON.stringify(metadata)
          } : stryMutAct_9fa48("4098") ? false : stryMutAct_9fa48("4097") ? true : (stryCov_9fa48("4097", "4098", "4099"), (stryMutAct_9fa48("4101") ? metadata === undefined : stryMutAct_9fa48("4100") ? true : (stryCov_9fa48("4100", "4101"), metadata !== undefined)) && (stryMutAct_9fa48("4102") ? {} : (stryCov_9fa48("4102"), {
            metadata: JSON.stringify(metadata)
          }))))
        });
      }
    });
    await engine.insert(AUDIT_LOG_OBJECT, rows, stryMutAct_9fa48("4103") ? {} : (stryCov_9fa48("4103"), {
      context
    }));
  }
}

/** The rows of one statement. SQLite cannot compile one with many more. */
const BATCH = 250;
/** Before the hooks of other plugins, which have a priority of 100 unless they say otherwise. */
const FIRST = 0;

/**
 * If the platform's audit plugin is installed, it records the actor, the record and the changes of each
 * write. Three hooks adapt this for keys. One names the person who makes a key to the hooks of other plugins,
 * so that one statement can write the keys of several people. One removes the hash of a new key before other
 * plugins see it, because the audit plugin would copy it into its table. One adds the action, the key's prefix,
 * the request and the address to the rows about keys.
 */
export class AuditTrail {
  /** Whether a plugin records writes, so that an elevated write must name its actor. */
  readonly isRecorded: boolean;
  readonly #engine: HookEngine & Pick<DataEngine, 'insert'>;
  readonly #tellsActors: boolean;
  constructor(engine: HookEngine & MiddlewareEngine & Pick<DataEngine, 'insert'>) {
    if (stryMutAct_9fa48("4104")) {
      {}
    } else {
      stryCov_9fa48("4104");
      this.#engine = engine;
      this.isRecorded = engine.hasHooksFor(stryMutAct_9fa48("4105") ? "" : (stryCov_9fa48("4105"), 'afterInsert'), API_KEY_OBJECT);
      this.#tellsActors = (stryMutAct_9fa48("4106") ? "" : (stryCov_9fa48("4106"), 'executionContext')) in (stryMutAct_9fa48("4107") ? engine.createContext?.({
        isSystem: true
      }) && {} : (stryCov_9fa48("4107"), (stryMutAct_9fa48("4108") ? engine.createContext({
        isSystem: true
      }) : (stryCov_9fa48("4108"), engine.createContext?.(stryMutAct_9fa48("4109") ? {} : (stryCov_9fa48("4109"), {
        isSystem: stryMutAct_9fa48("4110") ? false : (stryCov_9fa48("4110"), true)
      })))) ?? {}));
      if (stryMutAct_9fa48("4112") ? false : stryMutAct_9fa48("4111") ? true : (stryCov_9fa48("4111", "4112"), this.#tellsActors)) {
        if (stryMutAct_9fa48("4113")) {
          {}
        } else {
          stryCov_9fa48("4113");
          engine.registerHook(stryMutAct_9fa48("4115") ? "" : (stryCov_9fa48("4115"), 'beforeInsert'), asActor, stryMutAct_9fa48("4116") ? {} : (stryCov_9fa48("4116"), {
            object: API_KEY_OBJECT,
            priority: FIRST
          }));
        }
      }
      engine.registerHook(stryMutAct_9fa48("4118") ? "" : (stryCov_9fa48("4118"), 'afterInsert'), withoutHash, stryMutAct_9fa48("4119") ? {} : (stryCov_9fa48("4119"), {
        object: API_KEY_OBJECT,
        priority: FIRST
      }));
      engine.registerHook(stryMutAct_9fa48("4121") ? "" : (stryCov_9fa48("4121"), 'beforeInsert'), complete, stryMutAct_9fa48("4122") ? {} : (stryCov_9fa48("4122"), {
        object: AUDIT_LOG_OBJECT,
        priority: FIRST
      }));
      engine.registerMiddleware(collect, stryMutAct_9fa48("4124") ? {} : (stryCov_9fa48("4124"), {
        object: AUDIT_LOG_OBJECT
      }));
    }
  }

  /**
   * Whether each person's keys need a statement of their own. Hooks are told the actor of each row; the realtime
   * service knows only the actor of a statement.
   */
  get needsStatementPerPerson(): boolean {
    if (stryMutAct_9fa48("4125")) {
      {}
    } else {
      stryCov_9fa48("4125");
      return stryMutAct_9fa48("4128") ? this.isRecorded || !this.#tellsActors || this.#engine.realtimeService != null : stryMutAct_9fa48("4127") ? false : stryMutAct_9fa48("4126") ? true : (stryCov_9fa48("4126", "4127", "4128"), this.isRecorded && (stryMutAct_9fa48("4130") ? !this.#tellsActors && this.#engine.realtimeService != null : stryMutAct_9fa48("4129") ? true : (stryCov_9fa48("4129", "4130"), (stryMutAct_9fa48("4131") ? this.#tellsActors : (stryCov_9fa48("4131"), !this.#tellsActors)) || (stryMutAct_9fa48("4133") ? this.#engine.realtimeService == null : stryMutAct_9fa48("4132") ? false : (stryCov_9fa48("4132", "4133"), this.#engine.realtimeService != null)))));
    }
  }

  /** Runs a write of this service, and completes the audit rows about these keys that it causes. */
  during<T>(changes: readonly KeyChange[], write: () => Promise<T>): Promise<T> {
    if (stryMutAct_9fa48("4134")) {
      {}
    } else {
      stryCov_9fa48("4134");
      return duringOwnChanges(changes, write);
    }
  }

  /**
   * The same for many keys in one transaction: what is recorded of them is written together. The audit
   * plugin passes over a row that it could not write; here the keys are not written either.
   */
  async duringMany<T>(changes: readonly KeyChange[], {
    transaction
  }: EngineContext, write: () => Promise<T>): Promise<T> {
    if (stryMutAct_9fa48("4135")) {
      {}
    } else {
      stryCov_9fa48("4135");
      const recorded: Row[] = stryMutAct_9fa48("4136") ? ["Stryker was here"] : (stryCov_9fa48("4136"), []);
      const result = await duringOwnChanges(changes, write, recorded);
      const context = stryMutAct_9fa48("4137") ? {} : (stryCov_9fa48("4137"), {
        isSystem: stryMutAct_9fa48("4138") ? false : (stryCov_9fa48("4138"), true),
        ...(stryMutAct_9fa48("4141") ? transaction || {
          transaction
        } : stryMutAct_9fa48("4140") ? false : stryMutAct_9fa48("4139") ? true : (stryCov_9fa48("4139", "4140", "4141"), transaction && (stryMutAct_9fa48("4142") ? {} : (stryCov_9fa48("4142"), {
          transaction
        }))))
      });
      for (let from = 0; stryMutAct_9fa48("4145") ? from >= recorded.length : stryMutAct_9fa48("4144") ? from <= recorded.length : stryMutAct_9fa48("4143") ? false : (stryCov_9fa48("4143", "4144", "4145"), from < recorded.length); stryMutAct_9fa48("4146") ? from -= BATCH : (stryCov_9fa48("4146"), from += BATCH)) {
        if (stryMutAct_9fa48("4147")) {
          {}
        } else {
          stryCov_9fa48("4147");
          const rows = stryMutAct_9fa48("4148") ? recorded : (stryCov_9fa48("4148"), recorded.slice(from, stryMutAct_9fa48("4149") ? from - BATCH : (stryCov_9fa48("4149"), from + BATCH)));
          await duringOwnChanges(changes, stryMutAct_9fa48("4150") ? () => undefined : (stryCov_9fa48("4150"), () => this.#engine.insert(AUDIT_LOG_OBJECT, rows, stryMutAct_9fa48("4151") ? {} : (stryCov_9fa48("4151"), {
            context
          }))));
        }
      }
      return result;
    }
  }
}
async function collect(operation: EngineOperation, next: () => Promise<void>): Promise<void> {
  if (stryMutAct_9fa48("4152")) {
    {}
  } else {
    stryCov_9fa48("4152");
    const recorded = recordedRows();
    const row = operation.data as Row | undefined;
    if (stryMutAct_9fa48("4155") ? (recorded === undefined || operation.operation !== 'insert') && row?.['object_name'] !== API_KEY_OBJECT : stryMutAct_9fa48("4154") ? false : stryMutAct_9fa48("4153") ? true : (stryCov_9fa48("4153", "4154", "4155"), (stryMutAct_9fa48("4157") ? recorded === undefined && operation.operation !== 'insert' : stryMutAct_9fa48("4156") ? false : (stryCov_9fa48("4156", "4157"), (stryMutAct_9fa48("4159") ? recorded !== undefined : stryMutAct_9fa48("4158") ? false : (stryCov_9fa48("4158", "4159"), recorded === undefined)) || (stryMutAct_9fa48("4161") ? operation.operation === 'insert' : stryMutAct_9fa48("4160") ? false : (stryCov_9fa48("4160", "4161"), operation.operation !== (stryMutAct_9fa48("4162") ? "" : (stryCov_9fa48("4162"), 'insert')))))) || (stryMutAct_9fa48("4164") ? row?.['object_name'] === API_KEY_OBJECT : stryMutAct_9fa48("4163") ? false : (stryCov_9fa48("4163", "4164"), (stryMutAct_9fa48("4165") ? row['object_name'] : (stryCov_9fa48("4165"), row?.[stryMutAct_9fa48("4166") ? "" : (stryCov_9fa48("4166"), 'object_name')])) !== API_KEY_OBJECT)))) {
      if (stryMutAct_9fa48("4167")) {
        {}
      } else {
        stryCov_9fa48("4167");
        return next();
      }
    }
    // As the engine does by itself where one person writes.
    recorded.push(stryMutAct_9fa48("4169") ? {} : (stryCov_9fa48("4169"), {
      id: newId(Date.now()),
      ...row,
      created_by: row[stryMutAct_9fa48("4170") ? "" : (stryCov_9fa48("4170"), 'user_id')],
      updated_by: row[stryMutAct_9fa48("4171") ? "" : (stryCov_9fa48("4171"), 'user_id')]
    }));
    operation.result = row;
  }
}

/** The engine keeps this context for the hooks that run after the insert. */
function asActor(context: HookContext): void {
  if (stryMutAct_9fa48("4172")) {
    {}
  } else {
    stryCov_9fa48("4172");
    const actorId = stryMutAct_9fa48("4173") ? changeOf(String(context.input?.data?.['id'])).actorId : (stryCov_9fa48("4173"), changeOf(String(stryMutAct_9fa48("4175") ? context.input.data?.['id'] : stryMutAct_9fa48("4174") ? context.input?.data['id'] : (stryCov_9fa48("4174", "4175"), context.input?.data?.[stryMutAct_9fa48("4176") ? "" : (stryCov_9fa48("4176"), 'id')])))?.actorId);
    if (stryMutAct_9fa48("4179") ? actorId !== undefined : stryMutAct_9fa48("4178") ? false : stryMutAct_9fa48("4177") ? true : (stryCov_9fa48("4177", "4178", "4179"), actorId === undefined)) return;
    context.session = stryMutAct_9fa48("4180") ? {} : (stryCov_9fa48("4180"), {
      ...context.session,
      userId: actorId
    });
    context.user = stryMutAct_9fa48("4181") ? {} : (stryCov_9fa48("4181"), {
      id: actorId
    });
    if (stryMutAct_9fa48("4184") ? context.api === undefined : stryMutAct_9fa48("4183") ? false : stryMutAct_9fa48("4182") ? true : (stryCov_9fa48("4182", "4183", "4184"), context.api !== undefined)) {
      if (stryMutAct_9fa48("4185")) {
        {}
      } else {
        stryCov_9fa48("4185");
        context.api.executionContext = stryMutAct_9fa48("4186") ? {} : (stryCov_9fa48("4186"), {
          ...context.api.executionContext,
          userId: actorId
        });
      }
    }
  }
}
function complete({
  input
}: HookContext): void {
  if (stryMutAct_9fa48("4187")) {
    {}
  } else {
    stryCov_9fa48("4187");
    const row = stryMutAct_9fa48("4188") ? input.data : (stryCov_9fa48("4188"), input?.data);
    if (stryMutAct_9fa48("4191") ? row?.['object_name'] === API_KEY_OBJECT : stryMutAct_9fa48("4190") ? false : stryMutAct_9fa48("4189") ? true : (stryCov_9fa48("4189", "4190", "4191"), (stryMutAct_9fa48("4192") ? row['object_name'] : (stryCov_9fa48("4192"), row?.[stryMutAct_9fa48("4193") ? "" : (stryCov_9fa48("4193"), 'object_name')])) !== API_KEY_OBJECT)) return;
    const change = changeOf(String(row[stryMutAct_9fa48("4194") ? "" : (stryCov_9fa48("4194"), 'record_id')]));
    if (stryMutAct_9fa48("4197") ? change !== undefined : stryMutAct_9fa48("4196") ? false : stryMutAct_9fa48("4195") ? true : (stryCov_9fa48("4195", "4196", "4197"), change === undefined)) return;
    stryMutAct_9fa48("4198") ? row['ip_address'] &&= change.address ?? null : (stryCov_9fa48("4198"), row[stryMutAct_9fa48("4199") ? "" : (stryCov_9fa48("4199"), 'ip_address')] ??= stryMutAct_9fa48("4200") ? change.address && null : (stryCov_9fa48("4200"), change.address ?? null));
    stryMutAct_9fa48("4201") ? row['metadata'] &&= JSON.stringify({
      action: change.action,
      prefix: change.prefix,
      request_id: change.requestId,
      endpoint: change.endpoint
    }) : (stryCov_9fa48("4201"), row[stryMutAct_9fa48("4202") ? "" : (stryCov_9fa48("4202"), 'metadata')] ??= JSON.stringify(stryMutAct_9fa48("4203") ? {} : (stryCov_9fa48("4203"), {
      action: change.action,
      prefix: change.prefix,
      request_id: change.requestId,
      endpoint: change.endpoint
    })));
  }
}
function withoutHash(context: HookContext): void {
  if (stryMutAct_9fa48("4204")) {
    {}
  } else {
    stryCov_9fa48("4204");
    if (stryMutAct_9fa48("4207") ? typeof context.result !== 'object' && context.result === null : stryMutAct_9fa48("4206") ? false : stryMutAct_9fa48("4205") ? true : (stryCov_9fa48("4205", "4206", "4207"), (stryMutAct_9fa48("4209") ? typeof context.result === 'object' : stryMutAct_9fa48("4208") ? false : (stryCov_9fa48("4208", "4209"), typeof context.result !== (stryMutAct_9fa48("4210") ? "" : (stryCov_9fa48("4210"), 'object')))) || (stryMutAct_9fa48("4212") ? context.result !== null : stryMutAct_9fa48("4211") ? false : (stryCov_9fa48("4211", "4212"), context.result === null)))) return;
    const {
      key: _hash,
      ...shown
    } = context.result as Row;
    context.result = shown;
  }
}