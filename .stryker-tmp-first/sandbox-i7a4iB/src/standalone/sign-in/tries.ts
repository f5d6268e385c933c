// @ts-nocheck
import { createHmac } from 'node:crypto';
import { networkOf } from '../../http/client-network.ts';
import { pruning, SIGN_IN_STATE, type Statement } from './state.ts';

const WINDOW_MS = 15 * 60 * 1000;
/** Wrong tries for one account from one network. */
const MOST_FOR_ACCOUNT_AND_NETWORK = 10;
/** The same while many networks try that account: each still has some, so that a right password is heard. */
const MOST_WHILE_ATTACKED = 3;
/** Wrong tries for one account, from everywhere, that count as an attack. */
const ATTACK = 50;
/** Wrong tries from one network, whatever the accounts: one password tried for everybody. */
const MOST_FOR_NETWORK = 100;

/** An allowed attempt. It counts as a wrong one until the password is confirmed. */
export interface Try {
  readonly allowed: true;
  /** The password was right: removes the attempt from the counts. */
  right(): Promise<void>;
}

/** An attempt that is rejected without checking the password. */
export interface TooMany {
  readonly allowed: false;
  /** Seconds until the next one. */
  readonly retryAfter: number;
}

/**
 * Counts wrong passwords, for all replicas. Every limit is per network, so that nobody can lock a person out
 * from another network. An attempt counts before the password is checked, so that concurrent attempts cannot
 * exceed the limit. Addresses without an account are counted, too.
 *
 * What is kept is bounded: a row ends after a quarter of an hour, a network that is refused adds none,
 * and each other row costs a check of a password, some 60 ms of a core.
 */
export class Tries {
  readonly #run: Statement;
  readonly #secret: string;
  readonly #prune: () => Promise<void>;

  /** @param secret makes the names of the rows, which tell nobody who signed in from where. */
  constructor(run: Statement, secret: string) {
    this.#run = run;
    this.#secret = secret;
    this.#prune = pruning(() => run);
  }

  /** @param address of the client; without one, as for an injected request, all are one network. */
  async begin(email: string, address: string | undefined): Promise<Try | TooMany> {
    await this.#prune();
    const account = email.trim().toLowerCase();
    const from = address === undefined ? 'none' : networkOf(address);
    const [network, everywhere, pair] = [
      this.#id('n', from),
      this.#id('a', account),
      this.#id('p', `${account}\0${from}`),
    ];
    const ofNetwork = await this.#count(network);
    if (ofNetwork.count > MOST_FOR_NETWORK) return this.#refuse(ofNetwork.expiresAt, [network]);
    const ofAccount = await this.#count(everywhere);
    const ofPair = await this.#count(pair);
    const most = ofAccount.count > ATTACK ? MOST_WHILE_ATTACKED : MOST_FOR_ACCOUNT_AND_NETWORK;
    if (ofPair.count > most) return this.#refuse(ofPair.expiresAt, [network, everywhere, pair]);
    return {
      allowed: true,
      right: async () => {
        await this.#takeBack([network, everywhere]);
        await this.#run(`DELETE FROM ${SIGN_IN_STATE} WHERE id = ?`, [pair]);
      },
    };
  }

  /** Rejected attempts do not count, so that a program that keeps trying does not block others in its network. */
  async #refuse(expiresAt: string, ids: readonly string[]): Promise<TooMany> {
    await this.#takeBack(ids);
    const retryAfter = Math.max(1, Math.ceil((new Date(expiresAt).getTime() - Date.now()) / 1000));
    return { allowed: false, retryAfter };
  }

  /** One statement, so that replicas cannot count past each other. */
  async #count(id: string): Promise<{ count: number; expiresAt: string }> {
    const now = Date.now();
    const [row] = await this.#run(
      `INSERT INTO ${SIGN_IN_STATE} AS s (id, value, expires_at) VALUES (?, '1', ?)
       ON CONFLICT (id) DO UPDATE SET
         value = CASE WHEN s.expires_at <= ? THEN '1' ELSE CAST(CAST(s.value AS INTEGER) + 1 AS TEXT) END,
         expires_at = CASE WHEN s.expires_at <= ? THEN excluded.expires_at ELSE s.expires_at END
       RETURNING value, expires_at`,
      [id, new Date(now + WINDOW_MS).toISOString(), new Date(now).toISOString(), new Date(now).toISOString()],
    );
    if (row === undefined) throw new Error('the database returned no count');
    return { count: Number(row['value']), expiresAt: String(row['expires_at']) };
  }

  async #takeBack(ids: readonly string[]): Promise<void> {
    await this.#run(
      `UPDATE ${SIGN_IN_STATE} SET value = CAST(CAST(value AS INTEGER) - 1 AS TEXT)
       WHERE id IN (${ids.map(() => '?').join(', ')}) AND CAST(value AS INTEGER) > 0`,
      ids,
    );
  }

  #id(kind: string, value: string): string {
    return `try:${createHmac('sha256', this.#secret).update(`${kind}\0${value}`).digest('base64url').slice(0, 32)}`;
  }
}
