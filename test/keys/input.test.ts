import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../src/errors.ts';
import { type CreateApiKeyInput, parseCreateApiKeyInput } from '../../src/keys/input.ts';

/** What is at fault, as `field: code`. */
function faults(input: unknown): string[] {
  try {
    parseCreateApiKeyInput(input);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    expect(error.code).toBe('VALIDATION_FAILED');
    return (error.fields ?? []).map(({ field, code }) => `${field}: ${code}`);
  }
  return [];
}

describe('the input of createApiKey', () => {
  it.each<[string, object, CreateApiKeyInput]>([
    ['a name', { name: ' CI ' }, { name: 'CI', scopes: [], expiresAt: undefined }],
    ['nulls', { name: 'CI', scopes: null, expiresAt: null }, { name: 'CI', scopes: [], expiresAt: undefined }],
    [
      'scopes, each once',
      { name: 'CI', scopes: ['b', 'a', 'b'] },
      { name: 'CI', scopes: ['b', 'a'], expiresAt: undefined },
    ],
    [
      'an expiry',
      { name: 'CI', expiresAt: '2031-01-01T02:00:00+02:00' },
      { name: 'CI', scopes: [], expiresAt: new Date('2031-01-01T00:00:00Z') },
    ],
    [
      'a name of 255 characters and spaces',
      { name: ` ${'x'.repeat(255)} ` },
      { name: 'x'.repeat(255), scopes: [], expiresAt: undefined },
    ],
    [
      'a name of many scripts',
      { name: '🚀 Zoë 日本 שלום' },
      { name: '🚀 Zoë 日本 שלום', scopes: [], expiresAt: undefined },
    ],
  ])('takes %s', (_case, input, expected) => {
    expect(parseCreateApiKeyInput(input)).toEqual(expected);
  });

  it.each<[string, unknown, string[]]>([
    ['no name', {}, ['name: invalid_type']],
    ['a number as name', { name: 1 }, ['name: invalid_type']],
    ['an object as name', { name: { toString: 'x' } }, ['name: invalid_type']],
    ['256 characters', { name: 'x'.repeat(256) }, ['name: too_big']],
    ['128 emoji, which are 256 code units', { name: '🚀'.repeat(128) }, ['name: invalid_value']],
    ['a text as scopes', { name: 'x', scopes: 'a' }, ['scopes: invalid_type']],
    ['a number as scope', { name: 'x', scopes: [1] }, ['scopes: invalid_type']],
    ['null as scope', { name: 'x', scopes: [null] }, ['scopes: invalid_type']],
    ['a scope of 129 characters', { name: 'x', scopes: ['a'.repeat(129)] }, ['scopes: invalid_format']],
    ['a number as expiry', { name: 'x', expiresAt: 1 }, ['expiresAt: invalid_type']],
    [
      'several at once',
      { name: '', scopes: ['!'], expiresAt: 'x' },
      ['name: invalid_value', 'scopes: invalid_format', 'expiresAt: invalid_value'],
    ],
    ['null', null, ['input: invalid_type']],
    ['a list', [], ['input: invalid_type']],
    ['a text', 'name', ['input: invalid_type']],
    ['an unknown field', { name: 'x', userId: 'usr_1' }, ['userId: unknown_field']],
    [
      'a field of the prototype',
      JSON.parse('{"name":"x","__proto__":{"isSystem":true}}'),
      ['__proto__: unknown_field'],
    ],
  ])('refuses %s', (_case, input, expected) => {
    expect(faults(input)).toEqual(expected);
  });

  it('names ten unknown fields at most', () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`f${index}`, 1]));
    expect(faults({ name: 'x', ...many })).toHaveLength(10);
  });

  it('is never repeated by value in a refusal', () => {
    const secret = 's3cret-value';
    for (const input of [
      { name: `${secret}\n` },
      { name: 'x', scopes: [secret.toUpperCase()] },
      { name: 'x', expiresAt: secret },
      { name: 'x', [secret]: secret },
      secret,
    ]) {
      expect(() => parseCreateApiKeyInput(input)).toThrow(
        expect.objectContaining({ message: expect.not.stringMatching(/s3cret/i) }),
      );
      expect(JSON.stringify(faults(input))).not.toMatch(/s3cret/i);
    }
  });
});
