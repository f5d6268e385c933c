import type { Exchange } from './exchange.ts';

/** A door answers one request. It does not throw: every failure is an answer. */
export type Door = (request: Request, exchange: Exchange) => Promise<Response>;
