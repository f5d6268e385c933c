// @ts-nocheck
import { z } from 'zod';
import { parseDuration } from '../input/duration.ts';
import type { KeyLimits } from './limits.ts';
import { parseRateLimit } from './rate-limit.ts';

const OFF = 'off';

const rateLimit = z
  .string()
  .refine(
    (text) => text === OFF || parseRateLimit(text) !== undefined,
    'must be <count>/<duration>, such as 30/PT1M, or off',
  );
const count = z.string().regex(/^([1-9]\d{0,8}|off)$/, 'must be a count, or off');
const lifetime = z
  .string()
  .refine(
    (text) => text === OFF || (parseDuration(text) ?? 0) > 0,
    'must be an ISO 8601 duration, such as P90D, or off',
  );

/** The settings of the limits. An honest person never reaches the defaults. */
export const limitSettings = {
  mintLimitPerUser: rateLimit.default('30/PT1M'),
  mintLimitPerAddress: rateLimit.default('300/PT1M'),
  maxActiveKeys: count.default('500'),
  maxKeyLifetime: lifetime.default(OFF),
};

/** The settings of the limits; each may be `off`. */
export interface LimitSettings {
  /** Mints per person, as `<count>/<ISO 8601 duration>`. Default `30/PT1M`. */
  readonly mintLimitPerUser: string;
  /** Mints per client address, as `<count>/<ISO 8601 duration>`. Default `300/PT1M`. */
  readonly mintLimitPerAddress: string;
  /** The most active keys of one person. Default `500`. */
  readonly maxActiveKeys: string;
  /** The longest lifetime of a key, as an ISO 8601 duration such as `P90D`. Default `off`. */
  readonly maxKeyLifetime: string;
}

/** Parses the settings; `off` becomes `undefined`. */
export function toKeyLimits(settings: LimitSettings): KeyLimits {
  return {
    mintLimitPerUser: parseRateLimit(settings.mintLimitPerUser),
    mintLimitPerAddress: parseRateLimit(settings.mintLimitPerAddress),
    maxActiveKeys: settings.maxActiveKeys === OFF ? undefined : Number(settings.maxActiveKeys),
    maxKeyLifetime: parseDuration(settings.maxKeyLifetime),
  };
}
