// @ts-nocheck
// 
import type { Plugin } from '@objectstack/core';
import { MCPServerPlugin } from '@objectstack/mcp';
import { ObjectQLPlugin } from '@objectstack/objectql';
import { PlatformObjectsPlugin } from '@objectstack/platform-objects/plugin';
import { AuditPlugin } from '@objectstack/plugin-audit';
import { AuthPlugin } from '@objectstack/plugin-auth';
import { SecurityPlugin } from '@objectstack/plugin-security';
import { createRestApiPlugin } from '@objectstack/rest';
import { createDispatcherPlugin, ObjectKernel } from '@objectstack/runtime';
import { ApiKeysPlugin } from '../plugin/plugin.ts';
import { apiDescriptionPlugin } from './api-description.ts';
import type { ServerConfig } from './config.ts';
import { consolePlugins } from './console.ts';
import { openDatabase } from './database.ts';
import { httpServerPlugin } from './http-server.ts';
import { standaloneRoutes } from './routes/index.ts';
import type { RouteRule } from './routes/route-rule.ts';
import { noMembershipByItself } from './sign-in/membership.ts';
import { SignInPlugin } from './sign-in/plugin.ts';
import { startUpPlugin } from './start-up.ts';
import { createTelemetry } from './telemetry.ts';

/**
 * A kernel with sign-in, the data API, the MCP endpoint and this service, not started yet.
 *
 * @param more further plugins, such as those of the application that the keys are for.
 * @param moreRoutes the routes that those mount; at a route that is not listed the server answers 404.
 */
export async function createKernel(
  config: ServerConfig,
  authSecret: string,
  more: readonly Plugin[] = [],
  moreRoutes: readonly RouteRule[] = [],
): Promise<ObjectKernel> {
  const database = await openDatabase(config.database, config.databaseTimeoutMs);
  const telemetry = await createTelemetry(config, database.poolUsage);
  const kernel = new ObjectKernel({
    // At `info` the platform tells of every service and plugin it loads; that is for `debug`.
    logger: {
      level: config.logLevel === 'info' ? 'warn' : config.logLevel,
      format: config.prettyLog ? 'pretty' : 'json',
    },
    // The server drains by itself: it owns the signals, the order and the exit code.
    gracefulShutdown: false,
  });
  const signIn = new SignInPlugin({
    production: config.nodeEnv === 'production',
    secret: authSecret,
    setUp: config.setUp,
  });
  const plugins = [
    new ObjectQLPlugin(),
    database.plugin,
    httpServerPlugin({
      host: config.host,
      port: config.port,
      origins: [config.baseUrl, ...config.trustedOrigins],
      limits: config.listener,
      trustProxy: config.trustProxy,
      routes: [...standaloneRoutes(config.oauthRegistration), ...moreRoutes],
      drain: config.drain,
      databaseTimeoutMs: config.databaseTimeoutMs,
    }),
    new ApiKeysPlugin({
      ...config.keyLimits,
      ...config.upkeep,
      keyRoutes: config.keyRoutes,
      graphiql: config.nodeEnv === 'development',
      introspection: config.introspection,
      trustProxy: config.trustProxy,
      trustedOrigins: config.trustedOrigins,
      limits: config.limits,
      load: config.load,
      databaseTimeoutMs: config.databaseTimeoutMs,
      events: telemetry.events,
      tracing: telemetry.tracing,
    }),
    ...telemetry.plugins,
    new PlatformObjectsPlugin(),
    // Before the Console, which needs `AuthPlugin`: the kernel would start that one first.
    signIn,
    ...(await consolePlugins()),
    startUpPlugin,
    new AuthPlugin({
      secret: authSecret,
      baseUrl: config.baseUrl,
      // Never empty: outside production the platform would then trust every port of localhost.
      trustedOrigins: [config.baseUrl, ...config.trustedOrigins],
      ...noMembershipByItself,
      // For the command: single sign-on and second factors work in the browser, and no password is typed.
      plugins: { deviceAuthorization: true, dynamicClientRegistration: config.oauthRegistration },
      databaseHooks: signIn.databaseHooks,
      rateLimit: signIn.rateLimit,
    }),
    new AuditPlugin(),
    apiDescriptionPlugin(config.baseUrl),
    ...more,
    new SecurityPlugin(),
    createRestApiPlugin({}),
    new MCPServerPlugin(),
    createDispatcherPlugin({}),
  ];
  for (const plugin of plugins) await kernel.use(plugin);
  const bootstrap = kernel.bootstrap.bind(kernel);
  kernel.bootstrap = () => database.start(bootstrap);
  return kernel;
}
