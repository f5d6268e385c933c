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

/** A key that is live, and what was found out on the way. */
export interface Admitted {
  readonly key: AdmittedKey;
  /** The e-mail address of the owner; empty when there is none. */
  readonly email: string;
}

/** What admission asks of the kernel. */
export type AdmissionPlatform = Pick<
  Platform,
  'reader' | 'findUser' | 'memberships' | 'tenancyPosture' | 'checksPermissions' | 'inTime'
>;

/**
 * Decides whether a key is live: the one place that does, for every verification in the kernel,
 * whichever route it belongs to. Everything is looked up for the request and nothing of it is kept, so
 * that what was revoked, banned or ended on any replica does not count at the next one.
 */
export class Admission {
  readonly #platform: AdmissionPlatform;
  readonly #basePath: string;
  readonly #uses: Pick<LastUsed, 'note'>;

  /** @param basePath the prefix of the platform's routes. */
  constructor(platform: AdmissionPlatform, basePath: string, uses: Pick<LastUsed, 'note'>) {
    this.#platform = platform;
    this.#basePath = basePath;
    this.#uses = uses;
  }

  /**
   * Admits the row of a key that the current request presents, and notes its use.
   *
   * @param row of `sys_api_key`, found by the hash of the key.
   * @returns `undefined` when the key is not live.
   * @throws ServiceError `SERVICE_UNAVAILABLE` when that could not be found out.
   */
  async admit(row: Row): Promise<Admitted | undefined> {
    const { id, user_id: ownerId } = row;
    if (typeof id !== 'string' || id === '' || typeof ownerId !== 'string' || ownerId === '') return undefined;
    if (!isNotRevoked(row['revoked']) || hasEnded(row['expires_at'], Date.now())) return undefined;
    const organizationId = textOf(row['active_organization_id']);

    // Asked for at once, so that they share statements with those of other requests.
    const detail = this.#platform.inTime(() => findApiKeyDetail(this.#platform.reader, id));
    const [owner, belongs, fromAllowedNetwork] = await Promise.all([
      this.#platform.findUser(ownerId),
      this.#belongs(ownerId, organizationId, row['created_at'], detail),
      detail.then(comesFromAllowedNetwork),
    ]);
    if (owner === undefined || isBanned(owner['banned'], owner['ban_expires'])) return undefined;
    if (!belongs || !fromAllowedNetwork) return undefined;

    const scopes = readScopes(row['scopes']);
    // Nothing else in a kernel bounds what a key does.
    if (scopes.length > 0 && !(await this.#platform.checksPermissions())) return undefined;
    const key = { id, prefix: textOf(row['prefix']) ?? '', ownerId, organizationId, scopes };
    if (!recordAdmittedKey(key)) return undefined;
    this.#noteUse(id);
    return { key, email: textOf(owner['email']) ?? '' };
  }

  /** Under every tenancy posture: without a wall between organizations, a key would outlive the membership. */
  async #belongs(
    userId: string,
    organizationId: string | undefined,
    createdAt: unknown,
    detail: Promise<ApiKeyDetail>,
  ): Promise<boolean> {
    if (organizationId === undefined) {
      const posture = await this.#platform.tenancyPosture();
      // Where every read is walled to one organization, a key without one has nothing to read.
      return posture === undefined || !postureEnforcesWall(posture) || postureUsesUnionScope(posture);
    }
    const since = memberSince(await this.#platform.memberships(userId, organizationId), Date.now());
    return belongsSince(since, createdAt, (await detail).restoredAt);
  }

  #noteUse(keyId: string): void {
    const request = currentRequest();
    this.#uses.note(keyId, {
      via: request === undefined ? 'OTHER' : usedVia(request, this.#basePath),
      network: request?.address === undefined ? undefined : approximateNetworkOf(request.address),
    });
  }
}

/** Anything but a plain "no" could mean "yes". */
function isNotRevoked(value: unknown): boolean {
  return value === false || value === 0;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function comesFromAllowedNetwork({ allowedNetworks }: ApiKeyDetail): boolean {
  if (allowedNetworks === 'unreadable') return false;
  if (allowedNetworks.length === 0) return true;
  try {
    return networkMatcher(allowedNetworks)(currentRequest()?.address);
  } catch {
    return false;
  }
}
