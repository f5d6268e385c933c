import { z } from 'zod';
import { type RequestLimitOptions, type RequestLimits, requestLimits } from '../graphql/request-limits.ts';
import { isNetwork, type TrustedProxies } from '../http/client-address.ts';
import { type LoadLimitOptions, type LoadLimits, loadLimits } from '../http/load.ts';
import type { Tracing } from '../http/observer.ts';
import { origin } from '../http/origins.ts';
import { openedRoute, opensEverything } from '../keys/access/opened-routes.ts';
import { type LimitSettings, limitSettings } from '../keys/limits/limit-settings.ts';
import { type UpkeepSettings, upkeepSettings } from '../keys/upkeep/upkeep-settings.ts';
import type { Events } from '../observability/events.ts';

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
const isDevelopment = (): boolean => process.env['NODE_ENV'] === 'development';

const options = z
  .strictObject({
    basePath: z
      .string()
      .regex(/^(\/[A-Za-z0-9_-]+)+$/, 'a path such as /api/v1')
      .default('/api/v1'),
    graphiql: z.boolean().default(isDevelopment),
    introspection: z.boolean().default(isDevelopment),
    trustedOrigins: z.array(origin).default([]),
    limits: requestLimits.prefault({}),
    load: loadLimits.prefault({}),
    databaseTimeoutMs: z.int().min(100).max(60_000).default(5000),
    keyRoutes: z.array(openedRoute).default([]),
    ...limitSettings,
    ...upkeepSettings,
    trustProxy: z
      .union([z.int().min(0).max(10), z.array(z.string().refine(isNetwork, 'an address or a network'))])
      .default(0),
    events: z.custom<Events>(isObject).optional(),
    tracing: z.custom<Tracing>(isObject).optional(),
  })
  .refine(({ keyRoutes, basePath }) => !keyRoutes.some((path) => opensEverything(path, basePath)), {
    path: ['keyRoutes'],
    error: 'must be a path below the API prefix, not the prefix itself',
  });

/** The options of the plugin. Every default is safe in production. */
export interface ApiKeysOptions extends Partial<LimitSettings>, Partial<UpkeepSettings> {
  /** Where the endpoints are mounted; `/api/v1` unless the platform's own prefix was changed. */
  readonly basePath?: string;
  /** Serve GraphiQL to browsers. Default: only with `NODE_ENV=development`. */
  readonly graphiql?: boolean;
  /** Answer introspection queries. Default: only with `NODE_ENV=development`. */
  readonly introspection?: boolean;
  /**
   * Origins (`https://app.example.com`) whose pages may use a session cookie and read responses, in
   * addition to the `baseUrl` of `AuthPlugin`. Default: none.
   */
  readonly trustedOrigins?: readonly string[];
  /** Limits on one request. */
  readonly limits?: RequestLimitOptions;
  /** Limits on the load of this process. */
  readonly load?: LoadLimitOptions;
  /**
   * How long a request may wait for the database and the services of the kernel in total, in
   * milliseconds. After that, the response is 503. Default 5000.
   */
  readonly databaseTimeoutMs?: number;
  /**
   * The proxies whose `X-Forwarded-For` is trusted: how many there are in front of the kernel, or their
   * addresses and networks. Default 0: none, so the peer of the socket is the client.
   */
  readonly trustProxy?: TrustedProxies;
  /**
   * Routes that API keys may use besides data, actions, MCP and reads, such as `/api/v1/meta`. Each includes
   * everything below it. Every other route, including those of the host's own plugins, answers 403 to a
   * request with a key. Default: none.
   */
  readonly keyRoutes?: readonly string[];
  /** Observes every request, key change and failure. Default: the kernel's logger. */
  readonly events?: Events;
  /** Traces every request. Default: no tracing. */
  readonly tracing?: Tracing;
}

export type ApiKeysSettings = Required<Omit<ApiKeysOptions, 'limits' | 'load' | 'events' | 'tracing'>> & {
  readonly limits: RequestLimits;
  readonly load: LoadLimits;
  readonly events?: Events | undefined;
  readonly tracing?: Tracing | undefined;
};

/** @throws TypeError naming every invalid option. */
export function parseOptions(given: ApiKeysOptions): ApiKeysSettings {
  const result = options.safeParse(given);
  if (result.success) return result.data;
  throw new TypeError(`ApiKeysPlugin options:\n${z.prettifyError(result.error)}`);
}
