import { z } from 'zod';
import { isNetwork, type TrustedProxies } from '../http/client-address.ts';
import { type RequestLimitOptions, type RequestLimits, requestLimits } from '../http/limits.ts';
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

/** What a host may set; everything has a default that is safe in production. */
export interface ApiKeysOptions extends Partial<LimitSettings>, Partial<UpkeepSettings> {
  /** Where the endpoints are mounted; `/api/v1` unless the platform's own prefix was changed. */
  readonly basePath?: string;
  /** Serve GraphiQL to browsers. Default: only with `NODE_ENV=development`. */
  readonly graphiql?: boolean;
  /** Answer introspection queries. Default: only with `NODE_ENV=development`. */
  readonly introspection?: boolean;
  /**
   * Origins (`https://app.example.com`) from which browsers may use a session cookie and read the
   * answers, besides the `baseUrl` of `AuthPlugin`, which always counts. Default: none.
   */
  readonly trustedOrigins?: readonly string[];
  /** What one request may be. */
  readonly limits?: RequestLimitOptions;
  /** How much this process takes on at a time. */
  readonly load?: LoadLimitOptions;
  /**
   * How long a request may wait for the database and the services of the kernel, over all that it
   * asks, in milliseconds; then the answer is 503. Default 5000.
   */
  readonly databaseTimeoutMs?: number;
  /**
   * Which proxies may name the client in `X-Forwarded-For`: how many stand in a row in front of the
   * kernel, or their addresses and networks. Default 0: nobody, the peer of the socket is the client.
   */
  readonly trustProxy?: TrustedProxies;
  /**
   * Routes that API keys may use besides data, actions, MCP and reads, each with everything below it, such
   * as `/api/v1/meta`. Every other route answers 403 to a request with a key, those of the host's own
   * plugins included. Default: none.
   */
  readonly keyRoutes?: readonly string[];
  /** Is told of every request, key and failure. Default: they are written to the kernel's logger. */
  readonly events?: Events;
  /** Is asked for the trace of every request. Default: requests are not traced. */
  readonly tracing?: Tracing;
}

export type ApiKeysSettings = Required<Omit<ApiKeysOptions, 'limits' | 'load' | 'events' | 'tracing'>> & {
  readonly limits: RequestLimits;
  readonly load: LoadLimits;
  readonly events?: Events | undefined;
  readonly tracing?: Tracing | undefined;
};

/** @throws TypeError naming every option that is not valid. */
export function parseOptions(given: ApiKeysOptions): ApiKeysSettings {
  const result = options.safeParse(given);
  if (result.success) return result.data;
  throw new TypeError(`ApiKeysPlugin options:\n${z.prettifyError(result.error)}`);
}
