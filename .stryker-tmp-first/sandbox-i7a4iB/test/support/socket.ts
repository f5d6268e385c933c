// @ts-nocheck
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection on which requests are written byte by byte, as no HTTP client would. */
export interface Connection extends AsyncDisposable {
  readonly socket: Socket;
  write(...lines: readonly string[]): void;
  /** Waits until this many answers have begun, and gives back what has come so far. */
  answers(count: number): Promise<string>;
}

export async function openConnection(url: string): Promise<Connection> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  let received = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    received += chunk;
  });
  socket.on('error', () => undefined);
  return {
    socket,
    write: (...lines) => void socket.write(lines.join('\r\n')),
    async answers(count) {
      while (received.split('HTTP/1.1 ').length - 1 < count || !received.includes('\r\n\r\n')) {
        if (socket.closed) throw new Error(`the connection was closed after: ${received}`);
        await Promise.race([once(socket, 'data'), once(socket, 'close')]);
      }
      return received;
    },
    async [Symbol.asyncDispose]() {
      socket.destroy();
      if (!socket.closed) await once(socket, 'close');
    },
  };
}

/** The lines of a POST with a JSON body. */
export function post(path: string, headers: readonly string[], body: string): string[] {
  return [
    `POST ${path} HTTP/1.1`,
    'Host: localhost',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...headers,
    '',
    body,
  ];
}
