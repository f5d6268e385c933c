// @ts-nocheck
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/markdown.ts';
import { type Served, serve } from '../support/process.ts';

/** Says on standard error which of the libraries for metrics and traces are resolved. */
const WITNESS = `import { registerHooks } from 'node:module';
registerHooks({ resolve(specifier, context, next) {
  if (/^(@opentelemetry\\/(sdk|exporter|otlp|resources)|prom-client)/.test(specifier)) process.stderr.write('LOADED ' + specifier + '\\n');
  return next(specifier, context);
} });`;

const start = (env: Record<string, string>): Promise<Served> =>
  serve(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(WITNESS)}`, 'src/server.ts'], {
    cwd: ROOT,
    env: { NODE_ENV: 'development', DATABASE_URL: 'file::memory:', ...env },
  });

describe('the libraries for metrics and traces', () => {
  it('are not loaded where they are not used', async () => {
    await using server = await start({});
    expect(await server.stop()).toBe(0);
    expect(server.output()).not.toContain('LOADED');
  });

  it('are loaded where they are used, and a collector that is away does not keep the server from its end', async () => {
    await using server = await start({ METRICS_PORT: '0', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
    await fetch(`${server.url}/api/v1/keys`, { method: 'POST' });
    expect(await server.stop()).toBe(0);
    expect(server.output()).toContain('LOADED @opentelemetry/sdk-trace');
    expect(server.output()).toContain('LOADED prom-client');
  });
});
