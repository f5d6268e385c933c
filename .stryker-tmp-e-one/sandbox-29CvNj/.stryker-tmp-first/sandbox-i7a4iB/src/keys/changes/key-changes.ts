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
import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import { ServiceError } from '../../base/errors.ts';
import { currentRequest } from '../../http/request-scope.ts';
import type { ChangeOrigin, Events } from '../../observability/events.ts';
import { committed, ended } from '../../platform/committed.ts';
import type { DataEngine, EngineContext, HookContext, HookEngine, Row, Transaction } from '../../platform/engine.ts';
import type { EngineOperation, MiddlewareEngine } from '../../platform/middleware.ts';
import { usedVia } from '../admission/used-via.ts';
import { API_KEY_OBJECT, toApiKey } from '../record/api-key.ts';
import { areOwnChanges, duringForeignChanges, type KeyChange } from '../record/change-scope.ts';
import { type ObservedChange, observed, observedUpdate } from './observed-change.ts';
import { RefusedChange } from './refused-change.ts';
import { forbidden, type RestoreRules } from './restore-rules.ts';

/** Before the hooks of other plugins, which have a priority of 100 unless they say otherwise. */
const FIRST = 0;

/** A write of `sys_api_key` that did not come from this service. */
interface ForeignWrite {
  readonly origin: ChangeOrigin;
  readonly changes: ObservedChange[];
  /** What the audit trail is told of them. */
  readonly recorded: Map<string, KeyChange>;
}

/**
 * Stands around each write of `sys_api_key`, whichever route, tool, action or plugin it comes from: what
 * restores a key passes the rules of restoring, and every change is told to the log and completed in
 * the audit trail. What this service writes by itself was checked before and is told by it.
 */
export class KeyChanges {
  readonly #engine: DataEngine;
  readonly #basePath: string;
  readonly #rules: RestoreRules;
  readonly #events: Pick<Events, 'changed'>;
  readonly #writes = new AsyncLocalStorage<ForeignWrite>();
  /** What is looked up after a transaction must not run in it. */
  readonly #outside = new AsyncResource(stryMutAct_9fa48("1081") ? "" : (stryCov_9fa48("1081"), 'KeyChanges'));

