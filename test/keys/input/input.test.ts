import { describe, expect, it } from 'vitest';
import type { FieldError } from '../../../src/base/errors.ts';
import { type CreateApiKeyInput, INPUT_FIELDS, parseCreateApiKeyInput } from '../../../src/keys/input/input.ts';
import { refusedFields } from '../../support/refused-fields.ts';

function refused(input: unknown): readonly FieldError[] {
  return refusedFields(() => parseCreateApiKeyInput(input));
}

/** What is at fault, as `field: code`. */
function faults(input: unknown): string[] {
  return refused(input).map(({ field, code }) => `${field}: ${code}`);
}

/** What is at fault, as a person reads it. */
function sentences(input: unknown): string[] {
  return refused(input).map(({ message }) => message);
}

const NOTHING_MORE = {
  description: undefined,
  scopes: [],
  expiresAt: undefined,
  expiresIn: undefined,
  allowedNetworks: [],
};

describe('the input of createApiKey', () => {
  it.each<[string, object, Partial<CreateApiKeyInput>]>([
    ['a name', { name: ' CI ' }, { name: 'CI' }],
    ['nulls', { name: 'CI', scopes: null, expiresAt: null }, { name: 'CI' }],
    ['scopes, each once', { name: 'CI', scopes: ['b', 'a', 'b'] }, { name: 'CI', scopes: ['b', 'a'] }],
    [
      'an expiry',
      { name: 'CI', expiresAt: '2031-01-01T02:00:00+02:00' },
      { name: 'CI', expiresAt: new Date('2031-01-01T00:00:00Z') },
    ],
    ['a name of 255 characters and spaces', { name: ` ${'x'.repeat(255)} ` }, { name: 'x'.repeat(255) }],
    ['a name of many scripts', { name: '🚀 Zoë 日本 שלום' }, { name: '🚀 Zoë 日本 שלום' }],
  ])('takes %s', (_case, input, expected) => {
    expect(parseCreateApiKeyInput(input)).toEqual({ ...NOTHING_MORE, ...expected });
  });

  it.each<[string, unknown, string[]]>([
    ['no name', {}, ['name: invalid_type']],
    ['a number as name', { name: 1 }, ['name: invalid_type']],
    ['an object as name', { name: { toString: 'x' } }, ['name: invalid_type']],
    ['256 characters', { name: 'x'.repeat(256) }, ['name: too_big']],
    ['128 emoji, which are 256 code units', { name: '🚀'.repeat(128) }, ['name: invalid_value']],
    ['a text as scopes', { name: 'x', scopes: 'a' }, ['scopes: invalid_type']],
    ['no scopes, on purpose', { name: 'x', scopes: [] }, ['scopes: too_small']],
    ['a number as scope', { name: 'x', scopes: [1] }, ['scopes: invalid_type']],
    ['null as scope', { name: 'x', scopes: [null] }, ['scopes: invalid_type']],
    ['a scope of 129 characters', { name: 'x', scopes: ['a'.repeat(129)] }, ['scopes: invalid_format']],
    ['a number as expiry', { name: 'x', expiresAt: 1 }, ['expiresAt: invalid_type']],
    [
      'several at once',
      { name: '', scopes: ['!'], expiresAt: 'x', expiresIn: undefined },
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

  it.each([
    ['a control character', 'a\u0007b'],
    ['a line feed at its end', 'a\n'],
    ['a character of the second control block', 'a\u0085b'],
    ['half of a surrogate pair', 'a\ud83d'],
    ['a line separator', 'a\u2028b'],
    ['a paragraph separator', 'a\u2029b'],
    ...[0x200e, 0x200f, 0x061c, 0x202a, 0x202e, 0x2066, 0x2069].map((code): [string, string] => [
      `the bidirectional U+${code.toString(16)}`,
      `a${String.fromCodePoint(code)}b`,
    ]),
  ])('refuses a name with %s', (_case, name) => {
    expect(sentences({ name })).toEqual(['The name must not contain control characters.']);
  });

  it.each(['', '   ', '\u200b\u200d', '\u00a0', '\u0301'])('refuses the name %j, of which nothing is seen', (name) => {
    expect(sentences({ name })).toEqual(['The name must not be empty: say what the key is for.']);
  });

  it.each(['é', '7', '.', '€', 'शि'])('takes the name %s', (name) => {
    expect(parseCreateApiKeyInput({ name }).name).toBe(name);
  });

  it('takes scopes of every character that the name of a permission set has, and a hundred of them', () => {
    const one = `a${'09z_.:-'.repeat(18)}x`;
    expect(one).toHaveLength(128);
    expect(parseCreateApiKeyInput({ name: 'x', scopes: [one] }).scopes).toEqual([one]);
    const many = Array.from({ length: 100 }, (_, index) => `scope_${index}`);
    expect(parseCreateApiKeyInput({ name: 'x', scopes: many }).scopes).toEqual(many);
  });

  it.each(['', 'A', '1a', '_a', 'a b', 'a/b', ' a', 'a\n', 'osk_abc'])('refuses the scope %j', (scope) => {
    expect(sentences({ name: 'x', scopes: [scope] })).toEqual([
      'A scope must be "data:read", "data:write", "actions:execute" or the name of a permission set.',
    ]);
  });

  it.each<[unknown, string]>([
    [{}, 'A name is required: say what the key is for.'],
    [{ name: 1 }, 'The name must be a string.'],
    [{ name: null }, 'The name must be a string.'],
    [{ name: 'x'.repeat(256) }, 'The name must be at most 255 characters.'],
    [{ name: '🚀'.repeat(128) }, 'The name must be at most 255 characters.'],
    [{ name: 'x', scopes: 'a' }, 'The scopes must be a list of strings.'],
    [{ name: 'x', scopes: [1] }, 'A scope must be a string.'],
    [{ name: 'x', scopes: Array.from({ length: 101 }, () => 'a') }, 'A key can carry at most 100 scopes.'],
    [
      { name: 'x', expiresAt: 1 },
      'The expiry must be an RFC 3339 date-time with an offset, such as "2030-01-31T12:00:00Z".',
    ],
    [
      { name: 'x', expiresAt: '2030-01-31' },
      'The expiry must be an RFC 3339 date-time with an offset, such as "2030-01-31T12:00:00Z".',
    ],
    [
      { name: 'x', owner: 'usr_1' },
      'The input has no field "owner". A key always belongs to the person who creates it.',
    ],
  ])('says what is wrong with %j', (input, sentence) => {
    expect(sentences(input)).toEqual([sentence]);
  });

  it('has four fields, of which one must be there', () => {
    expect([...INPUT_FIELDS]).toEqual(['name', 'description', 'scopes', 'expiresAt', 'expiresIn', 'allowedNetworks']);
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

describe('the networks of a new key', () => {
  const networks = (allowedNetworks: unknown) => ({ name: 'CI', allowedNetworks });

  it('are addresses and ranges, each once and in one spelling', () => {
    const given = networks([' 192.0.2.7 '.trim(), '10.0.0.0/8', '10.1.2.3/8', '2001:DB8:0::/32']);
    expect(parseCreateApiKeyInput(given).allowedNetworks).toEqual(['192.0.2.7', '10.0.0.0/8', '2001:db8::/32']);
  });

  it.each([
    ['an empty list, which would mean "from anywhere"', [], /leave the allowed networks out/],
    ['what is no network', ['localhost'], /IPv4 or IPv6 address, or a range such as "10.0.0.0\/8"/],
    ['what is no text', [7], /must be a string/],
    ['what is no list', '10.0.0.0/8', /must be a list of strings/],
    ['too many', Array.from({ length: 51 }, (_, n) => `192.0.2.${n}`), /at most 50/],
  ])('are refused: %s', (_what, given, message) => {
    expect(sentences(networks(given))).toEqual([expect.stringMatching(message)]);
  });
});
