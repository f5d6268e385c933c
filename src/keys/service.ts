import type { Principal } from '../auth/principal.ts';
import { ServiceError } from '../base/errors.ts';
import type { Platform } from '../platform/platform.ts';
import { type AvailableScope, availableScopes } from './access/available-scopes.ts';
import type { KeyUsage } from './access/key-usage.ts';
import type { AccessPreview, ObjectAccess } from './access/preview.ts';
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
import type { Eligibility } from './mint/eligibility.ts';
import { heldScopes } from './mint/held-scopes.ts';
import { identify } from './mint/identify.ts';
import { carriedOver } from './mint/mint-order.ts';
import type { MintedApiKey, Minter } from './mint/minter.ts';
import { assertInFuture } from './mint/policy.ts';
import type { Revoker } from './mint/revoker.ts';
import type { OrganizationKeys } from './organization/organization-keys.ts';
import { findOwnApiKey, findPresentedKey, noSuchKey } from './read/find.ts';
import { findOwnApiKeys, findReplacements } from './read/lineage.ts';
import { type ListQuery, listApiKeys, type Page } from './read/list.ts';
import type { ApiKeyUse } from './read/usage.ts';
import type { ApiKey, ApiKeyStatus } from './record/api-key.ts';
import { type ApiKeyDetail, findApiKeyDetail } from './record/api-key-detail.ts';
import { sameLifeSpan } from './record/life-span.ts';
import { type ApiKeyOwner, findApiKeyOwner } from './record/owner.ts';
import type { Standing } from './record/standing.ts';
import { ReportedChanges } from './reported-changes.ts';
import type { KeyServiceParts } from './service-parts.ts';
import type { Updater } from './update/updater.ts';

/** A replacement, its secret where this is the request that made it, and the key that it replaces. */
export interface RotatedApiKey extends MintedApiKey {
  readonly previous: ApiKey;
}

/**
 * What this product does. Every endpoint calls it, and nothing else writes keys.
 *
 * A person who is signed in asks for a key; it is theirs, in their active organization, and no input
 * can say otherwise. Its secret is in the answer to the request that made it and nowhere else. Inputs
 * come as the caller sent them and are checked here, once. Each change is told to the log.
 *
 * All methods throw a ServiceError: `VALIDATION_FAILED`, naming the fields at fault and no value;
 * `FORBIDDEN`; `NOT_FOUND` for a key that is not the caller's; `SERVICE_UNAVAILABLE` when the database
 * or a service of the platform does not answer, and then nothing is written.
 */
export class KeyService {
  /** How many keys there may be, how fast they are made, and how long they may live. */
  readonly limits: KeyLimits;
  /** What administrators do with the keys of their organization. */
  readonly organization: OrganizationKeys;
  readonly #platform: Platform;
  readonly #eligibility: Eligibility;
  readonly #minter: Minter;
  readonly #revoker: Revoker;
  readonly #preview: AccessPreview;
  readonly #usage: KeyUsage;
  readonly #standing: Standing;
  readonly #updater: Updater;
  readonly #changes: ReportedChanges;

  constructor(parts: KeyServiceParts) {
    this.limits = parts.limits;
    this.organization = parts.organization;
    this.#platform = parts.platform;
    this.#eligibility = parts.eligibility;
    this.#minter = parts.minter;
    this.#revoker = parts.revoker;
    this.#updater = parts.updater;
    this.#preview = parts.preview;
    this.#usage = parts.usage;
    this.#standing = parts.standing;
    this.#changes = new ReportedChanges(parts.standing, parts.events);
  }

