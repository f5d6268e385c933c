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
import type { Authenticator } from '../../auth/authenticator.ts';
import { requireSession } from '../../auth/session-required.ts';
import { ServiceError, unavailable } from '../../base/errors.ts';
import { currentRequest } from '../../http/request-scope.ts';
import type { EngineContext, Transaction } from '../../platform/engine.ts';
import type { EngineOperation } from '../../platform/middleware.ts';
import { Allowance, type Claim } from '../limits/allowance.ts';
import type { Eligibility } from '../mint/eligibility.ts';
import type { KeyWriting } from '../mint/key-writing.ts';
import { assertMayComeBack } from '../policy/policy-rules.ts';
import { API_KEY_OBJECT, type ApiKey, toApiKey } from '../record/api-key.ts';
import { noteRestored } from '../record/api-key-detail.ts';
import type { ObservedChange } from './observed-change.ts';

/** Most keys that one write may restore. */
const MAX_KEYS = 100;

/** What a restore is decided with. */
export interface RestoreParts {
  readonly writing: KeyWriting;
  readonly eligibility: Eligibility;
  readonly authenticator: Pick<Authenticator, 'authenticate'>;
}

/** Keys that a person may restore, as far as the limits allow it. */
export interface Restoration {
  readonly claim: Claim;
  readonly keys: ReadonlyMap<string, ApiKey>;
  /** Whether they administer the organization of these keys, where its policy lets nobody else restore. */
  readonly administers: boolean;
}

/**
 * The rules of `restoreApiKey`, for the writes of the platform's own routes: restoring is minting, so
 * whoever could restore past the limits would have as many keys as they like.
 */
export class RestoreRules {
  #parts: RestoreParts | undefined;

  /** Until then every restore is refused: the kernel is starting. */
  open(parts: RestoreParts): void {
    if (stryMutAct_9fa48("1420")) {
      {}
    } else {
      stryCov_9fa48("1420");
      this.#parts = parts;
    }
  }

