// @ts-nocheck
import type { Plugin } from '@objectstack/core';
import { MCPServerPlugin } from '@objectstack/mcp';
import { ObjectQLPlugin } from '@objectstack/objectql';
import { PlatformObjectsPlugin } from '@objectstack/platform-objects/plugin';
import { AuthPlugin } from '@objectstack/plugin-auth';
import { type HonoHttpServer, HonoServerPlugin } from '@objectstack/plugin-hono-server';
import { SecurityPlugin } from '@objectstack/plugin-security';
import { createRestApiPlugin } from '@objectstack/rest';
import { createDispatcherPlugin, DefaultDatasourcePlugin, ObjectKernel } from '@objectstack/runtime';
import { consolePlugins } from '../../src/standalone/console.ts';
import { required } from './environment.ts';
import { SyncedCommits } from './synced-commits.ts';

/**
 * Starts the platform's kernel as it is: the plugins of this service's kernel without this service.
 *
 * @param more plugins that come right after the HTTP server.
 */
export async function startPlatform(...more: readonly Plugin[]): Promise<ObjectKernel> {
  const databaseUrl = required('DATABASE_URL');
  const kernel = new ObjectKernel({ logger: { level: 'warn' }, gracefulShutdown: false });
  const plugins = [
    new ObjectQLPlugin(),
    databaseUrl.startsWith('file:')
      ? new DefaultDatasourcePlugin({ driver: 'sqlite', config: { filename: databaseUrl.slice('file:'.length) } })
      : new DefaultDatasourcePlugin({ driver: 'postgres', config: { url: databaseUrl } }),
    new SyncedCommits(databaseUrl),
    new HonoServerPlugin({ port: 0 }),
    ...more,
    new PlatformObjectsPlugin(),
    ...(await consolePlugins()),
    new AuthPlugin({
      secret: required('AUTH_SECRET'),
      baseUrl: 'http://localhost:3000',
      autoDefaultOrganization: true,
    }),
    new SecurityPlugin(),
    createRestApiPlugin({}),
    new MCPServerPlugin(),
    createDispatcherPlugin({}),
  ];
  for (const plugin of plugins) await kernel.use(plugin);
  await kernel.bootstrap();
  process.send?.({ listening: (await kernel.getServiceAsync<HonoHttpServer>('http-server')).getPort() });
  return kernel;
}
