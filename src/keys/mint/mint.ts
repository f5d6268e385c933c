import { generateApiKey } from '@objectstack/core';
import { assertPrincipal, type SessionPrincipal } from '../../auth/principal.ts';
import { ServiceError } from '../../base/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { type IdempotentRequest, idempotentRequest } from '../input/idempotency.ts';
import type { CreateApiKeyInput } from '../input/input.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { expiryUnder, type KeyLimits } from '../limits/limits.ts';
import type { ApiKey } from '../record/api-key.ts';
import type { AuditTrail } from '../record/audit-trail.ts';
import { Secret } from '../record/secret.ts';
import type { MintOutcome, Replacement } from './mint-order.ts';
import type { MintWriter } from './mint-writer.ts';
import { assertHoldsScopes, assertInFuture, assertMayMintIn } from './policy.ts';

/** What minting needs of its surroundings. */
export interface Minting {
  readonly platform: Platform;
  readonly writer: MintWriter;
  readonly ledger: Ledger;
  readonly limits: KeyLimits;
  readonly auditTrail: AuditTrail;
}

/** What a request says of itself, besides its input. */
export interface MintRequest {
  /** The id of the request, for the audit trail. */
  readonly id: string;
  /** The checked `Idempotency-Key`. */
  readonly idempotencyKey: string | undefined;
  /** The address of the client, for the limit per address. */
  readonly address: string | undefined;
  /** When the request is answered with 503 if it has no answer yet, on the clock of `performance.now()`. */
  readonly deadline: number;
  /** Runs the write as a step of the request, for its trace. */
  readonly step: <T>(write: () => Promise<T>) => Promise<T>;
}

/** A key, and its secret where this is the request that made it: the only time that the two are together. */
export interface MintedApiKey {
  readonly apiKey: ApiKey;
  readonly secret: Secret | undefined;
}

/**
 * Mints an API key for the person who is signed in: every check first, then one elevated insert,
 * with the owner and the organization taken from the principal and from nowhere else.
 *
 * @param principal who asks. Only `auth/` can construct one, and a forged one throws here.
 * @throws ServiceError `FORBIDDEN` (not a member, a scope not held, an impersonated session),
 *   `VALIDATION_FAILED` (an expiry that policy does not allow), `IDEMPOTENCY_KEY_REUSED`,
 *   `RATE_LIMITED`, `SERVICE_UNAVAILABLE` (the database or the tenancy service did not answer).
 */
export async function mintApiKey(
  minting: Minting,
  principal: SessionPrincipal,
  input: CreateApiKeyInput,
  request: MintRequest,
): Promise<MintedApiKey> {
  await assertMayMint(minting.platform, principal, input.scopes);
  const now = Date.now();
  const idempotent = identify(principal, request, [
    'create',
    input.name,
    [...input.scopes].sort(),
    input.expiresAt?.toISOString() ?? null,
  ]);
  // A repeat may come after the expiry that it asked for; it is told so by the status of the key.
  if (idempotent === undefined) assertInFuture(input.expiresAt, now);
  return write(minting, principal, request, {
    name: input.name,
    scopes: input.scopes,
    expiresAt: expiryUnder(minting.limits, input.expiresAt, now),
    idempotent,
    replaces: undefined,
  });
}

/** What may be known before the lock is taken: who asks, where they are a member, what they hold. */
export async function assertMayMint(
  platform: Platform,
  principal: SessionPrincipal,
  scopes: readonly string[],
): Promise<void> {
  assertPrincipal(principal);
  if (principal.impersonated) {
    // A support person looking through somebody's eyes would walk away with a credential of
    // theirs that outlives the impersonation.
    throw new ServiceError('FORBIDDEN', { message: 'An impersonated session cannot create a key.' });
  }
  const { userId, organizationId } = principal;
  assertMayMintIn({
    organizationId,
    posture: await platform.tenancyPosture(),
    memberships: organizationId === undefined ? [] : await platform.memberships(userId, organizationId),
  });
  if (scopes.length > 0) {
    assertHoldsScopes(scopes, new Set(await platform.scopesHeldBy(userId, organizationId)));
  }
}

/** The request as one that has one outcome, if it carries an `Idempotency-Key`. */
export function identify(
  principal: SessionPrincipal,
  { idempotencyKey }: MintRequest,
  input: unknown,
): IdempotentRequest | undefined {
  return idempotencyKey === undefined ? undefined : idempotentRequest(principal, idempotencyKey, input);
}

interface Writing {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | undefined;
  readonly idempotent: IdempotentRequest | undefined;
  readonly replaces: Replacement | undefined;
}

/** Generates the secret and writes the row. A repeat gets the key that was written for it, and no secret. */
export async function write(
  { platform, writer }: Minting,
  owner: SessionPrincipal,
  { id: requestId, address, deadline, step }: MintRequest,
  writing: Writing,
): Promise<MintedApiKey> {
  const { raw, hash, prefix } = generateApiKey();
  const secret = new Secret(raw);
  const { apiKey, replayed }: MintOutcome = await platform.asking(() =>
    step(() => writer.submit({ ...writing, owner, hash, prefix, requestId, address, deadline })),
  );
  return { apiKey, secret: replayed ? undefined : secret };
}