  /** @param basePath the prefix of the platform's routes. */
  constructor(engine: DataEngine & MiddlewareEngine & HookEngine, basePath: string, rules: RestoreRules, events: Pick<Events, 'changed'>) {
    if (stryMutAct_9fa48("1082")) {
      {}
    } else {
      stryCov_9fa48("1082");
      this.#engine = engine;
      this.#basePath = basePath;
      this.#rules = rules;
      this.#events = events;
      engine.registerMiddleware(stryMutAct_9fa48("1084") ? () => undefined : (stryCov_9fa48("1084"), (operation, next) => this.#around(operation, next)), stryMutAct_9fa48("1085") ? {} : (stryCov_9fa48("1085"), {
        object: API_KEY_OBJECT
      }));
      const options = stryMutAct_9fa48("1086") ? {} : (stryCov_9fa48("1086"), {
        object: API_KEY_OBJECT,
        priority: FIRST
      });
      engine.registerHook(stryMutAct_9fa48("1088") ? "" : (stryCov_9fa48("1088"), 'afterUpdate'), stryMutAct_9fa48("1089") ? () => undefined : (stryCov_9fa48("1089"), context => this.#updated(context)), options);
      engine.registerHook(stryMutAct_9fa48("1091") ? "" : (stryCov_9fa48("1091"), 'afterDelete'), stryMutAct_9fa48("1092") ? () => undefined : (stryCov_9fa48("1092"), context => this.#deleted(context)), options);
    }
  }
  async #around(operation: EngineOperation, next: () => Promise<void>): Promise<void> {
    if (stryMutAct_9fa48("1093")) {
      {}
    } else {
      stryCov_9fa48("1093");
      if (stryMutAct_9fa48("1096") ? !isWrite(operation) && areOwnChanges(keyIdsOf(operation)) : stryMutAct_9fa48("1095") ? false : stryMutAct_9fa48("1094") ? true : (stryCov_9fa48("1094", "1095", "1096"), (stryMutAct_9fa48("1097") ? isWrite(operation) : (stryCov_9fa48("1097"), !isWrite(operation))) || areOwnChanges(keyIdsOf(operation)))) return next();
      try {
        if (stryMutAct_9fa48("1098")) {
          {}
        } else {
          stryCov_9fa48("1098");
          await this.#write(operation, next);
        }
      } catch (error) {
        if (stryMutAct_9fa48("1099")) {
          {}
        } else {
          stryCov_9fa48("1099");
          throw error instanceof ServiceError ? new RefusedChange(error) : error;
        }
      }
    }
  }
  async #write(operation: EngineOperation, next: () => Promise<void>): Promise<void> {
    if (stryMutAct_9fa48("1100")) {
      {}
    } else {
      stryCov_9fa48("1100");
      const start = performance.now();
      const write: ForeignWrite = stryMutAct_9fa48("1101") ? {} : (stryCov_9fa48("1101"), {
        origin: this.#origin(),
        changes: stryMutAct_9fa48("1102") ? ["Stryker was here"] : (stryCov_9fa48("1102"), []),
        recorded: new Map()
      });
      const run = async (): Promise<readonly ObservedChange[]> => {
        if (stryMutAct_9fa48("1103")) {
          {}
        } else {
          stryCov_9fa48("1103");
          await duringForeignChanges(write.recorded, stryMutAct_9fa48("1104") ? () => undefined : (stryCov_9fa48("1104"), () => this.#writes.run(write, next)));
          if (stryMutAct_9fa48("1107") ? operation.operation !== 'insert' : stryMutAct_9fa48("1106") ? false : stryMutAct_9fa48("1105") ? true : (stryCov_9fa48("1105", "1106", "1107"), operation.operation === (stryMutAct_9fa48("1108") ? "" : (stryCov_9fa48("1108"), 'insert')))) {
            if (stryMutAct_9fa48("1109")) {
              {}
            } else {
              stryCov_9fa48("1109");
              for (const row of rowsOf(operation.result)) write.changes.push(observed(row, stryMutAct_9fa48("1111") ? "" : (stryCov_9fa48("1111"), 'create')));
            }
          }
          return write.changes;
        }
      };
      const transaction = await this.#checked(operation, run);
      const milliseconds = stryMutAct_9fa48("1112") ? performance.now() + start : (stryCov_9fa48("1112"), performance.now() - start);
      const actor = stryMutAct_9fa48("1113") ? operation.context.userId : (stryCov_9fa48("1113"), operation.context?.userId);
      if (stryMutAct_9fa48("1116") ? transaction !== undefined : stryMutAct_9fa48("1115") ? false : stryMutAct_9fa48("1114") ? true : (stryCov_9fa48("1114", "1115", "1116"), transaction === undefined)) {
        if (stryMutAct_9fa48("1117")) {
          {}
        } else {
          stryCov_9fa48("1117");
          for (const change of write.changes) if (stryMutAct_9fa48("1118")) {
            ;
          } else {
            stryCov_9fa48("1118");
            this.#tell(write.origin, change, actor, milliseconds);
          }
        }
      } else if (stryMutAct_9fa48("1122") ? write.changes.length <= 0 : stryMutAct_9fa48("1121") ? write.changes.length >= 0 : stryMutAct_9fa48("1120") ? false : stryMutAct_9fa48("1119") ? true : (stryCov_9fa48("1119", "1120", "1121", "1122"), write.changes.length > 0)) {
        if (stryMutAct_9fa48("1123")) {
          {}
        } else {
          stryCov_9fa48("1123");
          this.#outside.runInAsyncScope(stryMutAct_9fa48("1125") ? () => undefined : (stryCov_9fa48("1125"), () => this.#tellAfter(transaction, write, actor, milliseconds)));
        }
      }
    }
  }

  /** @returns the transaction that it is part of, where that is not over. */
  async #checked(operation: EngineOperation, run: () => Promise<readonly ObservedChange[]>): Promise<Transaction | undefined> {
    if (stryMutAct_9fa48("1126")) {
      {}
    } else {
      stryCov_9fa48("1126");
      const asked = isAsked(operation.context);
      const where = (stryMutAct_9fa48("1129") ? asked || mayRestore(operation) : stryMutAct_9fa48("1128") ? false : stryMutAct_9fa48("1127") ? true : (stryCov_9fa48("1127", "1128", "1129"), asked && mayRestore(operation))) ? whereOf(operation) : undefined;
      if (stryMutAct_9fa48("1132") ? where !== undefined || (await this.#isInTransaction(operation)) : stryMutAct_9fa48("1131") ? false : stryMutAct_9fa48("1130") ? true : (stryCov_9fa48("1130", "1131", "1132"), (stryMutAct_9fa48("1134") ? where === undefined : stryMutAct_9fa48("1133") ? true : (stryCov_9fa48("1133", "1134"), where !== undefined)) && (await this.#isInTransaction(operation)))) {
        if (stryMutAct_9fa48("1135")) {
          {}
        } else {
          stryCov_9fa48("1135");
          // Who asks could not be looked up without waiting for the transaction itself.
          throw forbidden(stryMutAct_9fa48("1136") ? "" : (stryCov_9fa48("1136"), 'Restore keys in a separate request, not in a transactional batch.'));
        }
      }
      const restoration = (stryMutAct_9fa48("1139") ? where !== undefined : stryMutAct_9fa48("1138") ? false : stryMutAct_9fa48("1137") ? true : (stryCov_9fa48("1137", "1138", "1139"), where === undefined)) ? undefined : await this.#rules.approve(operation, where);
      if (stryMutAct_9fa48("1142") ? restoration === undefined : stryMutAct_9fa48("1141") ? false : stryMutAct_9fa48("1140") ? true : (stryCov_9fa48("1140", "1141", "1142"), restoration !== undefined)) {
        if (stryMutAct_9fa48("1143")) {
          {}
        } else {
          stryCov_9fa48("1143");
          await committed(this.#engine, API_KEY_OBJECT, stryMutAct_9fa48("1144") ? () => undefined : (stryCov_9fa48("1144"), context => this.#rules.counted(restoration, context, run)));
          return undefined;
        }
      }
      const checked = async (): Promise<void> => {
        if (stryMutAct_9fa48("1145")) {
          {}
        } else {
          stryCov_9fa48("1145");
          const changes = await run();
          // Whatever turned a write that restores nothing into one that does: it has passed no rule.
          if (stryMutAct_9fa48("1148") ? asked || changes.some(({
            action
          }) => action === 'restore') : stryMutAct_9fa48("1147") ? false : stryMutAct_9fa48("1146") ? true : (stryCov_9fa48("1146", "1147", "1148"), asked && (stryMutAct_9fa48("1149") ? changes.every(({
            action
          }) => action === 'restore') : (stryCov_9fa48("1149"), changes.some(stryMutAct_9fa48("1150") ? () => undefined : (stryCov_9fa48("1150"), ({
            action
          }) => stryMutAct_9fa48("1153") ? action !== 'restore' : stryMutAct_9fa48("1152") ? false : stryMutAct_9fa48("1151") ? true : (stryCov_9fa48("1151", "1152", "1153"), action === (stryMutAct_9fa48("1154") ? "" : (stryCov_9fa48("1154"), 'restore'))))))))) throw forbidden(stryMutAct_9fa48("1155") ? "" : (stryCov_9fa48("1155"), 'You cannot restore this key.'));
        }
      };
      const {
        transaction
      } = stryMutAct_9fa48("1156") ? operation.context && {} : (stryCov_9fa48("1156"), operation.context ?? {});
      if (stryMutAct_9fa48("1159") ? transaction === undefined : stryMutAct_9fa48("1158") ? false : stryMutAct_9fa48("1157") ? true : (stryCov_9fa48("1157", "1158", "1159"), transaction !== undefined)) {
        if (stryMutAct_9fa48("1160")) {
          {}
        } else {
          stryCov_9fa48("1160");
          await checked();
          return transaction;
        }
      }
      return committed(this.#engine, API_KEY_OBJECT, async (context, {
        owned
      }) => {
        if (stryMutAct_9fa48("1161")) {
          {}
        } else {
          stryCov_9fa48("1161");
          await checked();
          return owned ? undefined : context.transaction;
        }
      });
    }
  }
  async #isInTransaction({
    context
  }: EngineOperation): Promise<boolean> {
    if (stryMutAct_9fa48("1162")) {
      {}
    } else {
      stryCov_9fa48("1162");
      if (stryMutAct_9fa48("1165") ? context?.transaction === undefined : stryMutAct_9fa48("1164") ? false : stryMutAct_9fa48("1163") ? true : (stryCov_9fa48("1163", "1164", "1165"), (stryMutAct_9fa48("1166") ? context.transaction : (stryCov_9fa48("1166"), context?.transaction)) !== undefined)) return stryMutAct_9fa48("1167") ? false : (stryCov_9fa48("1167"), true);
      return committed(this.#engine, API_KEY_OBJECT, stryMutAct_9fa48("1168") ? () => undefined : (stryCov_9fa48("1168"), async (_, {
        owned
      }) => stryMutAct_9fa48("1169") ? owned : (stryCov_9fa48("1169"), !owned)));
    }
  }
  #updated({
    previous,
    result
  }: HookContext): void {
    if (stryMutAct_9fa48("1170")) {
      {}
    } else {
      stryCov_9fa48("1170");
      if (stryMutAct_9fa48("1173") ? (previous === undefined || typeof result !== 'object') && result === null : stryMutAct_9fa48("1172") ? false : stryMutAct_9fa48("1171") ? true : (stryCov_9fa48("1171", "1172", "1173"), (stryMutAct_9fa48("1175") ? previous === undefined && typeof result !== 'object' : stryMutAct_9fa48("1174") ? false : (stryCov_9fa48("1174", "1175"), (stryMutAct_9fa48("1177") ? previous !== undefined : stryMutAct_9fa48("1176") ? false : (stryCov_9fa48("1176", "1177"), previous === undefined)) || (stryMutAct_9fa48("1179") ? typeof result === 'object' : stryMutAct_9fa48("1178") ? false : (stryCov_9fa48("1178", "1179"), typeof result !== (stryMutAct_9fa48("1180") ? "" : (stryCov_9fa48("1180"), 'object')))))) || (stryMutAct_9fa48("1182") ? result !== null : stryMutAct_9fa48("1181") ? false : (stryCov_9fa48("1181", "1182"), result === null)))) return;
      const change = observedUpdate(previous, result as Row);
      if (stryMutAct_9fa48("1185") ? change === undefined : stryMutAct_9fa48("1184") ? false : stryMutAct_9fa48("1183") ? true : (stryCov_9fa48("1183", "1184", "1185"), change !== undefined)) if (stryMutAct_9fa48("1186")) {
        ;
      } else {
        stryCov_9fa48("1186");
        this.#observe(change);
      }
    }
  }
  #deleted({
    previous
  }: HookContext): void {
    if (stryMutAct_9fa48("1187")) {
      {}
    } else {
      stryCov_9fa48("1187");
      if (stryMutAct_9fa48("1190") ? previous === undefined : stryMutAct_9fa48("1189") ? false : stryMutAct_9fa48("1188") ? true : (stryCov_9fa48("1188", "1189", "1190"), previous !== undefined)) this.#observe(observed(previous, stryMutAct_9fa48("1192") ? "" : (stryCov_9fa48("1192"), 'delete')));
    }
  }
  #observe(change: ObservedChange): void {
    if (stryMutAct_9fa48("1193")) {
      {}
    } else {
      stryCov_9fa48("1193");
      const write = this.#writes.getStore();
      if (stryMutAct_9fa48("1196") ? write === undefined && areOwnChanges([change.keyId]) : stryMutAct_9fa48("1195") ? false : stryMutAct_9fa48("1194") ? true : (stryCov_9fa48("1194", "1195", "1196"), (stryMutAct_9fa48("1198") ? write !== undefined : stryMutAct_9fa48("1197") ? false : (stryCov_9fa48("1197", "1198"), write === undefined)) || areOwnChanges(stryMutAct_9fa48("1199") ? [] : (stryCov_9fa48("1199"), [change.keyId])))) return;
      if (stryMutAct_9fa48("1200")) {
        ;
      } else {
        stryCov_9fa48("1200");
        write.changes.push(change);
      }
      const {
        id: requestId,
        address,
        endpoint
      } = write.origin;
      write.recorded.set(change.keyId, stryMutAct_9fa48("1202") ? {} : (stryCov_9fa48("1202"), {
        ...change,
        requestId,
        address,
        endpoint
      }));
    }
  }
  #origin(): ChangeOrigin {
    if (stryMutAct_9fa48("1203")) {
      {}
    } else {
      stryCov_9fa48("1203");
      const request = currentRequest();
      return stryMutAct_9fa48("1204") ? {} : (stryCov_9fa48("1204"), {
        id: stryMutAct_9fa48("1205") ? request.id : (stryCov_9fa48("1205"), request?.id),
        address: stryMutAct_9fa48("1206") ? request.address : (stryCov_9fa48("1206"), request?.address),
        endpoint: (stryMutAct_9fa48("1209") ? request !== undefined : stryMutAct_9fa48("1208") ? false : stryMutAct_9fa48("1207") ? true : (stryCov_9fa48("1207", "1208", "1209"), request === undefined)) ? stryMutAct_9fa48("1210") ? "" : (stryCov_9fa48("1210"), 'system') : stryMutAct_9fa48("1211") ? usedVia(request, this.#basePath).toUpperCase() : (stryCov_9fa48("1211"), usedVia(request, this.#basePath).toLowerCase())
      });
    }
  }
  #tell(origin: ChangeOrigin, change: ObservedChange, userId: string | undefined, milliseconds: number): void {
    if (stryMutAct_9fa48("1212")) {
      {}
    } else {
      stryCov_9fa48("1212");
      const {
        keyId,
        prefix,
        organizationId,
        action
      } = change;
      const ownerId = (stryMutAct_9fa48("1215") ? change.ownerId !== userId : stryMutAct_9fa48("1214") ? false : stryMutAct_9fa48("1213") ? true : (stryCov_9fa48("1213", "1214", "1215"), change.ownerId === userId)) ? undefined : change.ownerId;
      const event = stryMutAct_9fa48("1216") ? {} : (stryCov_9fa48("1216"), {
        action,
        userId,
        ownerId,
        organizationId,
        keyId,
        prefix,
        previousKeyId: undefined,
        milliseconds
      });
      if (stryMutAct_9fa48("1217")) {
        ;
      } else {
        stryCov_9fa48("1217");
        this.#events.changed(origin, event);
      }
    }
  }

  /** Whoever began the transaction may still roll it back: what it left behind is looked up. */
  async #tellAfter(transaction: Transaction, {
    origin,
    changes
  }: ForeignWrite, userId: string | undefined, milliseconds: number): Promise<void> {
    if (stryMutAct_9fa48("1218")) {
      {}
    } else {
      stryCov_9fa48("1218");
      await ended(transaction);
      for (const change of changes) {
        if (stryMutAct_9fa48("1219")) {
          {}
        } else {
          stryCov_9fa48("1219");
          if (stryMutAct_9fa48("1221") ? false : stryMutAct_9fa48("1220") ? true : (stryCov_9fa48("1220", "1221"), await this.#stands(change))) if (stryMutAct_9fa48("1222")) {
            ;
          } else {
            stryCov_9fa48("1222");
            this.#tell(origin, change, userId, milliseconds);
          }
        }
      }
    }
  }
  async #stands({
    keyId,
    action
  }: ObservedChange): Promise<boolean> {
    if (stryMutAct_9fa48("1223")) {
      {}
    } else {
      stryCov_9fa48("1223");
      try {
        if (stryMutAct_9fa48("1224")) {
          {}
        } else {
          stryCov_9fa48("1224");
          const query = stryMutAct_9fa48("1225") ? {} : (stryCov_9fa48("1225"), {
            where: stryMutAct_9fa48("1226") ? {} : (stryCov_9fa48("1226"), {
              id: keyId
            }),
            limit: 1,
            context: stryMutAct_9fa48("1227") ? {} : (stryCov_9fa48("1227"), {
              isSystem: stryMutAct_9fa48("1228") ? false : (stryCov_9fa48("1228"), true)
            })
          });
          const [row] = await this.#engine.find(API_KEY_OBJECT, query);
          if (stryMutAct_9fa48("1231") ? row !== undefined : stryMutAct_9fa48("1230") ? false : stryMutAct_9fa48("1229") ? true : (stryCov_9fa48("1229", "1230", "1231"), row === undefined)) return stryMutAct_9fa48("1234") ? action !== 'delete' : stryMutAct_9fa48("1233") ? false : stryMutAct_9fa48("1232") ? true : (stryCov_9fa48("1232", "1233", "1234"), action === (stryMutAct_9fa48("1235") ? "" : (stryCov_9fa48("1235"), 'delete')));
          if (stryMutAct_9fa48("1238") ? action !== 'delete' : stryMutAct_9fa48("1237") ? false : stryMutAct_9fa48("1236") ? true : (stryCov_9fa48("1236", "1237", "1238"), action === (stryMutAct_9fa48("1239") ? "" : (stryCov_9fa48("1239"), 'delete')))) return stryMutAct_9fa48("1240") ? true : (stryCov_9fa48("1240"), false);
          return stryMutAct_9fa48("1243") ? action !== 'revoke' && action !== 'restore' && toApiKey(row).revoked === (action === 'revoke') : stryMutAct_9fa48("1242") ? false : stryMutAct_9fa48("1241") ? true : (stryCov_9fa48("1241", "1242", "1243"), (stryMutAct_9fa48("1245") ? action !== 'revoke' || action !== 'restore' : stryMutAct_9fa48("1244") ? false : (stryCov_9fa48("1244", "1245"), (stryMutAct_9fa48("1247") ? action === 'revoke' : stryMutAct_9fa48("1246") ? true : (stryCov_9fa48("1246", "1247"), action !== (stryMutAct_9fa48("1248") ? "" : (stryCov_9fa48("1248"), 'revoke')))) && (stryMutAct_9fa48("1250") ? action === 'restore' : stryMutAct_9fa48("1249") ? true : (stryCov_9fa48("1249", "1250"), action !== (stryMutAct_9fa48("1251") ? "" : (stryCov_9fa48("1251"), 'restore')))))) || (stryMutAct_9fa48("1253") ? toApiKey(row).revoked !== (action === 'revoke') : stryMutAct_9fa48("1252") ? false : (stryCov_9fa48("1252", "1253"), toApiKey(row).revoked === (stryMutAct_9fa48("1256") ? action !== 'revoke' : stryMutAct_9fa48("1255") ? false : stryMutAct_9fa48("1254") ? true : (stryCov_9fa48("1254", "1255", "1256"), action === (stryMutAct_9fa48("1257") ? "" : (stryCov_9fa48("1257"), 'revoke')))))));
        }
      } catch {
        if (stryMutAct_9fa48("1258")) {
          {}
        } else {
          stryCov_9fa48("1258");
          // Better a line too many than a change that is not on record.
          return stryMutAct_9fa48("1259") ? false : (stryCov_9fa48("1259"), true);
        }
      }
    }
  }
}
function isWrite({
  operation
}: EngineOperation): boolean {
  if (stryMutAct_9fa48("1260")) {
    {}
  } else {
    stryCov_9fa48("1260");
    return stryMutAct_9fa48("1263") ? (operation === 'insert' || operation === 'update') && operation === 'delete' : stryMutAct_9fa48("1262") ? false : stryMutAct_9fa48("1261") ? true : (stryCov_9fa48("1261", "1262", "1263"), (stryMutAct_9fa48("1265") ? operation === 'insert' && operation === 'update' : stryMutAct_9fa48("1264") ? false : (stryCov_9fa48("1264", "1265"), (stryMutAct_9fa48("1267") ? operation !== 'insert' : stryMutAct_9fa48("1266") ? false : (stryCov_9fa48("1266", "1267"), operation === (stryMutAct_9fa48("1268") ? "" : (stryCov_9fa48("1268"), 'insert')))) || (stryMutAct_9fa48("1270") ? operation !== 'update' : stryMutAct_9fa48("1269") ? false : (stryCov_9fa48("1269", "1270"), operation === (stryMutAct_9fa48("1271") ? "" : (stryCov_9fa48("1271"), 'update')))))) || (stryMutAct_9fa48("1273") ? operation !== 'delete' : stryMutAct_9fa48("1272") ? false : (stryCov_9fa48("1272", "1273"), operation === (stryMutAct_9fa48("1274") ? "" : (stryCov_9fa48("1274"), 'delete')))));
  }
}

