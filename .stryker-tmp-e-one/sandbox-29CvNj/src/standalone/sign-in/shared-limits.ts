// @ts-nocheck
import { createHmac } from 'node:crypto';
import type { AuthPluginOptions } from '@objectstack/plugin-auth';
import { pruning, SIGN_IN_STATE, type Statement } from './state.ts';

/** A rate limit: a number of requests in a number of seconds. */
interface Rule {
  readonly window: number;
  readonly max: number;
}

/** The storage interface of better-auth's rate limits. */
export interface LimitStorage {
  consume(key: string, rule: Rule): Promise<{ allowed: boolean; retryAfter: number | null }>;
}

/** What better-auth applies to routes of sign-in that have no limit of their own: it bounds a flood, and protects no secret. */
const GENERAL: Rule = { window: 10, max: 100 };
/**
 * For routes that answer whether a password or a token is the right one. A route that deletes a person
 * must not have it: the platform runs that in a transaction, which on SQLite has the only connection.
 */
const GUESSED: Rule = { window: 60, max: 10 };

/**
 * The limits of sign-in, for the options of `AuthPlugin`.
 *
 * @param countedElsewhere paths whose tries are counted before better-auth sees them.
 */
export function signInLimits(
  production: boolean,
  countedElsewhere: readonly string[],
): NonNullable<AuthPluginOptions['rateLimit']> {
  return {
    enabled: production,
    ...GENERAL,
    customRules: {
      ...Object.fromEntries(countedElsewhere.map((path) => [path, false as const])),
      '/verify-password': GUESSED,
      '/reset-password': GUESSED,
    },
  };
}

/**
 * Counts in the database what better-auth counts for each process: with three replicas a stranger
 * would have three times the sign-ups, password resets and guesses. The general limit stays in the
 * process, so that a request which only asks for a session writes nothing.
 *
 * @param run is asked for at each request; there is none before the kernel is ready.
 * @param secret makes the names of the rows, which tell nobody who did what from where.
 */
export function sharedLimits(run: () => Statement, secret: string, inProcess: LimitStorage): LimitStorage {
  const prune = pruning(run);
  return {
    async consume(key, rule) {
      if (rule.window === GENERAL.window && rule.max === GENERAL.max) return inProcess.consume(key, rule);
      await prune();
      const id = `limit:${createHmac('sha256', secret).update(key).digest('base64url').slice(0, 32)}`;
      const now = Date.now();
      // One statement, so that replicas cannot count past each other. What is refused writes nothing.
      const counted = await run()(
        `INSERT INTO ${SIGN_IN_STATE} AS s (id, value, expires_at) VALUES (?, '1', ?)
         ON CONFLICT (id) DO UPDATE SET
           value = CASE WHEN s.expires_at <= ? THEN '1' ELSE CAST(CAST(s.value AS INTEGER) + 1 AS TEXT) END,
           expires_at = CASE WHEN s.expires_at <= ? THEN excluded.expires_at ELSE s.expires_at END
         WHERE s.expires_at <= ? OR CAST(s.value AS INTEGER) < ?
         RETURNING value`,
        [id, new Date(now + rule.window * 1000).toISOString(), ...Array(3).fill(new Date(now).toISOString()), rule.max],
      );
      if (counted.length > 0) return { allowed: true, retryAfter: null };
      const [row] = await run()(`SELECT expires_at FROM ${SIGN_IN_STATE} WHERE id = ?`, [id]);
      const until = new Date(String(row?.['expires_at'])).getTime();
      return { allowed: false, retryAfter: Math.max(1, Math.ceil((until - now) / 1000)) || rule.window };
    },
  };
}