  /**
   * Decides, before any lock is taken, who asks and whether they may.
   *
   * @throws ServiceError as {@link Eligibility} does, and `FORBIDDEN` without a session or for somebody else's key.
   */
  async approve(operation: EngineOperation, where: Record<string, unknown>): Promise<Restoration> {
    if (stryMutAct_9fa48("1421")) {
      {}
    } else {
      stryCov_9fa48("1421");
      const {
        writing,
        eligibility,
        authenticator
      } = this.#open();
      const request = currentRequest();
      if (stryMutAct_9fa48("1424") ? request !== undefined : stryMutAct_9fa48("1423") ? false : stryMutAct_9fa48("1422") ? true : (stryCov_9fa48("1422", "1423", "1424"), request === undefined)) throw signInFirst();
      const get = stryMutAct_9fa48("1425") ? () => undefined : (stryCov_9fa48("1425"), (() => {
        const get = (name: string): string | null => request.headers.get(name);
        return get;
      })());
      const headers = stryMutAct_9fa48("1426") ? {} : (stryCov_9fa48("1426"), {
        get,
        has: stryMutAct_9fa48("1427") ? () => undefined : (stryCov_9fa48("1427"), (name: string) => stryMutAct_9fa48("1430") ? get(name) === null : stryMutAct_9fa48("1429") ? false : stryMutAct_9fa48("1428") ? true : (stryCov_9fa48("1428", "1429", "1430"), get(name) !== null))
      });
      const principal = requireSession(await authenticator.authenticate(stryMutAct_9fa48("1431") ? {} : (stryCov_9fa48("1431"), {
        method: stryMutAct_9fa48("1432") ? "" : (stryCov_9fa48("1432"), 'POST'),
        headers
      })));
      const {
        context
      } = operation;
      if (stryMutAct_9fa48("1435") ? context === undefined && context.userId !== principal.userId : stryMutAct_9fa48("1434") ? false : stryMutAct_9fa48("1433") ? true : (stryCov_9fa48("1433", "1434", "1435"), (stryMutAct_9fa48("1437") ? context !== undefined : stryMutAct_9fa48("1436") ? false : (stryCov_9fa48("1436", "1437"), context === undefined)) || (stryMutAct_9fa48("1439") ? context.userId === principal.userId : stryMutAct_9fa48("1438") ? false : (stryCov_9fa48("1438", "1439"), context.userId !== principal.userId)))) throw signInFirst();

      // As the person sees them: of other keys the platform says what it says of any that is not there.
      const seen = await writing.engine.find(API_KEY_OBJECT, stryMutAct_9fa48("1440") ? {} : (stryCov_9fa48("1440"), {
        where,
        limit: stryMutAct_9fa48("1441") ? MAX_KEYS - 1 : (stryCov_9fa48("1441"), MAX_KEYS + 1),
        context
      }));
      if (stryMutAct_9fa48("1445") ? seen.length <= MAX_KEYS : stryMutAct_9fa48("1444") ? seen.length >= MAX_KEYS : stryMutAct_9fa48("1443") ? false : stryMutAct_9fa48("1442") ? true : (stryCov_9fa48("1442", "1443", "1444", "1445"), seen.length > MAX_KEYS)) throw forbidden(stryMutAct_9fa48("1446") ? `` : (stryCov_9fa48("1446"), `Restore at most ${MAX_KEYS} keys at a time.`));
      const ids = seen.map(stryMutAct_9fa48("1447") ? () => undefined : (stryCov_9fa48("1447"), row => String(row[stryMutAct_9fa48("1448") ? "" : (stryCov_9fa48("1448"), 'id')])));
      const rows = (stryMutAct_9fa48("1451") ? ids.length !== 0 : stryMutAct_9fa48("1450") ? false : stryMutAct_9fa48("1449") ? true : (stryCov_9fa48("1449", "1450", "1451"), ids.length === 0)) ? stryMutAct_9fa48("1452") ? ["Stryker was here"] : (stryCov_9fa48("1452"), []) : await writing.engine.find(API_KEY_OBJECT, stryMutAct_9fa48("1453") ? {} : (stryCov_9fa48("1453"), {
        where: stryMutAct_9fa48("1454") ? {} : (stryCov_9fa48("1454"), {
          id: stryMutAct_9fa48("1455") ? {} : (stryCov_9fa48("1455"), {
            $in: ids
          })
        }),
        context: stryMutAct_9fa48("1456") ? {} : (stryCov_9fa48("1456"), {
          isSystem: stryMutAct_9fa48("1457") ? false : (stryCov_9fa48("1457"), true)
        })
      }));
      const keys = new Map<string, ApiKey>();
      for (const row of rows) {
        if (stryMutAct_9fa48("1458")) {
          {}
        } else {
          stryCov_9fa48("1458");
          const key = toApiKey(row);
          if (stryMutAct_9fa48("1461") ? false : stryMutAct_9fa48("1460") ? true : stryMutAct_9fa48("1459") ? key.revoked : (stryCov_9fa48("1459", "1460", "1461"), !key.revoked)) continue;
          // An administrator who revives somebody's key would give out a credential in their name.
          if (stryMutAct_9fa48("1464") ? row['user_id'] === principal.userId : stryMutAct_9fa48("1463") ? false : stryMutAct_9fa48("1462") ? true : (stryCov_9fa48("1462", "1463", "1464"), row[stryMutAct_9fa48("1465") ? "" : (stryCov_9fa48("1465"), 'user_id')] !== principal.userId)) throw forbidden(stryMutAct_9fa48("1466") ? "" : (stryCov_9fa48("1466"), 'Only its owner can restore a key.'));
          await eligibility.assertMayMintLike(principal, key, stryMutAct_9fa48("1467") ? "" : (stryCov_9fa48("1467"), 'restore'));
          if (stryMutAct_9fa48("1468")) {
            ;
          } else {
            stryCov_9fa48("1468");
            keys.set(key.id, key);
          }
        }
      }
      const {
        userId,
        organizationId
      } = principal;
      const administers = stryMutAct_9fa48("1471") ? keys.size > 0 && organizationId !== undefined || (await writing.administrators.administers(principal, organizationId)) : stryMutAct_9fa48("1470") ? false : stryMutAct_9fa48("1469") ? true : (stryCov_9fa48("1469", "1470", "1471"), (stryMutAct_9fa48("1473") ? keys.size > 0 || organizationId !== undefined : stryMutAct_9fa48("1472") ? true : (stryCov_9fa48("1472", "1473"), (stryMutAct_9fa48("1476") ? keys.size <= 0 : stryMutAct_9fa48("1475") ? keys.size >= 0 : stryMutAct_9fa48("1474") ? true : (stryCov_9fa48("1474", "1475", "1476"), keys.size > 0)) && (stryMutAct_9fa48("1478") ? organizationId === undefined : stryMutAct_9fa48("1477") ? true : (stryCov_9fa48("1477", "1478"), organizationId !== undefined)))) && (await writing.administrators.administers(principal, organizationId)));
      return stryMutAct_9fa48("1479") ? {} : (stryCov_9fa48("1479"), {
        claim: stryMutAct_9fa48("1480") ? {} : (stryCov_9fa48("1480"), {
          userId,
          address: request.address,
          locksUser: stryMutAct_9fa48("1481") ? false : (stryCov_9fa48("1481"), true)
        }),
        keys,
        administers
      });
    }
  }

