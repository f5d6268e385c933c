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
import { postureEnforcesWall, postureUsesUnionScope } from '@objectstack/spec/security';
import { isBanned } from '../../auth/ban.ts';
import { networkMatcher } from '../../http/client-address.ts';
import { approximateNetworkOf } from '../../http/client-network.ts';
import { currentRequest } from '../../http/request-scope.ts';
import type { Row } from '../../platform/engine.ts';
import type { Platform } from '../../platform/platform.ts';
import { type ApiKeyDetail, findApiKeyDetail } from '../record/api-key-detail.ts';
import { belongsSince, memberSince } from '../record/standing.ts';
import { hasEnded, readScopes } from '../record/stored.ts';
import { type AdmittedKey, recordAdmittedKey } from './current-key.ts';
import type { LastUsed } from './last-used.ts';
import { usedVia } from './used-via.ts';

/** An admitted key, and the facts that were looked up for it. */
export interface Admitted {
  readonly key: AdmittedKey;
  /** The e-mail address of the owner; empty when there is none. */
  readonly email: string;
}

/** The part of the platform that admission uses. */
export type AdmissionPlatform = Pick<Platform, 'reader' | 'findUser' | 'memberships' | 'tenancyPosture' | 'checksPermissions' | 'inTime'>;

/**
 * Decides whether a key is active, for every verification in the kernel and every route. Everything is
 * looked up for each request and nothing is cached, so that a revocation, a ban or the end of a membership
 * on any replica applies to the next request.
 */
export class Admission {
  readonly #platform: AdmissionPlatform;
  readonly #basePath: string;
  readonly #uses: Pick<LastUsed, 'note'>;

  /** @param basePath the prefix of the platform's routes. */
  constructor(platform: AdmissionPlatform, basePath: string, uses: Pick<LastUsed, 'note'>) {
    if (stryMutAct_9fa48("404")) {
      {}
    } else {
      stryCov_9fa48("404");
      this.#platform = platform;
      this.#basePath = basePath;
      this.#uses = uses;
    }
  }

