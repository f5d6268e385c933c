import { z } from 'zod';
import { ConfigurationError } from '../base/configuration-error.ts';
import type { RequestLimitOptions } from '../graphql/request-limits.ts';
import { isNetwork, type TrustedProxies } from '../http/client-address.ts';
import type { LoadLimitOptions } from '../http/load.ts';
import { type LimitSettings, limitSettings } from '../keys/limits/limit-settings.ts';
import { type UpkeepSettings, upkeepSettings } from '../keys/upkeep/upkeep-settings.ts';
import { environmentProblems } from './environment-problems.ts';
import type { ListenerLimits } from './listener/limits.ts';
import { type MonitoringConfig, monitoringConfig, monitoringEnvironment, port } from './monitoring-config.ts';
import { requestConfig, requestEnvironment } from './request-config.ts';
import { routeEnvironment } from './route-config.ts';
import { type SetUpConfig, setUpConfig, setUpProblems, signInEnvironment } from './sign-in/sign-in-config.ts';
import { DEFAULT_FOLDER } from './sqlite-file.ts';

/** Where the data is: an SQLite file (or `:memory:`). */
export interface SqliteDatabase {
  readonly driver: 'sqlite';
  readonly filename: string;
}

/** Where the data is: a PostgreSQL server, or what speaks its protocol. */
export interface PostgresDatabase {
  readonly driver: 'postgres';
  /** A connection URI as `pg` reads it, with its TLS parameters (`sslmode`, `sslrootcert`, `sslcert`, `sslkey`). */
  readonly url: string;
  /** Most connections of this process. */
  readonly poolSize: number;
}

export type DatabaseConfig = SqliteDatabase | PostgresDatabase;

const databaseUrl = z.string().transform((value, context): SqliteDatabase | Omit<PostgresDatabase, 'poolSize'> => {
  if (/^postgres(?:ql)?:\/\//.test(value) && URL.canParse(value)) return { driver: 'postgres', url: value };
  if (value === 'file::memory:') return { driver: 'sqlite', filename: ':memory:' };
  const filename = /^file:(?:\/\/)?(?<path>[^?]+)$/.exec(value)?.groups?.['path'];
  if (filename !== undefined) return { driver: 'sqlite', filename };
  // The value may hold a password, so it is not shown.
  context.addIssue({ code: 'custom', message: 'must be postgres://..., file:<path> or file::memory:' });
  return z.NEVER;
});

const integer = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a number from ${from} to ${to}`)
    .meta({ values: `${from} to ${to}` })
    .transform(Number)
    .refine((value) => value >= from && value <= to, `must be a number from ${from} to ${to}`);

const baseUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
  .transform((value) => new URL(value).origin);

const trustProxy = z.string().transform((value, context): TrustedProxies => {
  if (/^\d{1,2}$/.test(value) && Number(value) <= 10) return Number(value);
  const networks = value.split(',').map((network) => network.trim());
  if (networks.every(isNetwork)) return networks;
  context.addIssue({ code: 'custom', message: 'must be the number of proxies, or their addresses or networks' });
  return z.NEVER;
});

/**
 * The variables, each with what docs/configuration.md says of it: `description`, and where the schema
 * does not tell, `values` (what it may be) and `fallback` (what counts without it).
 */
export const environment = z.object({
  PORT: port.default(3000).describe('The port to listen on; `0` takes a free one.'),
  HOST: z.string().min(1).default('127.0.0.1').meta({
    values: 'an address of this machine',
    description:
      'The address to listen on. In development it must be a loopback address, since the administrator has a well-known password.',
  }),
  DATABASE_URL: databaseUrl.prefault(`file:./${DEFAULT_FOLDER}/objectstack.db`).meta({
    values: '`file:<path>`, `file::memory:`, `postgres://…`',
    description:
      'The database: an SQLite file, an SQLite database in memory (lost when the process ends), or a PostgreSQL server.',
  }),
  DATABASE_POOL_SIZE: integer(1, 1000)
    .default(10)
    .describe('The most connections that this process opens to PostgreSQL. SQLite uses one.'),
  DATABASE_TIMEOUT_MS: integer(100, 60_000)
    .default(5000)
    .describe('How long one request may wait for the database in total, in milliseconds. After that it gets 503.'),
  BASE_URL: baseUrl.optional().meta({
    values: 'an http or https URL',
    fallback: '`http://localhost:<PORT>`',
    description:
      "The URL under which people reach the server. Sign-in from other origins is refused. In production it must be https, except on localhost; behind a proxy that terminates TLS, use the proxy's https URL.",
  }),
  AUTH_SECRET: z.string().min(32, 'must be at least 32 characters: openssl rand -base64 32').optional().meta({
    values: 'at least 32 characters',
    fallback: 'generated at start; required in production',
    description:
      'Signs session cookies. Give every replica the same value. In production a value that is easy to guess is refused. Without it the server makes a new one at each start, which ends all sessions.',
  }),
  ...signInEnvironment,
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('The lowest level that is logged. No level logs a key, a token or a value that a caller sent.'),
  NODE_ENV: z
    .enum(['development', 'production', 'test'])
    .default('development')
    .describe(
      'In development the server serves GraphiQL, and an empty database gets an administrator with a well-known password.',
    ),
  INTROSPECTION: z.stringbool().optional().meta({
    values: '`true`, `false`',
    fallback: '`true` in development',
    description:
      'Whether the server answers GraphQL introspection. If it does, errors in a document also name parts of the schema.',
  }),
  TRUST_PROXY: trustProxy.default(0).meta({
    values: 'a number, or comma-separated addresses and networks',
    description:
      'The proxies in front of the server whose `X-Forwarded-For` header is trusted: how many there are, or their addresses.',
  }),
  ...requestEnvironment,
  ...routeEnvironment,
  MINT_LIMIT_PER_USER: limitSettings.mintLimitPerUser.meta({
    values: '`<count>/<ISO 8601 duration>`, `off`',
    description: 'How many keys one person may create in a period. After that the server answers 429.',
  }),
  MINT_LIMIT_PER_ADDRESS: limitSettings.mintLimitPerAddress.meta({
    values: '`<count>/<ISO 8601 duration>`, `off`',
    description: 'How many keys may be created from one client address in a period. See `TRUST_PROXY`.',
  }),
  MAX_ACTIVE_KEYS: limitSettings.maxActiveKeys.meta({
    values: 'a count, `off`',
    description: 'How many active keys one person may have.',
  }),
  MAX_KEY_LIFETIME: limitSettings.maxKeyLifetime.meta({
    values: 'an ISO 8601 duration such as `P90D`, `off`',
    description: 'The longest lifetime of a key. A key created without an expiry gets this lifetime.',
  }),
  IDEMPOTENCY_RETENTION: upkeepSettings.idempotencyRetention.meta({
    values: 'an ISO 8601 duration of at least `PT1H`',
    description:
      'How long a request with an `Idempotency-Key` is remembered. After that the same value makes a new key.',
  }),
  API_KEY_REMINDERS: upkeepSettings.keyReminders.describe(
    'Whether owners are reminded 30, 7 and 1 day before a key expires or is revoked for disuse.',
  ),
  API_KEY_MESSAGES: upkeepSettings.keyMessages.describe(
    "What owners get a message of: `all` that happens to their keys, what `others` or the server did, or nothing. It takes the platform's messaging service.",
  ),
  ...monitoringEnvironment,
});

