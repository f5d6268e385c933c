// @ts-nocheck
import { generateApiKey } from '@objectstack/core';
import type { Platform } from '../../platform/platform.ts';
import type { IdempotentRequest } from '../input/idempotency.ts';
import { type Administrators, withAdministration } from '../policy/policy-rules.ts';
import type { ApiKey } from '../record/api-key.ts';
import type { ApiKeySettings } from '../record/api-key-detail.ts';
import { Secret } from '../record/secret.ts';
import type { Caller } from './caller.ts';
import type { Replacement } from './mint-order.ts';
import type { MintWriter } from './mint-writer.ts';

/** A key to create, after all checks that need no lock. */
export interface NewKey extends ApiKeySettings {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | undefined;
  /** The caller gave no expiry, so the current policy decides. */
  readonly endsByDefault: boolean;
  /** The start of the owner's membership, in milliseconds since 1970; `undefined` without an organization. */
  readonly memberSince: number | undefined;
  /** The idempotent request, if the request has an `Idempotency-Key`. */
  readonly idempotent: IdempotentRequest | undefined;
  /** The key that it replaces. */
  readonly replaces: Replacement | undefined;
}

/** A key, and its secret if this request created it. Only here are the two together. */
export interface MintedApiKey {
  readonly apiKey: ApiKey;
  readonly secret: Secret | undefined;
}

/** Generates secrets, and passes their hashes on to be written. */
export class Minter {
  readonly #platform: Platform;
  readonly #writer: MintWriter;
  readonly #administrators: Administrators;

  constructor(platform: Platform, writer: MintWriter, administrators: Administrators) {
    this.#platform = platform;
    this.#writer = writer;
    this.#administrators = administrators;
  }

  /** Runs a mint. Other mints may wait a moment for it, to share its commit. */
  expecting<T>({ request }: Caller, mint: () => Promise<T>): Promise<T> {
    return this.#writer.expecting(request, mint);
  }

  /**
   * Generates a secret and writes the row of its key, with the signed-in person as owner and their active
   * organization. A repeat returns the existing key without a secret.
   *
   * @throws ServiceError the error of a limit, `POLICY_VIOLATION`, `IDEMPOTENCY_KEY_REUSED`, `SERVICE_UNAVAILABLE`.
   */
  async mint({ principal, request }: Caller, key: NewKey): Promise<MintedApiKey> {
    const { raw, hash, prefix } = generateApiKey();
    const secret = new Secret(raw);
    const order = {
      ...key,
      owner: principal,
      hash,
      prefix,
      requestId: request.id,
      endpoint: request.endpoint,
      address: request.address,
      deadline: request.budget.deadline,
    };
    const write = (administers: boolean) =>
      this.#platform.inTime(() =>
        request.during('database insert', () => this.#writer.submit({ ...order, administers }, request)),
      );
    const { apiKey, replayed } = await withAdministration(this.#administrators, principal, write);
    return { apiKey, secret: replayed ? undefined : secret };
  }
}
