// @ts-nocheck
// 
import type { Answer } from './answer.ts';
import { malformed, tooLarge } from './body.ts';
import type { EndpointRequest } from './endpoint.ts';

/** A request of Hono, on any runtime. */
export class WebRequest implements EndpointRequest {
  readonly #request: Request;

  constructor(request: Request) {
    this.#request = request;
  }

  get method(): string {
    return this.#request.method;
  }

  get url(): string {
    return this.#request.url;
  }

  get headers(): Headers {
    return this.#request.headers;
  }

  async readBody(limit: number): Promise<Uint8Array> {
    const { body } = this.#request;
    if (body === null) return new Uint8Array();
    const chunks: Uint8Array[] = [];
    let size = 0;
    try {
      for await (const chunk of body) {
        size += chunk.byteLength;
        if (size > limit) break;
        chunks.push(chunk);
      }
    } catch {
      // A client that disconnects before its request is complete has not sent valid JSON.
      throw malformed();
    }
    if (size > limit) throw tooLarge(limit);
    return Buffer.concat(chunks);
  }
}

/** Converts a response for Hono. */
export function webResponse({ status, headers, body }: Answer): Response {
  return new Response(body, { status, headers: [...headers] });
}