  /**
   * Admits the key of the current request, and records its use.
   *
   * @param row the row of `sys_api_key` with the hash of the key.
   * @returns `undefined` if the key is not active.
   * @throws ServiceError `SERVICE_UNAVAILABLE` if this cannot be determined.
   */
  async admit(row: Row): Promise<Admitted | undefined> {
    if (stryMutAct_9fa48("405")) {
      {}
    } else {
      stryCov_9fa48("405");
      const {
        id,
        user_id: ownerId
      } = row;
      if (stryMutAct_9fa48("408") ? (typeof id !== 'string' || id === '' || typeof ownerId !== 'string') && ownerId === '' : stryMutAct_9fa48("407") ? false : stryMutAct_9fa48("406") ? true : (stryCov_9fa48("406", "407", "408"), (stryMutAct_9fa48("410") ? (typeof id !== 'string' || id === '') && typeof ownerId !== 'string' : stryMutAct_9fa48("409") ? false : (stryCov_9fa48("409", "410"), (stryMutAct_9fa48("412") ? typeof id !== 'string' && id === '' : stryMutAct_9fa48("411") ? false : (stryCov_9fa48("411", "412"), (stryMutAct_9fa48("414") ? typeof id === 'string' : stryMutAct_9fa48("413") ? false : (stryCov_9fa48("413", "414"), typeof id !== (stryMutAct_9fa48("415") ? "" : (stryCov_9fa48("415"), 'string')))) || (stryMutAct_9fa48("417") ? id !== '' : stryMutAct_9fa48("416") ? false : (stryCov_9fa48("416", "417"), id === (stryMutAct_9fa48("418") ? "Stryker was here!" : (stryCov_9fa48("418"), '')))))) || (stryMutAct_9fa48("420") ? typeof ownerId === 'string' : stryMutAct_9fa48("419") ? false : (stryCov_9fa48("419", "420"), typeof ownerId !== (stryMutAct_9fa48("421") ? "" : (stryCov_9fa48("421"), 'string')))))) || (stryMutAct_9fa48("423") ? ownerId !== '' : stryMutAct_9fa48("422") ? false : (stryCov_9fa48("422", "423"), ownerId === (stryMutAct_9fa48("424") ? "Stryker was here!" : (stryCov_9fa48("424"), '')))))) return undefined;
      if (stryMutAct_9fa48("427") ? !isNotRevoked(row['revoked']) && hasEnded(row['expires_at'], Date.now()) : stryMutAct_9fa48("426") ? false : stryMutAct_9fa48("425") ? true : (stryCov_9fa48("425", "426", "427"), (stryMutAct_9fa48("428") ? isNotRevoked(row['revoked']) : (stryCov_9fa48("428"), !isNotRevoked(row[stryMutAct_9fa48("429") ? "" : (stryCov_9fa48("429"), 'revoked')]))) || hasEnded(row[stryMutAct_9fa48("430") ? "" : (stryCov_9fa48("430"), 'expires_at')], Date.now()))) return undefined;
      const organizationId = textOf(row[stryMutAct_9fa48("431") ? "" : (stryCov_9fa48("431"), 'active_organization_id')]);

      // Look these up together, so that they share statements with look-ups of other requests.
      const detail = this.#platform.inTime(stryMutAct_9fa48("432") ? () => undefined : (stryCov_9fa48("432"), () => findApiKeyDetail(this.#platform.reader, id)));
      const [owner, belongs, fromAllowedNetwork] = await Promise.all(stryMutAct_9fa48("433") ? [] : (stryCov_9fa48("433"), [this.#platform.findUser(ownerId), this.#belongs(ownerId, organizationId, row[stryMutAct_9fa48("434") ? "" : (stryCov_9fa48("434"), 'created_at')], detail), detail.then(comesFromAllowedNetwork)]));
      if (stryMutAct_9fa48("437") ? owner === undefined && isBanned(owner['banned'], owner['ban_expires']) : stryMutAct_9fa48("436") ? false : stryMutAct_9fa48("435") ? true : (stryCov_9fa48("435", "436", "437"), (stryMutAct_9fa48("439") ? owner !== undefined : stryMutAct_9fa48("438") ? false : (stryCov_9fa48("438", "439"), owner === undefined)) || isBanned(owner[stryMutAct_9fa48("440") ? "" : (stryCov_9fa48("440"), 'banned')], owner[stryMutAct_9fa48("441") ? "" : (stryCov_9fa48("441"), 'ban_expires')]))) return undefined;
      if (stryMutAct_9fa48("444") ? !belongs && !fromAllowedNetwork : stryMutAct_9fa48("443") ? false : stryMutAct_9fa48("442") ? true : (stryCov_9fa48("442", "443", "444"), (stryMutAct_9fa48("445") ? belongs : (stryCov_9fa48("445"), !belongs)) || (stryMutAct_9fa48("446") ? fromAllowedNetwork : (stryCov_9fa48("446"), !fromAllowedNetwork)))) return undefined;
      const scopes = readScopes(row[stryMutAct_9fa48("447") ? "" : (stryCov_9fa48("447"), 'scopes')]);
      // Nothing else in a kernel limits a key.
      if (stryMutAct_9fa48("450") ? scopes.length > 0 || !(await this.#platform.checksPermissions()) : stryMutAct_9fa48("449") ? false : stryMutAct_9fa48("448") ? true : (stryCov_9fa48("448", "449", "450"), (stryMutAct_9fa48("453") ? scopes.length <= 0 : stryMutAct_9fa48("452") ? scopes.length >= 0 : stryMutAct_9fa48("451") ? true : (stryCov_9fa48("451", "452", "453"), scopes.length > 0)) && (stryMutAct_9fa48("454") ? await this.#platform.checksPermissions() : (stryCov_9fa48("454"), !(await this.#platform.checksPermissions()))))) return undefined;
      const key = stryMutAct_9fa48("455") ? {} : (stryCov_9fa48("455"), {
        id,
        prefix: stryMutAct_9fa48("456") ? textOf(row['prefix']) && '' : (stryCov_9fa48("456"), textOf(row[stryMutAct_9fa48("457") ? "" : (stryCov_9fa48("457"), 'prefix')]) ?? (stryMutAct_9fa48("458") ? "Stryker was here!" : (stryCov_9fa48("458"), ''))),
        ownerId,
        organizationId,
        scopes
      });
      if (stryMutAct_9fa48("461") ? false : stryMutAct_9fa48("460") ? true : stryMutAct_9fa48("459") ? recordAdmittedKey(key) : (stryCov_9fa48("459", "460", "461"), !recordAdmittedKey(key))) return undefined;
      if (stryMutAct_9fa48("462")) {
        ;
      } else {
        stryCov_9fa48("462");
        this.#noteUse(id);
      }
      return stryMutAct_9fa48("463") ? {} : (stryCov_9fa48("463"), {
        key,
        email: stryMutAct_9fa48("464") ? textOf(owner['email']) && '' : (stryCov_9fa48("464"), textOf(owner[stryMutAct_9fa48("465") ? "" : (stryCov_9fa48("465"), 'email')]) ?? (stryMutAct_9fa48("466") ? "Stryker was here!" : (stryCov_9fa48("466"), '')))
      });
    }
  }

  /** Applies under every tenancy posture: otherwise a key could outlive the membership in a kernel without separate organizations. */
  async #belongs(userId: string, organizationId: string | undefined, createdAt: unknown, detail: Promise<ApiKeyDetail>): Promise<boolean> {
    if (stryMutAct_9fa48("467")) {
      {}
    } else {
      stryCov_9fa48("467");
      if (stryMutAct_9fa48("470") ? organizationId !== undefined : stryMutAct_9fa48("469") ? false : stryMutAct_9fa48("468") ? true : (stryCov_9fa48("468", "469", "470"), organizationId === undefined)) {
        if (stryMutAct_9fa48("471")) {
          {}
        } else {
          stryCov_9fa48("471");
          const posture = await this.#platform.tenancyPosture();
          // If every read is limited to one organization, a key without one can read nothing.
          return stryMutAct_9fa48("474") ? (posture === undefined || !postureEnforcesWall(posture)) && postureUsesUnionScope(posture) : stryMutAct_9fa48("473") ? false : stryMutAct_9fa48("472") ? true : (stryCov_9fa48("472", "473", "474"), (stryMutAct_9fa48("476") ? posture === undefined && !postureEnforcesWall(posture) : stryMutAct_9fa48("475") ? false : (stryCov_9fa48("475", "476"), (stryMutAct_9fa48("478") ? posture !== undefined : stryMutAct_9fa48("477") ? false : (stryCov_9fa48("477", "478"), posture === undefined)) || (stryMutAct_9fa48("479") ? postureEnforcesWall(posture) : (stryCov_9fa48("479"), !postureEnforcesWall(posture))))) || postureUsesUnionScope(posture));
        }
      }
      const since = memberSince(await this.#platform.memberships(userId, organizationId), Date.now());
      return belongsSince(since, createdAt, (await detail).restoredAt);
    }
  }
  #noteUse(keyId: string): void {
    if (stryMutAct_9fa48("480")) {
      {}
    } else {
      stryCov_9fa48("480");
      const request = currentRequest();
      this.#uses.note(keyId, stryMutAct_9fa48("482") ? {} : (stryCov_9fa48("482"), {
        via: (stryMutAct_9fa48("485") ? request !== undefined : stryMutAct_9fa48("484") ? false : stryMutAct_9fa48("483") ? true : (stryCov_9fa48("483", "484", "485"), request === undefined)) ? stryMutAct_9fa48("486") ? "" : (stryCov_9fa48("486"), 'OTHER') : usedVia(request, this.#basePath),
        network: (stryMutAct_9fa48("489") ? request?.address !== undefined : stryMutAct_9fa48("488") ? false : stryMutAct_9fa48("487") ? true : (stryCov_9fa48("487", "488", "489"), (stryMutAct_9fa48("490") ? request.address : (stryCov_9fa48("490"), request?.address)) === undefined)) ? undefined : approximateNetworkOf(request.address)
      }));
    }
  }
}

/** Any value other than a clear "no" counts as "yes". */
function isNotRevoked(value: unknown): boolean {
  if (stryMutAct_9fa48("491")) {
    {}
  } else {
    stryCov_9fa48("491");
    return stryMutAct_9fa48("494") ? value === false && value === 0 : stryMutAct_9fa48("493") ? false : stryMutAct_9fa48("492") ? true : (stryCov_9fa48("492", "493", "494"), (stryMutAct_9fa48("496") ? value !== false : stryMutAct_9fa48("495") ? false : (stryCov_9fa48("495", "496"), value === (stryMutAct_9fa48("497") ? true : (stryCov_9fa48("497"), false)))) || (stryMutAct_9fa48("499") ? value !== 0 : stryMutAct_9fa48("498") ? false : (stryCov_9fa48("498", "499"), value === 0)));
  }
}
function textOf(value: unknown): string | undefined {
  if (stryMutAct_9fa48("500")) {
    {}
  } else {
    stryCov_9fa48("500");
    return (stryMutAct_9fa48("503") ? typeof value === 'string' || value !== '' : stryMutAct_9fa48("502") ? false : stryMutAct_9fa48("501") ? true : (stryCov_9fa48("501", "502", "503"), (stryMutAct_9fa48("505") ? typeof value !== 'string' : stryMutAct_9fa48("504") ? true : (stryCov_9fa48("504", "505"), typeof value === (stryMutAct_9fa48("506") ? "" : (stryCov_9fa48("506"), 'string')))) && (stryMutAct_9fa48("508") ? value === '' : stryMutAct_9fa48("507") ? true : (stryCov_9fa48("507", "508"), value !== (stryMutAct_9fa48("509") ? "Stryker was here!" : (stryCov_9fa48("509"), '')))))) ? value : undefined;
  }
}
function comesFromAllowedNetwork({
  allowedNetworks
}: ApiKeyDetail): boolean {
  if (stryMutAct_9fa48("510")) {
    {}
  } else {
    stryCov_9fa48("510");
    if (stryMutAct_9fa48("513") ? allowedNetworks !== 'unreadable' : stryMutAct_9fa48("512") ? false : stryMutAct_9fa48("511") ? true : (stryCov_9fa48("511", "512", "513"), allowedNetworks === (stryMutAct_9fa48("514") ? "" : (stryCov_9fa48("514"), 'unreadable')))) return stryMutAct_9fa48("515") ? true : (stryCov_9fa48("515"), false);
    if (stryMutAct_9fa48("518") ? allowedNetworks.length !== 0 : stryMutAct_9fa48("517") ? false : stryMutAct_9fa48("516") ? true : (stryCov_9fa48("516", "517", "518"), allowedNetworks.length === 0)) return stryMutAct_9fa48("519") ? false : (stryCov_9fa48("519"), true);
    try {
      if (stryMutAct_9fa48("520")) {
        {}
      } else {
        stryCov_9fa48("520");
        return networkMatcher(allowedNetworks)(stryMutAct_9fa48("521") ? currentRequest().address : (stryCov_9fa48("521"), currentRequest()?.address));
      }
    } catch {
      if (stryMutAct_9fa48("522")) {
        {}
      } else {
        stryCov_9fa48("522");
        return stryMutAct_9fa48("523") ? true : (stryCov_9fa48("523"), false);
      }
    }
  }
}