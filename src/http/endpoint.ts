import type { Answer } from './answer.ts';
import type { Exchange } from './exchange.ts';

/**
 * What an endpoint reads of a request. Spelled as in a web `Request`, so that what is written for one can
 * read it, but not one: the objects of the Fetch standard cost more than minting a key.
 */
export interface EndpointRequest {
  readonly method: string;
  /** Absolute, or a path with its query string. */
  readonly url: string;
  /** Values as the Fetch standard joins them: a header that was sent twice has one value, with a comma. */
  readonly headers: { get(name: string): string | null; has(name: string): boolean };
  /**
   * Reads the body, once.
   *
   * @param limit bytes; more are not read to their end.
   * @throws ServiceError `PAYLOAD_TOO_LARGE`
   */
  readBody(limit: number): Promise<Uint8Array>;
}

/**
 * An endpoint answers one request. It does not throw: every failure is an answer.
 *
 * @param below the rest of the path below the endpoint's own, without a slash at its end.
 */
export type Handler = (request: EndpointRequest, exchange: Exchange, below: string) => Promise<Answer>;
