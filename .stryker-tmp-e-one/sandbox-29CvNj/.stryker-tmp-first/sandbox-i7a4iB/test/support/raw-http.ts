// @ts-nocheck
// 
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A client that sends bytes as they are: what no HTTP library would. */
export class RawClient implements Disposable {
  readonly #socket: Socket;
  readonly #closed: Promise<unknown>;
  #received = '';

  private constructor(socket: Socket) {
    this.#socket = socket;
    // A server that is done with a client resets the connection; that is an answer too.
    socket.on('error', () => undefined);
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      this.#received += chunk;
    });
    this.#closed = once(socket, 'close');
  }

  static async connect(url: string): Promise<RawClient> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    const client = new RawClient(socket);
    await once(socket, 'connect');
    return client;
  }

  send(bytes: string | Uint8Array): void {
    if (this.#socket.writable) this.#socket.write(bytes);
  }

  /** Everything that was received until the server closed the connection. */
  async untilClosed(): Promise<string> {
    await this.#closed;
    return this.#received;
  }

  /** Reads nothing from here on. */
  pause(): void {
    this.#socket.pause();
  }

  /** Everything that was received until this was, or the connection closed. */
  async until(text: string): Promise<string> {
    while (!this.#received.includes(text) && !this.#socket.closed) {
      await Promise.race([once(this.#socket, 'data'), this.#closed]);
    }
    return this.#received;
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }
}
