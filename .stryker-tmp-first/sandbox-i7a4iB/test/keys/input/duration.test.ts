// @ts-nocheck
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../../src/keys/input/duration.ts';

describe('an ISO 8601 duration', () => {
  it.each([
    ['PT0S', 0],
    ['PT1S', 1000],
    ['PT0.25S', 250],
    ['PT1M', 60_000],
    ['PT2H', 7_200_000],
    ['P1D', 86_400_000],
    ['P7D', 604_800_000],
    ['P2W', 1_209_600_000],
    ['P1DT2H3M4S', 93_784_000],
    ['P1W2DT3H', 788_400_000],
    ['P1,5W', 907_200_000],
    ['P0.25DT1.5H0,5M1.5S', 27_031_500],
    ['PT0.0004S', 0],
    ['PT0.0005S', 1],
  ])('%s is %i ms', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each(['P1Y', 'P1M', 'P1Y2D', 'P1M2D', '-PT1S', 'PT-1S', 'P999999999999W'])(
    '"%s" is none that has one length',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );

  it.each(['', 'P', 'PT', 'P1DT', '1h', 'PT1S ', ' PT1S', 'xPT1S', 'p1d', 'P1', 'PT.5S', 'PT1.S', 'PT1.2.3S', 'PTS'])(
    '"%s" is none',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );

  it.each(['PT1H30', 'P1D1W', 'PT30S1M', 'PT1M1H', 'PT1D', 'P1H', 'P1D2D', 'PT1ST1S', 'P1DP1D', 'PT1S/PT1S'])(
    '"%s" is not read up to where it goes wrong',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );

  it.each([
    [0, 'PT0S'],
    [250, 'PT0.25S'],
    [60_000, 'PT1M'],
    [3_600_000, 'PT1H'],
    [86_400_000, 'P1D'],
    [90 * 86_400_000, 'P90D'],
    [93_784_000, 'P1DT2H3M4S'],
  ])('%i ms are written as %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });
});
