// @ts-nocheck
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plugin } from '@objectstack/core';
import type { HonoHttpServer } from '@objectstack/plugin-hono-server';
import type { ObjectKernel } from '@objectstack/runtime';

import { inject } from 'vitest';

import type { LimitSettings } from '../../src/keys/limits/limit-settings.ts';

import type { DataEngine, EngineContext, EngineQuery, Row } from '../../src/platform/engine.ts';
import { type DatabaseConfig, readConfig, type ServerConfig } from '../../src/standalone/config.ts';
import { createKernel } from '../../src/standalone/kernel.ts';
import type { RouteRule } from '../../src/standalone/routes/route-rule.ts';
import { captureOutput } from './output.ts';
import { createDatabase } from './postgres.ts';
import { postgresUrl } from './postgres-of-run.ts';

export const ORIGIN = 'http://localhost:3000';
export { DEV_ADMIN } from './dev-admin.ts';

const SYSTEM = { isSystem: true };

/** For the tests that are not about limits. */
export const NO_LIMITS: LimitSettings = {
  mintLimitPerUser: 'off',
  mintLimitPerAddress: 'off',
  maxActiveKeys: 'off',
  maxKeyLifetime: 'off',
};

/** The whole engine, for arranging and inspecting; the service itself sees less of it. */
export interface TestEngine extends Omit<DataEngine, 'insert'> {
  insert(object: string, data: Row, options: { context: EngineContext }): Promise<unknown>;
  find(object: string, query: EngineQuery): Promise<Row[]>;
  update(object: string, data: Row, options: { context: EngineContext }): Promise<unknown>;
  delete(object: string, options: { where: Row; multi?: boolean; context: EngineContext }): Promise<unknown>;
}

/** A person with a session in the booted kernel. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly token: string;
  /** The `Cookie` header of a browser with that session. */
  readonly cookie: string;
  readonly organizationId: string | undefined;
}

export interface TestKernel extends AsyncDisposable {
  readonly kernel: ObjectKernel;
  readonly engine: TestEngine;
  /** Injects a request into the kernel's HTTP app, without a socket. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** The address of the listening server. */
  readonly url: string;
  /** Where the data is. */
  readonly database: DatabaseConfig;
  /**
   * The `sys_api_key` rows as the database holds them, hash included, with `revoked` as a boolean;
   * without `last_used_at`, which is written some time after the request that it is about.
   */
  storedKeys(): Promise<Row[]>;
  /**
   * Runs a statement on the database, past the engine and its hooks, as another process would.
   * Write `?` for a parameter; booleans are 0 and 1 on SQLite.
   */
  sql(statement: string, parameters?: readonly unknown[]): Promise<Row[]>;
  signIn(email: string, password: string): Promise<Person>;
  /** A new person, in an organization of their own unless one is given or `null` for none. */
  newPerson(options?: { organizationId?: string | null; role?: string; password?: string }): Promise<Person>;
  /** Everything written to stdout and stderr since the kernel was started. */
  output(): string;
  [Symbol.asyncDispose](): Promise<void>;
}

interface SqlDriver {
  execute(statement: string, parameters: unknown[]): Promise<Row[] | { rows?: Row[] }>;
}

export interface BootOptions {
  /** Default: the database of the test project, which for `test/e2e` is each in turn. */
  readonly database?: 'sqlite' | 'postgres';
  readonly plugins?: readonly Plugin[];
  readonly config?: Partial<ServerConfig>;
  /** Routes of the plugins; the server answers at no other than the listed ones. */
  readonly routes?: readonly RouteRule[];
  /** Default: a new one. Replicas share it. */
  readonly authSecret?: string;
}

