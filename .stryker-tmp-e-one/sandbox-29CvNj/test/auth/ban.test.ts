// @ts-nocheck
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isBanned } from '../../src/auth/ban.ts';

const NOW = Date.parse('2030-01-01T00:00:00Z');
const iso = (time: number): string => new Date(time).toISOString();

afterEach(() => {
  vi.useRealTimers();
});

describe('a person', () => {
  it.each([undefined, null, false, 0, '', 'false'])('who is marked %j is not banned, whatever the end says', (mark) => {
    expect(isBanned(mark, null, NOW)).toBe(false);
    expect(isBanned(mark, iso(NOW + 1), NOW)).toBe(false);
  });

  it.each([
    ['as PostgreSQL says it', true],
    ['as SQLite says it', 1],
  ])('who is banned, %s, is banned until the end', (_how, mark) => {
    expect(isBanned(mark, iso(NOW + 1), NOW)).toBe(true);
    expect(isBanned(mark, new Date(NOW + 1), NOW)).toBe(true);
    expect(isBanned(mark, NOW + 1, NOW)).toBe(true);
    expect(isBanned(mark, iso(NOW), NOW)).toBe(false);
    expect(isBanned(mark, iso(NOW - 1), NOW)).toBe(false);
  });

  it.each([undefined, null, '', 'soon', Number.NaN])('whose ban ends %j is banned without end', (expires) => {
    expect(isBanned(true, expires, NOW)).toBe(true);
    expect(isBanned(1, expires, NOW)).toBe(true);
  });

  it('is banned or not as of now', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: NOW });
    expect(isBanned(true, iso(NOW + 1))).toBe(true);
    vi.setSystemTime(NOW + 1);
    expect(isBanned(true, iso(NOW + 1))).toBe(false);
  });
});
