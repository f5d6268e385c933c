import type { Principal } from '../auth/principal.ts';
import { ServiceError } from '../base/errors.ts';
import { type AvailableScope, availableScopes } from './access/available-scopes.ts';
import type { ObjectAccess } from './access/preview.ts';
import { askedExpiry } from './input/expiry.ts';
import {
  apiKeyAccessInput,
  apiKeyIdInput,
  createApiKeyInput,
  parseInput,
  rotateApiKeyInput,
  updateApiKeyInput,
} from './input/input.ts';
import { expiryUnder, expiryWithin, type KeyLimits } from './limits/limits.ts';
import type { Caller } from './mint/caller.ts';
import { heldScopes } from './mint/held-scopes.ts';
import { identify } from './mint/identify.ts';
import { carriedOver } from './mint/mint-order.ts';
import { assertInFuture } from './mint/mint-rules.ts';
import type { MintedApiKey } from './mint/minter.ts';
import type { OrganizationKeys } from './organization/organization-keys.ts';
import { findOwnApiKey, findPresentedKey, noSuchKey } from './read/find.ts';
import { findOwnApiKeys, findReplacements } from './read/lineage.ts';
import { type ListQuery, listApiKeys, type Page } from './read/list.ts';
import type { ApiKeyUse } from './read/usage.ts';
import type { ApiKey, ApiKeyStatus } from './record/api-key.ts';
import { type ApiKeyDetail, findApiKeyDetail } from './record/api-key-detail.ts';
import { sameLifeSpan } from './record/life-span.ts';
import { type ApiKeyOwner, findApiKeyOwner } from './record/owner.ts';
import { ReportedChanges } from './reported-changes.ts';
import type { KeyServiceParts } from './service-parts.ts';

/** The new key of a rotation, its secret if this request created it, and the old key. */
export interface RotatedApiKey extends MintedApiKey {
  readonly previous: ApiKey;
}

/**
 * The operations of this product. Every endpoint calls this class, and nothing else creates keys.
 * `src/keys/changes` applies the same rules to changes by other routes of the platform.
 *
 * A new key belongs to the signed-in person, in their active organization; no input can change that.
 * Only the response to the request that created the key contains its secret. This class validates the
 * raw input of the caller, and logs each change.
 *
 * All methods throw a ServiceError: `VALIDATION_FAILED`, naming the invalid fields but no value;
 * `FORBIDDEN`; `NOT_FOUND` for a key that the caller does not own; `SERVICE_UNAVAILABLE` if the database
 * or a service of the platform does not answer, in which case nothing is written.
 */
export class KeyService {
  /** The limits on keys. */
  readonly limits: KeyLimits;
  /** The operations of administrators on the keys of their organization. */
  readonly organization: OrganizationKeys;
  readonly #parts: KeyServiceParts;
  readonly #changes: ReportedChanges;

  constructor(parts: KeyServiceParts) {
    this.limits = parts.limits;
    this.organization = parts.organization;
    this.#parts = parts;
    this.#changes = new ReportedChanges(parts.standing, parts.minter, parts.events);
  }

