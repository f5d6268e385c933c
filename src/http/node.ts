import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';
import { malformed, tooLarge } from './body.ts';
import type { EndpointRequest } from './endpoint.ts';

/** A request as `node:http` has it. */
export class NodeRequest implements EndpointRequest {
  readonly #incoming: IncomingMessage;
  readonly headers: EndpointRequest['headers'];

  constructor(incoming: IncomingMessage) {
    this.#incoming = incoming;
    this.headers = headersOf(incoming);
  }

  get method(): string {
    return this.#incoming.method ?? '';
  }

  get url(): string {
    return this.#incoming.url ?? '';
  }

  readBody(limit: number): Promise<Uint8Array> {
    const incoming = this.#incoming;
    return new Promise((resolve, reject) => {
      const chunks: Uint8Array[] = [];
      let size = 0;
      const onData = (chunk: Uint8Array): void => {
        size += chunk.byteLength;
        chunks.push(chunk);
        if (size <= limit) return;
        incoming.pause();
        settle(() => reject(tooLarge(limit)));
      };
      const onEnd = (): void =>
        settle(() => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
      // A client that goes away before its request is complete has sent no JSON.
      const onClose = (): void => settle(() => reject(malformed()));
      const settle = (outcome: () => void): void => {
        incoming.off('data', onData).off('end', onEnd).off('close', onClose);
        outcome();
      };
      if (incoming.destroyed) return onClose();
      incoming.on('error', ignore).on('data', onData).on('end', onEnd).on('close', onClose);
    });
  }
}

/** What ends a request early is told by `close` as well. */
function ignore(): void {}

/**
 * Headers joined as the Fetch standard does. Node's own `headers` drop a second `Authorization` or
 * `Content-Type`, so that a proxy which reads the last one and this service would disagree.
 */
function headersOf({ rawHeaders }: IncomingMessage): EndpointRequest['headers'] {
  const values = new Map<string, string>();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] as string).toLowerCase();
    const value = rawHeaders[at + 1] as string;
    const before = values.get(name);
    values.set(name, before === undefined ? value : `${before}${name === 'cookie' ? '; ' : ', '}${value}`);
  }
  return { get: (name) => values.get(name.toLowerCase()) ?? null, has: (name) => values.has(name.toLowerCase()) };
}

/** What is read, and thrown away, of a body that a refusal did not wait for: bytes and milliseconds. */
const MAX_DISCARDED = 64 * 1024;
const DISCARD_TIMEOUT = 500;

/** Sends an answer. */
export function send({ status, headers, body }: Answer, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const fields: string[] = [];
  for (const field of headers) fields.push(...field);
  if (body !== null) fields.push('content-length', String(Buffer.byteLength(body)));
  outgoing.writeHead(status, fields);
  outgoing.end(body ?? undefined);
  if (!incoming.complete) outgoing.once('finish', () => discardRest(incoming));
}

/**
 * Closing a connection at once on which a client still sends would take the answer from it; reading
 * on without end would let it keep the server busy.
 */
function discardRest(incoming: IncomingMessage): void {
  let size = 0;
  const timer = setTimeout(() => incoming.socket.destroySoon(), DISCARD_TIMEOUT);
  incoming.once('close', () => clearTimeout(timer));
  incoming.on('data', (chunk: Uint8Array) => {
    size += chunk.byteLength;
    if (size > MAX_DISCARDED) incoming.socket.destroySoon();
  });
  incoming.resume();
}
