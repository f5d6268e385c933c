// @ts-nocheck
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Plugin, PluginContext } from '@objectstack/core';
import type { HonoHttpServer } from '@objectstack/plugin-hono-server';
import { Hono } from 'hono';
import type { Registry } from 'prom-client';
import { VERSION } from '../base/version.ts';

export interface MetricsOptions {
  /** The port of `/metrics`; without one it is on the main port, which needs a token. */
  readonly port: number | undefined;
  readonly host: string;
  /** What a scraper presents as `Authorization: Bearer`; needed on the main port, possible on the other. */
  readonly token: string | undefined;
}

/** `/metrics` in the text form of Prometheus. */
export class MetricsPlugin implements Plugin {
  readonly name = 'com.objectstack.api-keys.metrics';
  readonly version = VERSION;
  readonly type = 'standard';
  readonly requiresServices = ['http-server'];
  readonly #registry: Registry;
  readonly #options: MetricsOptions;
  readonly #listening: (url: string) => void;
  #server: Server | undefined;

  /** @param listening is told the address of `/metrics` when it has a port of its own. */
  constructor(registry: Registry, options: MetricsOptions, listening: (url: string) => void) {
    this.#registry = registry;
    this.#options = options;
    this.#listening = listening;
  }

  init(context: PluginContext): void {
    const { port, host } = this.#options;
    if (port === undefined) {
      this.#mount(context.getService<HonoHttpServer>('http-server').getRawApp());
      return;
    }
    context.hook('kernel:listening', async () => {
      const app = new Hono();
      this.#mount(app);
      const server = createServer(getRequestListener(app.fetch));
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject).listen(port, host, resolve);
      });
      this.#server = server;
      const address = server.address();
      if (typeof address === 'object' && address !== null) {
        this.#listening(`http://${host.includes(':') ? `[${host}]` : host}:${address.port}/metrics`);
      }
    });
  }

  async destroy(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }

  #mount(app: Hono): void {
    const { port, token } = this.#options;
    if (port === undefined && token === undefined) throw new TypeError('/metrics on the main port needs a token.');
    app.get('/metrics', async (context) => {
      const headers = { 'Cache-Control': 'no-store' };
      if (token !== undefined && !isBearer(context.req.header('authorization'), token)) {
        return context.text('', 401, { ...headers, 'WWW-Authenticate': 'Bearer realm="metrics"' });
      }
      return context.body(await this.#registry.metrics(), 200, {
        ...headers,
        'Content-Type': this.#registry.contentType,
      });
    });
  }
}

/** Compared by their digests, in constant time: how much of a guess is right cannot be measured. */
function isBearer(authorization: string | undefined, token: string): boolean {
  const presented = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
  return presented !== undefined && timingSafeEqual(digest(presented), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
