// @ts-nocheck
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
export type AdmissionPlatform = Pick<
  Platform,
  'reader' | 'findUser' | 'memberships' | 'tenancyPosture' | 'checksPermissions' | 'inTime'
>;

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
    this.#platform = platform;
    this.#basePath = basePath;
    this.#uses = uses;
  }

  /**
   * Admits the key of the current request, and records its use.
   *
   * @param row the row of `sys_api_key` with the hash of the key.
   * @returns `undefined` if the key is not active.
   * @throws ServiceError `SERVICE_UNAVAILABLE` if this cannot be determined.
   */
  async admit(row: Row): Promise<Admitted | undefined> {
    const { id, user_id: ownerId } = row;
    if (typeof id !== 'string' || id === '' || typeof ownerId !== 'string' || ownerId === '') return undefined;
    if (!isNotRevoked(row['revoked']) || hasEnded(row['expires_at'], Date.now())) return undefined;
    const organizationId = textOf(row['active_organization_id']);

    // Look these up together, so that they share statements with look-ups of other requests.
    const detail = this.#platform.inTime(() => findApiKeyDetail(this.#platform.reader, id));
    const [owner, belongs, fromAllowedNetwork] = await Promise.all([
      this.#platform.findUser(ownerId),
      this.#belongs(ownerId, organizationId, row['created_at'], detail),
      detail.then(comesFromAllowedNetwork),
    ]);
    if (owner === undefined || isBanned(owner['banned'], owner['ban_expires'])) return undefined;
    if (!belongs || !fromAllowedNetwork) return undefined;

    const scopes = readScopes(row['scopes']);
    // Nothing else in a kernel limits a key.
    if (scopes.length > 0 && !(await this.#platform.checksPermissions())) return undefined;
    const key = { id, prefix: textOf(row['prefix']) ?? '', ownerId, organizationId, scopes };
    if (!recordAdmittedKey(key)) return undefined;
    this.#noteUse(id);
    return { key, email: textOf(owner['email']) ?? '' };
  }

  /** Applies under every tenancy posture: otherwise a key could outlive the membership in a kernel without separate organizations. */
  async #belongs(
    userId: string,
    organizationId: string | undefined,
    createdAt: unknown,
    detail: Promise<ApiKeyDetail>,
  ): Promise<boolean> {
    if (organizationId === undefined) {
      const posture = await this.#platform.tenancyPosture();
      // If every read is limited to one organization, a key without one can read nothing.
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

/** Any value other than a clear "no" counts as "yes". */
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
