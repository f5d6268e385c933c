import type { Plugin } from '@objectstack/core';
import { type Events, toEach } from '../observability/events.ts';
import { LogEvents } from '../observability/log-events.ts';
import { Metrics, type PoolUsage } from '../observability/metrics.ts';
import type { ServerConfig } from './config.ts';
import { createLog } from './log.ts';
import { MetricsPlugin } from './metrics-plugin.ts';

/** What the standalone server tells of itself, and the plugins that it takes. */
export interface Telemetry {
  readonly events: Events;
  readonly plugins: readonly Plugin[];
}

/** The log always; metrics where there is a place to read them. */
export function createTelemetry(config: ServerConfig, poolUsage: (() => PoolUsage) | undefined): Telemetry {
  const log = createLog({ level: config.logLevel, pretty: config.prettyLog });
  const logEvents = new LogEvents(log);
  const options = config.metrics;
  if (options === undefined) return { events: logEvents, plugins: [] };
  const metrics = new Metrics(poolUsage);
  return {
    events: toEach([logEvents, metrics]),
    plugins: [new MetricsPlugin(metrics.registry, options, (url) => log.info({ url }, 'metrics'))],
  };
}