/** Whether somebody asked for it. What the platform does by itself is told and not refused. */
function isAsked(context: EngineContext | undefined): boolean {
  if (stryMutAct_9fa48("1275")) {
    {}
  } else {
    stryCov_9fa48("1275");
    return stryMutAct_9fa48("1278") ? context?.isSystem !== true || context?.userId !== undefined || currentRequest() !== undefined : stryMutAct_9fa48("1277") ? false : stryMutAct_9fa48("1276") ? true : (stryCov_9fa48("1276", "1277", "1278"), (stryMutAct_9fa48("1280") ? context?.isSystem === true : stryMutAct_9fa48("1279") ? true : (stryCov_9fa48("1279", "1280"), (stryMutAct_9fa48("1281") ? context.isSystem : (stryCov_9fa48("1281"), context?.isSystem)) !== (stryMutAct_9fa48("1282") ? false : (stryCov_9fa48("1282"), true)))) && (stryMutAct_9fa48("1284") ? context?.userId !== undefined && currentRequest() !== undefined : stryMutAct_9fa48("1283") ? true : (stryCov_9fa48("1283", "1284"), (stryMutAct_9fa48("1286") ? context?.userId === undefined : stryMutAct_9fa48("1285") ? false : (stryCov_9fa48("1285", "1286"), (stryMutAct_9fa48("1287") ? context.userId : (stryCov_9fa48("1287"), context?.userId)) !== undefined)) || (stryMutAct_9fa48("1289") ? currentRequest() === undefined : stryMutAct_9fa48("1288") ? false : (stryCov_9fa48("1288", "1289"), currentRequest() !== undefined)))));
  }
}
function mayRestore({
  operation,
  data
}: EngineOperation): boolean {
  if (stryMutAct_9fa48("1290")) {
    {}
  } else {
    stryCov_9fa48("1290");
    if (stryMutAct_9fa48("1293") ? (operation !== 'update' || typeof data !== 'object' || data === null) && !('revoked' in data) : stryMutAct_9fa48("1292") ? false : stryMutAct_9fa48("1291") ? true : (stryCov_9fa48("1291", "1292", "1293"), (stryMutAct_9fa48("1295") ? (operation !== 'update' || typeof data !== 'object') && data === null : stryMutAct_9fa48("1294") ? false : (stryCov_9fa48("1294", "1295"), (stryMutAct_9fa48("1297") ? operation !== 'update' && typeof data !== 'object' : stryMutAct_9fa48("1296") ? false : (stryCov_9fa48("1296", "1297"), (stryMutAct_9fa48("1299") ? operation === 'update' : stryMutAct_9fa48("1298") ? false : (stryCov_9fa48("1298", "1299"), operation !== (stryMutAct_9fa48("1300") ? "" : (stryCov_9fa48("1300"), 'update')))) || (stryMutAct_9fa48("1302") ? typeof data === 'object' : stryMutAct_9fa48("1301") ? false : (stryCov_9fa48("1301", "1302"), typeof data !== (stryMutAct_9fa48("1303") ? "" : (stryCov_9fa48("1303"), 'object')))))) || (stryMutAct_9fa48("1305") ? data !== null : stryMutAct_9fa48("1304") ? false : (stryCov_9fa48("1304", "1305"), data === null)))) || (stryMutAct_9fa48("1306") ? 'revoked' in data : (stryCov_9fa48("1306"), !((stryMutAct_9fa48("1307") ? "" : (stryCov_9fa48("1307"), 'revoked')) in data))))) return stryMutAct_9fa48("1308") ? true : (stryCov_9fa48("1308"), false);
    return stryMutAct_9fa48("1311") ? data.revoked === true : stryMutAct_9fa48("1310") ? false : stryMutAct_9fa48("1309") ? true : (stryCov_9fa48("1309", "1310", "1311"), data.revoked !== (stryMutAct_9fa48("1312") ? false : (stryCov_9fa48("1312"), true)));
  }
}

