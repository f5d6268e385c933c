import { createHash, randomBytes } from 'node:crypto';
import type { DataEngine } from '../../platform/engine.ts';
import { SIGN_IN_STATE, type Statement } from './state.ts';

/** The entry of the set-up token: there is one, whichever replica made it. */
const ENTRY = 'set-up';
const LIFETIME_MS = 60 * 60 * 1000;
const SYSTEM = { isSystem: true };

/** Who the first administrator is to be. */
export interface FirstAdministrator {
  readonly email: string;
  readonly password: string;
  readonly name: string;
}

/** A token that makes the first administrator, until it expires. */
export interface SetUpToken {
  readonly token: string;
  readonly expiresAt: string;
}

/** The part of better-auth by which somebody is created, in this process and not through a request. */
export interface Accounts {
  signUpEmail(input: { body: FirstAdministrator }): Promise<{ user: { id: string } }>;
}

/**
 * Makes the first administrator of an empty database. Whoever has the token of the start, or the
 * variables, is the operator; a stranger who finds the server first has neither.
 */
export class SetUp {
  readonly #engine: DataEngine;
  readonly #run: Statement;
  readonly #accounts: () => Promise<Accounts>;
  readonly #created: () => Promise<void>;

  /** @param created is run once there is somebody. */
  constructor(engine: DataEngine, run: Statement, accounts: () => Promise<Accounts>, created: () => Promise<void>) {
    this.#engine = engine;
    this.#run = run;
    this.#accounts = accounts;
    this.#created = created;
  }

  /** Whether there is nobody yet. */
  async isOpen(): Promise<boolean> {
    const people = await this.#engine.find('sys_user', { limit: 2, context: SYSTEM });
    return people.every(({ id, role }) => id === 'usr_system' || role === 'system');
  }

  /** A new token; the one of an earlier start, or of another replica, no longer counts. Its hash is kept. */
  async issue(): Promise<SetUpToken> {
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(Date.now() + LIFETIME_MS).toISOString();
    await this.#keep(digest(token), expiresAt);
    return { token, expiresAt };
  }

  /**
   * Makes the first administrator. The token is taken in one statement, so that it counts once, on
   * whichever replica; it is put back when the account could not be made.
   *
   * @returns whether the token was the right one, and still counted.
   * @throws what sign-up refuses an address or a password with.
   */
  async complete(token: string, administrator: FirstAdministrator): Promise<boolean> {
    if (!(await this.isOpen())) return false;
    const [taken] = await this.#run(
      `DELETE FROM ${SIGN_IN_STATE} WHERE id = ? AND value = ? AND expires_at > ? RETURNING value, expires_at`,
      [ENTRY, digest(token), new Date().toISOString()],
    );
    if (taken === undefined) return false;
    try {
      await this.create(administrator);
    } catch (error) {
      if (await this.isOpen()) await this.#keep(String(taken['value']), String(taken['expires_at']));
      throw error;
    }
    return true;
  }

  /** Makes somebody who holds the variables of this process the first administrator. */
  async create(administrator: FirstAdministrator): Promise<void> {
    const accounts = await this.#accounts();
    const { user } = await accounts.signUpEmail({ body: administrator });
    await this.#engine.update('sys_user', { id: user.id, email_verified: true }, { context: SYSTEM });
    await this.#run(`DELETE FROM ${SIGN_IN_STATE} WHERE id = ?`, [ENTRY]);
    await this.#created();
  }

  async #keep(hash: string, expiresAt: string): Promise<void> {
    await this.#run(
      `INSERT INTO ${SIGN_IN_STATE} (id, value, expires_at) VALUES (?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at`,
      [ENTRY, hash, expiresAt],
    );
  }
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
