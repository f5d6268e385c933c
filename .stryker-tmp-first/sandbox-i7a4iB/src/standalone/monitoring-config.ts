// @ts-nocheck
import { z } from 'zod';
import type { TracingOptions } from '../observability/open-telemetry.ts';
import type { MetricsOptions } from './metrics-plugin.ts';

/** How the server is watched and stopped. */
export interface MonitoringConfig {
  readonly drain: DrainOptions;
  /** `undefined` when nobody may read them: then they are not kept either. */
  readonly metrics: MetricsOptions | undefined;
  /** `undefined` when there is no place to send traces to. */
  readonly tracing: TracingOptions | undefined;
}

export interface DrainOptions {
  /** How long the server still takes new requests after `/readyz` starts to fail, in milliseconds, so that load balancers notice. */
  readonly delayMs: number;
  /** How long running requests may then take to finish, in milliseconds. */
  readonly timeoutMs: number;
}

/** A TCP port, `0` for a free one. */
export const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number')
  .meta({ values: '0 to 65535' })
  .transform(Number)
  .refine((value) => value <= 65_535, 'must be a port number');

const milliseconds = z
  .string()
  .regex(/^\d{1,6}$/, 'must be a number of milliseconds, at most 600000')
  .meta({ values: '0 to 600000' })
  .transform(Number)
  .refine((value) => value <= 600_000, 'must be a number of milliseconds, at most 600000');

/** The variables that say how the server is watched and stopped. */
export const monitoringEnvironment = {
  DRAIN_DELAY_MS: milliseconds
    .default(0)
    .describe(
      'How long the server still takes new requests after `/readyz` starts to fail, in milliseconds, so that load balancers notice.',
    ),
  DRAIN_TIMEOUT_MS: milliseconds
    .default(10_000)
    .describe('How long running requests may then take to finish, in milliseconds.'),
  METRICS_PORT: port.optional().meta({
    fallback: 'none',
    description: 'Serves `/metrics` for Prometheus on a separate port; `0` takes a free one.',
  }),
  METRICS_HOST: z.string().min(1).default('127.0.0.1').meta({
    values: 'an address of this machine',
    description: 'The address that `METRICS_PORT` listens on.',
  }),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{32,}$/, 'must be at least 32 characters without spaces: openssl rand -hex 32')
    .optional()
    .meta({
      fallback: 'none',
      values: 'at least 32 characters',
      description:
        'The token that a scraper sends as `Authorization: Bearer`. Without `METRICS_PORT`, setting it serves `/metrics` on the main port.',
    }),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
    .optional()
    .meta({
      fallback: 'none',
      values: 'an http or https URL',
      description:
        'Sends traces to this OpenTelemetry receiver (OTLP over HTTP, protobuf). The other `OTEL_EXPORTER_OTLP_` variables work, too.',
    }),
  OTEL_SERVICE_NAME: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,100}$/, 'must be a name')
    .default('objectstack-api-keys')
    .meta({ values: 'a name', description: 'The name of the service in traces.' }),
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .regex(/^(?:0(?:\.\d{1,9})?|1(?:\.0{1,9})?)$/, 'must be a number from 0 to 1')
    .transform(Number)
    .default(1)
    .meta({
      values: '0 to 1',
      description:
        'The share of traces to keep. A trace that began in another service is kept if that service keeps it.',
    }),
};

type MonitoringEnvironment = z.output<z.ZodObject<typeof monitoringEnvironment>>;

export function monitoringConfig(env: MonitoringEnvironment): MonitoringConfig {
  const { METRICS_PORT: port, METRICS_HOST: host, METRICS_TOKEN: token } = env;
  return {
    drain: { delayMs: env.DRAIN_DELAY_MS, timeoutMs: env.DRAIN_TIMEOUT_MS },
    metrics: port === undefined && token === undefined ? undefined : { port, host, token },
    tracing:
      env.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
        ? undefined
        : {
            endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
            serviceName: env.OTEL_SERVICE_NAME,
            sampleRatio: env.OTEL_TRACES_SAMPLER_ARG,
          },
  };
}
