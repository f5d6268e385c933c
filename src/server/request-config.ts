import { z } from 'zod';
import { type RequestLimitOptions, requestLimits } from '../http/limits.ts';
import { origin } from '../http/origins.ts';

/** Limits that the listener enforces, before a request reaches any handler. */
export interface ListenerLimits {
  /** Longest header section of a request, in bytes; a longer one is answered with 431. */
  readonly maxHeaderBytes: number;
  /** Milliseconds until the headers of a request must be there. */
  readonly headersTimeout: number;
  /** Milliseconds until a whole request must be there; a slower one is answered with 408. */
  readonly requestTimeout: number;
}

const whole = z.string().regex(/^\d{1,9}$/, 'must be a whole number');
const count = (limit: z.ZodDefault<z.ZodInt>) => whole.transform(Number).pipe(limit.unwrap()).optional();
const bounded = (least: number, most: number, fallback: number) =>
  whole.transform(Number).pipe(z.int().min(least).max(most)).default(fallback);

const { shape } = requestLimits;

/** The variables that say what a request may be, and from where. */
export const requestEnvironment = {
  TRUSTED_ORIGINS: z
    .string()
    .transform((value) => value.split(',').map((item) => item.trim()))
    .pipe(z.array(origin))
    .default([]),
  MAX_HEADER_BYTES: bounded(2048, 65_536, 16_384),
  HEADERS_TIMEOUT_MS: bounded(100, 600_000, 10_000),
  REQUEST_TIMEOUT_MS: bounded(100, 600_000, 30_000),
  MAX_BODY_BYTES: count(shape.bodyBytes),
  MAX_JSON_DEPTH: count(shape.jsonDepth),
  MAX_QUERY_TOKENS: count(shape.queryTokens),
  MAX_QUERY_DEPTH: count(shape.queryDepth),
  MAX_QUERY_ALIASES: count(shape.queryAliases),
  MAX_QUERY_DIRECTIVES: count(shape.queryDirectives),
  MAX_QUERY_COST: count(shape.queryCost),
  MAX_MUTATIONS_PER_REQUEST: count(shape.mutations),
};

type RequestEnvironment = z.output<z.ZodObject<typeof requestEnvironment>>;

/** Those variables as options of the plugin and of the listener. */
export function requestConfig(env: RequestEnvironment): {
  readonly trustedOrigins: readonly string[];
  readonly limits: RequestLimitOptions;
  readonly listener: ListenerLimits;
} {
  const limits = {
    bodyBytes: env.MAX_BODY_BYTES,
    jsonDepth: env.MAX_JSON_DEPTH,
    queryTokens: env.MAX_QUERY_TOKENS,
    queryDepth: env.MAX_QUERY_DEPTH,
    queryAliases: env.MAX_QUERY_ALIASES,
    queryDirectives: env.MAX_QUERY_DIRECTIVES,
    queryCost: env.MAX_QUERY_COST,
    mutations: env.MAX_MUTATIONS_PER_REQUEST,
  };
  return {
    trustedOrigins: env.TRUSTED_ORIGINS,
    limits: Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined)),
    listener: {
      maxHeaderBytes: env.MAX_HEADER_BYTES,
      headersTimeout: Math.min(env.HEADERS_TIMEOUT_MS, env.REQUEST_TIMEOUT_MS),
      requestTimeout: env.REQUEST_TIMEOUT_MS,
    },
  };
}
