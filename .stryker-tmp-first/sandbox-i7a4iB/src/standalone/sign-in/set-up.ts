// @ts-nocheck
import { createHash, randomBytes } from 'node:crypto';
import type { DataEngine } from '../../platform/engine.ts';
import { SIGN_IN_STATE, type Statement } from './state.ts';

/** The entry of the set-up token. All replicas share it. */
const ENTRY = 'set-up';
const LIFETIME_MS = 60 * 60 * 1000;
const SYSTEM = { isSystem: true };

/** The data of the first administrator. */
export interface FirstAdministrator {
  readonly email: string;
  readonly password: string;
  readonly name: string;
}

/** A token that allows creating the first administrator, until it expires. */
export interface SetUpToken {
  readonly token: string;
  readonly expiresAt: string;
}

/** The part of better-auth that creates an account in this process, without a request. */
export interface Accounts {
  signUpEmail(input: { body: FirstAdministrator }): Promise<{ user: { id: string } }>;
}

/**
 * Creates the first administrator of an empty database. Only the operator has the set-up token or the
 * environment variables; a stranger who finds the server first has neither.
 */
export class SetUp {
  readonly #engine: DataEngine;
  readonly #run: Statement;
  readonly #accounts: () => Promise<Accounts>;
  readonly #created: () => Promise<void>;

  /** @param created called once there is an account. */
  constructor(engine: DataEngine, run: Statement, accounts: () => Promise<Accounts>, created: () => Promise<void>) {
    this.#engine = engine;
    this.#run = run;
    this.#accounts = accounts;
    this.#created = created;
  }

  /** Whether there is no account yet. */
  async isOpen(): Promise<boolean> {
    const people = await this.#engine.find('sys_user', { limit: 2, context: SYSTEM });
    return people.every(({ id, role }) => id === 'usr_system' || role === 'system');
  }

  /** Creates a token and stores its hash. Tokens of earlier starts and other replicas become invalid. */
  async issue(): Promise<SetUpToken> {
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(Date.now() + LIFETIME_MS).toISOString();
    await this.#keep(digest(token), expiresAt);
    return { token, expiresAt };
  }

  /**
   * Creates the first administrator. One statement removes the token, so that it works only once across all
   * replicas. If the account cannot be created, the token is stored again.
   *
   * @returns whether the token was valid.
   * @throws the error of sign-up for an invalid address or password.
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

  /** Creates the first administrator from the environment variables. */
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
