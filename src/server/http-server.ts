import { createAdaptorServer, type ServerType } from '@hono/node-server';
import type { Plugin, PluginContext } from '@objectstack/core';
import { type HonoHttpServer, HonoServerPlugin } from '@objectstack/plugin-hono-server';
import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import type { ListenerLimits } from './request-config.ts';

export interface HttpServerOptions {
  readonly host: string;
  readonly port: number;
  /** Origins that browsers may call from. */
  readonly origins: readonly string[];
  readonly limits: ListenerLimits;
  /** How long running requests may take to finish at shutdown, in milliseconds. */
  readonly drainTimeout: number;
}

/**
 * The platform's HTTP server plugin with a listener of our own: its own takes the next free port
 * when the port is in use, listens on every interface, has Node's default limits, and answers CORS for
 * every page on localhost.
 */
export function httpServerPlugin(options: HttpServerOptions): Plugin {
  const plugin = new HonoServerPlugin({ port: options.port, cors: false });
  const { init } = plugin;
  plugin.init = async (context: PluginContext) => {
    await init(context);
    const server = context.getService<HonoHttpServer>('http-server');
    server.getRawApp().use(cors({ origin: [...options.origins], credentials: true }), noSniffing);
    listenWith(server, options);
  };
  return plugin;
}

const noSniffing: MiddlewareHandler = async (context, next) => {
  await next();
  const { headers } = context.res;
  if (!headers.has('X-Content-Type-Options')) headers.set('X-Content-Type-Options', 'nosniff');
};

function listenWith(server: HonoHttpServer, options: HttpServerOptions): void {
  const { limits } = options;
  let listener: ServerType | undefined;
  let port = options.port;
  server.getPort = () => port;
  server.listen = async () => {
    const created = createAdaptorServer({
      fetch: server.getRawApp().fetch,
      serverOptions: {
        headersTimeout: limits.headersTimeout,
        requestTimeout: limits.requestTimeout,
        // Node looks every 30 seconds by default, for which a slow client would hold on.
        connectionsCheckingInterval: Math.min(limits.headersTimeout, 1000),
        maxHeaderSize: limits.maxHeaderBytes,
      },
    });
    await new Promise<void>((resolve, reject) => {
      created.once('error', reject);
      created.listen(options.port, options.host, () => {
        created.off('error', reject);
        resolve();
      });
    });
    const address = created.address();
    if (typeof address === 'object' && address !== null) port = address.port;
    listener = created;
  };
  server.close = () => drain(listener, options.drainTimeout);
}

/** Stops accepting, lets running requests finish, then closes what is left. */
async function drain(listener: ServerType | undefined, timeout: number): Promise<void> {
  if (listener === undefined) return;
  const server = listener;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  if ('closeIdleConnections' in server) server.closeIdleConnections();
  const forced = setTimeout(() => {
    if ('closeAllConnections' in server) server.closeAllConnections();
  }, timeout);
  await closed;
  clearTimeout(forced);
}
