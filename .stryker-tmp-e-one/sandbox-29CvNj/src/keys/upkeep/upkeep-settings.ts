// @ts-nocheck
import { z } from 'zod';
import { parseDuration } from '../input/duration.ts';

const HOUR = 3_600_000;

/** What is done from time to time, as an operator writes it. */
export const upkeepSettings = {
  idempotencyRetention: z
    .string()
    .refine((text) => (parseDuration(text) ?? 0) >= HOUR, 'must be an ISO 8601 duration of at least PT1H, such as P30D')
    .default('P30D'),
  keyReminders: z.enum(['on', 'off']).default('on'),
  keyMessages: z.enum(['all', 'others', 'off']).default('others'),
};

/** What is done from time to time, as an operator writes it. */
export interface UpkeepSettings {
  /** For how long a request with an `Idempotency-Key` is remembered, as an ISO 8601 duration. Default `P30D`. */
  readonly idempotencyRetention: string;
  /** Whether owners are reminded 30, 7 and 1 day before a key ends. Default `on`. */
  readonly keyReminders: 'on' | 'off';
  /**
   * What owners of keys get a message of, where the kernel has the messaging service: `all` that happens
   * to their keys, what `others` or the kernel did, or nothing. Default `others`.
   */
  readonly keyMessages: 'all' | 'others' | 'off';
}
