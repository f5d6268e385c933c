import type { Exchange } from './exchange.ts';

/**
 * A door answers one request. It does not throw: every failure is an answer.
 *
 * @param below the rest of the path below the door's own, without a slash at its end.
 */
export type Door = (request: Request, exchange: Exchange, below: string) => Promise<Response>;
