// @ts-nocheck
import { describe, expect, it } from 'vitest';
import { formatRateLimit, parseRateLimit, type RateLimit, TokenBucket } from '../../../src/keys/limits/rate-limit.ts';

describe('a rate limit as text', () => {
  it.each([
    ['30/PT1M', 30, 60_000],
    ['1/PT1S', 1, 1000],
    ['5/PT0.5S', 5, 500],
    ['100/P1D', 100, 86_400_000],
    ['7/P1W', 7, 604_800_000],
  ])('%s is %i in %i ms', (text, count, period) => {
    expect(parseRateLimit(text)).toEqual({ count, period });
  });

  it.each([
    '',
    'off',
    '0/PT1M',
    '-1/PT1M',
    '1.5/PT1M',
    '30',
    '30/',
    '30/1m',
    '30/PT0S',
    '30/-PT1M',
    '30/P1M',
    '30/P1Y',
    '30/PT1M ',
    ' 30/PT1M',
    'x30/PT1M',
    '1234567890/PT1M',
  ])('"%s" is none', (text) => {
    expect(parseRateLimit(text)).toBeUndefined();
  });

  it.each(['30/PT1M', '5/P1DT2H3M4S', '100/P90D'])('%s is written as it was read', (text) => {
    expect(formatRateLimit(parseRateLimit(text) as RateLimit)).toBe(text);
  });
});

describe('a token bucket', () => {
  const limit: RateLimit = { count: 4, period: 8000 };
  const T = 1_800_000_000_000;

  it('is full when nothing was taken yet, and gives as many tokens as it holds', () => {
    const bucket = TokenBucket.read('', limit, T);
    for (let taken = 0; taken < 4; taken++) {
      expect(bucket.hasToken).toBe(true);
      bucket.take();
    }
    expect(bucket.hasToken).toBe(false);
    expect(bucket.toString()).toBe(`0@${T}`);
  });

  it('is written full as it is read', () => {
    expect(TokenBucket.full(limit, T)).toBe(`4@${T}`);
    expect(TokenBucket.read(TokenBucket.full(limit, T), limit, T).toString()).toBe(`4@${T}`);
  });

  it('fills evenly, up to its count and no further', () => {
    const empty = `0@${T}`;
    expect(TokenBucket.read(empty, limit, T + 1999).hasToken).toBe(false);
    expect(TokenBucket.read(empty, limit, T + 2000).hasToken).toBe(true);
    expect(TokenBucket.read(empty, limit, T + 3000).toString()).toBe(`1.5@${T + 3000}`);
    expect(TokenBucket.read(`1.25@${T}`, limit, T + 1000).toString()).toBe(`1.75@${T + 1000}`);
    expect(TokenBucket.read(empty, limit, T + 80_000).toString()).toBe(`4@${T + 80_000}`);
  });

  it('says how many seconds it takes until there is a token, rounded up', () => {
    expect(TokenBucket.read(`0@${T}`, limit, T).retryAfter).toBe(2);
    expect(TokenBucket.read(`0@${T}`, limit, T + 500).retryAfter).toBe(2);
    expect(TokenBucket.read(`0@${T}`, limit, T + 1000).retryAfter).toBe(1);
    expect(TokenBucket.read(`0@${T}`, limit, T + 1999).retryAfter).toBe(1);
  });

  it('is not emptied and does not go back in time by a clock that is behind', () => {
    expect(TokenBucket.read(`2.5@${T}`, limit, T - 60_000).toString()).toBe(`2.5@${T}`);
  });

  it('holds no more than a limit that was lowered', () => {
    expect(TokenBucket.read(`30@${T}`, limit, T).toString()).toBe(`4@${T}`);
  });

  it.each(['nonsense', '4', '4@', '@1', '-4@1', '4@x', '1e9@1', 'x4@1', '4@1x'])('"%s" is an empty one', (text) => {
    expect(TokenBucket.read(text, limit, T).toString()).toBe(`0@${T}`);
  });
});
