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
import type { Principal } from '../auth/principal.ts';
import { ServiceError } from '../base/errors.ts';
import { type AvailableScope, availableScopes } from './access/available-scopes.ts';
import type { ObjectAccess } from './access/preview.ts';
import { askedExpiry } from './input/expiry.ts';
import { apiKeyAccessInput, apiKeyIdInput, createApiKeyInput, parseInput, rotateApiKeyInput, updateApiKeyInput } from './input/input.ts';
import { expiryUnder, expiryWithin, type KeyLimits } from './limits/limits.ts';
import type { Caller } from './mint/caller.ts';
import { heldScopes } from './mint/held-scopes.ts';
import { identify } from './mint/identify.ts';
import { carriedOver } from './mint/mint-order.ts';
import type { MintedApiKey } from './mint/minter.ts';
import { assertInFuture } from './mint/policy.ts';
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
 * The operations of this product. Every endpoint calls this class, and nothing else writes keys.
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
    if (stryMutAct_9fa48("4472")) {
      {}
    } else {
      stryCov_9fa48("4472");
      this.limits = parts.limits;
      this.organization = parts.organization;
      this.#parts = parts;
      this.#changes = new ReportedChanges(parts.standing, parts.minter, parts.events);
    }
  }

  /**
   * Creates a key. A repeat with the same `Idempotency-Key` returns the same key without its secret.
   *
   * @throws ServiceError also `RATE_LIMITED` (too many new keys), `LIMIT_REACHED` (too many active keys),
   * `POLICY_VIOLATION` (a rule of the organization), `IDEMPOTENCY_KEY_REUSED`.
   */
  create(caller: Caller, input: unknown): Promise<MintedApiKey> {
    if (stryMutAct_9fa48("4473")) {
      {}
    } else {
      stryCov_9fa48("4473");
      return this.#changes.minting(caller, stryMutAct_9fa48("4474") ? "" : (stryCov_9fa48("4474"), 'create'), async () => {
        if (stryMutAct_9fa48("4475")) {
          {}
        } else {
          stryCov_9fa48("4475");
          const {
            name,
            scopes,
            description,
            allowedNetworks,
            ...asked
          } = parseInput(createApiKeyInput, input);
          const now = Date.now();
          const expiresAt = askedExpiry(asked, now);
          const lives = stryMutAct_9fa48("4476") ? (asked.expiresIn ?? asked.expiresAt?.toISOString()) && null : (stryCov_9fa48("4476"), (stryMutAct_9fa48("4477") ? asked.expiresIn && asked.expiresAt?.toISOString() : (stryCov_9fa48("4477"), asked.expiresIn ?? (stryMutAct_9fa48("4478") ? asked.expiresAt.toISOString() : (stryCov_9fa48("4478"), asked.expiresAt?.toISOString())))) ?? null);
          const idempotent = identify(caller, stryMutAct_9fa48("4479") ? [] : (stryCov_9fa48("4479"), [stryMutAct_9fa48("4480") ? "" : (stryCov_9fa48("4480"), 'create'), name, stryMutAct_9fa48("4481") ? [...scopes] : (stryCov_9fa48("4481"), (stryMutAct_9fa48("4482") ? [] : (stryCov_9fa48("4482"), [...scopes])).sort()), lives, description, stryMutAct_9fa48("4483") ? [...allowedNetworks] : (stryCov_9fa48("4483"), (stryMutAct_9fa48("4484") ? [] : (stryCov_9fa48("4484"), [...allowedNetworks])).sort())]));
          const memberSince = await this.#parts.eligibility.assertMayMint(caller.principal, scopes);
          // A repeat may arrive after the requested expiry; the status of the key then shows that.
          if (stryMutAct_9fa48("4487") ? idempotent !== undefined : stryMutAct_9fa48("4486") ? false : stryMutAct_9fa48("4485") ? true : (stryCov_9fa48("4485", "4486", "4487"), idempotent === undefined)) if (stryMutAct_9fa48("4488")) {
            ;
          } else {
            stryCov_9fa48("4488");
            assertInFuture(expiresAt, now);
          }
          const expiry = expiryUnder(this.limits, expiresAt, now);
          const asks = stryMutAct_9fa48("4489") ? {} : (stryCov_9fa48("4489"), {
            name,
            scopes,
            description,
            allowedNetworks
          });
          const endsByDefault = stryMutAct_9fa48("4492") ? expiresAt !== undefined : stryMutAct_9fa48("4491") ? false : stryMutAct_9fa48("4490") ? true : (stryCov_9fa48("4490", "4491", "4492"), expiresAt === undefined);
          const decided = stryMutAct_9fa48("4493") ? {} : (stryCov_9fa48("4493"), {
            expiresAt: expiry,
            endsByDefault,
            idempotent,
            memberSince,
            replaces: undefined
          });
          return this.#parts.minter.mint(caller, stryMutAct_9fa48("4494") ? {} : (stryCov_9fa48("4494"), {
            ...asks,
            ...decided
          }));
        }
      });
    }
  }

  /**
   * Replaces a key with one that has the same name, description, scopes, networks and lifetime. The old
   * key ends immediately or after the overlap. Both happen in one transaction.
   *
   * @throws ServiceError as {@link create}, and `KEY_NOT_ACTIVE` (revoked, expired, or replaced before).
   */
  rotate(caller: Caller, input: unknown): Promise<RotatedApiKey> {
    if (stryMutAct_9fa48("4495")) {
      {}
    } else {
      stryCov_9fa48("4495");
      return this.#changes.minting(caller, stryMutAct_9fa48("4496") ? "" : (stryCov_9fa48("4496"), 'rotate'), async () => {
        if (stryMutAct_9fa48("4497")) {
          {}
        } else {
          stryCov_9fa48("4497");
          const {
            id,
            overlap
          } = parseInput(rotateApiKeyInput, input);
          const idempotent = identify(caller, stryMutAct_9fa48("4498") ? [] : (stryCov_9fa48("4498"), [stryMutAct_9fa48("4499") ? "" : (stryCov_9fa48("4499"), 'rotate'), id, overlap]));
          const old = await this.#own(caller, id);
          const memberSince = await this.#parts.eligibility.assertMayMintLike(caller.principal, old, stryMutAct_9fa48("4500") ? "" : (stryCov_9fa48("4500"), 'rotate'));
          // The key ended with a membership. A replacement would bypass the rules for restoring it.
          if (stryMutAct_9fa48("4502") ? false : stryMutAct_9fa48("4501") ? true : (stryCov_9fa48("4501", "4502"), await this.#parts.standing.hasOwnerLeft(old))) throw new ServiceError(stryMutAct_9fa48("4504") ? "" : (stryCov_9fa48("4504"), 'KEY_NOT_ACTIVE'));
          const {
            name,
            scopes,
            prefix
          } = old;
          const {
            description,
            allowedNetworks
          } = await this.detailOf(old);
          const now = Date.now();
          const expiresAt = expiryWithin(this.limits, sameLifeSpan(old, now), now);
          const replaces = stryMutAct_9fa48("4505") ? {} : (stryCov_9fa48("4505"), {
            id,
            prefix,
            overlap,
            carries: carriedOver(old, stryMutAct_9fa48("4506") ? {} : (stryCov_9fa48("4506"), {
              description,
              allowedNetworks
            }))
          });
          const carried = stryMutAct_9fa48("4507") ? {} : (stryCov_9fa48("4507"), {
            name,
            scopes,
            description,
            allowedNetworks
          });
          const decided = stryMutAct_9fa48("4508") ? {} : (stryCov_9fa48("4508"), {
            expiresAt,
            endsByDefault: stryMutAct_9fa48("4509") ? true : (stryCov_9fa48("4509"), false),
            idempotent,
            memberSince,
            replaces
          });
          const minted = await this.#parts.minter.mint(caller, stryMutAct_9fa48("4510") ? {} : (stryCov_9fa48("4510"), {
            ...carried,
            ...decided
          }));
          return stryMutAct_9fa48("4511") ? {} : (stryCov_9fa48("4511"), {
            ...minted,
            previous: stryMutAct_9fa48("4512") ? (await this.find(caller.principal, id)) && old : (stryCov_9fa48("4512"), (await this.find(caller.principal, id)) ?? old)
          });
        }
      });
    }
  }

  /**
   * Revokes a key: its next request fails. A revoked key does not change. Owners and administrators may
   * revoke any key in their active organization.
   */
  revoke(caller: Caller, input: unknown): Promise<ApiKey> {
    if (stryMutAct_9fa48("4513")) {
      {}
    } else {
      stryCov_9fa48("4513");
      return this.#changes.one(caller, stryMutAct_9fa48("4514") ? "" : (stryCov_9fa48("4514"), 'revoke'), async () => {
        if (stryMutAct_9fa48("4515")) {
          {}
        } else {
          stryCov_9fa48("4515");
          const {
            id
          } = parseInput(apiKeyIdInput, input);
          const own = await this.find(caller.principal, id);
          if (stryMutAct_9fa48("4518") ? own === undefined : stryMutAct_9fa48("4517") ? false : stryMutAct_9fa48("4516") ? true : (stryCov_9fa48("4516", "4517", "4518"), own !== undefined)) return this.#parts.revoker.revoke(caller, own);
          const key = await this.organization.findToEnd(caller, id);
          if (stryMutAct_9fa48("4521") ? key !== undefined : stryMutAct_9fa48("4520") ? false : stryMutAct_9fa48("4519") ? true : (stryCov_9fa48("4519", "4520", "4521"), key === undefined)) throw noSuchKey();
          return stryMutAct_9fa48("4522") ? {} : (stryCov_9fa48("4522"), {
            apiKey: stryMutAct_9fa48("4523") ? {} : (stryCov_9fa48("4523"), {
              ...key,
              revoked: stryMutAct_9fa48("4524") ? false : (stryCov_9fa48("4524"), true)
            }),
            changed: await this.organization.end(caller, key)
          });
        }
      });
    }
  }

  /** Revokes all keys of a person in the active organization. @returns how many were revoked. */
  async revokeAllOf(caller: Caller, input: unknown): Promise<number> {
    if (stryMutAct_9fa48("4525")) {
      {}
    } else {
      stryCov_9fa48("4525");
      const ended = await this.#changes.several(caller, stryMutAct_9fa48("4526") ? "" : (stryCov_9fa48("4526"), 'revoke'), stryMutAct_9fa48("4527") ? () => undefined : (stryCov_9fa48("4527"), () => this.organization.endAllOf(caller, input)));
      return ended.length;
    }
  }

  /**
   * Reactivates a key that was revoked, or that ended with an earlier membership of its owner. This requires
   * the same rights as creating a key, and counts against the same limits.
   *
   * @throws ServiceError also `RATE_LIMITED`, `LIMIT_REACHED`, `POLICY_VIOLATION`.
   */
  restore(caller: Caller, input: unknown): Promise<ApiKey> {
    if (stryMutAct_9fa48("4528")) {
      {}
    } else {
      stryCov_9fa48("4528");
      return this.#changes.one(caller, stryMutAct_9fa48("4529") ? "" : (stryCov_9fa48("4529"), 'restore'), async () => {
        if (stryMutAct_9fa48("4530")) {
          {}
        } else {
          stryCov_9fa48("4530");
          const {
            id
          } = parseInput(apiKeyIdInput, input);
          const key = await this.#own(caller, id);
          const memberSince = await this.#parts.eligibility.assertMayMintLike(caller.principal, key, stryMutAct_9fa48("4531") ? "" : (stryCov_9fa48("4531"), 'restore'));
          const returned = (await this.#parts.standing.hasOwnerLeft(key)) ? stryMutAct_9fa48("4532") ? {} : (stryCov_9fa48("4532"), {
            memberSince
          }) : undefined;
          return this.#parts.revoker.restore(caller, key, returned);
        }
      });
    }
  }

  /**
   * Changes the name or description of a key, or reduces its scopes, networks or lifetime. It never extends them.
   *
   * @throws ServiceError `VALIDATION_FAILED` also for what would widen the key.
   */
  update(caller: Caller, input: unknown): Promise<ApiKey> {
    if (stryMutAct_9fa48("4533")) {
      {}
    } else {
      stryCov_9fa48("4533");
      return this.#changes.one(caller, stryMutAct_9fa48("4534") ? "" : (stryCov_9fa48("4534"), 'update'), stryMutAct_9fa48("4535") ? () => undefined : (stryCov_9fa48("4535"), async () => this.#parts.updater.update(caller, parseInput(updateApiKeyInput, input))));
    }
  }

  /** A key of the caller by its id. Another person's key is treated like one that does not exist. */
  find(principal: Principal, id: string): Promise<ApiKey | undefined> {
    if (stryMutAct_9fa48("4536")) {
      {}
    } else {
      stryCov_9fa48("4536");
      return findOwnApiKey(this.#parts.platform, principal, id);
    }
  }

  /** The key in the request; `undefined` for a session. */
  async presentedBy(principal: Principal): Promise<ApiKey | undefined> {
    if (stryMutAct_9fa48("4537")) {
      {}
    } else {
      stryCov_9fa48("4537");
      return (stryMutAct_9fa48("4540") ? principal.kind !== 'apiKey' : stryMutAct_9fa48("4539") ? false : stryMutAct_9fa48("4538") ? true : (stryCov_9fa48("4538", "4539", "4540"), principal.kind === (stryMutAct_9fa48("4541") ? "" : (stryCov_9fa48("4541"), 'apiKey')))) ? findPresentedKey(this.#parts.platform, principal) : undefined;
    }
  }

  /** A page of the caller's keys, newest first. */
  list(principal: Principal, query: ListQuery): Promise<Page> {
    if (stryMutAct_9fa48("4542")) {
      {}
    } else {
      stryCov_9fa48("4542");
      return listApiKeys(this.#parts.platform, this.#parts.standing, principal, query);
    }
  }

  /** The current status of a key. Look-ups in the same turn of the event loop share one statement. */
  statusOf(key: ApiKey): Promise<ApiKeyStatus> {
    if (stryMutAct_9fa48("4543")) {
      {}
    } else {
      stryCov_9fa48("4543");
      return this.#parts.standing.statusOf(key);
    }
  }

  /** Keys by their ids, without keys that the caller does not own. */
  findAll(principal: Principal, ids: readonly string[]): Promise<Map<string, ApiKey>> {
    if (stryMutAct_9fa48("4544")) {
      {}
    } else {
      stryCov_9fa48("4544");
      return findOwnApiKeys(this.#parts.platform, principal, ids);
    }
  }

  /** The caller's keys that replaced these keys, by the id of the old key. */
  replacementsOf(principal: Principal, ids: readonly string[]): Promise<Map<string, ApiKey>> {
    if (stryMutAct_9fa48("4545")) {
      {}
    } else {
      stryCov_9fa48("4545");
      return findReplacements(this.#parts.platform, principal, ids);
    }
  }

  /** The details of a key. */
  detailOf({
    id
  }: Pick<ApiKey, 'id'>): Promise<ApiKeyDetail> {
    if (stryMutAct_9fa48("4546")) {
      {}
    } else {
      stryCov_9fa48("4546");
      return this.#parts.platform.inTime(stryMutAct_9fa48("4547") ? () => undefined : (stryCov_9fa48("4547"), () => findApiKeyDetail(this.#parts.platform.reader, id)));
    }
  }

  /** The owner of a key. Look-ups in the same turn of the event loop share one statement. */
  ownerOf({
    ownerId
  }: Pick<ApiKey, 'ownerId'>): Promise<ApiKeyOwner> {
    if (stryMutAct_9fa48("4548")) {
      {}
    } else {
      stryCov_9fa48("4548");
      return findApiKeyOwner(this.#parts.platform, ownerId);
    }
  }

  /** What a key was used for in the last 30 days. */
  usageOf({
    id
  }: Pick<ApiKey, 'id'>): Promise<ApiKeyUse[]> {
    if (stryMutAct_9fa48("4549")) {
      {}
    } else {
      stryCov_9fa48("4549");
      return this.#parts.usage.find(id);
    }
  }

  /** The narrowest scopes that would have been sufficient; `undefined` if unknown. */
  suggestedScopesOf(principal: Principal, {
    id
  }: Pick<ApiKey, 'id'>): Promise<string[] | undefined> {
    if (stryMutAct_9fa48("4550")) {
      {}
    } else {
      stryCov_9fa48("4550");
      return this.#parts.usage.suggestedScopes(principal, id);
    }
  }

  /** The permission sets that the caller may put on a key. */
  scopesOf(principal: Principal): Promise<string[]> {
    if (stryMutAct_9fa48("4551")) {
      {}
    } else {
      stryCov_9fa48("4551");
      return heldScopes(this.#parts.platform, principal);
    }
  }

  /** All that the caller may put on a key as a scope, in words for a form. */
  availableScopesOf(principal: Principal): Promise<AvailableScope[]> {
    if (stryMutAct_9fa48("4552")) {
      {}
    } else {
      stryCov_9fa48("4552");
      return availableScopes(this.#parts.platform, principal);
    }
  }

  /** What a key of the caller with these scopes could do to each object, by the evaluation that enforces it. */
  async accessUnder(principal: Principal, input: unknown): Promise<ObjectAccess[]> {
    if (stryMutAct_9fa48("4553")) {
      {}
    } else {
      stryCov_9fa48("4553");
      const {
        scopes,
        object
      } = parseInput(apiKeyAccessInput, input);
      return this.#parts.preview.of(principal, scopes, stryMutAct_9fa48("4554") ? object && undefined : (stryCov_9fa48("4554"), object ?? undefined));
    }
  }
  async #own({
    principal
  }: Caller, id: string): Promise<ApiKey> {
    if (stryMutAct_9fa48("4555")) {
      {}
    } else {
      stryCov_9fa48("4555");
      const key = await this.find(principal, id);
      if (stryMutAct_9fa48("4558") ? key !== undefined : stryMutAct_9fa48("4557") ? false : stryMutAct_9fa48("4556") ? true : (stryCov_9fa48("4556", "4557", "4558"), key === undefined)) throw noSuchKey();
      return key;
    }
  }
}