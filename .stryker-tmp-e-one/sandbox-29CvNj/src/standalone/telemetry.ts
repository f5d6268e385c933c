// @ts-nocheck
import type { Plugin } from '@objectstack/core';
import { VERSION } from '../base/version.ts';
import { NO_TRACING, type Tracing } from '../http/observer.ts';
import { type Events, toEach } from '../observability/events.ts';
import { LogEvents } from '../observability/log-events.ts';
import type { Counts, Metrics, PoolUsage } from '../observability/metrics.ts';
import type { TracingOptions } from '../observability/open-telemetry.ts';
import { INVENTORY_SERVICE } from '../plugin/assembly.ts';
import type { ServerConfig } from './config.ts';
import { createLog } from './log.ts';
import { MetricsPlugin } from './metrics-plugin.ts';

/** What the standalone server tells of itself, and the plugins that it takes. */
export interface Telemetry {
  readonly events: Events;
  readonly tracing: Tracing;
  readonly plugins: readonly Plugin[];
}

/**
 * The log always; metrics where there is a place to read them, traces where there is one to send them
 * to. Their libraries are loaded here, and so only where they are used.
 */
export async function createTelemetry(
  config: ServerConfig,
  poolUsage: (() => PoolUsage) | undefined,
): Promise<Telemetry> {
  const log = createLog({ level: config.logLevel, pretty: config.prettyLog });
  const events: Events[] = [new LogEvents(log)];
  const plugins: Plugin[] = [];
  if (config.metrics !== undefined) {
    const { Metrics } = await import('../observability/metrics.ts');
    const metrics = new Metrics(poolUsage);
    events.push(metrics);
    plugins.push(keyMetrics(metrics));
    plugins.push(new MetricsPlugin(metrics.registry, config.metrics, (url) => log.info({ url }, 'metrics')));
  }
  let tracing = NO_TRACING;
  if (config.tracing !== undefined) {
    const openTelemetry = await startTracing(config.tracing);
    tracing = openTelemetry.tracing;
    plugins.push(openTelemetry.plugin);
  }
  return { events: toEach(events), tracing, plugins };
}

/** The keys are counted by whoever knows their table, once the kernel runs. */
function keyMetrics(metrics: Metrics): Plugin {
  return {
    name: 'com.objectstack.api-keys.key-metrics',
    version: VERSION,
    init(context) {
      context.hook('kernel:listening', async () => {
        metrics.watchKeys(() => context.getService<{ count(): Promise<Counts> }>(INVENTORY_SERVICE).count());
      });
    },
  };
}

async function startTracing(options: TracingOptions): Promise<{ tracing: Tracing; plugin: Plugin }> {
  const { OpenTelemetry } = await import('../observability/open-telemetry.ts');
  const tracing = new OpenTelemetry(options);
  return {
    tracing,
    plugin: {
      name: 'com.objectstack.api-keys.tracing',
      version: VERSION,
      init: () => undefined,
      destroy: () => tracing.shutdown(),
    },
  };
}