/** An empty database for a test: its configuration, and how to be rid of it. */
export async function newDatabase(
  kind: 'sqlite' | 'postgres' = inject('database'),
): Promise<{ config: DatabaseConfig; drop(): Promise<void> }> {
  if (kind === 'postgres') {
    const { url, drop } = await createDatabase(await postgresUrl());
    return { config: { driver: 'postgres', url, poolSize: 5 }, drop };
  }
  const folder = await mkdtemp(join(tmpdir(), 'api-keys-'));
  return {
    config: { driver: 'sqlite', filename: join(folder, 'objectstack.db') },
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Boots the real kernel of the standalone server, on a database of its own, listening on a free port. */
export async function bootKernel(options: BootOptions = {}): Promise<TestKernel> {
  // `npm run mutation` keeps kernels: scripts/mutation/keep-kernels.ts.
  const { keptKernels } = globalThis as { keptKernels?: { boot(o: BootOptions, b: typeof boot): Promise<TestKernel> } };
  return keptKernels === undefined ? boot(options) : keptKernels.boot(options, boot);
}

async function boot(options: BootOptions): Promise<TestKernel> {
  const database = await newDatabase(options.database);
  const output = captureOutput();
  const before = process.env['NODE_ENV'];
  // The platform creates its development administrator under this name only.
  process.env['NODE_ENV'] = 'development';
  process.env['OS_REGISTRY_LOG'] = 'warn';
  const kernel = await createKernel(
    {
      ...readConfig({
        PORT: '0',
        BASE_URL: ORIGIN,
        LOG_LEVEL: 'debug',
        NODE_ENV: 'development',
        INTROSPECTION: 'true',
      }),
      database: database.config,
      prettyLog: false,
      keyLimits: NO_LIMITS,
      ...options.config,
    },
    options.authSecret ?? randomBytes(32).toString('base64'),
    options.plugins,
    options.routes,
  );
  try {
    await kernel.bootstrap();
  } catch (error) {
    output.stop();
    await kernel.shutdown().catch(() => undefined);
    await database.drop();
    throw error;
  }
  process.env['NODE_ENV'] = before;

  const server = await kernel.getServiceAsync<HonoHttpServer>('http-server');
  const engine = await kernel.getServiceAsync<TestEngine>('objectql');
  const driver = await kernel.getServiceAsync<SqlDriver>('driver.com.objectstack.driver.sql');
  const sql = async (statement: string, parameters: readonly unknown[] = []): Promise<Row[]> => {
    const result = await driver.execute(statement, [...parameters]);
    return Array.isArray(result) ? result : (result.rows ?? []);
  };
  const app = server.getRawApp();
  const request = async (path: string, init?: RequestInit): Promise<Response> => app.request(`${ORIGIN}${path}`, init);

  /** Who an answer of sign-in or sign-up has signed in. */
  const personOf = async (response: Response, email: string): Promise<Person> => {
    if (!response.ok) throw new Error(`${response.url}: ${response.status} ${await response.text()}`);
    const { token, user } = (await response.json()) as { token: string; user: { id: string } };
    const [session] = await engine.find('sys_session', { where: { token }, limit: 1, context: SYSTEM });
    if (session === undefined) throw new Error(`no session for ${email}`);
    const organization = session['active_organization_id'];
    return {
      id: user.id,
      email,
      token,
      cookie: (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '',
      organizationId: typeof organization === 'string' ? organization : undefined,
    };
  };
  const post = (path: string, body: unknown): Promise<Response> =>
    request(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const signIn = async (email: string, password: string): Promise<Person> =>
    personOf(await post('/api/v1/auth/sign-in/email', { email, password }), email);

  return {
    kernel,
    engine,
    request,
    url: `http://127.0.0.1:${server.getPort()}`,
    sql,
    database: options.config?.database ?? database.config,
    async storedKeys() {
      const rows = await sql('SELECT * FROM sys_api_key ORDER BY id');
      return rows.map(({ last_used_at: _, ...row }) => ({ ...row, revoked: Boolean(row['revoked']) }));
    },
    signIn,
    async newPerson({ organizationId, role = 'member', password = `Pass-${randomUUID()}` } = {}) {
      const email = `person-${randomUUID()}@example.test`;
      const invitationId = await invite(engine, email);
      // Signing up signs in. A password is hashed for a tenth of a second, so once is enough.
      const response = await post('/api/v1/auth/sign-up/email', { email, password, name: 'A Person', invitationId });
      const person = await personOf(response, email);
      const id = organizationId === null ? null : (organizationId ?? (await newOrganization(engine)));
      if (id !== null) {
        await engine.insert(
          'sys_member',
          { id: `mem_${randomUUID()}`, user_id: person.id, organization_id: id, role },
          { context: SYSTEM },
        );
      }
      await setActiveOrganization(engine, person, id);
      return { ...person, organizationId: id ?? undefined };
    },
    output: output.text,
    async [Symbol.asyncDispose]() {
      await server.close();
      await kernel.shutdown();
      output.stop();
      await database.drop();
    },
  };
}

/** The session row of a person. */
export async function sessionOf(engine: TestEngine, person: Person): Promise<Row> {
  const [session] = await engine.find('sys_session', { where: { token: person.token }, limit: 1, context: SYSTEM });
  if (session === undefined) throw new Error('the person has no session');
  return session;
}

export async function setActiveOrganization(engine: TestEngine, person: Person, id: string | null): Promise<void> {
  const session = await sessionOf(engine, person);
  await engine.update('sys_session', { id: session['id'], active_organization_id: id }, { context: SYSTEM });
}

export async function newOrganization(engine: TestEngine): Promise<string> {
  const id = `org_${randomUUID()}`;
  await engine.insert('sys_organization', { id, name: id, slug: id }, { context: SYSTEM });
  return id;
}

/** Ends every membership of a person. */
export async function endMemberships(engine: TestEngine, userId: string): Promise<void> {
  await engine.delete('sys_member', { where: { user_id: userId }, multi: true, context: SYSTEM });
}

/** The platform lets nobody sign up without an invitation. */
async function invite(engine: TestEngine, email: string): Promise<string> {
  const id = `inv_${randomUUID()}`;
  await engine.insert(
    'sys_invitation',
    {
      id,
      email,
      status: 'pending',
      organization_id: 'org_of_test_invitations',
      role: 'member',
      inviter_id: 'usr_of_test_invitations',
      expires_at: new Date(Date.now() + 3_600_000),
    },
    { context: SYSTEM },
  );
  return id;
}
