// @ts-nocheck
// 
import { describe, expect, it } from 'vitest';
import { toKeyLimits } from '../../../src/keys/limits/limit-settings.ts';
import { capReached, expiryUnder, expiryWithin, type KeyLimits } from '../../../src/keys/limits/limits.ts';
import { parseOptions } from '../../../src/plugin/options.ts';

const NOW = Date.parse('2030-01-01T00:00:00Z');
const at = (milliseconds: number): Date => new Date(NOW + milliseconds);
const none: KeyLimits = {
  mintLimitPerUser: undefined,
  mintLimitPerAddress: undefined,
  maxActiveKeys: undefined,
  maxKeyLifetime: undefined,
};
const hour: KeyLimits = { ...none, maxKeyLifetime: 3_600_000 };

describe('the expiry of a new key', () => {
  it('is what was asked for, where there is no longest life', () => {
    expect(expiryUnder(none, undefined, NOW)).toBeUndefined();
    expect(expiryUnder(none, at(1e12), NOW)).toEqual(at(1e12));
  });

  it('is the longest lifetime if none was requested', () => {
    expect(expiryUnder(hour, undefined, NOW)).toEqual(at(3_600_000));
  });

  it('may be the longest life to the millisecond, and no more', () => {
    expect(expiryUnder(hour, at(3_600_000), NOW)).toEqual(at(3_600_000));
    expect(() => expiryUnder(hour, at(3_600_001), NOW)).toThrow('A key can live for at most PT1H.');
    expect(() => expiryUnder(hour, at(3_600_001), NOW)).toThrow(
      expect.objectContaining({
        fields: [expect.objectContaining({ field: 'expiresAt', code: 'exceeds_max_lifetime' })],
      }),
    );
  });
});

describe('the expiry of a replacement', () => {
  it('is that of the key it replaces, or the longest life there is now', () => {
    expect(expiryWithin(none, undefined, NOW)).toBeUndefined();
    expect(expiryWithin(none, at(5), NOW)).toEqual(at(5));
    expect(expiryWithin(hour, undefined, NOW)).toEqual(at(3_600_000));
    expect(expiryWithin(hour, at(5), NOW)).toEqual(at(5));
    expect(expiryWithin(hour, at(3_600_000), NOW)).toEqual(at(3_600_000));
    expect(expiryWithin(hour, at(3_600_001), NOW)).toEqual(at(3_600_000));
  });
});

it('the refusal at the cap says how many there may be , and that waiting does not help', () => {
  const refusal = capReached(7);
  expect(refusal).toMatchObject({ code: 'LIMIT_REACHED', status: 403, headers: {} });
  expect(refusal.message).toBe('You have 7 active keys, which is the limit. Revoke one that you no longer need.');
});

describe('the limits as an operator writes them', () => {
  it('have defaults', () => {
    expect(toKeyLimits(parseOptions({}))).toEqual({
      mintLimitPerUser: { count: 30, period: 60_000 },
      mintLimitPerAddress: { count: 300, period: 60_000 },
      maxActiveKeys: 500,
      maxKeyLifetime: undefined,
    });
  });

  it('may each be off', () => {
    const off = { mintLimitPerUser: 'off', mintLimitPerAddress: 'off', maxActiveKeys: 'off', maxKeyLifetime: 'off' };
    expect(toKeyLimits(parseOptions(off))).toEqual(none);
  });

  it('are read', () => {
    const settings = {
      mintLimitPerUser: '1/PT1S',
      mintLimitPerAddress: '2/PT2S',
      maxActiveKeys: '3',
      maxKeyLifetime: 'P4D',
    };
    expect(toKeyLimits(parseOptions(settings))).toEqual({
      mintLimitPerUser: { count: 1, period: 1000 },
      mintLimitPerAddress: { count: 2, period: 2000 },
      maxActiveKeys: 3,
      maxKeyLifetime: 4 * 86_400_000,
    });
  });

  it('may be up to nine digits of keys', () => {
    expect(toKeyLimits(parseOptions({ maxActiveKeys: '120' })).maxActiveKeys).toBe(120);
    expect(toKeyLimits(parseOptions({ maxActiveKeys: '999999999' })).maxActiveKeys).toBe(999_999_999);
  });

  it.each([
    ['mintLimitPerUser', 'many', 'must be <count>/<duration>, such as 30/PT1M, or off'],
    ['mintLimitPerAddress', '30', 'must be <count>/<duration>, such as 30/PT1M, or off'],
    ['maxActiveKeys', '0', 'must be a count, or off'],
    ['maxActiveKeys', '10x', 'must be a count, or off'],
    ['maxActiveKeys', 'x10', 'must be a count, or off'],
    ['maxActiveKeys', '-10', 'must be a count, or off'],
    ['maxActiveKeys', '1000000000', 'must be a count, or off'],
    ['mintLimitPerUser', '30/PT1M30', 'must be <count>/<duration>, such as 30/PT1M, or off'],
    ['maxKeyLifetime', 'PT0S', 'must be an ISO 8601 duration, such as P90D, or off'],
    ['maxKeyLifetime', 'P1M', 'must be an ISO 8601 duration, such as P90D, or off'],
  ])('%s: "%s" is refused when the plugin is made', (option, value, message) => {
    expect(() => parseOptions({ [option]: value })).toThrow(message);
  });
});