  /**
   * Makes a key. Sent again with the same `Idempotency-Key`, the request gets the same key, and no secret.
   *
   * @throws ServiceError also `RATE_LIMITED` (too many mints), `LIMIT_REACHED` (too many active keys),
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
      const memberSince = await this.#eligibility.assertMayMint(caller.principal, scopes);
      // A repeat may come after the expiry that it asked for; it is told so by the status of the key.
      if (idempotent === undefined) assertInFuture(expiresAt, now);
      const expiry = expiryUnder(this.limits, expiresAt, now);
      const asks = { name, scopes, description, allowedNetworks };
      const endsByDefault = expiresAt === undefined;
      const decided = { expiresAt: expiry, endsByDefault, idempotent, memberSince, replaces: undefined };
      return this.#minter.mint(caller, { ...asks, ...decided });
    });
  }

  /**
   * Replaces a key by one with the same name, description, scopes, networks and life span, and ends the
   * old one: at once, or after the overlap. Both happen in one transaction.
   *
   * @throws ServiceError as {@link create}, and `KEY_NOT_ACTIVE` (revoked, expired, or replaced before).
   */
  rotate(caller: Caller, input: unknown): Promise<RotatedApiKey> {
    return this.#changes.minting(caller, 'rotate', async () => {
      const { id, overlap } = parseInput(rotateApiKeyInput, input);
      const idempotent = identify(caller, ['rotate', id, overlap]);
      const old = await this.#own(caller, id);
      const memberSince = await this.#eligibility.assertMayMintLike(caller.principal, old, 'rotate');
      // It ended with a membership that ended: a replacement would bring it back by the side door.
      if (await this.#standing.hasOwnerLeft(old)) throw new ServiceError('KEY_NOT_ACTIVE');
      const { name, scopes, prefix } = old;
      const { description, allowedNetworks } = await this.detailOf(old);
      const now = Date.now();
      const expiresAt = expiryWithin(this.limits, sameLifeSpan(old, now), now);
      const replaces = { id, prefix, overlap, carries: carriedOver(old, { description, allowedNetworks }) };
      const carried = { name, scopes, description, allowedNetworks };
      const decided = { expiresAt, endsByDefault: false, idempotent, memberSince, replaces };
      const minted = await this.#minter.mint(caller, { ...carried, ...decided });
      return { ...minted, previous: (await this.find(caller.principal, id)) ?? old };
    });
  }

  /**
   * Ends a key: its next request fails. A key that is revoked already is left as it is. Owners and
   * administrators end those of everybody in their active organization.
   */
  revoke(caller: Caller, input: unknown): Promise<ApiKey> {
    return this.#changes.one(caller, 'revoke', async () => {
      const { id } = parseInput(apiKeyIdInput, input);
      const own = await this.find(caller.principal, id);
      if (own !== undefined) return this.#revoker.revoke(caller, own);
      const key = await this.organization.findToEnd(caller, id);
      if (key === undefined) throw noSuchKey();
      return { apiKey: { ...key, revoked: true }, changed: await this.organization.end(caller, key) };
    });
  }

  /** Ends all keys that a person has in the active organization. @returns how many were ended. */
  async revokeAllOf(caller: Caller, input: unknown): Promise<number> {
    const ended = await this.#changes.several(caller, 'revoke', () => this.organization.endAllOf(caller, input));
    return ended.length;
  }

  /**
   * Lets a key authenticate again that was revoked, or that ended with an earlier membership of its owner. Restoring is minting: it takes the same right, and counts
   * against the same limits.
   *
   * @throws ServiceError also `RATE_LIMITED`, `LIMIT_REACHED`, `POLICY_VIOLATION`.
   */
  restore(caller: Caller, input: unknown): Promise<ApiKey> {
    return this.#changes.one(caller, 'restore', async () => {
      const { id } = parseInput(apiKeyIdInput, input);
      const key = await this.#own(caller, id);
      const memberSince = await this.#eligibility.assertMayMintLike(caller.principal, key, 'restore');
      const returned = (await this.#standing.hasOwnerLeft(key)) ? { memberSince } : undefined;
      return this.#revoker.restore(caller, key, returned);
    });
  }

  /**
   * Renames or describes a key, or takes something away from it: scopes, networks, time. It never gets more than it has.
   *
   * @throws ServiceError `VALIDATION_FAILED` also for what would widen the key.
   */
  update(caller: Caller, input: unknown): Promise<ApiKey> {
    return this.#changes.one(caller, 'update', async () =>
      this.#updater.update(caller, parseInput(updateApiKeyInput, input)),
    );
  }

  /** A key of the caller by its id. Somebody else's is like one that does not exist. */
  find(principal: Principal, id: string): Promise<ApiKey | undefined> {
    return findOwnApiKey(this.#platform, principal, id);
  }

  /** The key that the request presents; `undefined` in a session. */
  async presentedBy(principal: Principal): Promise<ApiKey | undefined> {
    return principal.kind === 'apiKey' ? findPresentedKey(this.#platform, principal) : undefined;
  }

  /** A page of the caller's keys, newest first. */
  list(principal: Principal, query: ListQuery): Promise<Page> {
    return listApiKeys(this.#platform, this.#standing, principal, query);
  }

  /** Whether a key authenticates now, and if not, why. Look-ups of the same turn of the event loop share one statement. */
  statusOf(key: ApiKey): Promise<ApiKeyStatus> {
    return this.#standing.statusOf(key);
  }

  /** Keys of the caller by their ids; only theirs are in it. */
  findAll(principal: Principal, ids: readonly string[]): Promise<Map<string, ApiKey>> {
    return findOwnApiKeys(this.#platform, principal, ids);
  }

  /** The keys of the caller that took the place of these keys, by the id of the replaced key. */
  replacementsOf(principal: Principal, ids: readonly string[]): Promise<Map<string, ApiKey>> {
    return findReplacements(this.#platform, principal, ids);
  }

  /** What belongs to a key beside its record. */
  detailOf({ id }: Pick<ApiKey, 'id'>): Promise<ApiKeyDetail> {
    return this.#platform.inTime(() => findApiKeyDetail(this.#platform.reader, id));
  }

  /** The person whose key it is. Look-ups of the same turn of the event loop share one statement. */
  ownerOf({ ownerId }: Pick<ApiKey, 'ownerId'>): Promise<ApiKeyOwner> {
    return findApiKeyOwner(this.#platform, ownerId);
  }

  /** What a key was used for in the last 30 days. */
  usageOf({ id }: Pick<ApiKey, 'id'>): Promise<ApiKeyUse[]> {
    return this.#usage.find(id);
  }

  /** The smallest scopes that would have been enough for it; `undefined` where nobody can say. */
  suggestedScopesOf(principal: Principal, { id }: Pick<ApiKey, 'id'>): Promise<string[] | undefined> {
    return this.#usage.suggestedScopes(principal, id);
  }

  /** The permission sets that the caller may put on a key. */
  scopesOf(principal: Principal): Promise<string[]> {
    return heldScopes(this.#platform, principal);
  }

  /** All that the caller may put on a key as a scope, in words for a form. */
  availableScopesOf(principal: Principal): Promise<AvailableScope[]> {
    return availableScopes(this.#platform, principal);
  }

  /** What a key of the caller with these scopes could do, object by object, by the evaluation that would hold it to them. */
  async accessUnder(principal: Principal, input: unknown): Promise<ObjectAccess[]> {
    const { scopes, object } = parseInput(apiKeyAccessInput, input);
    return this.#preview.of(principal, scopes, object ?? undefined);
  }

  async #own({ principal }: Caller, id: string): Promise<ApiKey> {
    const key = await this.find(principal, id);
    if (key === undefined) throw noSuchKey();
    return key;
  }
}
