// @ts-nocheck
import type { Events, KeyAction } from '../observability/events.ts';
import type { Caller } from './mint/caller.ts';
import { assertMayChange } from './mint/eligibility.ts';
import type { MintedApiKey, Minter } from './mint/minter.ts';
import type { Revocation } from './mint/revoker.ts';
import type { ApiKey } from './record/api-key.ts';
import type { Standing } from './record/standing.ts';

/** Runs changes of keys, for somebody who may change keys at all, and reports to the log what was written. */
export class ReportedChanges {
  readonly #standing: Pick<Standing, 'isNew'>;
  readonly #events: Pick<Events, 'changed'>;
  readonly #minter: Pick<Minter, 'expecting'>;

  constructor(standing: Pick<Standing, 'isNew'>, minter: Pick<Minter, 'expecting'>, events: Pick<Events, 'changed'>) {
    this.#standing = standing;
    this.#minter = minter;
    this.#events = events;
  }

  /** Runs what makes a key, as a step of the request; its answer says when it is a repeat. */
  async minting<T extends MintedApiKey & { readonly previous?: ApiKey }>(
    caller: Caller,
    action: 'create' | 'rotate',
    mint: () => Promise<T>,
  ): Promise<T> {
    assertMayChange(caller.principal);
    const start = performance.now();
    const minted = await caller.request.during('mint', () => this.#minter.expecting(caller, mint));
    const isRepeat = minted.secret === undefined;
    caller.request.replayed = isRepeat;
    if (!isRepeat) this.#standing.isNew(minted.apiKey);
    if (!isRepeat) this.#report(caller, action, minted, performance.now() - start);
    return minted;
  }

  /** Runs a change of one key, which may turn out to change nothing. */
  async one(caller: Caller, action: KeyAction, change: () => Promise<Revocation>): Promise<ApiKey> {
    assertMayChange(caller.principal);
    const start = performance.now();
    const { apiKey, changed, action: done = action } = await change();
    if (changed) this.#report(caller, done, { apiKey }, performance.now() - start);
    return apiKey;
  }

  /** Runs a change of several keys. @returns those that were changed. */
  async several(
    caller: Caller,
    action: KeyAction,
    change: () => Promise<readonly ApiKey[]>,
  ): Promise<readonly ApiKey[]> {
    assertMayChange(caller.principal);
    const start = performance.now();
    const changed = await change();
    for (const apiKey of changed) this.#report(caller, action, { apiKey }, performance.now() - start);
    return changed;
  }

  #report(
    { principal: { userId, organizationId }, request }: Caller,
    action: KeyAction,
    { apiKey, previous }: { readonly apiKey: ApiKey; readonly previous?: ApiKey },
    milliseconds: number,
  ): void {
    const { id: keyId, prefix } = apiKey;
    const ownerId = apiKey.ownerId === userId ? undefined : apiKey.ownerId;
    const previousKeyId = previous?.id;
    const key = { action, userId, ownerId, organizationId, keyId, prefix, previousKeyId, milliseconds };
    this.#events.changed(request, key);
  }
}