/** Which keys an update is about. */
function whereOf({
  ast,
  data,
  options
}: EngineOperation): Record<string, unknown> {
  if (stryMutAct_9fa48("1313")) {
    {}
  } else {
    stryCov_9fa48("1313");
    if (stryMutAct_9fa48("1316") ? typeof ast?.where === 'object' || ast.where !== null : stryMutAct_9fa48("1315") ? false : stryMutAct_9fa48("1314") ? true : (stryCov_9fa48("1314", "1315", "1316"), (stryMutAct_9fa48("1318") ? typeof ast?.where !== 'object' : stryMutAct_9fa48("1317") ? true : (stryCov_9fa48("1317", "1318"), typeof (stryMutAct_9fa48("1319") ? ast.where : (stryCov_9fa48("1319"), ast?.where)) === (stryMutAct_9fa48("1320") ? "" : (stryCov_9fa48("1320"), 'object')))) && (stryMutAct_9fa48("1322") ? ast.where === null : stryMutAct_9fa48("1321") ? true : (stryCov_9fa48("1321", "1322"), ast.where !== null)))) return ast.where as Record<string, unknown>;
    const id = (data as Row)[stryMutAct_9fa48("1323") ? "" : (stryCov_9fa48("1323"), 'id')];
    if (stryMutAct_9fa48("1326") ? id === undefined : stryMutAct_9fa48("1325") ? false : stryMutAct_9fa48("1324") ? true : (stryCov_9fa48("1324", "1325", "1326"), id !== undefined)) return stryMutAct_9fa48("1327") ? {} : (stryCov_9fa48("1327"), {
      id
    });
    return (stryMutAct_9fa48("1330") ? typeof options?.where === 'object' || options.where !== null : stryMutAct_9fa48("1329") ? false : stryMutAct_9fa48("1328") ? true : (stryCov_9fa48("1328", "1329", "1330"), (stryMutAct_9fa48("1332") ? typeof options?.where !== 'object' : stryMutAct_9fa48("1331") ? true : (stryCov_9fa48("1331", "1332"), typeof (stryMutAct_9fa48("1333") ? options.where : (stryCov_9fa48("1333"), options?.where)) === (stryMutAct_9fa48("1334") ? "" : (stryCov_9fa48("1334"), 'object')))) && (stryMutAct_9fa48("1336") ? options.where === null : stryMutAct_9fa48("1335") ? true : (stryCov_9fa48("1335", "1336"), options.where !== null)))) ? options.where as Row : {};
  }
}

