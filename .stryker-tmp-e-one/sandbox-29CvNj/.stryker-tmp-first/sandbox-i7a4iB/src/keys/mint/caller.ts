// @ts-nocheck
// 
import type { SessionPrincipal } from '../../auth/principal.ts';
import type { Exchange } from '../../http/exchange.ts';

/** The person who changes a key, and their request. */
export interface Caller {
  /** Only `auth/` can construct one. */
  readonly principal: SessionPrincipal;
  readonly request: Exchange;
}