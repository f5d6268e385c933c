// @ts-nocheck
// 
import type { IncomingMessage, ServerResponse } from 'node:http';
import { unavailable } from '../../base/errors.ts';
import { malformed, tooLarge } from '../../http/body.ts';
import { Shares } from '../../http/shares.ts';
import type { ListenerLimits } from './limits.ts';

/** Where a body may be as large as an upload: records, imports, metadata, packages and tools take documents. */
const UPLOADS = ['/api/v1/data/', '/api/v1/batch', '/api/v1/meta/', '/api/v1/packages', '/api/v1/mcp'];

type Limits = Pick<ListenerLimits, 'maxBodyBytes' | 'maxUploadBytes' | 'maxBufferedBytes'>;

/**
 * Reads bodies before the platform does, which would keep whatever comes: one limit for each of
 * them, one for all that are held at a time, and half of that for one network.
 */
export class Bodies {
  readonly #limits: Limits;
  readonly #networks: Shares;
  #held = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#networks = new Shares(limits.maxBufferedBytes / 2);
  }

  /**
   * Reads a body and puts it where Hono's adapter looks first. It counts until the answer is sent.
   *
   * @throws ServiceError `PAYLOAD_TOO_LARGE`, `SERVICE_UNAVAILABLE` where there is no room for it, or
   *   `VALIDATION_FAILED` when the client went away.
   */
  async receive(incoming: IncomingMessage, outgoing: ServerResponse, network: string): Promise<void> {
    const { url = '', headers } = incoming;
    const isUpload = UPLOADS.some((path) => url.startsWith(path));
    const limit = isUpload ? this.#limits.maxUploadBytes : this.#limits.maxBodyBytes;
    if (Number(headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
    let size = 0;
    outgoing.once('close', () => {
      this.#held -= size;
      this.#networks.give(network, size);
    });
    const chunks: Buffer[] = [];
    const rawBody = await new Promise<Buffer>((resolve, reject) => {
      const settle = (outcome: () => void): void => {
        incoming.off('data', onData).off('end', onEnd).off('close', onClose);
        outcome();
      };
      const onData = (chunk: Buffer): void => {
        size += chunk.length;
        this.#held += chunk.length;
        this.#networks.take(network, chunk.length);
        const hasRoom = this.#held <= this.#limits.maxBufferedBytes && !this.#networks.isOver(network);
        if (size <= limit && hasRoom) return void chunks.push(chunk);
        incoming.pause();
        settle(() => reject(size > limit ? tooLarge(limit) : unavailable()));
      };
      const onEnd = (): void => settle(() => resolve(Buffer.concat(chunks)));
      const onClose = (): void => settle(() => reject(malformed()));
      if (incoming.destroyed) return onClose();
      // What ends a request early is told by `close` as well.
      incoming.on('error', () => undefined);
      incoming.on('data', onData).on('end', onEnd).on('close', onClose);
    });
    Object.assign(incoming, { rawBody });
  }
}

/** Whether a request has a body to read (RFC 9112 section 6.3). */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
