// @ts-nocheck
// 
import { type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { networkOf } from '../../http/client-network.ts';
import { Shares } from '../../http/shares.ts';
import type { ListenerLimits } from './limits.ts';

/** The requests of one connection, of which one is answered at a time. */
interface Line {
  /** The answer that is being made. */
  current: ServerResponse | undefined;
  readonly waiting: { readonly outgoing: ServerResponse; readonly answer: () => void }[];
}

/** What Node's parser and its time-outs refuse with something else than 400. */
const STATUS_OF: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/**
 * How many connections there are, and how much one may ask for. Node hands over every request that
 * a client pipelines, at once: a client that sends thousands and reads nothing would fill the memory
 * with their answers. Here the next one is looked at when the client's side has taken the answer
 * before it.
 */
export class Connections {
  readonly #lines = new WeakMap<Socket, Line>();
  readonly #most: number;

  /** @param isProxy whether a peer is a trusted proxy, whose connections are those of many clients. */
  constructor(server: Server, limits: ListenerLimits, isProxy: (peer: string | undefined) => boolean) {
    this.#most = limits.maxPipelinedRequests;
    server.maxConnections = limits.maxConnections;
    // A client that takes nothing of its answer; a request that is being worked on has nothing to take.
    server.setTimeout(limits.readTimeoutMs, (socket) => {
      if (socket.writableLength > 0) socket.destroy();
    });
    server.on('clientError', (error, socket) => this.#endBroken(error, socket));
    const networks = new Shares(limits.maxConnectionsPerNetwork);
    server.on('connection', (socket) => {
      const { remoteAddress } = socket;
      const network = remoteAddress === undefined || isProxy(remoteAddress) ? '' : networkOf(remoteAddress);
      if (networks.isTaken(network)) return void socket.destroy();
      networks.take(network);
      const line: Line = { current: undefined, waiting: [] };
      this.#lines.set(socket, line);
      socket.once('close', () => {
        networks.give(network);
        line.waiting.length = 0;
      });
    });
  }

  /**
   * Answers a request in its turn. A client that pipelines more than it may loses its connection: it
   * sends again what was not answered (RFC 9112 section 9.3.2).
   */
  inTurn(socket: Socket, outgoing: ServerResponse, answer: () => void): void {
    const line = this.#lines.get(socket);
    if (line === undefined) return void socket.destroy();
    if (line.current === undefined) this.#start(line, outgoing, answer);
    else if (line.waiting.length < this.#most) line.waiting.push({ outgoing, answer });
    else socket.destroy();
  }

  /**
   * Ends a connection whose bytes are not HTTP. A request that came whole before them is being worked
   * on and keeps its answer: without it a client could have a key made whose secret nobody has seen.
   */
  #endBroken(error: NodeJS.ErrnoException, socket: Duplex): void {
    const line = this.#lines.get(socket as Socket);
    const current = line?.current;
    if (line !== undefined && current?.req.complete === true && !current.destroyed) {
      line.waiting.length = 0;
      socket.pause();
      current.shouldKeepAlive = false;
      return void current.once('close', () => (socket as Socket).destroySoon());
    }
    if (socket.writable && current?.headersSent !== true) {
      const status = STATUS_OF[error.code ?? ''] ?? 400;
      socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`);
    }
    socket.destroy(error);
  }

  #start(line: Line, outgoing: ServerResponse, answer: () => void): void {
    line.current = outgoing;
    outgoing.once('close', () => {
      line.current = undefined;
      const next = line.waiting.shift();
      if (next !== undefined) this.#start(line, next.outgoing, next.answer);
    });
    answer();
  }
}
