import type { ServiceError } from '../base/errors.ts';
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
 * Answers a request at an endpoint. It does not throw: every failure is an answer.
 *
 * @param below the rest of the path below the endpoint's own, without a slash at its end.
 */
export type Handler = (request: EndpointRequest, exchange: Exchange, below: string) => Promise<Answer>;

/** An endpoint, its name, and where it is. What answers there is known once the kernel is ready. */
export interface Endpoint<Name extends string = string> {
  readonly name: Name;
  readonly path: string;
  /**
   * The methods it answers at a path below its own (`''` for its own), as `Allow` lists them;
   * `undefined` where there is nothing.
   */
  readonly methods: (below: string) => string | undefined;
  /** What to do at a path where there is nothing. */
  readonly nothingHere: string;
  /** An error in the shape in which this endpoint tells of errors. */
  readonly refuse: (request: EndpointRequest, error: ServiceError) => Answer;
}
