// @ts-nocheck
import { Field, ObjectSchema } from '@objectstack/spec/data';
import type { DataEngine, Row, SqlDriver } from '../../platform/engine.ts';
import { query } from '../../platform/sql.ts';

export const SIGN_IN_STATE = 'sys_sign_in_state';

/**
 * What sign-in has to remember for every replica, each for a while: wrong tries, other counts with a
 * limit, and the hash of the set-up token. No account and no address is in it as it was, and the data API does not reach it.
 */
export const signInStateObject = ObjectSchema.create({
  name: SIGN_IN_STATE,
  label: 'Sign-in state',
  pluralLabel: 'Sign-in state',
  isSystem: true,
  managedBy: 'engine-owned',
  access: { default: 'private' },
  description:
    'Counts of wrong passwords, sign-ups and password resets, and the hash of the set-up token. Only the standalone server writes it.',
  fields: {
    id: Field.text({ label: 'Id', required: true, readonly: true }),
    value: Field.text({ label: 'Value', required: true, readonly: true, maxLength: 128 }),
    // A date-time of ISO 8601 in UTC, which sorts as text alike on both databases.
    expires_at: Field.text({ label: 'Expires at', required: true, readonly: true, maxLength: 32 }),
  },
  enable: { apiEnabled: false, trackHistory: false, searchable: false },
});

/** Runs a statement on that table and returns its rows. */
export type Statement = (statement: string, parameters: readonly unknown[]) => Promise<Row[]>;

/** Statements past the engine, which has no words for counting and claiming in one step. */
export function statementsOn(engine: DataEngine): Statement {
  const driver = engine.getDriverForObject(SIGN_IN_STATE) as SqlDriver;
  return (statement, parameters) => query(driver, statement, parameters);
}

const PRUNE_EVERY_MS = 60_000;

/** Deletes what has expired, at most once a minute. */
export function pruning(run: () => Statement): () => Promise<void> {
  let pruned = 0;
  return async () => {
    const now = Date.now();
    if (now - pruned < PRUNE_EVERY_MS) return;
    pruned = now;
    await run()(`DELETE FROM ${SIGN_IN_STATE} WHERE expires_at <= ?`, [new Date(now).toISOString()]);
  };
}