  /**
   * Runs the write under the lock of the person's keys and of the policy, and counts what it restored.
   *
   * @throws ServiceError `RATE_LIMITED`, `LIMIT_REACHED`, `POLICY_VIOLATION`; the transaction is to be rolled back.
   */
  async counted({
    claim,
    keys,
    administers
  }: Restoration, context: EngineContext & {
    transaction: Transaction;
  }, write: () => Promise<readonly ObservedChange[]>): Promise<void> {
    if (stryMutAct_9fa48("1482")) {
      {}
    } else {
      stryCov_9fa48("1482");
      const {
        writing
      } = this.#open();
      const allowance = await Allowance.open(stryMutAct_9fa48("1483") ? {} : (stryCov_9fa48("1483"), {
        ...writing,
        context
      }), stryMutAct_9fa48("1484") ? [] : (stryCov_9fa48("1484"), [claim]), stryMutAct_9fa48("1485") ? ["Stryker was here"] : (stryCov_9fa48("1485"), []));
      const {
        transaction
      } = context;
      const organizations = (stryMutAct_9fa48("1486") ? [] : (stryCov_9fa48("1486"), [...keys.values()])).flatMap(stryMutAct_9fa48("1487") ? () => undefined : (stryCov_9fa48("1487"), ({
        organizationId
      }) => stryMutAct_9fa48("1488") ? organizationId && [] : (stryCov_9fa48("1488"), organizationId ?? (stryMutAct_9fa48("1489") ? ["Stryker was here"] : (stryCov_9fa48("1489"), [])))));
      const policies = await writing.policies.hold(transaction, organizations);
      for (const {
        action,
        keyId
      } of await write()) {
        if (stryMutAct_9fa48("1490")) {
          {}
        } else {
          stryCov_9fa48("1490");
          if (stryMutAct_9fa48("1493") ? action === 'restore' : stryMutAct_9fa48("1492") ? false : stryMutAct_9fa48("1491") ? true : (stryCov_9fa48("1491", "1492", "1493"), action !== (stryMutAct_9fa48("1494") ? "" : (stryCov_9fa48("1494"), 'restore')))) continue;
          const key = keys.get(keyId);
          if (stryMutAct_9fa48("1497") ? key !== undefined : stryMutAct_9fa48("1496") ? false : stryMutAct_9fa48("1495") ? true : (stryCov_9fa48("1495", "1496", "1497"), key === undefined)) throw forbidden(stryMutAct_9fa48("1498") ? "" : (stryCov_9fa48("1498"), 'This key was changed by another request. Try again.'));
          if (stryMutAct_9fa48("1499")) {
            ;
          } else {
            stryCov_9fa48("1499");
            assertMayComeBack(policies.of(key.organizationId), key, administers);
          }
          if (stryMutAct_9fa48("1500")) {
            ;
          } else {
            stryCov_9fa48("1500");
            allowance.take(claim, 1);
          }
          await noteRestored(writing.engine, transaction, keyId, allowance.now);
        }
      }
      await writing.ledger.write(transaction, new Map(allowance.changes()));
      await writing.ledger.assertCommittable(transaction);
    }
  }
  #open(): RestoreParts {
    if (stryMutAct_9fa48("1501")) {
      {}
    } else {
      stryCov_9fa48("1501");
      if (stryMutAct_9fa48("1504") ? this.#parts !== undefined : stryMutAct_9fa48("1503") ? false : stryMutAct_9fa48("1502") ? true : (stryCov_9fa48("1502", "1503", "1504"), this.#parts === undefined)) throw unavailable();
      return this.#parts;
    }
  }
}
export function forbidden(message: string): ServiceError {
  if (stryMutAct_9fa48("1505")) {
    {}
  } else {
    stryCov_9fa48("1505");
    return new ServiceError(stryMutAct_9fa48("1506") ? "" : (stryCov_9fa48("1506"), 'FORBIDDEN'), stryMutAct_9fa48("1507") ? {} : (stryCov_9fa48("1507"), {
      message
    }));
  }
}
function signInFirst(): ServiceError {
  if (stryMutAct_9fa48("1508")) {
    {}
  } else {
    stryCov_9fa48("1508");
    return forbidden(stryMutAct_9fa48("1509") ? "" : (stryCov_9fa48("1509"), 'Restoring a key requires a session. Sign in first.'));
  }
}