import { z } from 'zod';

const count = (least: number, most: number) => z.int().min(least).max(most);

/**
 * Limits on the body of one request. Each is far above what an honest client needs, and low enough that an
 * abusive request stays cheap.
 */
export const bodyLimits = z.strictObject({
  maxBodyBytes: count(1024, 1024 * 1024).default(64 * 1024),
  maxJsonDepth: count(4, 200).default(16),
});

/** Limits on bodies in force. */
export type BodyLimits = z.output<typeof bodyLimits>;

/** Limits on bodies as a host may set them. */
export interface BodyLimitOptions {
  /** Largest request body, in bytes. Default 65536. */
  readonly maxBodyBytes?: number;
  /** How deep objects and lists may be nested in a JSON body. Default 16. */
  readonly maxJsonDepth?: number;
}