  /**
   * Creates a key. A repeat with the same `Idempotency-Key` returns the same key without its secret.
   *
   * @throws ServiceError also `RATE_LIMITED` (too many new keys), `LIMIT_REACHED` (too many active keys),
   * `POLICY_VIOLATION` (a rule of the organization), `IDEMPOTENCY_KEY_REUSED`.
   */
  create(caller: Caller, input: unknown): Promise<MintedApiKey> {
    return this.#changes.minting(caller, 'create', async () => {
      const { name, scopes, description, allowedNetworks, ...asked } = parseInput(createApiKeyInput, input);
      const now = Date.now();
      const expiresAt = askedExpiry(asked, now);
      const lives = asked.expiresIn ?? asked.expiresAt?.toISOString() ?? null;
      const idempotent = identify(caller, [
        'create',
        name,
        [...scopes].sort(),
        lives,
        description,
        [...allowedNetworks].sort(),
      ]);
      const memberSince = await this.#parts.eligibility.assertMayMint(caller.principal, scopes);
      // A repeat may arrive after the requested expiry; the status of the key then shows that.
      if (idempotent === undefined) assertInFuture(expiresAt, now);
      const expiry = expiryUnder(this.limits, expiresAt, now);
      const asks = { name, scopes, description, allowedNetworks };
      const endsByDefault = expiresAt === undefined;
      const decided = { expiresAt: expiry, endsByDefault, idempotent, memberSince, replaces: undefined };
      return this.#parts.minter.mint(caller, { ...asks, ...decided });
    });
  }

  /**
   * Replaces a key with one that has the same name, description, scopes, networks and lifetime. The old
   * key ends immediately or after the overlap. Both happen in one transaction.
   *
   * @throws ServiceError as {@link create}, and `KEY_NOT_ACTIVE` (revoked, expired, or replaced before).
   */
  rotate(caller: Caller, input: unknown): Promise<RotatedApiKey> {
    return this.#changes.minting(caller, 'rotate', async () => {
      const { id, overlap } = parseInput(rotateApiKeyInput, input);
      const idempotent = identify(caller, ['rotate', id, overlap]);
      const old = await this.#own(caller, id);
      const memberSince = await this.#parts.eligibility.assertMayMintLike(caller.principal, old, 'rotate');
      // The key ended with a membership. A replacement would bypass the rules for restoring it.
      if (await this.#parts.standing.hasOwnerLeft(old)) throw new ServiceError('KEY_NOT_ACTIVE');
      const { name, scopes, prefix } = old;
      const { description, allowedNetworks } = await this.detailOf(old);
      const now = Date.now();
      const expiresAt = expiryWithin(this.limits, sameLifeSpan(old, now), now);
      const replaces = { id, prefix, overlap, carries: carriedOver(old, { description, allowedNetworks }) };
      const carried = { name, scopes, description, allowedNetworks };
      const decided = { expiresAt, endsByDefault: false, idempotent, memberSince, replaces };
      const minted = await this.#parts.minter.mint(caller, { ...carried, ...decided });
      return { ...minted, previous: (await this.find(caller.principal, id)) ?? old };
    });
  }

  /**
   * Revokes a key: its next request fails. A revoked key does not change. Owners and administrators may
   * revoke any key in their active organization.
   */
  revoke(caller: Caller, input: unknown): Promise<ApiKey> {
    return this.#changes.one(caller, 'revoke', async () => {
      const { id } = parseInput(apiKeyIdInput, input);
      const own = await this.find(caller.principal, id);
      if (own !== undefined) return this.#parts.revoker.revoke(caller, own);
      const key = await this.organization.findToEnd(caller, id);
      if (key === undefined) throw noSuchKey();
      return { apiKey: { ...key, revoked: true }, changed: await this.organization.end(caller, key) };
    });
  }

  /** Revokes all keys of a person in the active organization. @returns how many were revoked. */
  async revokeAllOf(caller: Caller, input: unknown): Promise<number> {
    const ended = await this.#changes.several(caller, 'revoke', () => this.organization.endAllOf(caller, input));
    return ended.length;
  }

  /**
   * Reactivates a key that was revoked, or that ended with an earlier membership of its owner. This requires
   * the same rights as creating a key, and counts against the same limits.
   *
   * @throws ServiceError also `RATE_LIMITED`, `LIMIT_REACHED`, `POLICY_VIOLATION`.
   */
  restore(caller: Caller, input: unknown): Promise<ApiKey> {
    return this.#changes.one(caller, 'restore', async () => {
      const { id } = parseInput(apiKeyIdInput, input);
      const key = await this.#own(caller, id);
      const memberSince = await this.#parts.eligibility.assertMayMintLike(caller.principal, key, 'restore');
      const returned = (await this.#parts.standing.hasOwnerLeft(key)) ? { memberSince } : undefined;
      return this.#parts.revoker.restore(caller, key, returned);
    });
  }

  /**
   * Changes the name or description of a key, or reduces its scopes, networks or lifetime. It never extends them.
   *
   * @throws ServiceError `VALIDATION_FAILED` also for what would widen the key.
   */
  update(caller: Caller, input: unknown): Promise<ApiKey> {
    return this.#changes.one(caller, 'update', async () =>
      this.#parts.updater.update(caller, parseInput(updateApiKeyInput, input)),
    );
  }

  /** A key of the caller by its id. Another person's key is treated like one that does not exist. */
  find(principal: Principal, id: string): Promise<ApiKey | undefined> {
    return findOwnApiKey(this.#parts.platform, principal, id);
  }

  /** The key in the request; `undefined` for a session. */
  async presentedBy(principal: Principal): Promise<ApiKey | undefined> {
    return principal.kind === 'apiKey' ? findPresentedKey(this.#parts.platform, principal) : undefined;
  }

  /** A page of the caller's keys, newest first. */
  list(principal: Principal, query: ListQuery): Promise<Page> {
    return listApiKeys(this.#parts.platform, this.#parts.standing, principal, query);
  }

  /** The current status of a key. Look-ups in the same turn of the event loop share one statement. */
  statusOf(key: ApiKey): Promise<ApiKeyStatus> {
    return this.#parts.standing.statusOf(key);
  }

  /** Keys by their ids, without keys that the caller does not own. */
  findAll(principal: Principal, ids: readonly string[]): Promise<Map<string, ApiKey>> {
    return findOwnApiKeys(this.#parts.platform, principal, ids);
  }

  /** The caller's keys that replaced these keys, by the id of the old key. */
  replacementsOf(principal: Principal, ids: readonly string[]): Promise<Map<string, ApiKey>> {
    return findReplacements(this.#parts.platform, principal, ids);
  }

  /** The details of a key. */
  detailOf({ id }: Pick<ApiKey, 'id'>): Promise<ApiKeyDetail> {
    return this.#parts.platform.inTime(() => findApiKeyDetail(this.#parts.platform.reader, id));
  }

  /** The owner of a key. Look-ups in the same turn of the event loop share one statement. */
  ownerOf({ ownerId }: Pick<ApiKey, 'ownerId'>): Promise<ApiKeyOwner> {
    return findApiKeyOwner(this.#parts.platform, ownerId);
  }

  /** What a key was used for in the last 30 days. */
  usageOf({ id }: Pick<ApiKey, 'id'>): Promise<ApiKeyUse[]> {
    return this.#parts.usage.find(id);
  }

  /** The narrowest scopes that would have been sufficient; `undefined` if unknown. */
  suggestedScopesOf(principal: Principal, { id }: Pick<ApiKey, 'id'>): Promise<string[] | undefined> {
    return this.#parts.usage.suggestedScopes(principal, id);
  }

  /** The permission sets that the caller may put on a key. */
  scopesOf(principal: Principal): Promise<string[]> {
    return heldScopes(this.#parts.platform, principal);
  }

  /** All that the caller may put on a key as a scope, in words for a form. */
  availableScopesOf(principal: Principal): Promise<AvailableScope[]> {
    return availableScopes(this.#parts.platform, principal);
  }

  /** What a key of the caller with these scopes could do to each object, by the evaluation that enforces it. */
  async accessUnder(principal: Principal, input: unknown): Promise<ObjectAccess[]> {
    const { scopes, object } = parseInput(apiKeyAccessInput, input);
    return this.#parts.preview.of(principal, scopes, object ?? undefined);
  }

  async #own({ principal }: Caller, id: string): Promise<ApiKey> {
    const key = await this.find(principal, id);
    if (key === undefined) throw noSuchKey();
    return key;
  }
}
