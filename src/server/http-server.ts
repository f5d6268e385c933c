import { createAdaptorServer, type ServerType } from '@hono/node-server';
import type { Plugin, PluginContext } from '@objectstack/core';
import { type HonoHttpServer, HonoServerPlugin } from '@objectstack/plugin-hono-server';

export interface HttpServerOptions {
  readonly host: string;
  readonly port: number;
  /** Origins that browsers may call from, besides the server's own. */
  readonly origins: readonly string[];
  /** How long running requests may take to finish at shutdown, in milliseconds. */
  readonly drainTimeout: number;
}

/** Slow clients cannot hold a connection: milliseconds until the headers and the whole request must be there. */
const HEADERS_TIMEOUT = 10_000;
const REQUEST_TIMEOUT = 30_000;
const MAX_HEADER_SIZE = 16 * 1024;

/**
 * The platform's HTTP server plugin with a listener of our own: its own takes the next free port
 * when the port is in use, listens on every interface, and has Node's default limits.
 */
export function httpServerPlugin(options: HttpServerOptions): Plugin {
  const plugin = new HonoServerPlugin({ port: options.port, cors: { origins: [...options.origins] } });
  const { init } = plugin;
  plugin.init = async (context: PluginContext) => {
    await init(context);
    listenWith(context.getService<HonoHttpServer>('http-server'), options);
  };
  return plugin;
}

function listenWith(server: HonoHttpServer, options: HttpServerOptions): void {
  let listener: ServerType | undefined;
  let port = options.port;
  server.getPort = () => port;
  server.listen = async () => {
    const created = createAdaptorServer({
      fetch: server.getRawApp().fetch,
      serverOptions: {
        headersTimeout: HEADERS_TIMEOUT,
        requestTimeout: REQUEST_TIMEOUT,
        maxHeaderSize: MAX_HEADER_SIZE,
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
