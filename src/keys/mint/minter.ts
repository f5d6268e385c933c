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

/** A key to be made, after every check that needs no lock. */
export interface NewKey extends ApiKeySettings {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | undefined;
  /** Nobody said when it is to expire: the policy in force does. */
  readonly endsByDefault: boolean;
  /** Since when the owner is a member, in milliseconds since 1970; `undefined` without an organization. */
  readonly memberSince: number | undefined;
  /** The request as one that has one outcome, if it carries an `Idempotency-Key`. */
  readonly idempotent: IdempotentRequest | undefined;
  /** The key that it takes the place of. */
  readonly replaces: Replacement | undefined;
}

/** A key, and its secret where this is the request that made it: the only time that the two are together. */
export interface MintedApiKey {
  readonly apiKey: ApiKey;
  readonly secret: Secret | undefined;
}

/** Makes secrets, and hands their hashes to whatever writes them. */
export class Minter {
  readonly #platform: Platform;
  readonly #writer: MintWriter;
  readonly #administrators: Administrators;

  constructor(platform: Platform, writer: MintWriter, administrators: Administrators) {
    this.#platform = platform;
    this.#writer = writer;
    this.#administrators = administrators;
  }

  /**
   * Generates a secret and writes the row of its key, with the owner and the organization of whoever
   * is signed in. A repeat gets the key that was written for it, and no secret.
   *
   * @throws ServiceError the refusal of a limit, `POLICY_VIOLATION`, `IDEMPOTENCY_KEY_REUSED`, `SERVICE_UNAVAILABLE`.
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
        request.during('database insert', () => this.#writer.submit({ ...order, administers })),
      );
    const { apiKey, replayed } = await withAdministration(this.#administrators, principal, write);
    return { apiKey, secret: replayed ? undefined : secret };
  }
}
