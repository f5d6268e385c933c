// @ts-nocheck
// 
import type { Server, ServerResponse } from 'node:http';
import type { DrainOptions } from './monitoring-config.ts';

/**
 * Stops a listener without errors for clients: `/readyz` fails first, then the listener accepts no new
 * connections, and finally running requests finish. Node keeps connections open that were in use when the
 * server closed, until their idle time-out. So every response from here on has `Connection: close`.
 */
export class Drain {
  readonly #server: Server;
  readonly #options: DrainOptions;
  readonly #running = new Set<ServerResponse>();
  #draining = false;

  constructor(server: Server, options: DrainOptions) {
    this.#server = server;
    this.#options = options;
    server.prependListener('request', (_request, response) => {
      if (this.#draining) response.setHeader('Connection', 'close');
      this.#running.add(response);
      response.once('close', () => this.#running.delete(response));
    });
  }

  /** Resolves when the last connection has ended, or was ended since it took too long. */
  async run(): Promise<void> {
    this.#draining = true;
    for (const response of this.#running) {
      if (!response.headersSent) response.setHeader('Connection', 'close');
    }
    const { delayMs, timeoutMs } = this.#options;
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeIdleConnections();
    const forced = setTimeout(() => this.#server.closeAllConnections(), timeoutMs);
    await closed;
    clearTimeout(forced);
  }
}
