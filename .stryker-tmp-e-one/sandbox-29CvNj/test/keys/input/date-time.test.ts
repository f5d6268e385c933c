// @ts-nocheck
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDateTime, parseEpoch } from '../../../src/keys/input/date-time.ts';

describe('an RFC 3339 date-time', () => {
  it.each([
    ['2030-01-31T12:00:00Z', '2030-01-31T12:00:00.000Z'],
    ['2030-01-31t12:00:00z', '2030-01-31T12:00:00.000Z'],
    ['2030-01-31T12:00:00+02:00', '2030-01-31T10:00:00.000Z'],
    ['2030-01-01T00:30:00+01:00', '2029-12-31T23:30:00.000Z'],
    ['2030-01-31T12:00:00+23:59', '2030-01-30T12:01:00.000Z'],
    ['2030-01-31T12:00:00-19:30', '2030-02-01T07:30:00.000Z'],
    ['2030-01-31T12:00:00-00:00', '2030-01-31T12:00:00.000Z'],
    ['2030-01-31T12:00:00.5Z', '2030-01-31T12:00:00.500Z'],
    ['2030-01-31T12:00:00.123456789Z', '2030-01-31T12:00:00.123Z'],
    ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59.000Z'],
  ])('is %s', (text, instant) => {
    expect(parseDateTime(text)?.toISOString()).toBe(instant);
  });

  it.each([
    '2030-01-31',
    '2030-01-31T12:00:00',
    '2030-01-31 12:00:00Z',
    '2030-01-31T12:00Z',
    '2030-01-31T12:00:00+0200',
    '2030-01-31T12:00:00+02',
    '2030-1-31T12:00:00Z',
    '2030-01-31T24:00:00Z',
    '2030-01-31T12:60:00Z',
    '2030-01-31T12:00:60Z',
    '2030-01-31T12:00:00+24:00',
    '2030-01-31T12:00:00.Z',
    '2030-01-31T12:00:00.1234567890Z',
    '2030-02-29T00:00:00Z',
    '2030-02-30T00:00:00Z',
    '2030-04-31T00:00:00Z',
    '2030-00-01T00:00:00Z',
    '2030-13-01T00:00:00Z',
    '2030-01-00T00:00:00Z',
    '+12030-01-31T12:00:00Z',
    // ECMAScript reads years of six digits.
    '+002030-01-31T12:00:00Z',
    '9999-12-31T23:59:59-01:00',
    '0000-01-01T00:00:00+01:00',
    ' 2030-01-31T12:00:00Z',
    '2030-01-31T12:00:00Z\n',
    '2030-01-31T12:00:00Z (noon)',
    // V8 ends there.
    '2030-01-31T12:00:00Z\u0000',
    '２０３０-01-31T12:00:00Z',
    '1924992000',
    'tomorrow',
    '',
  ])('is not %j', (text) => {
    expect(parseDateTime(text)).toBeUndefined();
  });

  it('is each day of the calendar, and no other', () => {
    const two = (part: number): string => String(part).padStart(2, '0');
    for (const year of [2028, 2030]) {
      const days: string[] = [];
      for (let month = 0; month < 100; month++) {
        for (let day = 0; day < 100; day++) {
          const text = `${year}-${two(month)}-${two(day)}`;
          if (parseDateTime(`${text}T00:00:00Z`)) days.push(text);
        }
      }
      const calendar = Array.from({ length: year === 2028 ? 366 : 365 }, (_, day) =>
        new Date(Date.UTC(year, 0, 1 + day)).toISOString().slice(0, 10),
      );
      expect(days).toEqual(calendar);
    }
  });

  it('is every date that JavaScript writes, and comes back as it was', () => {
    const years = { min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true };
    fc.assert(
      fc.property(fc.date(years), (date) => {
        expect(parseDateTime(date.toISOString())).toEqual(date);
      }),
    );
  });

  it('never is an instant that RFC 3339 cannot write, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789-+:.TtZz ') }), (text) => {
        const instant = parseDateTime(text);
        expect(instant === undefined || /^\d{4}-/.test(instant.toISOString())).toBe(true);
      }),
    );
  });
});

describe('a Unix time', () => {
  it.each([
    [1_924_992_000, '2031-01-01T00:00:00.000Z'],
    [1_924_992_000.5, '2031-01-01T00:00:00.500Z'],
    [1_924_992_000_000, '2031-01-01T00:00:00.000Z'],
    [999_999_999, '2001-09-09T01:46:39.000Z'],
    [1e12, '2001-09-09T01:46:40.000Z'],
    [0, '1970-01-01T00:00:00.000Z'],
    [-1, '1969-12-31T23:59:59.000Z'],
    [253_402_300_799, '9999-12-31T23:59:59.000Z'],
    [-62_167_219_200, '0000-01-01T00:00:00.000Z'],
  ])('%d is %s', (epoch, instant) => {
    expect(parseEpoch(epoch)?.toISOString()).toBe(instant);
  });

  it.each([
    1e300,
    -1e300,
    8.64e15 + 1,
    253_402_300_800,
    253_402_300_800_000,
    999_999_999_999,
    -62_167_219_201,
    -1e12,
    Number.NaN,
    Infinity,
    -Infinity,
  ])('%d is none that RFC 3339 can write', (epoch) => {
    expect(parseEpoch(epoch)).toBeUndefined();
  });

  it('never throws and never is what RFC 3339 cannot write, whatever the number', () => {
    fc.assert(
      fc.property(fc.double(), (epoch) => {
        expect(parseEpoch(epoch)?.toISOString() ?? '0000-').toMatch(/^\d{4}-/);
      }),
    );
  });
});
