// @ts-nocheck
import { once } from 'node:events';
import { createServer, connect as open, type Server, type Socket } from 'node:net';

/** A network between a client and a server on this machine, which can be made to drop what is sent. */
export class TestNetwork implements AsyncDisposable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #dropping = false;

  private constructor(target: number) {
    this.#server = createServer((near) => {
      const far = open(target, '127.0.0.1');
      this.#join(near, far);
      this.#join(far, near);
    });
  }

  static async to(target: number): Promise<TestNetwork> {
    const proxy = new TestNetwork(target);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    const address = this.#server.address();
    if (typeof address !== 'object' || address === null) throw new Error('the proxy does not listen');
    return address.port;
  }

  /** From now on nothing arrives, in either direction, and nobody is told. */
  drop(): void {
    this.#dropping = true;
  }

  /** Carries again what is sent from now on, on new connections; what was sent meanwhile is lost, and so are those it was sent on. */
  carry(): void {
    this.#dropping = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(from: Socket, to: Socket): void {
    this.#sockets.add(from);
    from.on('data', (chunk) => {
      if (!this.#dropping) to.write(chunk);
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      this.#sockets.delete(from);
      if (!this.#dropping) to.destroy();
    });
  }
}
