// @ts-nocheck
// 
import { generateApiKey } from '@objectstack/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printableName, quoteName } from '../../src/http/printable-name.ts';

describe('a name that a caller chose', () => {
  it.each(['name', 'user_id', 'active_organization_id', '__proto__', 'constructor', 'isSystem', 'sha256', 'a1'])(
    'is shown when it is a word: %s',
    (name) => {
      expect(printableName(name)).toBe(name);
      expect(quoteName(name)).toBe(`"${name}"`);
    },
  );

  it.each([
    ['an API key', 'osk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['the start of an API key', 'osk_ab'],
    ['an API key in another case', 'OSK_ab'],
    ['a session token', 'q8Zt3mX0vB2nL5kR7sD1fG4hJ6wE9yUa'],
    ['a token of letters', 'abcdefghijklmnopqrstuvwxy'],
    ['a hash', 'e3b0c44298fc1c149afbf4c8996fb924'],
    ['a sentence', 'my password'],
    ['markup', '<script>'],
    ['a control character', 'a\u0000'],
    ['another script', 'имя'],
    ['nothing', ''],
  ])('is not repeated when it is %s', (_what, name) => {
    expect(printableName(name)).toBeUndefined();
    expect(quoteName(name)).toBe('a field with an unprintable name');
  });

  it('is never a generated key, nor a long part of one', () => {
    fc.assert(
      fc.property(fc.nat({ max: 15 }), fc.integer({ min: 25, max: 40 }), (from, length) => {
        const name = generateApiKey().raw.slice(from, from + length);
        // What is cut in two by "_" may pass as short words: less than half of the secret.
        const longest = Math.max(...name.split('_').map((part) => part.length));
        expect(printableName(name) === undefined || longest <= 24).toBe(true);
      }),
    );
  });
});
