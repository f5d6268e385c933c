import type { SessionPrincipal } from '../../auth/principal.ts';
import type { Exchange } from '../../http/exchange.ts';

/** Who changes a key, and the request with which they ask for it. */
export interface Caller {
  /** Only `auth/` can construct one. */
  readonly principal: SessionPrincipal;
  readonly request: Exchange;
}
