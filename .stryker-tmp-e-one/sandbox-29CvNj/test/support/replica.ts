// @ts-nocheck
import type { DatabaseConfig } from '../../src/standalone/config.ts';
import { DEV_ADMIN } from './dev-admin.ts';
import { type Answer, bearer, restEndpoint } from './endpoints.ts';
import { ROOT } from './markdown.ts';
import { type Served, serve } from './process.ts';

/** Replicas agree on it, and a session outlives a restart. */
const AUTH_SECRET = 'a secret of the tests that every replica knows';
/** Load comes from one person here; the limits have tests of their own. */
const NO_LIMITS = { MINT_LIMIT_PER_USER: 'off', MINT_LIMIT_PER_ADDRESS: 'off', MAX_ACTIVE_KEYS: 'off' };

/** A server process among others on one database. */
export interface Replica extends Served {
  request(path: string, init?: RequestInit): Promise<Response>;
  /** A new session of the administrator. */
  signIn(person?: { email: string; password: string }): Promise<string>;
  /** Mints through REST. */
  mint(token: string, name: string, idempotencyKey?: string): Promise<Answer>;
  /** Rotates a key through REST. */
  rotate(token: string, id: string, idempotencyKey?: string): Promise<{ status: number; id?: string; key?: string }>;
  /** The status with which the platform's data API answers a key. */
  use(key: string): Promise<number>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
}

/** Starts `src/server.ts` on a database. */
export async function startReplica(
  database: DatabaseConfig,
  env: Readonly<Record<string, string>> = {},
): Promise<Replica> {
  const served = await serve(process.execPath, [`${ROOT}src/server.ts`], {
    env: {
      ...databaseEnvironment(database),
      ...NO_LIMITS,
      AUTH_SECRET,
      NODE_ENV: 'development',
      LOG_LEVEL: 'warn',
      ...env,
    },
  });
  const request = (path: string, init?: RequestInit): Promise<Response> => fetch(`${served.url}${path}`, init);
  const endpoint = restEndpoint({ request });
  return {
    ...served,
    request,
    async signIn(person = DEV_ADMIN) {
      const response = await request('/api/v1/auth/sign-in/email', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(person),
      });
      if (!response.ok) throw new Error(`sign-in: ${response.status} ${await response.text()}`);
      return ((await response.json()) as { token: string }).token;
    },
    mint: (token, name, idempotencyKey) =>
      endpoint.mint(
        { ...bearer(token), ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }) },
        { name },
      ),
    async rotate(token, id, idempotencyKey) {
      const response = await request(`/api/v1/keys/${id}/rotate`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...bearer(token),
          ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
        },
        body: '{}',
      });
      const { id: newId, key } = (await response.json()) as { id?: string; key?: string };
      return { status: response.status, ...(newId && { id: newId }), ...(key && { key }) };
    },
    async use(key) {
      const response = await request('/api/v1/data/sys_api_key?limit=1', { headers: { 'x-api-key': key } });
      await response.arrayBuffer();
      return response.status;
    },
    async kill() {
      process.kill(served.pid, 'SIGKILL');
      await served.stop();
    },
  };
}

export function databaseEnvironment(database: DatabaseConfig): Record<string, string> {
  return database.driver === 'sqlite'
    ? { DATABASE_URL: `file:${database.filename}` }
    : { DATABASE_URL: database.url, DATABASE_POOL_SIZE: String(database.poolSize) };
}
