// @ts-nocheck
// 
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Plugin, PluginContext } from '@objectstack/core';
import { type HonoHttpServer, HonoServerPlugin } from '@objectstack/plugin-hono-server';
import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { ConfigurationError } from '../base/configuration-error.ts';
import type { TrustedProxies } from '../http/client-address.ts';
import { STILL_PAGE_POLICY } from '../http/content-security-policy.ts';
import { TrustedOrigins } from '../http/origins.ts';
import { API_KEY_OBJECT } from '../keys/record/api-key.ts';
import type { DataEngine } from '../platform/engine.ts';
import { answerFailures } from './database-failures.ts';
import { directHandlers } from './direct-handlers.ts';
import { Drain } from './drain.ts';
import { Health } from './health.ts';
import { answerRequests } from './listener/handler.ts';
import type { ListenerLimits } from './listener/limits.ts';
import type { DrainOptions } from './monitoring-config.ts';
import { RouteGate } from './routes/route-gate.ts';
import type { RouteRule } from './routes/route-rule.ts';

export interface HttpServerOptions {
  readonly host: string;
  readonly port: number;
  /** Origins that browsers may call from. */
  readonly origins: readonly string[];
  readonly limits: ListenerLimits;
  /** The routes that are answered; any other is 404. */
  readonly routes: readonly RouteRule[];
  readonly drain: DrainOptions;
  /** The proxies whose `X-Forwarded-For` is believed. */
  readonly trustProxy: TrustedProxies;
  /** Milliseconds that the database may take to answer `/readyz`. */
  readonly databaseTimeoutMs: number;
}

/**
 * The platform's HTTP server plugin with our own listener. The platform's listener takes the next free port
 * if the port is in use, listens on every interface, has Node's default limits, and allows CORS for every
 * page on localhost.
 */
export function httpServerPlugin(options: HttpServerOptions): Plugin {
  const plugin = new HonoServerPlugin({ port: options.port, cors: false });
  const { init } = plugin;
  plugin.init = async (context: PluginContext) => {
    await init(context);
    const server = context.getService<HonoHttpServer>('http-server');
    const app = server.getRawApp();
    app.use(cors({ origin: [...options.origins], credentials: true }), noSniffing);
    app.use(SIGN_IN, noStoring);
    const health = new Health(() => askDatabase(context), options.databaseTimeoutMs);
    health.mount(app);
    // What comes before it tells of a failed database by itself.
    app.use(answerFailures((path) => OWN_ENDPOINTS.test(path)));
    const gate = new RouteGate(options.routes);
    gate.mount(app);
    context.hook('kernel:listening', async () => {
      for (const { method, path } of gate.close(app)) {
        context.logger.warn(`${method} ${path} is not a route of this server and answers 404.`);
      }
    });
    listenWith(server, options, health);
  };
  return plugin;
}

const noSniffing: MiddlewareHandler = async (context, next) => {
  await next();
  const { headers } = context.res;
  if (!headers.has('X-Content-Type-Options')) headers.set('X-Content-Type-Options', 'nosniff');
  // The pages of sign-in, which come from libraries: nothing that somebody injects there runs.
  if (headers.get('Content-Type')?.startsWith('text/html') && !headers.has('Content-Security-Policy')) {
    headers.set('Content-Security-Policy', STILL_PAGE_POLICY);
  }
};

/** GraphQL and keys. */
const OWN_ENDPOINTS = /^\/api\/v1\/(?:graphql|keys)(?:\/|$)/;

/** better-auth, whose answers hold session tokens. */
const SIGN_IN = '/api/v1/auth/*';

const noStoring: MiddlewareHandler = async (context, next) => {
  await next();
  context.res.headers.set('Cache-Control', 'no-store');
};

/** Answered by the index of a table that a key is written to: a database without tables is not ready. */
async function askDatabase(context: PluginContext): Promise<void> {
  const engine = await context.getKernel().getServiceAsync<DataEngine>('objectql');
  await engine.find(API_KEY_OBJECT, { where: { id: 'readyz' }, limit: 1, context: { isSystem: true } });
}

function listenWith(server: HonoHttpServer, options: HttpServerOptions, health: Health): void {
  const { limits } = options;
  const direct = directHandlers(server);
  let drain: Drain | undefined;
  // Not listening yet is no port: the platform would make it part of the address for sign-in,
  // over the one that was configured.
  let port = 0;
  server.getPort = () => port;
  server.listen = async () => {
    const created = createServer({
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      // Node looks every 30 seconds by default, for which a slow client would hold on.
      connectionsCheckingInterval: Math.min(limits.headersTimeoutMs, 1000),
      maxHeaderSize: limits.maxHeaderBytes,
    });
    answerRequests(created, direct, getRequestListener(server.getRawApp().fetch), {
      limits,
      trustProxy: options.trustProxy,
      origins: new TrustedOrigins(options.origins),
      patienceMs: options.databaseTimeoutMs,
    });
    drain = new Drain(created, options.drain);
    await new Promise<void>((resolve, reject) => {
      const refuse = (error: Error): void => reject(whyNot(error, options));
      created.once('error', refuse);
      created.listen(options.port, options.host, () => {
        created.off('error', refuse);
        resolve();
      });
    });
    const address = created.address();
    if (typeof address === 'object' && address !== null) port = address.port;
  };
  server.close = async () => {
    health.drain();
    await drain?.run();
  };
}

/** Why a server cannot listen, in the words of whoever configured it; as it is when it is something else. */
function whyNot(error: NodeJS.ErrnoException, { host, port }: HttpServerOptions): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new ConfigurationError([`PORT ${port} is in use by another process`]);
    case 'EACCES':
      return new ConfigurationError([`PORT ${port} may not be used by this user`]);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ConfigurationError([`HOST ${host} is not an address of this machine`]);
    default:
      return error;
  }
}
