// @ts-nocheck
import { describe, expect, it } from 'vitest';
import { askedExpiry } from '../../../src/keys/input/expiry.ts';
import { createApiKeyInput, parseInput } from '../../../src/keys/input/input.ts';

const DAY = 24 * 60 * 60 * 1000;
const lifeSpan = (expiresIn: unknown): number | undefined =>
  parseInput(createApiKeyInput, { name: 'x', expiresIn }).expiresIn;

describe('a lifetime', () => {
  it.each([
    ['PT0.001S', 1],
    ['P90D', 90 * DAY],
    ['P2W', 14 * DAY],
    ['P36500D', 36_500 * DAY],
    [null, undefined],
    [undefined, undefined],
  ])('%s', (text, milliseconds) => {
    expect(lifeSpan(text)).toBe(milliseconds);
  });

  it.each(['PT0S', 'P36501D', 'P1Y', '-P1D', '90', 'never', '', 7, {}])('is not %j', (value) => {
    expect(() => lifeSpan(value)).toThrow(
      expect.objectContaining({
        code: 'VALIDATION_FAILED',
        fields: [expect.objectContaining({ field: 'expiresIn' })],
      }),
    );
  });

  it('begins when the key is written', () => {
    expect(askedExpiry({ expiresIn: DAY }, 1000)).toEqual(new Date(DAY + 1000));
    expect(askedExpiry({}, 1000)).toBeUndefined();
  });

  it('is refused beside a moment: they are two answers to one question', () => {
    const expiresAt = new Date('2031-01-01T00:00:00Z');
    expect(askedExpiry({ expiresAt }, 1000)).toBe(expiresAt);
    expect(() => askedExpiry({ expiresAt, expiresIn: DAY }, 1000)).toThrow(
      expect.objectContaining({
        code: 'VALIDATION_FAILED',
        message: 'Give either the date on which the key expires or how long it lives, not both.',
        fields: [expect.objectContaining({ field: 'expiresIn', code: 'ambiguous' })],
      }),
    );
  });
});
