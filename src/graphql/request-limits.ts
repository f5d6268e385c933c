import { z } from 'zod';
import { type BodyLimitOptions, bodyLimits } from '../http/limits.ts';

const count = (least: number, most: number) => z.int().min(least).max(most);

/** Limits on one request: on its body, and on the GraphQL document in it. */
export const requestLimits = bodyLimits.extend({
  maxQueryTokens: count(50, 100_000).default(1000),
  maxQueryAliases: count(0, 1000).default(15),
  maxQueryCost: count(10, 1_000_000).default(5000),
  maxMutationsPerRequest: count(1, 100).default(1),
});

/** Limits in force. */
export type RequestLimits = z.output<typeof requestLimits>;

/** Limits as a host may set them. */
export interface RequestLimitOptions extends BodyLimitOptions {
  /** The most lexical tokens in a GraphQL document. Default 1000. */
  readonly maxQueryTokens?: number;
  /** The most aliases in a GraphQL operation. Default 15. */
  readonly maxQueryAliases?: number;
  /** The most fields that one GraphQL operation may make the server resolve. Default 5000. */
  readonly maxQueryCost?: number;
  /** How many mutations one request may run. Default 1: aliases cannot mint many keys. */
  readonly maxMutationsPerRequest?: number;
}
