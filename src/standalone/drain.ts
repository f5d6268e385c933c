import type { Server, ServerResponse } from 'node:http';
import type { DrainOptions } from './monitoring-config.ts';

/**
 * Ends a listener so that no client sees an error: it is told first, new connections end next,
 * running requests last. Node keeps a connection open that was in use when the server closed, and
 * waits for its idle time-out; so every answer from here on says `Connection: close`.
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
