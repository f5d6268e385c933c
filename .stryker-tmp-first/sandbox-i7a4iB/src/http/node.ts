// @ts-nocheck
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
      // A client that disconnects before its request is complete has not sent valid JSON.
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

/** `close` reports an aborted request, too, so errors need no handling. */
function ignore(): void {}

/**
 * Joins repeated headers as the Fetch standard does. Node's own `headers` drop a second `Authorization`
 * or `Content-Type`, so this service could disagree with a proxy that reads the last one.
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

/** How much of an unread body is read and discarded after the response: bytes and milliseconds. */
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
 * Discards the rest of a body, up to a limit. Closing the connection immediately would lose the
 * response while the client is still sending; reading without a limit would let a client keep the server busy.
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