/** The keys that a write names by their ids. */
function keyIdsOf(operation: EngineOperation): string[] {
  if (stryMutAct_9fa48("1337")) {
    {}
  } else {
    stryCov_9fa48("1337");
    const named = (stryMutAct_9fa48("1340") ? operation.operation !== 'update' : stryMutAct_9fa48("1339") ? false : stryMutAct_9fa48("1338") ? true : (stryCov_9fa48("1338", "1339", "1340"), operation.operation === (stryMutAct_9fa48("1341") ? "" : (stryCov_9fa48("1341"), 'update')))) ? idsOf(whereOf(operation)) : undefined;
    return stryMutAct_9fa48("1342") ? named && rowsOf(operation.data).map(row => String(row['id'])) : (stryCov_9fa48("1342"), named ?? rowsOf(operation.data).map(stryMutAct_9fa48("1343") ? () => undefined : (stryCov_9fa48("1343"), row => String(row[stryMutAct_9fa48("1344") ? "" : (stryCov_9fa48("1344"), 'id')]))));
  }
}

/** The ids of a condition such as `{ id: { $in: [...] } }`; `undefined` for any other. */
function idsOf({
  id,
  ...others
}: Record<string, unknown>): string[] | undefined {
  if (stryMutAct_9fa48("1345")) {
    {}
  } else {
    stryCov_9fa48("1345");
    if (stryMutAct_9fa48("1348") ? (typeof id !== 'object' || id === null) && Object.keys(others).length > 0 : stryMutAct_9fa48("1347") ? false : stryMutAct_9fa48("1346") ? true : (stryCov_9fa48("1346", "1347", "1348"), (stryMutAct_9fa48("1350") ? typeof id !== 'object' && id === null : stryMutAct_9fa48("1349") ? false : (stryCov_9fa48("1349", "1350"), (stryMutAct_9fa48("1352") ? typeof id === 'object' : stryMutAct_9fa48("1351") ? false : (stryCov_9fa48("1351", "1352"), typeof id !== (stryMutAct_9fa48("1353") ? "" : (stryCov_9fa48("1353"), 'object')))) || (stryMutAct_9fa48("1355") ? id !== null : stryMutAct_9fa48("1354") ? false : (stryCov_9fa48("1354", "1355"), id === null)))) || (stryMutAct_9fa48("1358") ? Object.keys(others).length <= 0 : stryMutAct_9fa48("1357") ? Object.keys(others).length >= 0 : stryMutAct_9fa48("1356") ? false : (stryCov_9fa48("1356", "1357", "1358"), Object.keys(others).length > 0)))) return undefined;
    const {
      $in: ids
    } = id as {
      readonly $in?: unknown;
    };
    return Array.isArray(ids) ? ids.map(String) : undefined;
  }
}
function rowsOf(value: unknown): Row[] {
  if (stryMutAct_9fa48("1359")) {
    {}
  } else {
    stryCov_9fa48("1359");
    if (stryMutAct_9fa48("1361") ? false : stryMutAct_9fa48("1360") ? true : (stryCov_9fa48("1360", "1361"), Array.isArray(value))) return value as Row[];
    return (stryMutAct_9fa48("1364") ? typeof value === 'object' || value !== null : stryMutAct_9fa48("1363") ? false : stryMutAct_9fa48("1362") ? true : (stryCov_9fa48("1362", "1363", "1364"), (stryMutAct_9fa48("1366") ? typeof value !== 'object' : stryMutAct_9fa48("1365") ? true : (stryCov_9fa48("1365", "1366"), typeof value === (stryMutAct_9fa48("1367") ? "" : (stryCov_9fa48("1367"), 'object')))) && (stryMutAct_9fa48("1369") ? value === null : stryMutAct_9fa48("1368") ? true : (stryCov_9fa48("1368", "1369"), value !== null)))) ? stryMutAct_9fa48("1370") ? [] : (stryCov_9fa48("1370"), [value as Row]) : stryMutAct_9fa48("1371") ? ["Stryker was here"] : (stryCov_9fa48("1371"), []);
  }
}