/** The configuration of the standalone server. */
export interface ServerConfig extends MonitoringConfig {
  readonly port: number;
  readonly host: string;
  readonly database: DatabaseConfig;
  /** How long a request may wait for the database, over all that it asks, in milliseconds; then the answer is 503. */
  readonly databaseTimeoutMs: number;
  /** The origin under which people reach the server; better-auth refuses others. */
  readonly baseUrl: string;
  /** `undefined` outside production: the server then makes one for its lifetime. */
  readonly authSecret: string | undefined;
  /** Who becomes the administrator of an empty database. */
  readonly setUp: SetUpConfig | undefined;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Lines for a person instead of JSON: at a terminal, outside production. */
  readonly prettyLog: boolean;
  readonly nodeEnv: 'development' | 'production' | 'test';
  readonly introspection: boolean;
  /** The proxies whose `X-Forwarded-For` is believed. */
  readonly trustProxy: TrustedProxies;
  /** Origins besides `baseUrl` whose pages may use a session cookie and read the answers. */
  readonly trustedOrigins: readonly string[];
  /** What a request to this service may be; what is not given is the default of the plugin. */
  readonly limits: RequestLimitOptions;
  /** How much the process takes on at a time. */
  readonly load: LoadLimitOptions;
  readonly listener: ListenerLimits;
  /** Routes that API keys may use besides those that every key may. */
  readonly keyRoutes: readonly string[];
  /** Whether anybody may register an OAuth client. */
  readonly oauthRegistration: boolean;
  /** How many keys, how fast, for how long. */
  readonly keyLimits: LimitSettings;
  /** What is done from time to time. */
  readonly upkeep: UpkeepSettings;
}

/**
 * Reads the configuration from environment variables. An empty variable counts as absent.
 *
 * @throws ConfigurationError naming every variable that is not valid.
 */
export function readConfig(env: NodeJS.ProcessEnv): ServerConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = environment.safeParse(given);
  const problems = [
    ...(result.error?.issues.map((issue) => `${issue.path.join('.')} ${safeMessage(issue)}`) ?? []),
    ...environmentProblems(given),
    ...setUpProblems(given),
  ];
  if (!result.success || problems.length > 0) throw new ConfigurationError(problems);
  const { data } = result;
  return {
    port: data.PORT,
    host: data.HOST,
    database:
      data.DATABASE_URL.driver === 'postgres'
        ? { ...data.DATABASE_URL, poolSize: data.DATABASE_POOL_SIZE }
        : data.DATABASE_URL,
    databaseTimeoutMs: data.DATABASE_TIMEOUT_MS,
    baseUrl: data.BASE_URL ?? `http://localhost:${data.PORT}`,
    authSecret: data.AUTH_SECRET,
    setUp: setUpConfig(data),
    logLevel: data.LOG_LEVEL,
    prettyLog: data.NODE_ENV !== 'production' && process.stdout.isTTY === true,
    nodeEnv: data.NODE_ENV,
    introspection: data.INTROSPECTION ?? data.NODE_ENV === 'development',
    trustProxy: data.TRUST_PROXY,
    ...requestConfig(data),
    keyRoutes: data.KEY_ROUTES,
    oauthRegistration: data.OAUTH_REGISTRATION ?? data.NODE_ENV === 'development',
    keyLimits: {
      mintLimitPerUser: data.MINT_LIMIT_PER_USER,
      mintLimitPerAddress: data.MINT_LIMIT_PER_ADDRESS,
      maxActiveKeys: data.MAX_ACTIVE_KEYS,
      maxKeyLifetime: data.MAX_KEY_LIFETIME,
    },
    upkeep: {
      idempotencyRetention: data.IDEMPOTENCY_RETENTION,
      keyReminders: data.API_KEY_REMINDERS,
      keyMessages: data.API_KEY_MESSAGES,
    },
    ...monitoringConfig(data),
  };
}

function safeMessage(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.join(', ')}`;
  return issue.message;
}
