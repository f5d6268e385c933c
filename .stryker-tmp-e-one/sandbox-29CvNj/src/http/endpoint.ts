// @ts-nocheck
import type { ServiceError } from '../base/errors.ts';
import type { Answer } from './answer.ts';
import type { Exchange } from './exchange.ts';

/**
 * The parts of a request that an endpoint reads. It has the shape of a web `Request`, so that code for
 * one accepts it, but it is not one: the Fetch objects would cost more than creating a key.
 */
export interface EndpointRequest {
  readonly method: string;
  /** Absolute, or a path with its query string. */
  readonly url: string;
  /** A header that was sent twice has one value, joined with a comma, as in the Fetch standard. */
  readonly headers: { get(name: string): string | null; has(name: string): boolean };
  /**
   * Reads the body. Call it only once.
   *
   * @param limit the most bytes to read.
   * @throws ServiceError `PAYLOAD_TOO_LARGE`
   */
  readBody(limit: number): Promise<Uint8Array>;
}

/**
 * Handles a request to an endpoint. It does not throw: it returns a response for every failure.
 *
 * @param below the rest of the path below the endpoint's own, without a slash at its end.
 */
export type Handler = (request: EndpointRequest, exchange: Exchange, below: string) => Promise<Answer>;

/** An endpoint: its name and its path. Its handler is added once the kernel is ready. */
export interface Endpoint<Name extends string = string> {
  readonly name: Name;
  readonly path: string;
  /**
   * The methods allowed at a path below its own (`''` for its own), in the form of `Allow`;
   * `undefined` if the path does not exist.
   */
  readonly methods: (below: string) => string | undefined;
  /** What to do at a path where there is nothing. */
  readonly nothingHere: string;
  /** Turns an error into a response of this endpoint. */
  readonly refuse: (request: EndpointRequest, error: ServiceError) => Answer;
}
