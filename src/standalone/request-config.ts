import { z } from 'zod';
import { type RequestLimitOptions, requestLimits } from '../graphql/request-limits.ts';
import { type LoadLimitOptions, loadLimits } from '../http/load.ts';
import { origin } from '../http/origins.ts';
import type { ListenerLimits } from './listener/limits.ts';

const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .meta({ values: `${least} to ${most}` })
    .transform(Number)
    .pipe(z.int().min(least).max(most));
const bounded = (least: number, most: number, fallback: number, description: string) =>
  whole(least, most).default(fallback).describe(description);
const limit = (schema: z.ZodDefault<z.ZodInt>, description: string) => {
  const { minValue, maxValue } = schema.unwrap();
  return whole(minValue ?? 0, maxValue ?? Number.MAX_SAFE_INTEGER)
    .optional()
    .meta({ description, fallback: `\`${schema.def.defaultValue}\`` });
};

const { shape } = requestLimits;
const load = loadLimits.shape;

/** The variables that say what a request may be, and from where. */
export const requestEnvironment = {
  TRUSTED_ORIGINS: z
    .string()
    .transform((value) => value.split(',').map((item) => item.trim()))
    .pipe(z.array(origin))
    .default([])
    .meta({
      values: 'comma-separated origins',
      description: 'Further origins whose pages may use the session cookie and read responses.',
    }),
  MAX_HEADER_BYTES: bounded(
    2048,
    65_536,
    16_384,
    'The largest header section of a request, in bytes. A larger one gets 431.',
  ),
  HEADERS_TIMEOUT_MS: bounded(100, 600_000, 10_000, 'How long a client may take to send the headers, in milliseconds.'),
  REQUEST_TIMEOUT_MS: bounded(
    100,
    600_000,
    30_000,
    'How long a client may take to send a whole request, in milliseconds. After that it gets 408.',
  ),
  MAX_BODY_BYTES: limit(shape.maxBodyBytes, 'The largest request body, in bytes. A larger one gets 413.'),
  MAX_UPLOAD_BYTES: bounded(
    1024,
    67_108_864,
    4_194_304,
    'The largest request body for `/api/v1/data/`, `/api/v1/batch`, `/api/v1/meta/`, `/api/v1/packages` and `/api/v1/mcp`, in bytes.',
  ),
  MAX_BUFFERED_BYTES: bounded(
    1024,
    999_999_999,
    67_108_864,
    'How many bytes of request bodies the server holds at a time. One network may use half. After that requests get 503.',
  ),
  MAX_CONNECTIONS: bounded(1, 100_000, 4096, 'The most connections at a time. Further ones are closed.'),
  MAX_CONNECTIONS_PER_NETWORK: bounded(
    1,
    100_000,
    512,
    'The most connections from one network. Connections from a proxy in `TRUST_PROXY` are not counted.',
  ),
  MAX_PIPELINED_REQUESTS: bounded(
    0,
    1000,
    32,
    'The most requests that may wait on one connection while another is answered. More than that closes the connection.',
  ),
  READ_TIMEOUT_MS: bounded(
    100,
    600_000,
    20_000,
    'How long a client may read nothing of its response before the connection is closed, in milliseconds.',
  ),
  MAX_PLATFORM_REQUESTS: bounded(
    1,
    1000,
    8,
    'The most requests that platform routes handle at a time. One network or credential may use half. Other requests wait, at most for `DATABASE_TIMEOUT_MS`. Keep it below `DATABASE_POOL_SIZE`.',
  ),
  MAX_JSON_DEPTH: limit(shape.maxJsonDepth, 'How deep objects and lists may be nested in a JSON body.'),
  MAX_QUERY_TOKENS: limit(shape.maxQueryTokens, 'The most lexical tokens in a GraphQL document.'),
  MAX_QUERY_ALIASES: limit(shape.maxQueryAliases, 'The most aliases in a GraphQL operation.'),
  MAX_QUERY_COST: limit(shape.maxQueryCost, 'The most fields that one GraphQL operation may make the server resolve.'),
  MAX_MUTATIONS_PER_REQUEST: limit(shape.maxMutationsPerRequest, 'How many mutations one request may run.'),
  MAX_REQUESTS_IN_FLIGHT: limit(
    load.maxRequestsInFlight,
    'The most requests that this process handles at a time. Further ones get 503.',
  ),
  MAX_REQUESTS_PER_CLIENT: limit(
    load.maxRequestsPerClient,
    'The most requests that one network, and one credential, may have in flight.',
  ),
  MAX_EVENT_LOOP_DELAY_MS: limit(
    load.maxEventLoopDelayMs,
    'The median event-loop delay, in milliseconds, above which new requests get 503.',
  ),
};

type RequestEnvironment = z.output<z.ZodObject<typeof requestEnvironment>>;

/** Those variables as options of the plugin and of the listener. */
export function requestConfig(env: RequestEnvironment): {
  readonly trustedOrigins: readonly string[];
  readonly limits: RequestLimitOptions;
  readonly load: LoadLimitOptions;
  readonly listener: ListenerLimits;
} {
  const limits = {
    maxBodyBytes: env.MAX_BODY_BYTES,
    maxJsonDepth: env.MAX_JSON_DEPTH,
    maxQueryTokens: env.MAX_QUERY_TOKENS,
    maxQueryAliases: env.MAX_QUERY_ALIASES,
    maxQueryCost: env.MAX_QUERY_COST,
    maxMutationsPerRequest: env.MAX_MUTATIONS_PER_REQUEST,
  };
  const load = {
    maxRequestsInFlight: env.MAX_REQUESTS_IN_FLIGHT,
    maxRequestsPerClient: env.MAX_REQUESTS_PER_CLIENT,
    maxEventLoopDelayMs: env.MAX_EVENT_LOOP_DELAY_MS,
  };
  return {
    trustedOrigins: env.TRUSTED_ORIGINS,
    limits: given(limits),
    load: given(load),
    listener: {
      maxHeaderBytes: env.MAX_HEADER_BYTES,
      headersTimeoutMs: Math.min(env.HEADERS_TIMEOUT_MS, env.REQUEST_TIMEOUT_MS),
      requestTimeoutMs: env.REQUEST_TIMEOUT_MS,
      maxBodyBytes: env.MAX_BODY_BYTES ?? shape.maxBodyBytes.def.defaultValue,
      maxUploadBytes: env.MAX_UPLOAD_BYTES,
      maxBufferedBytes: env.MAX_BUFFERED_BYTES,
      maxConnections: env.MAX_CONNECTIONS,
      maxConnectionsPerNetwork: env.MAX_CONNECTIONS_PER_NETWORK,
      maxPipelinedRequests: env.MAX_PIPELINED_REQUESTS,
      readTimeoutMs: env.READ_TIMEOUT_MS,
      maxPlatformRequests: env.MAX_PLATFORM_REQUESTS,
    },
  };
}

/** Without what is not set, so that the plugin's own defaults hold. */
function given(limits: Readonly<Record<string, number | undefined>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(limits).flatMap(([name, limit]) => (limit === undefined ? [] : [[name, limit]])),
  );
}
