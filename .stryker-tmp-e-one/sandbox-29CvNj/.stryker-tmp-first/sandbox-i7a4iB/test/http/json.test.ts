// @ts-nocheck
// 
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../src/base/errors.ts';
import { parseJson } from '../../src/http/json.ts';

function refusal(text: string, depth = 200): string | undefined {
  try {
    parseJson(text, depth);
    return undefined;
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return error.fields?.[0]?.code;
  }
}

describe('parseJson', () => {
  it('reads whatever JSON.stringify writes, at its depth and no less', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 6, noUnicodeString: false }),
        fc.constantFrom(0, 2, '\t\r\n '),
        (value, space) => {
          const text = JSON.stringify(value, null, space);
          const depth = depthOf(value);
          expect(parseJson(text, depth)).toEqual(JSON.parse(text));
          if (depth > 0) expect(refusal(text, depth - 1)).toBe('too_deep');
        },
      ),
      { numRuns: 500 },
    );
  });

  it('refuses a name that an object has twice, however it is written and wherever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.jsonValue({ maxDepth: 2 }),
        fc.jsonValue({ maxDepth: 2 }),
        (name, one, two) => {
          const escaped = [
            ...JSON.stringify(name)
              .slice(1, -1)
              .matchAll(/\\u....|\\.|[^\\]/gsu),
          ]
            .map(([unit]) => (unit.length === 1 ? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}` : unit))
            .join('');
          const twice = `{${JSON.stringify(name)} : ${JSON.stringify(one)}, "${escaped}":${JSON.stringify(two)}}`;
          for (const text of [twice, `[1,${twice}]`, `{"outer":${twice}}`])
            expect(refusal(text)).toBe('duplicate_name');
          // The precondition: parsers take it.
          expect(JSON.parse(twice)).toBeTypeOf('object');
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each(['{"a":{"a":1},"b":{"a":["a","a"]}}', '[{"a":1},{"a":2}]', '{"a":"\\"a\\":","b":"{[\\\\"}', '{"":1,"a":""}'])(
    'takes a name again in another object, and in text: %s',
    (text) => {
      expect(refusal(text)).toBeUndefined();
    },
  );

  it.each(['', '{', '{"a":1,}', "{'a':1}", '[1,]', 'NaN', '// x\n1', '{"a":1}{"a":2}', '\ufeff{}', '"\t"'])(
    'refuses what is not JSON: %j',
    (text) => {
      expect(refusal(text)).toBe('malformed_json');
    },
  );

  it('never repeats a name that may be a secret', () => {
    const secret = 'osk_bwPSFMzXLpZ0aYbAXqJVnQ4cH7dTgKu1RsEi';
    expect(() => parseJson(`{"${secret}":1,"${secret}":2}`, 9)).toThrow(
      'The request body has a field with an unprintable name twice.',
    );
  });
});

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}
